"""One address takes no longer than its deadline and a grace: requests, waits, probes and readings share one budget."""

import socket
import threading
from types import SimpleNamespace

import pytest

from tests.support.hostile_web import HostileWeb, Site, answer, silent
from tests.support.web_sessions import web_session
from verifier.engines import SourceReaders
from verifier.errors import DocumentError
from verifier.model import LinkReason, Outcome
from verifier.resolver import TimeBudget, judge_address
from verifier.resolver.http import time_budget
from verifier.resolver.http.dns import Names, Refusal
from verifier.resolver.http.robots import NOTHING_ALLOWED, SiteRules
from verifier.resolver.http.time_budget import READING_GRACE
from verifier.resolver.sources.urls import Address
from verifier.settings import FetchSettings

PAGE = "<html><head><title>Page not found</title></head><body><h1>Oops</h1><p>Not found.</p></body></html>"
HURRIED = FetchSettings(pause=0, deadline=1.0, read_timeout=30, connect_timeout=5)


@pytest.fixture
def clock(monkeypatch):
    clock = SimpleNamespace(now=1000.0)
    monkeypatch.setattr(time_budget.time, "monotonic", lambda: clock.now)
    return clock


def test_requests_waits_and_readings_are_counted(clock):
    budget = TimeBudget(10)
    budget.start()
    clock.now += 4
    assert budget.timeout(20) == 6
    assert budget.stop() == 4
    clock.now += 100  # another address has its turn
    budget.spend(5)
    assert budget.timeout(20) == 1
    assert budget.reading() == 1 + READING_GRACE
    budget.spend(1)
    with pytest.raises(TimeoutError):
        budget.timeout(20)
    assert budget.reading(3) == 3
    budget.spend(READING_GRACE)
    assert budget.reading() == 0


def test_a_probe_has_what_the_page_left():
    replies = {"/reports/x": answer(PAGE)}
    with HostileWeb({"a.test": Site(replies, others=silent(60))}) as web, web_session(web.hosts, HURRIED) as session:
        asked = session.for_address()
        assert asked.fetch("http://a.test/reports/x").fetch.outcome is Outcome.RESPONSE
        assert asked.probe("http://a.test/reports/y").fetch.outcome is Outcome.TIMEOUT
        before = len(web.seen)
        assert asked.probe("http://a.test/reports/z").fetch.outcome is Outcome.TIMEOUT
        assert len(web.seen) == before, "nothing is left: it is not asked"
        assert session.probe("http://a.test/reports/x").fetch.outcome is Outcome.RESPONSE, "another address has its own"


def test_a_wait_that_the_deadline_does_not_allow_is_not_made():
    slow = FetchSettings(pause=0, deadline=20, retry_after_cap=3600)
    busy = answer("", 429, {"Retry-After": "3000"})
    with HostileWeb({"a.test": Site(others=busy)}) as web, web_session(web.hosts, slow) as session:
        judged = judge_address("http://a.test/x", session).judgement
        assert judged.reason is LinkReason.RATE_LIMITED
        assert web.seen == [("a.test", "/x")]


def test_own_waits_count_and_those_for_others_do_not(monkeypatch):
    """The second request waits for the pause after the first, the first for nobody."""
    spent: list[float] = []
    monkeypatch.setattr(TimeBudget, "spend", lambda _, seconds: spent.append(seconds))
    paused = FetchSettings(pause=1, deadline=20)
    retried = answer("", 503)
    with HostileWeb({"a.test": Site(others=retried)}) as web, web_session(web.hosts, paused) as session:
        judge_address("http://a.test/x", session)
    assert len(spent) == len(web.seen) == 2
    assert spent[0] == 0
    assert 0 < spent[1] <= 1


def test_a_body_is_not_read_when_nothing_is_left_and_spends_what_it_takes():
    with SourceReaders(processes=1) as readers:
        budget = TimeBudget(60)
        assert readers.within(budget)(b"<p>142 bridges</p>", "text/html") is not None
        assert budget.left < 60
        budget.spend(1000)
        with pytest.raises(DocumentError, match="spent"):
            readers.within(budget).page(b"<p>142 bridges</p>", "text/html", None)


def test_a_robots_txt_takes_its_share_and_is_asked_again_when_it_was_hurried():
    asked: list[float] = []

    def read(_url: str, budget: TimeBudget | None):
        assert budget is not None
        asked.append(budget.left)
        budget.spend(7)
        return SimpleNamespace(fetch=SimpleNamespace(outcome=Outcome.TIMEOUT, final=None))

    rules, site = SiteRules(read), Address("http", "a.test", 80, "/x")
    budget = TimeBudget(20)
    rules.of(site, budget)
    assert asked == [15.0]
    assert budget.left == 13
    rules.of(site, TimeBudget(20))
    assert len(asked) == 1, "it is known"
    other = Address("http", "b.test", 80, "/x")
    assert rules.of(other, TimeBudget(1)) is NOTHING_ALLOWED
    rules.of(other, TimeBudget(20))
    assert len(asked) == 3


def test_a_name_server_that_is_silent_is_not_waited_for(monkeypatch):
    answered = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answered.wait(60))
    found = Names().look_up("tarpit.example.org", 80, seconds=0.05)
    answered.set()
    assert isinstance(found, Refusal)
    assert found.outcome is Outcome.RESOLVER_FAILURE
