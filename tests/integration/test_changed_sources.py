"""A source that changes at a passage that a figure rested on: told once, with both versions, and only then."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from werkzeug.wrappers import Response

from verifier.model import FindingCode
from verifier.reports.terminal import TextReport
from verifier.resolver import WarcArchive
from verifier.runs import run
from verifier.settings import FetchSettings, Settings

START = datetime(2026, 11, 2, 2, 15, tzinfo=UTC)
PAGE = (
    "<html><head><title>Report</title></head><body><main><h1>Roads</h1><p>The county has {} bridges in use.</p>"
    "<p>{}</p></main><script>var token = '{}';</script></body></html>"
)


class Site:
    """A page that says what it is told to, with a token that differs at every request."""

    def __init__(self) -> None:
        self.bridges, self.news, self.asked = "142", "The office moved in May.", 0

    def page(self, request) -> Response:
        self.asked += 1
        return Response(PAGE.format(self.bridges, self.news, self.asked), content_type="text/html")


@pytest.fixture
def site(httpserver):
    site = Site()
    httpserver.expect_request("/report").respond_with_handler(site.page)
    return site


@pytest.fixture
def settings(httpserver, tmp_path):
    return Settings(
        data=tmp_path / "data",
        allow_private=True,
        hosts={"*.example.test": f"127.0.0.1:{httpserver.port}"},
        fetch=FetchSettings(pause=0),
    )


@pytest.fixture
def night(make_paper, settings):
    paper = make_paper("paper.pdf", [("The county has 142 bridges in use.", "Report, http://a.example.test/report.")])

    def run_on(day: float):
        with time_machine.travel(START + timedelta(days=day), tick=True):
            return run([paper], settings).report

    return run_on


def changed(report):
    return [reported for reported in report.findings if reported.finding.code is FindingCode.SOURCE_CHANGED]


def test_a_change_at_the_passage_is_told_once_with_both_versions(night, site, settings):
    assert night(0).findings == ()
    site.news = "The office is closed on Mondays."
    assert night(8).findings == ()
    site.bridges = "142"
    assert night(16).findings == ()
    site.bridges = "99"
    (told,) = night(24).findings
    assert told.finding.code is FindingCode.SOURCE_CHANGED
    assert told.new
    assert "The county has 142 bridges in use" in told.finding.message
    assert 'it now says "The county has 99 bridges in use."' in told.finding.message
    assert told.finding.footnote_label == "1"
    file, offset = told.finding.evidence.snapshot.warc_file, told.finding.evidence.snapshot.offset
    assert b"142 bridges" in WarcArchive(settings.archive_folder).read(file, offset).payload
    site.news = "The office has moved again."
    report = night(32)
    (again,) = changed(report)
    assert not again.new
    assert again.finding.fingerprint == told.finding.fingerprint
    assert "[source_changed]" in TextReport().render(report)


def test_a_page_that_goes_back_to_what_it_said_heals_its_finding(night, site):
    night(0)
    site.bridges = "99"
    assert changed(night(8))
    site.bridges = "142"
    assert night(16).findings == ()


def test_a_page_that_is_gone_or_walled_has_not_changed(night, httpserver):
    night(0)
    httpserver.clear()
    httpserver.expect_request("/report").respond_with_data("Not found", 404)
    assert changed(night(8)) == []


def test_a_document_that_was_right_when_it_was_written_is_not_accused(night, site):
    assert night(0).findings == ()
    site.bridges = "181"
    report = night(8)
    assert [told.finding.code for told in report.findings] == [FindingCode.SOURCE_CHANGED]
    assert report.coverage.figures_supported == 1
    assert report.coverage.figures_contradicted == 0
    assert [told.finding.code for told in night(300).findings] == [FindingCode.SOURCE_CHANGED]


def test_a_source_that_never_bore_the_figure_out_is_an_accusation_whatever_it_says_next(night, site):
    site.bridges = "124"
    assert [told.finding.code for told in night(0).findings] == [FindingCode.FIGURE_DISAGREES]
    site.bridges = "121"
    assert [told.finding.code for told in night(8).findings] == [FindingCode.FIGURE_DISAGREES]
    site.bridges = "142"
    assert night(16).findings == ()
