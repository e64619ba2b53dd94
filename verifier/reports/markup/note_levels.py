"""A page with all that is cited on it coloured by what became of it: notes, markers, and the clauses before them."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from verifier.model import Anchor, Box, Footnote
from verifier.pdfium import render, to_pixels
from verifier.reports.citation_statuses import Level
from verifier.reports.markup.locate_text import CharacterIndex, index_characters, letters_of, lines_of, locate_sentence
from verifier.reports.markup.opened_page import opened_page

COLOURS: dict[Level, tuple[tuple[int, int, int], tuple[int, int, int]]] = {
    Level.WRONG: ((186, 62, 0), (255, 214, 190)),
    Level.DOUBT: ((150, 110, 0), (255, 240, 170)),
    Level.NOT_CHECKED: ((110, 60, 130), (236, 222, 243)),
    Level.GOOD: ((0, 105, 80), (206, 241, 226)),
    Level.NONE: ((95, 95, 95), (234, 234, 234)),
}
"""Lines and tints of the levels, after Okabe and Ito, whose colours colour-blind people tell apart."""

MARKS = {Level.WRONG: "X", Level.DOUBT: "?", Level.NOT_CHECKED: "-", Level.GOOD: "ok", Level.NONE: ""}
"""What is written beside a note, for whom colours say nothing."""

_LETTERS = 18
"""Pixels of a mark."""


@dataclass(frozen=True, slots=True)
class LevelledNote:
    """A note with what became of it."""

    note: Footnote
    level: Level


def draw_levels(pdf: Path, page: int, notes: Sequence[LevelledNote]) -> bytes:
    """The picture of a page (from 1) as a PNG, with what of these notes is on it.

    Raises DocumentError when the PDF or the page cannot be opened.
    """
    with opened_page(pdf, page) as opened:
        return _drawn(opened, page, notes)


def _drawn(page: Any, number: int, notes: Sequence[LevelledNote]) -> bytes:
    from PIL import Image, ImageChops, ImageDraw, ImageFont

    picture, convert = render(page), to_pixels(page)
    tint = Image.new("RGB", picture.size, (255, 255, 255))
    tints = ImageDraw.Draw(tint)
    here = [(one, anchor) for one in notes for anchor in one.note.anchors if anchor.page == number]
    markers = [box for _, anchor in here for box in anchor.boxes if box.page == number]
    letters = index_characters(page, number, markers)
    for one, anchor in here:
        for box in _clause(anchor, number, letters):
            tints.rectangle(_pixels(convert, box, 2), fill=COLOURS[one.level][1])
    for one in notes:
        for box in one.note.boxes:
            if box.page == number:
                tints.rectangle(_pixels(convert, box, 2), fill=COLOURS[one.level][1])
    picture = ImageChops.multiply(picture, tint)
    pencil = ImageDraw.Draw(picture)
    font = ImageFont.load_default(_LETTERS)
    for one, anchor in here:
        for box in anchor.boxes:
            if box.page == number:
                pencil.ellipse(_pixels(convert, box, 9), outline=COLOURS[one.level][0], width=3)
    for one in notes:
        boxes = [_pixels(convert, box, 4) for box in one.note.boxes if box.page == number]
        for left, top, right, bottom in boxes:
            pencil.rectangle((left, top, right, bottom), outline=COLOURS[one.level][0], width=2)
        for left, top, *_ in boxes[:1]:
            pencil.text((max(0, left - 30), top), MARKS[one.level], fill=COLOURS[one.level][0], font=font)
    png = io.BytesIO()
    picture.save(png, "PNG")
    return png.getvalue()


def _clause(anchor: Anchor, number: int, letters: CharacterIndex) -> tuple[Box, ...]:
    """The lines of the clause before a marker, as far as they are on this page."""
    marker = next((box for box in anchor.boxes if box.page == number), None)
    placed = locate_sentence(anchor.sentence, anchor.marker_offset, marker, letters, ())
    start = len(letters_of(anchor.sentence[: anchor.clause_start]))
    end = len(letters_of(anchor.sentence[: anchor.marker_offset]))
    return lines_of(placed[start:end])


def _pixels(convert: Any, box: Box, by: int) -> tuple[int, int, int, int]:
    (ax, ay), (bx, by_) = convert(box.x0, box.y0), convert(box.x1, box.y1)
    return min(ax, bx) - by, min(ay, by_) - by, max(ax, bx) + by, max(ay, by_) + by
