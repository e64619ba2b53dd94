"""A figure that today's page contradicts is held against what the page said near the document's date."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from werkzeug.wrappers import Response

from tests.support.memento_web import Copy, MementoWeb
from verifier.checker.checks.messages import disputed_figure
from verifier.resolver import as_archived, check_archive
from verifier.runs import run
from verifier.settings import FetchSettings, MementoSettings, Settings, WatchSettings

MADE = datetime(2026, 3, 1, 12, tzinfo=UTC)
YEARS_LATER = timedelta(days=800)
SOURCE = "http://bridges.example.test/report"
PAGE = "<html><head><title>Bridge Report</title></head><body><main><h1>Bridge Report</h1><p>{}</p></main></body></html>"
SAYS = "The county inspected {} bridges in 2024 and closed nine of them after the inspection."


class ArchiveAndSite(MementoWeb):
    """An archive, and the page as it is today."""

    today = 155
    refuses = 0

    def answer(self, request):
        if self.refuses and request.host.startswith("bridges."):
            return Response("<h1>Not here</h1>", self.refuses, content_type="text/html")
        if request.host.startswith("bridges.") and request.path == "/report":
            return Response(PAGE.format(SAYS.format(self.today)), content_type="text/html")
        return super().answer(request)


@pytest.fixture
def web(httpserver):
    return ArchiveAndSite(httpserver)


@pytest.fixture
def night(web, make_paper, tmp_path):
    with time_machine.travel(MADE):
        paper = make_paper("papers/p.pdf", [("The county inspected 142 bridges in 2024.", f"Report, {SOURCE}.")])

    def run_on(late: timedelta = YEARS_LATER, **more):
        settings = Settings(
            data=tmp_path / "data",
            allow_private=True,
            hosts=web.hosts,
            fetch=FetchSettings(pause=0),
            memento=MementoSettings(archives=(web.gate,)),
            **more,
        )
        with time_machine.travel(MADE + late, tick=True):
            report = run([paper.parent], settings).report
        return [entry.finding for entry in report.findings]

    return run_on


def copy_of(figure: int, captured: str) -> Copy:
    return Copy(captured, body=PAGE.format(SAYS.format(figure)))


def test_without_a_capture_near_the_date_it_stays_a_to_do(night, web):
    (finding,) = night()
    assert finding.code == "figure_check"
    assert "gate" in [kind for kind, _ in web.asked]


def test_what_the_page_said_then_clears_the_figure(night, web):
    web.copies[SOURCE] = [copy_of(142, "2026-02-10")]
    assert night() == []


def test_what_the_page_said_then_accuses_the_figure_with_that_page_as_evidence(night, web, tmp_path):
    web.copies[SOURCE] = [copy_of(124, "2026-02-10")]
    web.today = 124
    (finding,) = night()
    assert (finding.code, finding.url) == ("figure_disagrees", SOURCE)
    assert finding.evidence.fetched_at == datetime(2026, 2, 10, tzinfo=UTC)
    file, offset = finding.evidence.snapshot.warc_file, finding.evidence.snapshot.offset
    proven = {(name, place) for name, place, _ in check_archive(tmp_path / "data" / "archive").responses}
    assert (file, offset) in proven


def test_a_capture_far_from_the_date_accuses_nobody(night, web):
    web.copies[SOURCE] = [copy_of(124, "2024-02-10")]
    web.today = 124
    (finding,) = night()
    assert finding.code == "figure_check"


def test_the_next_night_asks_nobody_again_and_says_the_same(night, web):
    web.copies[SOURCE] = [copy_of(124, "2026-02-10")]
    web.today = 124
    first = night()
    asked = len(web.asked)
    assert night(YEARS_LATER + timedelta(days=1)) == first
    assert len(web.asked) == asked


def test_an_archive_that_is_away_is_asked_in_the_next_night(night, web):
    web.copies[SOURCE] = [copy_of(142, "2026-02-10")]
    web.down = 503
    assert [finding.code for finding in night()] == ["figure_check"]
    web.down = 0
    assert night(YEARS_LATER + timedelta(days=1)) == []


def test_a_page_read_near_the_date_needs_no_archive(night, web):
    (finding,) = night(timedelta(days=2))
    assert finding.code == "figure_disagrees"
    assert web.asked == []


def test_a_figure_that_agrees_needs_no_archive(night, web):
    web.today = 142
    assert night() == []
    assert web.asked == []


def test_a_confidential_document_is_not_talked_about(night, web, tmp_path):
    web.copies[SOURCE] = [copy_of(142, "2026-02-10")]
    (finding,) = night(watch=(WatchSettings(path=tmp_path / "papers", confidential=True, fetch=True),))
    assert finding.code == "figure_check"
    assert web.asked == []


@pytest.mark.parametrize("status", [403, 404, 410])
def test_a_blocked_or_dead_source_is_read_from_its_copy_as_a_thing_to_check(night, web, status):
    web.copies[SOURCE] = [copy_of(124, "2026-02-10")]
    web.refuses = status
    (finding,) = [one for one in night() if one.code.startswith("figure")]
    assert (finding.code, finding.kind, finding.url) == ("figure_check", "to_do", SOURCE)
    place = web.place(SOURCE, web.copies[SOURCE][0])
    said = f"Read from the archived copy of 2026-02-10, as the source itself could not be read: {place}"
    assert finding.message.endswith(said)
    start, end = disputed_figure(finding.message, finding.sentence)
    assert finding.sentence[start:end] == "142"
    assert [one for one in night(YEARS_LATER + timedelta(days=1)) if one.code.startswith("figure")] == [finding]


@pytest.mark.parametrize(
    "copy",
    [
        pytest.param(copy_of(142, "2026-02-10"), id="near, and it agrees"),
        pytest.param(copy_of(124, "2024-02-10"), id="too far from the date: unread"),
    ],
)
def test_a_dead_source_whose_copy_has_the_figure_or_is_far_raises_nothing(night, web, copy):
    web.copies[SOURCE] = [copy]
    web.refuses = 404
    assert [one.code for one in night() if one.code.startswith("figure")] == []


def test_a_captcha_in_an_archive_is_not_read_as_the_source(night, web):
    wall = (
        "<html><title>Just a moment...</title><body><h1>Checking your browser</h1><p>Verify you are human by "
        'completing the captcha below. Reference: 124 bridges.</p><div class="g-recaptcha"></div></body></html>'
    )
    web.copies[SOURCE] = [Copy("2026-02-10", body=wall)]
    web.refuses = 404
    assert [one.code for one in night() if one.code.startswith("figure")] == []


@pytest.mark.parametrize(
    ("url", "raw"),
    [
        (
            "https://archive.example/web/20200102030405/http://a.example/x?y",
            "https://archive.example/web/20200102030405id_/http://a.example/x?y",
        ),
        (
            "http://127.0.0.1/sources/20200102030405mp_/https://a.example/",
            "http://127.0.0.1/sources/20200102030405id_/https://a.example/",
        ),
        ("https://archive.example/aBcD1", "https://archive.example/aBcD1"),
        ("https://a.example/20200102030405/page", "https://a.example/20200102030405/page"),
    ],
)
def test_the_page_without_the_archive_s_banner(url, raw):
    assert as_archived(url) == raw


@pytest.mark.parametrize("status", [403, 404])
def test_a_source_that_was_read_and_then_lost_is_read_from_our_own_copy_as_a_thing_to_check(night, web, status):
    def figures(day: float):
        return [one for one in night(timedelta(days=day)) if one.code.startswith("figure")]

    (before,) = figures(2)
    assert before.code == "figure_disagrees"
    web.refuses = status
    assert figures(9.1) == [before]  # one bad night says nothing yet
    (lost,) = figures(16.2)
    assert (lost.code, lost.kind, lost.fingerprint) == ("figure_check", "to_do", before.fingerprint)
    assert lost.message.endswith("Read from our own copy of 2026-03-03, as the source itself can no longer be read.")
    start, end = disputed_figure(lost.message, lost.sentence)
    assert lost.sentence[start:end] == "142"
    web.refuses = 0
    assert [one.code for one in figures(23.3)] == ["figure_disagrees"]
