"""A note on its page: the clause, the marker and the note are coloured, and where to look is told."""

import io
from pathlib import Path

import pytest
from PIL import Image

from verifier.errors import DocumentError
from verifier.parser import extract
from verifier.reports.markup.note_picture import draw_note
from verifier.reports.markup.page_canvas import Colour

DATA = Path(__file__).resolve().parents[3] / "data"
PDF = DATA / "simple-notes.pdf"


@pytest.fixture(scope="module")
def note():
    return next(note for note in extract(PDF).footnotes if note.anchors)


def colours(png: bytes) -> set[tuple[int, int, int]]:
    return {colour for _, colour in Image.open(io.BytesIO(png)).convert("RGB").getcolors(1 << 24)}


def test_clause_marker_and_note_are_highlighted(note):
    drawn = draw_note(PDF, note.page, note, note.anchors[0].sentence)
    seen = colours(drawn.png)
    assert {Colour.CLAUSE.tint, Colour.MARKER.line, Colour.NOTE.line, Colour.NOTE.tint} <= seen
    picture = Image.open(io.BytesIO(drawn.png)).convert("RGB")
    first = next(
        y
        for y in range(picture.height)
        if any(picture.getpixel((x, y)) == Colour.CLAUSE.tint for x in range(picture.width))
    )
    assert drawn.top == pytest.approx(first / picture.height, abs=0.01)


def test_without_a_note_the_sentence_is_sought(note):
    drawn = draw_note(PDF, note.anchors[0].page, None, note.anchors[0].sentence)
    assert Colour.CLAUSE.tint in colours(drawn.png)
    assert Colour.NOTE.line not in colours(drawn.png)


def test_a_page_without_any_of_it_is_drawn_as_it_is(note):
    drawn = draw_note(PDF, note.page, None, "This sentence stands nowhere in the document.")
    assert drawn.top == 0
    assert Colour.CLAUSE.tint not in colours(drawn.png)


@pytest.mark.parametrize(
    ("name", "page"), [("simple-notes.pdf", 0), ("simple-notes.pdf", 999), ("not-a-pdf.pdf", 1), ("none.pdf", 1)]
)
def test_what_cannot_be_drawn_is_told(name, page):
    with pytest.raises(DocumentError):
        draw_note(DATA / name, page, None, None)
