from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfWriter

from tests.support.parser_lines import make_glyphs
from verifier.model import WarningCode
from verifier.parser.page.cross_check import disagreements, suspicious_letters
from verifier.parser.page.geometry import Frame
from verifier.parser.page.glyphs import PageInk, read_ink

PAGES = Path(__file__).parents[3] / "data" / "note-over-two-pages.pdf"


@pytest.mark.parametrize(
    ("text", "images", "suspicious"),
    [
        ("The keeper wrote each crossing down.", 0, False),
        ("The keeper \ufffdrote each crossing down.", 0, False),
        ("\ue000\ue001\ue002\ue003 each crossing", 0, True),
        ("\ufffd\ufffd\ufffd\ufffd each crossing", 3, True),
        ("", 0, True),
        ("", 1, False),
    ],
    ids=["sound", "one letter unknown", "private use", "unknown letters", "no text", "a picture"],
)
def test_what_wants_a_second_reading(text: str, images: int, suspicious: bool) -> None:
    letters = suspicious_letters(PageInk(1, Frame(), make_glyphs(text), [], images))
    assert letters == (text if suspicious else None)


def letters_of(page: int) -> str:
    pdf = pypdfium2.PdfDocument(PAGES)
    try:
        return "".join(glyph.char for glyph in read_ink(pdf, page - 1).glyphs)
    finally:
        pdf.close()


def test_readings_that_agree_are_not_told() -> None:
    assert list(disagreements(PAGES, {1: letters_of(1), 2: letters_of(2)})) == []
    assert list(disagreements(PAGES, {})) == []


def test_a_page_that_the_first_reading_lost_is_told() -> None:
    (warning,) = disagreements(PAGES, {1: letters_of(1), 2: ""})
    assert (warning.page, warning.code) == (2, WarningCode.READINGS_DISAGREE)
    assert "one has 0 letters" in warning.message


def test_blank_pages_and_pages_that_are_not_there_are_not_told(tmp_path: Path) -> None:
    writer = PdfWriter()
    writer.add_blank_page(300, 400)
    writer.write(tmp_path / "blank.pdf")
    assert list(disagreements(tmp_path / "blank.pdf", {1: "", 7: ""})) == []


def test_a_file_that_pypdf_cannot_open_is_not_told(tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 and no more")
    assert list(disagreements(tmp_path / "broken.pdf", {1: ""})) == []
