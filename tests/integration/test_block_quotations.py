"""Block quotations are told from other indented text by where their lines stand in the column."""

import pytest

from verifier import extract

LONG = (
    "This paper was set for a test, and a page without running text is no page. What stands in this paragraph has no "
    "note and no figure; it is here so that the column has an edge on either side, as it has in every real document. "
)
QUOTED = (
    "The board may close the bridge for repairs on any Sunday of the year but must say so a week before. Whoever "
    "crosses then does so at their own peril and has no claim upon the board, its members or its heirs."
)


@pytest.fixture
def page(tmp_path):
    """Sets a page whose middle paragraph stands so many points inside the column."""
    from fpdf import FPDF

    def make(words: str, left: float, right: float):
        pdf = FPDF(format="A4", unit="pt")
        pdf.set_margins(72, 72, 72)
        pdf.set_auto_page_break(False)
        pdf.add_page()
        pdf.set_font("Times", size=11)
        pdf.multi_cell(0, 14, LONG * 2, align="J")
        pdf.ln(8)
        pdf.set_left_margin(72 + left)
        pdf.set_right_margin(72 + right)
        pdf.set_x(72 + left)
        pdf.write(14, words)
        pdf.char_vpos = "SUP"
        pdf.write(14, "1")
        pdf.char_vpos = "LINE"
        pdf.set_left_margin(72)
        pdf.set_right_margin(72)
        pdf.ln(24)
        pdf.multi_cell(0, 14, LONG * 2, align="J")
        pdf.set_y(-100)
        pdf.line(72, pdf.get_y() - 3, 200, pdf.get_y() - 3)
        pdf.set_font("Times", size=8)
        pdf.char_vpos = "SUP"
        pdf.write(10, "1")
        pdf.char_vpos = "LINE"
        pdf.write(10, " Rules of the board, http://a.example.test/rules.")
        pdf.output(str(tmp_path / "page.pdf"))
        (note,) = extract(tmp_path / "page.pdf").footnotes
        return note.anchors[0]

    return make


@pytest.mark.parametrize("right", [30, 0])
def test_a_paragraph_that_is_set_in_is_a_block_quotation(page, right):
    anchor = page(QUOTED, 30, right)
    assert anchor.block_quotation == QUOTED
    assert anchor.sentence.startswith("Whoever crosses then")


@pytest.mark.parametrize(
    ("words", "left", "right"),
    [
        (QUOTED, 0, 0),
        (QUOTED, 0, 30),
        ("a) " + QUOTED, 30, 30),
        ("12. " + QUOTED, 30, 30),
        ('"' + QUOTED + '"', 30, 30),
        ("A short one, set in like it.", 30, 30),
    ],
    ids=["not set in", "on the right only", "an item", "a numbered item", "in marks", "short"],
)
def test_other_paragraphs_are_none(page, words, left, right):
    assert page(words, left, right).block_quotation is None
