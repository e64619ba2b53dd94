"""Opening a PDF: what is wrong with a file is said here, in one place."""

import hashlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from verifier.errors import DocumentError
from verifier.parser.page.structure import rewritten
from verifier.pdfium import PdfiumError, decrypted, open_document

_HEAD = 1024
"""The bytes in which readers look for `%PDF-` (ISO 32000-1, annex H, note 13)."""


@dataclass(frozen=True, slots=True)
class OpenPdf:
    """An open document of pypdfium2, what pypdf shall read beside it, and whether it had to be repaired."""

    document: Any
    source: Path | IO[bytes]
    repaired: bool = False


def digest(path: Path) -> str:
    """The SHA-256 of a file. Raises DocumentError when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read ({error.strerror}); check the path and its permissions") from error


def open_pdf(path: Path, password: str) -> OpenPdf:
    """Open a PDF.

    Raises DocumentError when it is empty, no PDF, encrypted with another password, or damaged beyond reading.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise DocumentError(f"{path}: is empty; fetch or export the PDF again")
    if b"%PDF-" not in head:
        raise DocumentError(f"{path}: is not a PDF; check that the right file was given")
    try:
        document = open_document(path, password)
    except PdfiumError as error:
        if "password" in str(error).casefold():
            raise DocumentError(f"{path}: is encrypted; give its password") from error
        return _repaired(path, error)
    return OpenPdf(document, decrypted(document) or path)  # pypdf could only undo it with a library more


def _repaired(path: Path, error: Exception) -> OpenPdf:
    """The document as far as pypdf, which looks for objects where pdfium gives up, can write it anew."""
    copy = rewritten(path)
    if copy == b"":
        raise DocumentError(f"{path}: has no pages; export it again from its source") from error
    if copy is not None:
        try:
            return OpenPdf(open_document(copy), BytesIO(copy), repaired=True)
        except PdfiumError:
            copy = None
    raise DocumentError(f"{path}: is damaged beyond reading; export it again") from error
