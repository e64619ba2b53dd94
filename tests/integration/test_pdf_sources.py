"""A cited PDF is read in a process of its own: one that harms its reader ends no night."""

import sqlite3
from contextlib import closing
from functools import partial

import pytest
from fpdf import FPDF

from verifier.engines import SourceReaders
from verifier.errors import DocumentError
from verifier.exits import ExitCode
from verifier.model import FindingCode
from verifier.reports.sheets.cite_check import cite_checks
from verifier.resolver.text.pdf_text import read_pdf
from verifier.runs import run
from verifier.runs.lock import open_existing_store
from verifier.runs.stages import links as checking
from verifier.settings import FetchSettings, Settings


@pytest.fixture
def paper(make_paper, httpserver):
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("helvetica", size=12)
    pdf.multi_cell(0, text="The county has 142 bridges in use, as the road office counted last year.")
    httpserver.expect_request("/report.pdf").respond_with_data(bytes(pdf.output()), content_type="application/pdf")
    return make_paper(
        "paper.pdf", [("The county has 124 bridges in use.", "Report, http://a.example.test/report.pdf.")]
    )


@pytest.fixture
def settings(httpserver, tmp_path):
    return Settings(
        data=tmp_path / "data",
        allow_private=True,
        hosts={"*.example.test": f"127.0.0.1:{httpserver.port}"},
        fetch=FetchSettings(pause=0),
    )


def test_a_figure_is_held_against_a_pdf(paper, settings):
    outcome = run([paper], settings)
    (reported,) = outcome.report.findings
    assert "142 bridges" in (reported.finding.evidence.source_quote or "")
    assert outcome.report.messages == ()


def test_a_pdf_that_harms_its_reader_is_told_and_the_night_goes_on(paper, settings, monkeypatch):
    monkeypatch.setattr(checking, "SourceReaders", partial(SourceReaders, memory=1))
    outcome = run([paper], settings)
    assert outcome.exit_code is ExitCode.CLEAN
    assert outcome.report.coverage.figures_source_unread == 1
    assert outcome.report.coverage.addresses_ok == 1
    (message,) = outcome.report.messages
    assert message.startswith("The text of http://a.example.test/report.pdf was not read: ")
    # Where memory ends, before or in the reader's own start, is the machine's to say.
    assert "needs more memory" in message or "its read" in message
    ((code, said),) = [(one.finding.code, one.finding.message) for one in outcome.report.findings]
    assert code is FindingCode.CHECK_FAILED
    assert said.startswith("The link answers, but its source was not checked. Nothing was held against what it serves")
    with closing(sqlite3.connect(settings.data / "verifier.db")) as database:
        ((detail,),) = database.execute("select detail from fetch")
    assert detail.startswith("text not read: ")


def test_a_source_that_is_read_again_heals_what_was_said_of_it(paper, settings, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(checking, "SourceReaders", partial(SourceReaders, memory=1))
        patch.setattr(checking, "due_at", lambda *_: None)
        run([paper], settings)
    codes = [reported.finding.code for reported in run([paper], settings).report.findings]
    assert codes
    assert FindingCode.CHECK_FAILED not in codes


@pytest.mark.parametrize("kind", ["damaged", "scan"])
def test_a_document_in_which_nothing_can_be_read_is_a_to_do_and_not_checked(settings, make_paper, httpserver, kind):
    pdf = FPDF()
    pdf.add_page()
    served = bytes(pdf.output()) if kind == "scan" else b"%PDF-1.7 and no more"
    httpserver.expect_request("/report.pdf").respond_with_data(served, content_type="application/pdf")
    paper = make_paper("paper.pdf", [("It has 124 bridges.", "Report, http://a.example.test/report.pdf.")])
    outcome = run([paper], settings)
    ((code, said),) = [(one.finding.code, one.finding.message) for one in outcome.report.findings]
    assert code is FindingCode.CHECK_FAILED
    assert "nothing can be read in it" in said


def test_the_sheet_says_not_checked_of_what_has_no_text(settings, make_paper, httpserver):
    httpserver.expect_request("/chart.png").respond_with_data(b"\x89PNG" + b"x" * 900, content_type="image/png")
    paper = make_paper("paper.pdf", [("It has 124 bridges.", "Chart, http://a.example.test/chart.png.")])
    outcome = run([paper], settings)
    with open_existing_store(settings) as store:
        rows = list(cite_checks(store, outcome.report, store.documents.current()))
    why = "The link answers, but nothing can be read in what it serves."
    where = "http://a.example.test/chart.png (nothing can be read in what it serves)"
    part = f"figure “124”: a source could not be read: {where}"
    assert [(row.status, row.reason) for row in rows] == [("not checked", f"{why} Not checked: {part}.")]


def test_a_document_that_is_too_long_for_its_time_is_no_part_of_itself():
    pdf = FPDF()
    for _ in range(3):
        pdf.add_page()
    with pytest.raises(DocumentError, match="only 0 of its 3 pages"):
        read_pdf(bytes(pdf.output()), seconds=-1)
