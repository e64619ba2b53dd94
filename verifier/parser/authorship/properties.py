"""The author among the properties that programs record: of PDFs, Word files and OpenDocument texts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from verifier.parser.authorship.names import recorded_names
from verifier.parser.drafts.package import Package, parse_xml

_MOST_FLAT_BYTES = 96 * 1024**2
_WORD_PROPERTIES = "docProps/core.xml"
"""ISO/IEC 29500-2, 11; `creator` is who made the file, `lastModifiedBy` who saved it last."""

_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_INITIAL_CREATOR = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}initial-creator"
"""OpenDocument 1.3, part 3, 4.3.2: who made it; its `dc:creator` is who changed it last, an editor maybe."""


def pdf_authors(file: Path) -> tuple[str, ...]:
    """The authors that a PDF's information dictionary names. Raises what pypdf raises of damage."""
    with PdfReader(file, strict=False) as reader:
        data = reader.metadata
        return recorded_names([str(data.get("/Author") or "")]) if data is not None else ()


def word_authors(file: Path) -> tuple[str, ...]:
    """The authors that a Word file's properties name. Raises DocumentError."""
    with Package(file) as package:
        if not package.has(_WORD_PROPERTIES):
            return ()
        return recorded_names(_texts(package.xml(_WORD_PROPERTIES), _CREATOR))


def opendocument_authors(file: Path) -> tuple[str, ...]:
    """The authors that an OpenDocument text's properties name, in a package or a single file. Raises DocumentError."""
    with file.open("rb") as opened:
        flat = opened.read(_MOST_FLAT_BYTES)
    if not flat.startswith(b"PK"):
        return recorded_names(_texts(parse_xml(flat, str(file)), _INITIAL_CREATOR))
    with Package(file) as package:
        return recorded_names(_texts(package.xml("meta.xml"), _INITIAL_CREATOR)) if package.has("meta.xml") else ()


def _texts(root: Any, tag: str) -> Iterator[str]:
    return ("".join(element.itertext()) for element in root.iter(tag))
