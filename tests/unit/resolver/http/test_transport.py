"""The session of requests that sends over judged connections: as written, once, and with nothing of the environment."""

import pytest
from requests import Request
from werkzeug.wrappers import Response

from verifier.model import Outcome
from verifier.resolver import AddressGuard
from verifier.resolver.http.connection import IdleConnections, tls_context
from verifier.resolver.http.time_budget import TimeBudget
from verifier.resolver.http.transport import CheckedAdapter, CheckedSession, RefusedError
from verifier.resolver.sources.urls import Address, split_address
from verifier.settings import FetchSettings


@pytest.fixture
def adapter(httpserver):
    guard = AddressGuard(True, {"site.test": f"127.0.0.1:{httpserver.port}"})
    adapter = CheckedAdapter(FetchSettings(), guard, IdleConnections(), tls_context)
    yield adapter
    adapter.close()


@pytest.fixture
def ask(adapter):
    session = CheckedSession(adapter)

    def ask(url: str, **headers: str):
        address = split_address(url)
        assert isinstance(address, Address)
        budget = TimeBudget(10.0)
        budget.start()
        response = session.ask(address, (("Host", address.authority), *headers.items()), budget)
        return response, response.raw.read()

    return ask


@pytest.mark.parametrize("target", ["/a%2Fb//c", "/%zz?q=%2B+&r=a/../b", "/a..b;c", "/caf%C3%A9?%e9", "/?a[]=1|2"])
def test_an_address_goes_on_the_wire_as_written(httpserver, ask, target):
    asked = []

    def answer(request):
        asked.append(request.environ["REQUEST_URI"])
        return Response("there")

    httpserver.expect_request("").respond_with_handler(answer)
    response, body = ask("http://site.test" + target)
    assert (asked, body) == ([target], b"there")
    assert response.url == "http://site.test" + target


@pytest.mark.parametrize("location", ["/there", "mailto:a@b.test", "\xff", "//"])
def test_no_redirect_is_followed_or_even_read(httpserver, ask, location):
    httpserver.expect_oneshot_request("/here").respond_with_data("", 302, {"Location": location})
    response, _ = ask("http://site.test/here")
    assert (response.status_code, response.history, response.next) == (302, [], None)
    assert len(httpserver.log) == 1


def test_a_cookie_is_not_kept_for_the_next_address(httpserver, ask):
    sent = []

    def answer(request):
        sent.append(request.headers.get("Cookie"))
        return Response("there", headers={"Set-Cookie": "a=b; Path=/"})

    httpserver.expect_request("").respond_with_handler(answer)
    ask("http://site.test/1")
    ask("http://site.test/2")
    assert sent == [None, None]


def test_proxies_and_passwords_of_the_environment_are_not_used(httpserver, ask, monkeypatch, tmp_path):
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    netrc = tmp_path / "netrc"
    netrc.write_text("default login me password secret")
    monkeypatch.setenv("NETRC", str(netrc))
    httpserver.expect_request("/").respond_with_handler(lambda r: Response(r.headers.get("Authorization", "none")))
    assert ask("http://site.test/")[1] == b"none"


def test_what_the_guard_refuses_is_not_asked(httpserver):
    guard = AddressGuard(False, {})
    session = CheckedSession(CheckedAdapter(FetchSettings(), guard, IdleConnections(), tls_context))
    address = split_address(f"http://127.0.0.1:{httpserver.port}/")
    with pytest.raises(RefusedError) as refused:
        session.ask(address, (), TimeBudget(10.0))
    assert refused.value.refusal.outcome is Outcome.PRIVATE_ADDRESS
    assert httpserver.log == []


def test_requests_that_were_not_checked_are_not_sent(adapter):
    with pytest.raises(TypeError, match="CheckedRequest"):
        CheckedSession(adapter).send(Request("GET", "http://site.test/").prepare())
