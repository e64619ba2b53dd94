"""The author of a document, as the document itself says: what is offered as a letter's recipient, to be changed."""

from pathlib import Path
from typing import Any

from pypdf import PdfReader

from verifier.errors import DocumentError
from verifier.parser.drafts.package import Package
from verifier.parser.page.structure import DAMAGE

_LONGEST = 200
_PARTS = ("docProps/core.xml", "meta.xml")
"""Where Word's and OpenDocument's files say who wrote them (ISO/IEC 29500-2, 11; OpenDocument 1.3, part 3, 4.3.2)."""

_NAMES = ("initial-creator", "creator")


def author_of(file: Path) -> str:
    """The author that a PDF, Word or OpenDocument file names; empty where it names none or cannot be read."""
    try:
        with file.open("rb") as opened:
            head = opened.read(1024)
        if b"%PDF-" in head:
            return _clean(_of_pdf(file))
        if head.startswith(b"PK\x03\x04"):
            return _clean(_of_package(file))
    except (*DAMAGE, OSError, DocumentError):  # nothing is offered: an editor writes the name
        return ""
    return ""


def _of_pdf(file: Path) -> str:
    with PdfReader(file, strict=False) as reader:
        data = reader.metadata
        return str(data.get("/Author") or "") if data is not None else ""


def _of_package(file: Path) -> str:
    with Package(file) as package:
        for part in _PARTS:
            if package.has(part):
                found = {_local(element): (element.text or "") for element in package.xml(part).iter()}
                return next((found[name] for name in _NAMES if found.get(name, "").strip()), "")
    return ""


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _clean(words: str) -> str:
    shown = "".join(char if char.isprintable() else " " for char in words)
    return " ".join(shown.split())[:_LONGEST]
