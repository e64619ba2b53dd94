"""One note on the page it is on: its sentence, clause and marker, and the note itself, highlighted."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from verifier.model import Anchor, Box, Footnote
from verifier.pdfium import render, to_pixels
from verifier.reports.markup.locate_text import CharacterIndex, index_characters, letters_of, lines_of, locate_sentence
from verifier.reports.markup.opened_page import opened_page
from verifier.reports.markup.page_canvas import Colour


@dataclass(frozen=True, slots=True)
class NotePicture:
    """A page as a PNG; `top` is where its uppermost highlight begins, as a share of its height."""

    png: bytes
    top: float


def draw_note(
    pdf: Path, page: int, note: Footnote | None, sentence: str | None, marks: Sequence[Box] = ()
) -> NotePicture:
    """The picture of a page (from 1), with what of a note and of its sentence is there.

    `sentence` says which of the note's anchors is meant; without a note it is sought on the page as it is.
    `marks` are boxes to highlight in its place, on whatever pages.

    Raises DocumentError when the PDF or the page cannot be opened.
    """
    with opened_page(pdf, page) as opened:
        return _drawn(opened, page, note, sentence, marks)


def _drawn(page: Any, number: int, note: Footnote | None, sentence: str | None, marks: Sequence[Box]) -> NotePicture:
    from PIL import Image, ImageChops, ImageDraw

    picture, convert = render(page), to_pixels(page)
    tint = Image.new("RGB", picture.size, (255, 255, 255))
    pencil = ImageDraw.Draw(tint)
    anchors = _meant(note, sentence)
    markers = [box for anchor in anchors for box in anchor.boxes if box.page == number]
    letters = index_characters(page, number, markers)
    places = [(Colour.NOTE, box) for box in (note.boxes if note else ()) if box.page == number]
    places += [(Colour.CLAUSE, box) for box in marks if box.page == number]
    if note is None and sentence and not marks:
        places += [(Colour.CLAUSE, box) for box in lines_of(letters.find(sentence))]
    for anchor in anchors:
        places += _highlights(anchor, number, letters)
    for colour, box in places:
        pencil.rectangle(_grown(_pixels(convert, box), 2), fill=colour.tint)
    picture = ImageChops.multiply(picture, tint)
    outline = ImageDraw.Draw(picture)
    for box in note.boxes if note else ():
        if box.page == number:
            outline.rectangle(_grown(_pixels(convert, box), 4), outline=Colour.NOTE.line, width=2)
    for box in markers:
        outline.ellipse(_grown(_pixels(convert, box), 9), outline=Colour.MARKER.line, width=3)
    png = io.BytesIO()
    picture.save(png, "PNG")
    top = min((_pixels(convert, box)[1] for _, box in places), default=0)
    return NotePicture(png.getvalue(), max(top, 0) / picture.height)


def _meant(note: Footnote | None, sentence: str | None) -> tuple[Anchor, ...]:
    if note is None:
        return ()
    meant = tuple(anchor for anchor in note.anchors if anchor.sentence == sentence)
    return meant or note.anchors


def _highlights(anchor: Anchor, number: int, letters: CharacterIndex) -> list[tuple[Colour, Box]]:
    """The lines of an anchor's sentence on this page, those of its clause in their own colour."""
    marker = next((box for box in anchor.boxes if box.page == number), None)
    placed = locate_sentence(anchor.sentence, anchor.marker_offset, marker, letters, ())
    start = len(letters_of(anchor.sentence[: anchor.clause_start]))
    end = len(letters_of(anchor.sentence[: anchor.marker_offset]))
    return [(Colour.SENTENCE, box) for box in lines_of((*placed[:start], *placed[end:]))] + [
        (Colour.CLAUSE, box) for box in lines_of(placed[start:end])
    ]


def _pixels(convert: Any, box: Box) -> tuple[int, int, int, int]:
    (ax, ay), (bx, by) = convert(box.x0, box.y0), convert(box.x1, box.y1)
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _grown(place: tuple[int, int, int, int], by: int) -> tuple[int, int, int, int]:
    left, top, right, bottom = place
    return left - by, top - by, right + by, bottom + by
