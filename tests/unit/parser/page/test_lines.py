import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.parser_lines import make_glyphs
from verifier.parser.page.geometry import Frame, Rect
from verifier.parser.page.glyphs import Glyph
from verifier.parser.page.lines import Line, Raised, make_line, make_runs, split_row
from verifier.parser.page.raised import attach_raised


def lines(glyphs: list[Glyph], gutters: tuple[float, ...] = ()) -> list[Line]:
    rows = attach_raised(make_runs(glyphs))
    return [make_line(1, Frame(), piece) for row in rows for piece in split_row(row, gutters)]


def test_drawn_and_undrawn_spaces_part_words() -> None:
    drawn = make_glyphs("two words")
    undrawn = make_glyphs("two") + make_glyphs("words", x=90.0)
    assert [line.text for line in lines(drawn)] == ["two words"]
    assert [line.text for line in lines(undrawn)] == ["two words"]


def test_a_raised_digit_keeps_its_place_in_the_line() -> None:
    glyphs = make_glyphs("end.") + make_glyphs("12", x=92.0, y=703.6, size=6.5) + make_glyphs("Next", x=102.0)
    (line,) = lines(glyphs)
    assert line.text == "end.12 Next"
    assert line.raised == (Raised(4, 6),)
    assert line.base == 700.0
    assert line.size == 10.0


def test_a_lowered_digit_is_told_from_a_raised_one() -> None:
    glyphs = make_glyphs("CO") + make_glyphs("2", x=82.0, y=698.5, size=6.5)
    (line,) = lines(glyphs)
    assert (line.text, line.raised) == ("CO2", (Raised(2, 3, lowered=True),))


def test_a_digit_drawn_high_on_the_same_baseline_is_raised() -> None:
    (high,) = make_glyphs("7", x=92.0)
    high.bottom, high.top = 703.5, 707.0
    (line,) = lines([*make_glyphs("end."), high])
    assert (line.text, line.raised) == ("end.7", (Raised(4, 5),))


def test_the_letters_of_a_ligature_stay_together() -> None:
    f1, f2, i = (Glyph(char, 82.0, 90.3, 700.0, 707.0, 700.0, 10.0) for char in "ffi")
    (line,) = lines([*make_glyphs("di"), f1, f2, i, *make_glyphs("cult", x=90.3)])
    assert line.text == "difficult"


def test_small_type_below_a_line_is_a_line_of_its_own() -> None:
    found = lines(make_glyphs("The body.") + make_glyphs("A note in small type.", y=690.0, size=8.0))
    assert [line.text for line in found] == ["The body.", "A note in small type."]


def test_a_gutter_parts_a_row_and_a_word_gap_does_not() -> None:
    glyphs = make_glyphs("left side") + make_glyphs("right side", x=130.0)
    assert [line.text for line in lines(glyphs, (123.0,))] == ["left side", "right side"]
    assert [line.text for line in lines(glyphs)] == ["left side right side"]


@pytest.mark.parametrize("gap", [2.0, 12.0, 31.0])
def test_a_tab_may_stand_behind_a_raised_label(gap: float) -> None:
    glyphs = make_glyphs("9", y=703.0, size=5.0) + make_glyphs("Rolls of the mill", x=74.5 + gap, size=8.0)
    (line,) = lines(glyphs)
    assert (line.text.replace(" ", ""), line.raised) == ("9Rollsofthemill", (Raised(0, 1),))


def test_a_short_word_at_a_columns_end_is_not_raised_beside_the_next_columns_line() -> None:
    glyphs = make_glyphs("what they hold") + make_glyphs("to", x=152.0) + make_glyphs("Next column", x=176.0, y=696.0)
    found = lines(glyphs, (169.0,))
    assert [(line.text, line.raised) for line in found] == [("what they hold to", ()), ("Next column", ())]


def test_a_figure_at_a_columns_end_is_not_raised_beside_the_next_columns_line() -> None:
    glyphs = make_glyphs("they hold") + make_glyphs("12", x=126.0) + make_glyphs("Next column", x=150.0, y=696.0)
    found = lines(glyphs, (143.0,))
    assert [(line.text, line.raised) for line in found] == [("they hold 12", ()), ("Next column", ())]


def test_invisible_spaces_leave_no_trace() -> None:
    space = Glyph("\u200b", 77.0, 77.0, 700.0, 700.0, 700.0, 10.0)
    assert [line.text for line in lines([*make_glyphs("a"), space, *make_glyphs("b", x=77.0)])] == ["ab"]


@given(st.text(alphabet="abc 1.", min_size=1, max_size=40), st.integers(0, 3))
def test_text_and_edges_keep_step(text: str, quarters: int) -> None:
    for line in lines(make_glyphs(text)):
        assert len(line.edges) == 2 * len(line.text)
        assert line.text == line.text.strip()
        box = line.box()
        assert box.x0 < box.x1
        assert box.y0 < box.y1
    rect = Rect(10.0, 20.0, 35.0, 26.0)
    frame = Frame(quarters)
    assert frame.to_page(frame.rect_to_reading(rect)) == rect
