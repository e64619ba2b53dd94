"""The demo's server answers each kind of address as a real web would."""

from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection

import pytest

from verifier.demo import DemoWeb

PAPER_MONTH = (2026, 11)


@dataclass(frozen=True)
class Response:
    status: int
    headers: dict[str, str]
    body: bytes


@pytest.fixture(scope="module")
def web() -> Iterator[DemoWeb]:
    with DemoWeb() as web:
        yield web


def connect(web: DemoWeb) -> HTTPConnection:
    address, port = web.hosts["*.example.test"].split(":")
    return HTTPConnection(address, int(port), timeout=5)


def ask(web: DemoWeb, url: str, method: str = "GET") -> Response:
    host, _, path = url.removeprefix("http://").partition("/")
    connection = connect(web)
    try:
        connection.request(method, f"/{path}", headers={"Host": host})
        answer = connection.getresponse()
        return Response(answer.status, dict(answer.getheaders()), answer.read())
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("url", "status", "media_type", "words"),
    [
        pytest.param(
            "http://bridges.example.test/reports/2025/traffic.html",
            200,
            "text/html; charset=utf-8",
            b"152.3 million vehicles",
            id="page",
        ),
        pytest.param(
            "http://bridges.example.test/tolls/", 200, "text/html; charset=utf-8", b"<h1>Tolls</h1>", id="folder"
        ),
        pytest.param(
            "http://bridges.example.test/reports/2025/traffic.html?from=mail",
            200,
            "text/html; charset=utf-8",
            b"152.3 million vehicles",
            id="query is ignored",
        ),
        pytest.param(
            "http://BRIDGES.example.test:80/reports/2025/traffic.html",
            200,
            "text/html; charset=utf-8",
            b"152.3 million vehicles",
            id="host in capitals and with its port",
        ),
        pytest.param(
            "http://bridges.example.test/reports/annual-report-2025.pdf",
            200,
            "application/pdf",
            b"%PDF-",
            id="pdf",
        ),
        pytest.param(
            "http://statistics.example.test/data/daily-crossings.html",
            200,
            "text/html; charset=utf-8",
            b"<td>131,800</td>",
            id="table",
        ),
        pytest.param(
            "http://bridges.example.test/reports/2019/condition-survey.html",
            404,
            "text/html; charset=utf-8",
            b"We cannot find that page",
            id="gone",
        ),
        pytest.param(
            "http://bridges.example.test/../../planted.py",
            404,
            "text/html; charset=utf-8",
            b"We cannot find that page",
            id="no way out of the sites",
        ),
        pytest.param(
            "http://bridges.example.test/404.html",
            404,
            "text/html; charset=utf-8",
            b"We cannot find that page",
            id="the page for missing pages is itself missing",
        ),
        pytest.param(
            "http://council.example.test/minutes/2025-03-18-toll-plan.html",
            200,
            "text/html; charset=utf-8",
            b"<h1>Page not found</h1>",
            id="soft 404",
        ),
        pytest.param(
            "http://council.example.test/policies/toll-policy.html",
            200,
            "text/html; charset=utf-8",
            b"at least 70 percent",
            id="a good page beside a soft 404",
        ),
        pytest.param(
            "http://courier.example.test/news/shut-again.html",
            403,
            "text/html; charset=utf-8",
            b"Checking your browser",
            id="bot wall",
        ),
        pytest.param(
            "http://nobody.example.test/x", 404, "text/plain; charset=utf-8", b"Not found\n", id="unknown host"
        ),
    ],
)
def test_serves(web: DemoWeb, url: str, status: int, media_type: str, words: bytes) -> None:
    answer = ask(web, url)
    assert (answer.status, answer.headers["Content-Type"]) == (status, media_type)
    assert words in answer.body


@pytest.mark.parametrize(
    ("url", "status", "location"),
    [
        pytest.param(
            "http://doi.example.test/10.5555/jtp.2024.117",
            302,
            "http://journal.example.test/articles/2024/117.html",
            id="an identifier leads to its article",
        ),
        pytest.param(
            "http://statistics.example.test/transport/commuting-2024.html",
            301,
            "/data/commuting-2024.html",
            id="moved for good",
        ),
        pytest.param("http://ferry.example.test/about/night-service-costs.html", 302, "/", id="to the home page"),
    ],
)
def test_redirects(web: DemoWeb, url: str, status: int, location: str) -> None:
    answer = ask(web, url)
    assert (answer.status, answer.headers["Location"], answer.body) == (status, location, b"")


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("bridges.example.test", 404),
        ("council.example.test", 200),
        ("courier.example.test", 403),
        ("doi.example.test", 404),
        ("ferry.example.test", 404),
        ("journal.example.test", 404),
        ("statistics.example.test", 404),
    ],
)
def test_an_impossible_sibling_gets_the_hosts_own_answer(web: DemoWeb, host: str, status: int) -> None:
    one, other = ask(web, f"http://{host}/no-such-page-1"), ask(web, f"http://{host}/no/such/page/2.html")
    assert (one.status, one.body) == (other.status, other.body) == (status, one.body)
    assert b"</html>" in one.body
    assert "Last-Modified" not in one.headers


@pytest.mark.parametrize(
    "url",
    [
        "http://bridges.example.test/reports/2025/finance.html",
        "http://bridges.example.test/reports/annual-report-2025.pdf",
        "http://council.example.test/policies/toll-policy.html",
        "http://journal.example.test/articles/2024/117.html",
        "http://statistics.example.test/data/commuting-2024.html",
    ],
)
def test_a_page_was_last_modified_before_the_paper_appeared(web: DemoWeb, url: str) -> None:
    modified = parsedate_to_datetime(ask(web, url).headers["Last-Modified"])
    assert (modified.year, modified.month) < PAPER_MONTH


def test_head_answers_as_get_does_without_the_body(web: DemoWeb) -> None:
    url = "http://bridges.example.test/reports/2025/finance.html"
    get, head = ask(web, url), ask(web, url, method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Length"] == get.headers["Content-Length"] == str(len(get.body))


def test_one_connection_serves_several_requests(web: DemoWeb) -> None:
    connection = connect(web)
    try:
        for path, status in (("/", 200), ("/nothing", 404), ("/tolls/", 200)):
            connection.request("GET", path, headers={"Host": "bridges.example.test"})
            answer = connection.getresponse()
            answer.read()
            assert (path, answer.status, answer.will_close) == (path, status, False)
    finally:
        connection.close()


def test_nothing_is_written_to_the_terminal(web: DemoWeb, capfd: pytest.CaptureFixture[str]) -> None:
    ask(web, "http://doi.example.test/unknown")
    hasty = connect(web)
    hasty.request("GET", "/", headers={"Host": "bridges.example.test"})
    hasty.close()
    assert capfd.readouterr() == ("", "")


def test_the_server_is_gone_after_its_context() -> None:
    with DemoWeb() as web:
        assert ask(web, "http://ferry.example.test/").status == 200
    with pytest.raises(ConnectionRefusedError):
        ask(web, "http://ferry.example.test/")
