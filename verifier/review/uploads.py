"""Files that people hand in through the browser: looked at before anything reads them, kept under names of ours."""

import re
import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from verifier.errors import DocumentError
from verifier.files import draft_for, publish
from verifier.model import DOCUMENT_SUFFIXES
from verifier.parser.drafts.zipped_project import bundle_of_project

_PIECE = 1024 * 1024
_NOT_IN_NAMES = re.compile(r"[^\w.,()+ -]+")
_LONGEST_NAME = 80
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_MAGIC_WITHIN = 1024
"""Bytes within which a PDF's header may be (ISO 32000-1, implementation note 13 of Adobe's PDF Reference 1.7)."""

UNREADABLE = "The file is empty."
NO_DOCUMENT = (
    "The file is no PDF and no draft (.docx, .odt, .html, .md, .tex, .epub): it does not begin as its name says."
)

PROJECT_SUFFIX = ".zip"
"""How the name of a LaTeX project in one file ends."""

MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".html": "text/html",
    ".htm": "text/html",
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""What may be handed in as a source, by the end of its name."""


class Stream(Protocol):
    """A file that is being uploaded."""

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes."""
        ...


def file_name(given: str) -> str:
    """A name for an uploaded document that is safe as a file's: letters, digits and some signs; never a path.

    What the browser sent is only a suggestion: folders, control characters, leading dots and devices' names go.
    """
    last = unicodedata.normalize("NFC", given).replace("\\", "/").rpartition("/")[2]
    if last.lower().endswith(PROJECT_SUFFIX):  # it is kept as the document in it
        last = f"{last[: -len(PROJECT_SUFFIX)]}.tex"
    suffix = Path(last).suffix.lower()
    suffix = suffix if suffix in DOCUMENT_SUFFIXES else ".pdf"
    stem = last[: -len(suffix)] if last.lower().endswith(suffix) else last
    stem = " ".join(_NOT_IN_NAMES.sub(" ", stem).split()).strip(" .")[:_LONGEST_NAME].strip(" .")
    if not stem or _DEVICES.fullmatch(stem):
        stem = f"document {secrets.token_hex(3)}"
    return f"{stem}{suffix}"


def save_upload(stream: Stream, folder: Path, name: str) -> Path:
    """Write what is uploaded into a folder under a name; it appears there only when it is whole.

    Raises DocumentError for an empty file, or when it cannot be written.
    """
    try:
        with _draft(folder / name) as draft:
            _write(stream, draft)
            publish(draft, folder / name)
    except OSError as error:
        raise DocumentError(f"The file cannot be kept: {error.strerror or error}.") from None
    return folder / name


def save_document(stream: Stream, folder: Path, given_name: str, *, as_new_edition: bool) -> Path:
    """Keep an uploaded document. Under a name that is taken it is the new edition, or gets a number behind its name.

    Of a LaTeX project in a zip file the document in it is kept, with what it reads in. Raises DocumentError when it
    does not begin as its name says, is empty, or cannot be written.
    """
    target = folder / file_name(given_name)
    try:
        with _draft(target) as draft:
            _write(stream, draft)
            if given_name.lower().endswith(PROJECT_SUFFIX):
                draft.write_bytes(bundle_of_project(draft.read_bytes()))
            else:
                _check(target.suffix, draft)
            if not as_new_edition:
                target = _free(target)
            publish(draft, target)
    except OSError as error:
        raise DocumentError(f"The file cannot be kept: {error.strerror or error}.") from None
    return target


@contextmanager
def _draft(target: Path) -> Iterator[Path]:
    target.parent.mkdir(parents=True, exist_ok=True)
    with draft_for(target) as draft:
        yield draft


def _write(stream: Stream, draft: Path) -> None:
    """Raises DocumentError for an empty stream, OSError."""
    size = 0
    with draft.open("wb") as file:
        while piece := stream.read(_PIECE):
            size += file.write(piece)
    if not size:
        raise DocumentError(UNREADABLE)


def media_type_of(name: str, start: bytes) -> str | None:
    """What a file that is handed in as a source is, by its name and its first bytes; None for what cannot be read."""
    if start.lstrip()[:5] == b"%PDF-":
        return "application/pdf"
    stated = MEDIA_TYPES.get(Path(name.lower()).suffix)
    return None if stated == "application/pdf" else stated


def _check(suffix: str, draft: Path) -> None:
    with draft.open("rb") as file:
        start = file.read(_MAGIC_WITHIN)
    if not _begins_as(suffix, start):
        raise DocumentError(NO_DOCUMENT)


def _begins_as(suffix: str, start: bytes) -> bool:
    """Whether a file may be what its name says; what it is, its reader finds out in a process of its own."""
    if suffix == ".pdf":
        return b"%PDF-" in start
    if suffix in (".docx", ".docm", ".odt", ".epub"):
        return start.startswith(b"PK")
    return not start.startswith((b"PK", b"%PDF-")) and (b"\0" not in start or start[:2] in (b"\xff\xfe", b"\xfe\xff"))


def _free(target: Path) -> Path:
    number = 2
    found = target
    while found.exists():
        found = target.with_name(f"{target.stem} ({number}){target.suffix}")
        number += 1
    return found
