"""Writes small PDFs with footnotes, for tests and benchmarks that need papers of their own."""

from collections.abc import Sequence
from pathlib import Path

_FILLER = (
    "This paper was set for a test, and a page without running text is no page. What stands in this paragraph has no "
    "note and no figure; it is here so that the body is larger than the notes, as it is in every real document. "
    "The sentences that matter come after it, each with its marker, and what they rest on stands at the foot."
)

MOST_NOTES = 12
"""Notes that one page holds at its foot."""


def write_paper(path: Path, notes: Sequence[tuple[str, str]], labels: Sequence[int] = ()) -> Path:
    """Write a PDF of one page: sentences, each with a raised marker, and their notes at the foot.

    The notes are numbered from 1 unless `labels` says otherwise.
    """
    from fpdf import FPDF

    labels = labels or range(1, len(notes) + 1)

    page = FPDF(format="A4")
    page.set_margin(60 / 2.83465)
    page.set_auto_page_break(False)
    page.add_page()
    page.set_font("Times", size=11)
    page.write(6, _FILLER)
    page.ln(9)
    for number, (sentence, _) in zip(labels, notes, strict=True):
        page.write(6, sentence)
        page.char_vpos = "SUP"
        page.write(6, str(number))
        page.char_vpos = "LINE"
        page.write(6, " ")
    page.set_y(-20 - 9 * len(notes))
    page.line(page.l_margin, page.get_y() - 1, page.l_margin + 45, page.get_y() - 1)
    for number, (_, note) in zip(labels, notes, strict=True):
        page.set_font("Times", size=8)
        page.char_vpos = "SUP"
        page.write(4, str(number))
        page.char_vpos = "LINE"
        page.write(4, " " + note)
        page.ln(4)
    path.parent.mkdir(parents=True, exist_ok=True)
    page.output(str(path))
    return path
