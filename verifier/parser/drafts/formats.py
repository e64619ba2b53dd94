"""Which format a file has: told by its content first, by its name second."""

import re
import zipfile
from enum import StrEnum
from pathlib import Path

from verifier.errors import DocumentError
from verifier.parser.drafts.package import DAMAGE
from verifier.parser.drafts.parts import BUNDLE_TYPE, bundled_name
from verifier.parser.patterns import regex

_HEAD = 4096
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = regex(
    r"<!doctype\s+html|<html[\s>]|<(?:head|body|meta|p|div|h[1-6]|article|section|table|sup|ol|ul)[\s>]", re.I
)
_HTML_HEAD = regex(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype\s+html|<html[\s>])", re.I | re.S)
_LATEX = regex(r"\\documentclass|\\begin\{document\}|\\documentstyle")


class Format(StrEnum):
    """The formats of documents that are read."""

    PDF = "pdf"
    WORD = "docx"
    OPENDOCUMENT = "odt"
    HTML = "html"
    MARKDOWN = "md"
    LATEX = "tex"
    EPUB = "epub"


_BY_SUFFIX = {
    ".pdf": Format.PDF, ".docx": Format.WORD, ".docm": Format.WORD, ".dotx": Format.WORD, ".odt": Format.OPENDOCUMENT,
    ".ott": Format.OPENDOCUMENT, ".fodt": Format.OPENDOCUMENT, ".html": Format.HTML, ".htm": Format.HTML,
    ".xhtml": Format.HTML, ".md": Format.MARKDOWN, ".markdown": Format.MARKDOWN, ".tex": Format.LATEX,
    ".ltx": Format.LATEX, ".latex": Format.LATEX, ".epub": Format.EPUB,
}  # fmt: skip


def format_of(path: Path) -> Format:
    """The format of a file. Raises DocumentError where it cannot be read, is empty, or is of none of these."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read ({error.strerror}); check the path and its permissions") from error
    named = _BY_SUFFIX.get(path.suffix.lower())
    if not head:
        raise DocumentError(f"{path}: is empty; fetch or export it again")
    if b"%PDF-" in head[:1100] and not (
        named in (Format.MARKDOWN, Format.HTML, Format.LATEX) and not head.startswith(b"%PDF")
    ):
        return Format.PDF
    if head.startswith(_COMPOUND):
        return _compound(path)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zipped(path, named)
    if head.startswith(b"{\\rtf"):
        raise DocumentError(f"{path}: is Rich Text; save it as .docx or .odt")
    if head.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\x7fELF")):
        raise DocumentError(f"{path}: is no document; check that the right file was given")
    return _textual(path, head, named)


def _compound(path: Path) -> Format:
    with path.open("rb") as file:
        start = file.read(1 << 20)
    if "EncryptedPackage".encode("utf-16-le") in start:
        raise DocumentError(f"{path}: is encrypted; save it without a password")
    raise DocumentError(f"{path}: is an old Word file (.doc) or another compound file; save it as .docx")


def _zipped(path: Path, named: Format | None) -> Format:
    try:
        with zipfile.ZipFile(path) as package:
            names = {name.lstrip("/") for name in package.namelist()}
            kind = b""
            if "mimetype" in names:
                with package.open("mimetype") as part:
                    kind = part.read(200).strip()
    except (*DAMAGE, KeyError, RuntimeError) as error:
        raise DocumentError(f"{path}: is damaged; save it again") from error
    if kind == BUNDLE_TYPE.encode("ascii"):
        return _BY_SUFFIX.get(Path(bundled_name(path)).suffix, Format.LATEX)
    if kind == b"application/epub+zip" or "META-INF/container.xml" in names:
        return Format.EPUB
    if kind.startswith(b"application/vnd.oasis.opendocument.text"):
        return Format.OPENDOCUMENT
    if "[Content_Types].xml" in names or "word/document.xml" in names:
        return Format.WORD
    if "content.xml" in names and named is not Format.WORD:
        return Format.OPENDOCUMENT
    raise DocumentError(f"{path}: is a zip file without a document; check that the right file was given")


def _textual(path: Path, head: bytes, named: Format | None) -> Format:
    if named is Format.PDF:  # an error page that was saved in a PDF's place is no document
        raise DocumentError(f"{path}: is not a PDF; check that the right file was given")
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1"
    words = head.decode(encoding, "replace").lstrip("\ufeff\xef\xbb\xbf")
    if "urn:oasis:names:tc:opendocument" in words and "office:document" in words:
        return Format.OPENDOCUMENT
    if _HTML_HEAD.match(words):
        return Format.HTML
    if named in (Format.MARKDOWN, Format.LATEX, Format.HTML):
        if encoding == "latin-1" and named is Format.HTML and _is_binary(head):
            raise DocumentError(f"{path}: is no web page; check that the right file was given")
        return named
    if _LATEX.search(words):
        return Format.LATEX
    if named is None and _HTML.search(words):
        return Format.HTML
    raise DocumentError(
        f"{path}: is of no format that is read (PDF, .docx, .odt, .html, .md, .tex, .epub); "
        "check that the right file was given"
    )


def _is_binary(head: bytes) -> bool:
    return head.count(b"\0") > len(head) // 50
