"""The page of a PDF source that a passage is on, as a picture with the passage highlighted."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from verifier.model import Box
from verifier.review.evidence.character_index import characters_of
from verifier.review.evidence.passage import Located, Passage, locate

_MOST_PAGES = 3000


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page (from 1) as a PNG; `found` says whether the passage is on it."""

    png: bytes
    page: int
    pages: int
    found: bool


def page_picture(pdf: bytes, passage: Passage, *, number: int | None = None) -> PagePicture | None:
    """The page with the passage on it, or the page `number`; the first page where the passage is on none.

    None where the PDF cannot be opened or has no such page.
    """
    from verifier.pdfium import PDFIUM, PdfiumError, open_document

    with PDFIUM:
        try:
            document = open_document(pdf)
        except PdfiumError:
            return None
        try:
            return _picture(document, passage, number)
        except PdfiumError:
            return None
        finally:
            document.close()


def _picture(document: Any, passage: Passage, number: int | None) -> PagePicture | None:
    pages = len(document)
    if not 1 <= (number or 1) <= pages:
        return None
    wanted = range(1, min(pages, _MOST_PAGES) + 1) if number is None else (number,)
    number, located, boxes = _best(document, passage, wanted)
    page = document[number - 1]
    try:
        return PagePicture(_drawn(page, located, boxes), number, pages, located.found)
    finally:
        page.close()


def _best(document: Any, passage: Passage, numbers: Sequence[int]) -> tuple[int, Located, tuple[Box, ...]]:
    """The page that has most of the passage, with where it is there and the boxes of the page's letters."""
    best: tuple[int, Located, tuple[Box, ...]] = (numbers[0], Located(), ())
    most, whole = 0, len(characters_of(passage.words))
    for number, letters, boxes in _letters(document, numbers):
        located = locate(letters, passage)
        size = sum(end - start for start, end in located.pieces)
        if size > most:
            most, best = size, (number, located, boxes)
        if whole and size == whole:
            break
    return best


def _letters(document: Any, numbers: Sequence[int]) -> Iterator[tuple[int, str, tuple[Box, ...]]]:
    """The letters of each page that can be read, in the form of `characters_of`, and the box of each."""
    from verifier.pdfium import PdfiumError
    from verifier.reports.markup.locate_text import index_characters

    for number in numbers:
        try:
            page = document[number - 1]
        except PdfiumError:
            continue
        try:
            read = index_characters(page, number, ())
        finally:
            page.close()
        pairs = [
            (letter, box) for char, box in zip(read.letters, read.boxes, strict=True) for letter in characters_of(char)
        ]
        yield number, "".join(letter for letter, _ in pairs), tuple(box for _, box in pairs)


def _drawn(page: Any, located: Located, boxes: Sequence[Box]) -> bytes:
    from PIL import Image, ImageChops, ImageDraw

    from verifier.pdfium import render, to_pixels
    from verifier.reports.markup.locate_text import lines_of
    from verifier.reports.markup.page_canvas import Colour

    picture = render(page)
    convert = to_pixels(page)
    tint = Image.new("RGB", picture.size, (255, 255, 255))
    pencil = ImageDraw.Draw(tint)
    for piece in located.pieces:
        for line in lines_of(boxes[slice(*piece)]):
            pencil.rectangle(_pixels(convert, line), fill=Colour.CLAUSE.tint)
    picture = ImageChops.multiply(picture, tint)
    if located.figure is not None:
        outline = ImageDraw.Draw(picture)
        for line in lines_of(boxes[slice(*located.figure)]):
            left, top, right, bottom = _pixels(convert, line)
            outline.rectangle((left - 3, top - 3, right + 3, bottom + 3), outline=Colour.MARKER.line, width=3)
    png = io.BytesIO()
    picture.save(png, "PNG", optimize=False)
    return png.getvalue()


def _pixels(convert: Any, box: Box) -> tuple[int, int, int, int]:
    (ax, ay), (bx, by) = convert(box.x0, box.y0), convert(box.x1, box.y1)
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)
