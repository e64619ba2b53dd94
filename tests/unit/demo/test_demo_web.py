"""The demo's server answers each kind of address as a real web would."""

from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection

import pytest

from verifier.demo import DemoWeb


@dataclass(frozen=True)
class Response:
    status: int
    headers: dict[str, str]
    body: bytes


@pytest.fixture(scope="module")
def web() -> Iterator[DemoWeb]:
    with DemoWeb() as web:
        yield web


def ask(web: DemoWeb, url: str, method: str = "GET") -> Response:
    host, _, path = url.removeprefix("http://").partition("/")
    address, port = web.hosts["*.example.test"].split(":")
    connection = HTTPConnection(address, int(port), timeout=5)
    try:
        connection.request(method, f"/{path}", headers={"Host": host})
        answer = connection.getresponse()
        return Response(answer.status, dict(answer.getheaders()), answer.read())
    finally:
        connection.close()


def test_the_identifier_leads_to_the_article(web: DemoWeb) -> None:
    answer = ask(web, "http://doi.example.test/10.5555/jtp.2024.117")
    assert (answer.status, answer.headers["Location"]) == (302, "http://journal.example.test/articles/2024/117.html")


def test_an_unknown_host_answers_404_in_plain_words(web: DemoWeb) -> None:
    answer = ask(web, "http://nobody.example.test/x")
    assert (answer.status, answer.headers["Content-Type"]) == (404, "text/plain; charset=utf-8")
    assert answer.body == b"Not found\n"


def test_nothing_is_written_to_the_terminal(web: DemoWeb, capfd: pytest.CaptureFixture[str]) -> None:
    ask(web, "http://doi.example.test/unknown")
    assert capfd.readouterr() == ("", "")
