"""A second reading, by pypdf, of pages whose first one is suspicious; what the two do not agree on is said.

Reading every page twice would double the time. A reading is suspicious when many of its characters stand for nothing
(fonts that do not tell what their glyphs mean), or when a page without pictures has no text at all.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject

from verifier.model import ExtractionWarning, WarningCode
from verifier.parser.page.glyphs import PageInk
from verifier.parser.page.structure import DAMAGE
from verifier.parser.patterns import regex

_FEWEST = 40
"""Letters of one reading that the other must lack to be reported: fewer are a page number or a mark on a drawing."""
_MEANINGLESS = 0.1
"""Share of a page's characters that stand for nothing, from which on its reading is suspicious."""
_ALIKE = 0.7
"""Share of the letters that both readings must have; pypdf misses spaces and ligatures, but few letters."""
_STANDS_FOR_NOTHING = regex("[\x00-\x1f\ue000-\uf8ff\ufffd]")
"""Controls, the private use area, the replacement character."""
_MOST_PAGES = 20
_LARGEST_CONTENT = 200_000
"""Bytes of a page's content as stored: a map or a drawing of more would take pypdf minutes."""


def suspicious_letters(ink: PageInk) -> str | None:
    """The letters that were read of a page, if they want a second reading; else None."""
    letters = "".join([glyph.char for glyph in ink.glyphs])
    strange = len(_STANDS_FOR_NOTHING.findall(letters))
    if strange <= _MEANINGLESS * len(ink.glyphs) and (ink.glyphs or ink.images):
        return None
    return letters


def disagreements(source: Path | IO[bytes], first: Mapping[int, str]) -> Iterator[ExtractionWarning]:
    """Warnings on pages (from 1) that pypdf reads otherwise; `first` holds what was read of those to be read again."""
    if not first:
        return
    try:
        with PdfReader(source, strict=False) as reader:
            for number in sorted(first)[:_MOST_PAGES]:
                second = _read_again(reader, number)
                difference = second and _difference(first[number], second)
                if difference:
                    yield ExtractionWarning(number, WarningCode.READINGS_DISAGREE, difference)
    except (*DAMAGE, OSError):
        return  # the structure's own reading has reported the damage


def _read_again(reader: PdfReader, number: int) -> str | None:
    """The text of a page; None where pypdf cannot read it, or would need too long."""
    try:
        page = reader.pages[number - 1]
        if _content_size(page) > _LARGEST_CONTENT:
            return None
        return page.extract_text()
    except DAMAGE:
        return None


def _content_size(page: Any) -> int:
    contents = page.get("/Contents")
    contents = contents.get_object() if contents is not None else None
    parts = contents if isinstance(contents, ArrayObject) else [contents]
    return sum(int(part.get_object().get("/Length", 0)) for part in parts if part is not None)


def _difference(first: str, second: str) -> str | None:
    """How two readings differ, in words; None when they are one in the main."""
    one, two = _letters(first), _letters(second)
    if max(one.total(), two.total()) < _FEWEST:
        return None
    shared = (one & two).total()
    if shared >= _ALIKE * max(one.total(), two.total()):
        return None
    return (
        f"two readings of the page differ: one has {one.total()} letters, the other {two.total()}, "
        f"and {shared} are the same; look at the page"
    )


def _letters(text: str) -> Counter[str]:
    return Counter(char for char in text.casefold() if char.isalnum())
