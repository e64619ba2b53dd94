from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.parser_lines import make_glyphs
from verifier.parser.page.columns import page_lines
from verifier.parser.page.direction import as_read
from verifier.parser.page.geometry import Frame, Rect
from verifier.parser.page.glyphs import Glyph, PageInk


def set_to_left(*words: str, right: float = 400.0, y: float = 700.0) -> list[Glyph]:
    """The glyphs of a line from right to left, in reading order; words of ASCII run to the right within it."""
    glyphs: list[Glyph] = []
    for word in words:
        width = 5.0 * len(word)
        placed = make_glyphs(word if word.isascii() else word[::-1], x=right - width, y=y)
        glyphs += placed if word.isascii() else placed[::-1]
        right -= width + 3.0
    return glyphs


def ink(*lines: list[Glyph]) -> PageInk:
    return PageInk(1, Frame(), [glyph for line in lines for glyph in line], [Rect(300.0, 120.0, 400.0, 120.5)])


def test_hebrew_is_read_from_right_to_left() -> None:
    read = as_read(ink(set_to_left("שלום", "לכולם"), set_to_left("עוד", "שורה", y=680.0)))
    assert [line.text for line in page_lines(read)] == ["שלום לכולם", "עוד שורה"]
    assert read.rules == [Rect(-400.0, 120.0, -300.0, 120.5)]


def test_figures_and_latin_words_keep_their_direction() -> None:
    read = as_read(ink(set_to_left("בשנת", "1,731", "נמכרה", "https://example.org/a", "לעיר")))
    assert [line.text for line in page_lines(read)] == ["בשנת 1,731 נמכרה https://example.org/a לעיר"]


@pytest.mark.parametrize(
    ("latin", "read"),
    [
        ("https://example.org/a ,1987", "1987, https://example.org/a"),  # as a page shows it
        (".https://example.org/a", "https://example.org/a."),
        ("./what-comes-next", "what-comes-next/."),
        ("New York Times", "New York Times"),
        ("example.org ,1987 ,12", "12, 1987, example.org"),
        ("3.5", "3.5"),
    ],
)
def test_marks_that_lead_a_word_end_what_is_read_before(latin: str, read: str) -> None:
    more = set_to_left("עוד", "שורה", "אחת", y=680.0)
    line = page_lines(as_read(ink(set_to_left("שלום", latin, "לכולם"), more)))[0]
    assert line.text == f"שלום {read} לכולם"


def test_the_letters_of_a_ligature_stay_together() -> None:
    glyphs = set_to_left("שלום", "traffic.pdf", "לכולם")
    first = next(place for place, glyph in enumerate(glyphs) if glyph.char == "f")
    box = glyphs[first].x0, glyphs[first + 2].x1
    for place in range(first, first + 3):  # "ffi" is drawn as one, and has one box
        glyphs[place] = replace(glyphs[place], x0=box[0], x1=box[1])
    line = page_lines(as_read(ink(glyphs, set_to_left("עוד", "שורה", "אחת", y=680.0))))[0]
    assert line.text == "שלום traffic.pdf לכולם"


def test_boxes_lie_where_the_words_are() -> None:
    (line,) = page_lines(as_read(ink(set_to_left("שלום", "לכולם"))))
    box = line.box(0, 4)
    assert (box.x0, box.x1) == (380.0, 400.0)


def test_shaped_letters_become_those_of_the_alphabet() -> None:
    read = as_read(ink(set_to_left("\ufeb3\ufefc\ufee1")))
    assert [line.text for line in page_lines(read)] == ["سلام"]


def test_latin_pages_stay_as_they_are() -> None:
    page = ink(make_glyphs("The gate, in Hebrew "), make_glyphs("שער", y=680.0))
    assert as_read(page) is page
    empty = ink([])
    assert as_read(empty) is empty


@given(st.integers(0, 3), st.booleans(), *[st.floats(-1000, 1000) for _ in range(4)])
def test_frames_lead_back_to_the_page(
    quarters: int, mirrored: bool, x0: float, y0: float, width: float, height: float
) -> None:
    rect = Rect(x0, y0, x0 + abs(width), y0 + abs(height))
    frame = Frame(quarters, mirrored)
    assert frame.to_page(frame.rect_to_reading(rect)) == rect
