"""Quotations on the whole path: looked up in what was fetched, told with the difference, counted."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from verifier.model import FindingCode
from verifier.reports.terminal import TextReport
from verifier.runs import run
from verifier.settings import FetchSettings, Settings

START = datetime(2026, 11, 2, 2, 15, tzinfo=UTC)
PAGE = "<html><head><title>Rules</title></head><body><main><h1>Rules</h1><p>{}</p><p>{}</p></main></body></html>"
RULE = "The board may close the bridge for repairs on any Sunday of the year, but must say so a week before."
MORE = "These rules were made by the board of the county and are printed here in full for everybody who crosses."
SAID = 'The rules hold that "the board {} close the bridge for repairs on any Sunday of the year."'


@pytest.fixture
def night(httpserver, make_paper, tmp_path):
    settings = Settings(
        data=tmp_path / "data",
        allow_private=True,
        hosts={"*.example.test": f"127.0.0.1:{httpserver.port}"},
        fetch=FetchSettings(pause=0),
    )

    def run_on(day: float, verb: str, rule: str = RULE):
        httpserver.clear()
        httpserver.expect_request("/rules").respond_with_data(PAGE.format(rule, MORE), content_type="text/html")
        paper = make_paper("paper.pdf", [(SAID.format(verb), "Rules, http://a.example.test/rules.")])
        with time_machine.travel(START + timedelta(days=day), tick=True):
            return run([paper], settings).report

    return run_on


def codes(report) -> list[str]:
    return [reported.finding.code.value for reported in report.findings]


def test_a_faithful_quotation_is_counted_and_raises_nothing(night):
    report = night(0, "may")
    assert codes(report) == []
    assert (report.coverage.quotations, report.coverage.quotations_compared) == (1, 1)
    assert "quotations: 1 seen, 1 looked up in their sources" in TextReport().render(report)


def test_an_altered_quotation_is_told_with_the_words(night):
    report = night(0, "shall")
    (told,) = report.findings
    assert told.finding.code is FindingCode.QUOTE_DIFFERS
    assert told.finding.message == 'The text at note 1 quotes "shall" where the source has "may" (Rules).'
    assert "quote_differs" in TextReport().render(report)


def test_a_quotation_that_the_page_had_when_it_was_first_read_is_not_accused_when_the_page_changes(night):
    assert codes(night(0, "may")) == []
    assert codes(night(8, "may", RULE.replace("may", "shall"))) == []
    assert codes(night(16, "may", "The rules are being made anew.")) == []


def test_a_quotation_that_the_page_never_had_stays_told(night):
    assert codes(night(0, "must")) == ["quote_differs"]
    assert codes(night(8, "must", RULE.replace("may", "shall"))) == ["quote_differs"]
