"""A passage is found again on its page, whatever stands between its letters."""

import pypdfium2
import pytest
from fpdf import FPDF

from verifier.model import Box
from verifier.reports.markup.locate_text import index_characters, lines_of, locate_sentence

SENTENCE = "The county keeps twelve bridges, and repairs four of them a year."
OFFSET = SENTENCE.index(", and")


@pytest.fixture
def sheet() -> FPDF:
    page = FPDF(unit="pt", format=(400, 400))
    page.set_auto_page_break(False)
    page.set_font("Helvetica", size=10)
    page.add_page()
    return page


def letters(sheet: FPDF, number: int = 1, markers: tuple[Box, ...] = ()):
    with pypdfium2.PdfDocument(bytes(sheet.output())) as pdf:
        page = pdf[number - 1]
        return index_characters(page, number, markers)


def write(sheet: FPDF, *lines: str, x: float = 50, top: float = 100) -> None:
    for n, line in enumerate(lines):
        sheet.text(x, top + 14 * n, line)


def marker_box(sheet: FPDF, x: float, y: float) -> Box:
    """The box of a raised 7 that is written at x, y (from the top)."""
    sheet.set_font_size(6)
    sheet.text(x, y - 4, "7")
    sheet.set_font_size(10)
    return Box(1, x - 0.5, 400 - y + 2, x + sheet.get_string_width("7"), 400 - y + 11)


def placed(sheet: FPDF, marker: Box | None, pages: int = 1):
    read = [letters(sheet, n, (marker,) if marker and n == 1 else ()) for n in range(1, pages + 1)]
    return locate_sentence(SENTENCE, OFFSET, marker, read[0], read[1:])


@pytest.mark.parametrize(
    "text",
    ["twelve bridges", "TWELVE  bridges,", "twelve-bridges", "twelve\nbridges"],
)
def test_a_text_is_found_by_its_letters(sheet, text):
    write(sheet, "It keeps twelve bridges.")
    found = letters(sheet).find(text)
    assert len(found) == len("twelvebridges")
    assert lines_of(found)[0].x0 == pytest.approx(50 + sheet.get_string_width("It keeps "), abs=1)


@pytest.mark.parametrize("text", ["thirteen", "", "...", "bridges twelve"])
def test_what_is_not_there_is_not_found(sheet, text):
    write(sheet, "It keeps twelve bridges.")
    assert letters(sheet).find(text) == ()


def test_a_sentence_is_followed_both_ways_from_its_marker_over_a_hyphenated_line_end(sheet):
    first = "A line before. The county keeps twelve brid-"
    write(sheet, first, "ges, and repairs four of them a year. And more.")
    marker = marker_box(sheet, 50 + sheet.get_string_width("ges"), 114)
    boxes = placed(sheet, marker)
    assert None not in boxes
    one, two = lines_of(boxes)
    assert one.x0 == pytest.approx(50 + sheet.get_string_width("A line before. "), abs=1)
    assert two.x1 == pytest.approx(50 + sheet.get_string_width("ges, and repairs four of them a year"), abs=2)


def test_the_occurrence_at_the_marker_is_taken_not_the_first(sheet):
    write(sheet, SENTENCE)
    write(sheet, SENTENCE, top=200)
    marker = marker_box(sheet, 50 + sheet.get_string_width(SENTENCE[:OFFSET]), 200)
    (line,) = lines_of(placed(sheet, marker))
    assert line.y1 < 400 - 180


def test_the_rest_of_a_sentence_is_found_on_the_next_page(sheet):
    write(sheet, SENTENCE[:OFFSET], top=380)
    marker = marker_box(sheet, 50 + sheet.get_string_width(SENTENCE[:OFFSET]), 380)
    sheet.add_page()
    write(sheet, SENTENCE[OFFSET + 2 :])
    assert [line.page for line in lines_of(placed(sheet, marker, pages=2))] == [1, 2]


def test_a_line_in_between_does_not_stop_it(sheet):
    write(sheet, SENTENCE[:OFFSET], "Running head", SENTENCE[OFFSET + 2 :])
    marker = marker_box(sheet, 50 + sheet.get_string_width(SENTENCE[:OFFSET]), 100)
    assert len(lines_of(placed(sheet, marker))) == 2


def test_what_stands_nowhere_is_said(sheet):
    write(sheet, "The county keeps twelve bridges.")
    marker = marker_box(sheet, 50 + sheet.get_string_width("The county keeps twelve bridges"), 100)
    boxes = placed(sheet, marker)
    assert boxes.count(None) == len("andrepairsfourofthemayear")


def test_a_sentence_whose_marker_is_not_on_the_page_is_found_whole(sheet):
    write(sheet, SENTENCE)
    assert len(lines_of(placed(sheet, Box(1, 0, 0, 1, 1)))) == 1


def test_a_sentence_that_is_not_there_is_not_found_at_all(sheet):
    write(sheet, SENTENCE[:OFFSET])
    assert set(placed(sheet, None)) == {None}


def test_text_that_runs_up_the_page_is_joined_to_lines_too(sheet):
    with sheet.rotation(90, 200, 200):
        write(sheet, SENTENCE, top=200)
    assert len(lines_of(placed(sheet, None))) == 1
