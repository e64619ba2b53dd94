"""One door to the web: robots.txt, the pause, the end of the night and the quota hold for whatever is asked."""

import ast
import time
from itertools import pairwise
from pathlib import Path

import pytest

import verifier.resolver.session as session_module
from tests.support.web_sessions import web_session
from verifier.engines import check_links
from verifier.model import LinkReason, LinkStatus
from verifier.resolver import HostAsksToWait, HostBudgetSpent, MemoryArchive, SessionEnded, WebSession
from verifier.runs import run
from verifier.settings import ArchiveSettings, FetchSettings, Settings

PAGE = "<html><head><title>Report</title></head><body><main><p>The county has 142 bridges.</p></main></body></html>"
PACKAGE = Path(session_module.__file__).parents[1]

OPENS_CONNECTIONS = {
    "resolver/http/connection.py": "the connections that the session's fetcher uses",
    "resolver/http/dns.py": "looking names up for the guard",
    "resolver/http/proxy.py": "the forward proxy that the session's fetcher uses",
    "resolver/http/transport.py": "the seam to requests that the session's fetcher uses",
    "admin/doctor/network.py": "the doctor looks at the network itself, by an operator's word",
    "admin/doctor/desk.py": "the doctor looks whether the desk answers on this machine",
    "runs/notify/http_call.py": "one call to the operator's monitor, one message to their channel, after the run",
    "runs/notify/retrying.py": "the same call once more, where it was not taken",
    "runs/notify/mail.py": "mail by SMTP, after the run",
    "runs/notify/notify.py": "the name of this machine",
    "review/serving.py": "the desk listens, and asks nobody",
    "review/shared_listener.py": "the socket that it listens on",
    "resolver/archive/warc_records.py": "the words of status codes",
}
"""Modules that may import what opens connections, and why."""

NETWORK = {"socket", "requests", "urllib3", "http.client", "urllib.request", "smtplib", "ssl"}


@pytest.fixture
def hosts(httpserver):
    return {"*.example.test": f"127.0.0.1:{httpserver.port}"}


def imported(file: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def test_nothing_else_makes_a_fetcher():
    makers = {
        str(file.relative_to(PACKAGE))
        for file in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Fetcher"
    }
    assert makers == {"resolver/session.py"}


def test_a_run_makes_one_session(monkeypatch, make_paper, httpserver, hosts, tmp_path):
    made = []
    real = WebSession.__init__
    monkeypatch.setattr(WebSession, "__init__", lambda self, *more: (made.append(self), real(self, *more))[1])
    httpserver.expect_request("/report").respond_with_data(PAGE, content_type="text/html")
    paper = make_paper("paper.pdf", [("It has 412 bridges.", "http://www.example.test/report")])
    settings = Settings(data=tmp_path / "data", allow_private=True, hosts=hosts, fetch=FetchSettings(pause=0))
    run([paper], settings)
    assert len(made) == 1


def test_robots_hold_for_a_list_of_addresses(httpserver, hosts, tmp_path):
    httpserver.expect_request("/robots.txt").respond_with_data("User-agent: Verifier\nDisallow: /")
    httpserver.expect_request("/report").respond_with_data(PAGE, content_type="text/html")
    settings = Settings(
        allow_private=True, hosts=hosts, fetch=FetchSettings(pause=0), archive=ArchiveSettings(robots=True)
    )
    archive = MemoryArchive()
    ((_, judgement),) = check_links(["http://www.example.test/report"], settings, archive)
    assert judgement.status is LinkStatus.OK
    assert archive.size == 0


def test_a_host_that_asks_to_wait_is_asked_once(httpserver, hosts):
    httpserver.expect_request("/robots.txt").respond_with_data("", 404)
    for number in range(15):
        httpserver.expect_request(f"/{number}").respond_with_data("Slow down.", 429, {"Retry-After": "3600"})
    settings = Settings(allow_private=True, hosts=hosts, fetch=FetchSettings(pause=0))
    judged = dict(check_links([f"http://www.example.test/{number}" for number in range(15)], settings))
    assert {(j.status, j.reason) for j in judged.values()} == {(LinkStatus.UNREACHABLE, LinkReason.RATE_LIMITED)}
    assert [j.http_status for j in judged.values()] == [429, *[None] * 14]
    assert len(httpserver.log) == 1


def test_a_night_leaves_a_host_alone_that_asks_to_wait_and_says_so(make_paper, httpserver, hosts, tmp_path):
    for number in range(5):
        httpserver.expect_request(f"/{number}").respond_with_data("Slow down.", 503, {"Retry-After": "3600"})
    notes = [(f"There are {number + 3} bridges.", f"http://www.example.test/{number}") for number in range(5)]
    settings = Settings(data=tmp_path / "data", allow_private=True, hosts=hosts, fetch=FetchSettings(pause=0))
    outcome = run([make_paper("paper.pdf", notes)], settings)
    assert outcome.exit_code.value == 3
    assert "4 addresses not checked yet" in " ".join(outcome.report.messages)
    assert len(httpserver.log) == 1


def test_the_pause_holds_over_everything_that_is_asked(httpserver, hosts):
    asked = []

    def handler(request):
        from werkzeug import Response

        asked.append(time.monotonic())
        return Response(PAGE, content_type="text/html")

    for path in ("/a", "/b", "/robots.txt"):
        httpserver.expect_request(path).respond_with_handler(handler)
    with web_session(hosts, fetch=FetchSettings(pause=0.2, crawl_delay_cap=0)) as session:
        session.fetch("http://www.example.test/a")
        session.probe("http://www.example.test/robots.txt")
        session.fetch("http://www.example.test/b")
    assert all(later - sooner >= 0.2 for sooner, later in pairwise(asked))


@pytest.mark.parametrize(("cap", "at_least", "at_most"), [(0.6, 0.6, 30.0), (0.0, 0.0, 30.0)])
def test_crawl_delay_is_heeded_up_to_a_cap(httpserver, hosts, cap, at_least, at_most):
    httpserver.expect_request("/robots.txt").respond_with_data("User-agent: *\nCrawl-delay: 3000")
    for path in ("/a", "/b"):
        httpserver.expect_request(path).respond_with_data(PAGE, content_type="text/html")
    with web_session(hosts, fetch=FetchSettings(pause=0.01, crawl_delay_cap=cap)) as session:
        session.fetch("http://www.example.test/a")
        started = time.monotonic()
        session.fetch("http://www.example.test/b")
        assert at_least <= time.monotonic() - started <= at_most
    assert [request.path for request, _ in httpserver.log] == (["/a", "/robots.txt", "/b"] if cap else ["/a", "/b"])


def test_a_host_that_is_asked_once_is_not_asked_for_its_robots_txt(httpserver, hosts):
    httpserver.expect_request("/a").respond_with_data(PAGE, content_type="text/html")
    with web_session(hosts, fetch=FetchSettings(pause=0.01)) as session:
        session.fetch("http://www.example.test/a")
    assert [request.path for request, _ in httpserver.log] == ["/a"]


def test_nothing_is_asked_once_the_run_has_to_end(httpserver, hosts):
    settings = Settings(allow_private=True, hosts=hosts, fetch=FetchSettings(pause=0))
    with WebSession(settings, None, stop=lambda: True) as session, pytest.raises(SessionEnded):
        session.fetch("http://www.example.test/a")
    assert httpserver.log == []


def test_nothing_is_asked_once_the_archive_is_full(httpserver, hosts):
    httpserver.expect_request("/a").respond_with_data(PAGE, content_type="text/html")
    archive = MemoryArchive()
    with web_session(hosts, archive=archive, keep=ArchiveSettings(max_bytes=10)) as session:
        archive.write(session.fetch("http://www.example.test/a"))
        with pytest.raises(SessionEnded):
            session.fetch("http://www.example.test/b")


def test_the_budget_of_a_host_holds_over_everything_that_is_asked(httpserver, hosts):
    for path in ("/a", "/b"):
        httpserver.expect_request(path).respond_with_data(PAGE, content_type="text/html")
    settings = Settings(allow_private=True, hosts=hosts, fetch=FetchSettings(pause=0))
    with WebSession(settings, None, host_budget=2) as session:
        session.fetch("http://www.example.test/a")
        session.fetch("http://www.example.test/b")
        with pytest.raises(HostBudgetSpent):
            session.fetch("http://www.example.test/c")


def test_a_hop_to_a_host_that_asks_to_wait_is_not_taken(httpserver, hosts):
    httpserver.expect_request("/slow").respond_with_data("Later.", 429, {"Retry-After": "3600"})
    httpserver.expect_request("/moved").respond_with_data("", 302, {"Location": "http://slow.example.test/x"})
    with web_session(hosts) as session:
        session.fetch("http://slow.example.test/slow")
        with pytest.raises(HostAsksToWait, match=r"slow\.example\.test asks to be left alone"):
            session.fetch("http://www.example.test/moved")


def test_nothing_else_opens_a_connection():
    openers = {str(file.relative_to(PACKAGE)) for file in PACKAGE.rglob("*.py") if imported(file) & NETWORK} - {
        "resolver/http/failures.py",
        "resolver/http/body.py",
        "resolver/http/fetcher.py",
        "resolver/http/guard.py",
        "resolver/http/cookies.py",
        "runs/circuit_breaker.py",
        "demo/web.py",
    }
    assert openers <= set(OPENS_CONNECTIONS), "only the session asks the web; see verifier/resolver/session.py"
