"""PDFs in which a server says that a document is missing, and short ones that are documents."""

import pytest
from fpdf import FPDF

from verifier.model import Fetch, Hop, LinkReason, LinkStatus, Outcome
from verifier.resolver.judge.judgement import judge

ADDRESS = "http://example.test/docs/harbour-dues.pdf"


def judged(*lines: str, pages: int = 1) -> tuple[LinkStatus, LinkReason]:
    pdf = FPDF()
    for _ in range(pages):
        pdf.add_page()
        pdf.set_font("helvetica", size=12)
        for line in lines:
            pdf.multi_cell(0, 8, line, new_x="LMARGIN", new_y="NEXT")
    body = bytes(pdf.output())
    judgement = judge(Fetch(ADDRESS, Outcome.RESPONSE, (Hop(ADDRESS, 200),), body, "application/pdf"), None)
    return judgement.status, judgement.reason


@pytest.mark.parametrize(
    "lines",
    [
        ["Document not found"],
        ["The document you requested has been removed."],
        ["Error 404 - File not found"],
        ["This document is no longer available.", "Please contact the library for a copy."],
        ["Sorry, the requested file could not be found on this server."],
        ["Dokument nicht gefunden", "Das angeforderte Dokument ist nicht mehr verfügbar."],
        ["Le document demandé n'existe plus."],
    ],
)
def test_a_pdf_that_says_only_that_it_is_missing(lines: list[str]) -> None:
    assert judged(*lines) == (LinkStatus.BROKEN, LinkReason.SOFT_404)


@pytest.mark.parametrize(
    "lines",
    [
        ["404"],
        ["Page intentionally left blank"],
        ["This report has been withdrawn. It was published in May 2011 and is replaced by report 14."],
        ["Certificate of origin", "Not found defective."],
        ["Record of search", "No documents were found in series 12 for the years 1931 to 1934."],
        ["Notice", "Bus 14 no longer runs on Sundays."],
        ["Removed from the register", "Harbour Trust Ltd was removed from the register on 4 May 2012."],
        ["Invoice 404", "Total 12.00"],
        ["Coming soon", "The new pier opens in May."],
        ["Access denied", "Series 12 is closed until 2041."],
    ],
)
def test_a_short_pdf_that_is_a_document(lines: list[str]) -> None:
    assert judged(*lines) == (LinkStatus.OK, LinkReason.SERVED)


def test_a_longer_pdf_is_a_document() -> None:
    assert judged("Document not found", pages=2) == (LinkStatus.OK, LinkReason.SERVED)
