"""Links that look missing over a fortnight: an archived copy as a second witness, and what an editor dismissed."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from werkzeug.wrappers import Response

from db.store import Store
from tests.support.hostile_cases import article
from tests.support.memento_web import Copy, MementoWeb
from verifier.model import Decision, FindingState
from verifier.runs import run
from verifier.settings import FetchSettings, MementoSettings, Settings

START = datetime(2026, 11, 2, 2, 15, tzinfo=UTC)
LINK = "http://bridges.example.test/survey"
DAYS = (0, 3.1, 6.2)
MISSING = "<title>Page not found</title><h1>Page not found</h1><p>Sorry, the page you asked for does not exist.{}</p>"
GONE = (
    "<title>Removed</title><h1>This article was removed</h1><p>The article that you are looking for was taken down.</p>"
)
LIVE = article("Survey of the bridges")


class Site(MementoWeb):
    """An archive, and a site that knows what it has not; its one page is as it is set."""

    page = MISSING.format("")
    code = 200

    def answer(self, request):
        if request.host.startswith("bridges."):
            there = request.path == "/survey"
            return Response(self.page if there else "no", self.code if there else 404, content_type="text/html")
        return super().answer(request)


@pytest.fixture
def web(httpserver):
    return Site(httpserver)


@pytest.fixture
def settings(web, tmp_path):
    return Settings(
        data=tmp_path / "data",
        allow_private=True,
        hosts=web.hosts,
        fetch=FetchSettings(pause=0),
        memento=MementoSettings(archives=(web.gate,)),
    )


@pytest.fixture
def night(settings, make_paper):
    paper = make_paper("papers/paper.pdf", [("They are old.", f"Survey, {LINK}.")])

    def run_on(day: float, **more):
        with time_machine.travel(START + timedelta(days=day), tick=True):
            report = run([paper.parent], settings.model_copy(update=more)).report
        return {entry.finding.url: (entry.finding.code.value, entry.state, entry.new) for entry in report.findings}.get(
            LINK
        )

    return run_on


@pytest.fixture
def dismiss(settings):
    def decide(day: float) -> None:
        with Store.open(f"sqlite:///{settings.data / 'verifier.db'}") as store:
            (found,) = [one for one in store.findings.list() if one.finding.url == LINK]
            moment = START + timedelta(days=day)
            store.findings.add_review(found.finding.fingerprint, Decision.DISMISS, "ann", "", f"token {day}", moment)

    return decide


def test_an_archived_copy_of_other_content_is_a_witness(night, web):
    web.copies[LINK] = [Copy("2026-05-01", body=LIVE)]
    assert [night(day)[0] for day in DAYS] == ["link_unconfirmed", "link_unconfirmed", "link_broken"]


@pytest.mark.parametrize("copies", [[], [Copy("2026-05-01", body=MISSING.format(""))]], ids=["none", "of the same"])
def test_without_such_a_copy_it_stays_a_thing_to_look_at(night, web, copies):
    web.copies[LINK] = copies
    assert [night(day)[0] for day in (*DAYS, 9.3)] == ["link_unconfirmed"] * 4


def test_no_archive_is_asked_where_none_is_set(night, web):
    web.copies[LINK] = [Copy("2026-05-01", body=LIVE)]
    assert [night(day, memento=MementoSettings(archives=()))[0] for day in DAYS] == ["link_unconfirmed"] * 3
    assert web.asked == []


def test_what_was_dismissed_stays_quiet_while_the_page_shows_it(night, web, dismiss):
    night(0)
    dismiss(0.5)
    web.page = MISSING.format(" Seen 4711 times.")
    assert night(3.1)[1] is FindingState.DISMISSED
    web.page = LIVE
    night(6.2)
    web.page = MISSING.format(" Seen 4712 times.")
    assert night(13.3)[1] is FindingState.DISMISSED


@pytest.mark.parametrize(("page", "code"), [(GONE, 200), ("not here", 404)])
def test_what_shows_something_else_by_now_is_asked_again(night, web, dismiss, page, code):
    night(0)
    dismiss(0.5)
    night(3.1)
    web.page, web.code = page, code
    assert night(6.2)[1:] == (FindingState.OPEN, True)
    assert night(9.3)[1:] == (FindingState.OPEN, False)
    dismiss(9.5)
    assert night(12.4)[1] is FindingState.DISMISSED


def test_what_was_dismissed_for_its_code_stays_dismissed(night, web, dismiss):
    web.code = 404
    night(0)
    dismiss(0.5)
    web.code = 410
    assert night(3.1)[1] is FindingState.DISMISSED
