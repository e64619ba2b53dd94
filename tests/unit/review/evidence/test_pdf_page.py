"""The page of a PDF source with the passage on it, as a picture."""

import io

import pytest
from PIL import Image

from verifier.reports.markup.page_canvas import Colour
from verifier.review.evidence import Passage, page_picture


@pytest.fixture
def report(make_paper) -> bytes:
    return make_paper("report.pdf", [("The fleet grew to 41 ferries in 2024.", "A note.")]).read_bytes()


def colours(png: bytes) -> set[tuple[int, int, int]]:
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    return {colour for _, colour in picture.getcolors(maxcolors=1 << 24)}


def test_the_passage_is_tinted_and_its_figure_outlined(report):
    shown = page_picture(report, Passage("The fleet grew to 41 ferries in 2024.", "41"))
    assert (shown.page, shown.pages, shown.found) == (1, 1, True)
    assert {Colour.CLAUSE.tint, Colour.MARKER.line} <= colours(shown.png)


def test_where_the_passage_is_on_no_page_the_first_is_shown_unmarked(report):
    shown = page_picture(report, Passage("Nothing like it is said here."))
    assert (shown.page, shown.found) == (1, False)
    assert Colour.CLAUSE.tint not in colours(shown.png)


@pytest.mark.parametrize(("pdf", "number"), [(b"", None), (b"%PDF-1.7\nnot really", None), (None, 2), (None, 0)])
def test_what_cannot_be_shown_is_none(report, pdf, number):
    assert page_picture(report if pdf is None else pdf, Passage("x"), number=number) is None
