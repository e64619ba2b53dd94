"""A cited PDF is read in a process of its own: one that harms its reader ends no night."""

import sqlite3
from contextlib import closing
from functools import partial

import pytest
from fpdf import FPDF

from verifier.engines import SourceReaders
from verifier.exits import ExitCode
from verifier.runs import run
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
    assert "needs more memory" in message or "its reader" in message
    with closing(sqlite3.connect(settings.data / "verifier.db")) as database:
        ((detail,),) = database.execute("select detail from fetch")
    assert detail.startswith("text not read: ")
