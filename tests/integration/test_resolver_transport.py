"""Bad transport: whatever a server does with bytes and time, there is an outcome, soon."""

import gzip
import ssl
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme

from tests.support.hostile_cases import PATIENT, QUICK, Case, article, served, verdict
from tests.support.hostile_web import (
    HostileWeb,
    Reply,
    Site,
    answer,
    chunked,
    drip,
    gzipped,
    hang_up,
    redirect,
    reset,
    silent,
    then,
)
from tests.support.web_sessions import web_session
from verifier.errors import SettingsError
from verifier.model import Outcome
from verifier.resolver import WebSession, judge_address
from verifier.resolver.http.connection import tls_context

CITED = "/reports/bridges-in-traffic"
FINE = "ok/served"
RESET, TIMEOUT, TOO_LARGE = "unreachable/connection_reset", "unreachable/timeout", "refused/too_large"
PAGE = article().encode()
MANGLED = "/new%0d%0aSet-Cookie:%20a=b"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def here(name: str, reply: Reply, expected: str, target: str = CITED) -> Case:
    return Case(name, expected, {target: reply, "/new": answer(PAGE), MANGLED: answer(PAGE)}, target)


CASES = [
    here("gzip", gzipped(PAGE), FINE),
    here("deflate", gzipped(PAGE, "deflate"), FINE),
    here("raw-deflate", gzipped(PAGE, "raw-deflate"), FINE),
    here("chunked", chunked(PAGE), FINE),
    here("chunked-without-end", chunked(PAGE, ended=False), FINE),
    here("says-gzip-but-is-not", answer(PAGE, headers={"Content-Encoding": "gzip"}), FINE),
    here("unknown-coding", answer(PAGE, headers={"Content-Encoding": "br"}), FINE),
    here("without-type", answer(PAGE, headers={"Content-Type": "-"}), FINE),
    here("wrong-charset", answer(PAGE, content_type="text/html; charset=klingon"), FINE),
    here("states-too-much", hang_up(HEAD + b"Content-Length: 99999\r\n\r\n" + PAGE), FINE),
    here("states-a-little-too-much", hang_up(HEAD + b"Content-Length: 1000\r\n\r\n" + PAGE[:900]), FINE),
    here("states-too-little", HEAD + b"Content-Length: 1200\r\n\r\n" + PAGE, FINE),
    here("states-nothing", hang_up(HEAD + b"\r\n" + PAGE), FINE),
    here("http-1.0", hang_up(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE), FINE),
    here("bare-line-feeds", hang_up(b"HTTP/1.1 200 OK\nContent-Type: text/html\n\n" + PAGE), FINE),
    here("cut-in-mid-body", hang_up(HEAD + b"Content-Length: 99999\r\n\r\n" + PAGE[:900]), RESET),
    here("reset-in-mid-body", reset(HEAD + b"Content-Length: 99999\r\n\r\n" + PAGE[:900]), RESET),
    here("reset-at-once", reset(), RESET),
    here("reset-once", then(reset(), answer(PAGE)), FINE),
    here("hangs-up", hang_up(), RESET),
    here("silent", silent(30), TIMEOUT),
    here("slow-first-byte", then(silent(30), answer(PAGE)), TIMEOUT),
    here("drips-its-head", drip(b"X", 0.1, b"HTTP/1.1 200 OK\r\nX-Long: "), TIMEOUT),
    here("drips-its-body", drip(b"x", 0.1, HEAD + b"\r\n"), TIMEOUT),
    here("endless", drip(b"x" * 65536, 0, HEAD + b"\r\n"), TOO_LARGE),
    here("states-a-giant", HEAD + b"Content-Length: 5000000000\r\n\r\n", TOO_LARGE),
    here("bomb", answer(gzip.compress(b"\0" * 20_000_000), headers={"Content-Encoding": "gzip"}), TOO_LARGE),
    here("giant-404", answer("x" * 300_000, 404), "broken/not_found"),
    here("giant-redirect", redirect("/new") + b"x" * 500, "ok/temporary_redirect"),
    here("no-http", hang_up(b"SSH-2.0-OpenSSH_9.2\r\n"), "unreachable/protocol_error"),
    here(
        "giant-header", hang_up(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n"), "unreachable/protocol_error"
    ),
    here(
        "too-many-headers", hang_up(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n"), "unreachable/protocol_error"
    ),
    here("strange-headers", hang_up(HEAD + b"Na me: x\r\n: empty\r\nX: \xff\xfe\r\n\r\n" + PAGE), FINE),
    here("split-in-location", redirect("/new%0d%0aSet-Cookie:%20a=b"), "ok/temporary_redirect"),
    here("encoded-as-written", answer(PAGE), FINE, "/a%2Fb%2b//c?x=%7e&y=1+2"),
    Case("fragment", FINE, {CITED: answer(PAGE)}, url="http://fragment.test" + CITED + "#:~:text=nothing%20like%20it"),
    Case("spaces", FINE, {"/a%20b": answer(PAGE)}, url="http://spaces.test/a b"),
    Case("userinfo", FINE, {CITED: answer(PAGE)}, url="http://reader:word@userinfo.test" + CITED),
    Case("xn--bcher-kva", FINE, {CITED: answer(PAGE)}, url="http://bücher.test" + CITED),
    Case("no-such-host", "broken/no_such_host", url="http://no-such-host.invalid/"),
    Case("malformed", "broken/malformed_address", url="http://[::1/x"),
    Case("mail", "refused/unsupported_scheme", url="mailto:editor@example.org"),
    Case("closed-port", "unreachable/connection_refused", url="http://127.0.0.1:9/"),
]


@pytest.fixture(scope="module")
def web() -> Iterator[tuple[HostileWeb, WebSession]]:
    with served(CASES) as running:
        yield running


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_transport(web: tuple[HostileWeb, WebSession], case: Case) -> None:
    started = time.monotonic()
    if case.expected == TIMEOUT:
        with web_session(web[0].hosts, fetch=QUICK) as session:
            assert verdict(case, session) == case.expected
    else:
        assert verdict(case, web[1]) == case.expected
    assert time.monotonic() - started < PATIENT.deadline


SECURE = {
    "good": Outcome.RESPONSE,
    "other-name": Outcome.TLS_WRONG_NAME,
    "self-signed": Outcome.TLS_UNTRUSTED,
    "expired": Outcome.TLS_EXPIRED,
    "plain-http": Outcome.TLS_FAILURE,
}


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def certificate(kind: str, authority: trustme.CA) -> trustme.LeafCert | None:
    if kind == "plain-http":
        return None
    if kind == "self-signed":
        return trustme.CA().issue_cert(f"{kind}.test")
    if kind == "expired":
        return authority.issue_cert(f"{kind}.test", not_after=datetime(2020, 1, 1, tzinfo=UTC))
    return authority.issue_cert("somebody-else.test" if kind == "other-name" else f"{kind}.test")


@pytest.mark.parametrize(("kind", "outcome"), SECURE.items())
def test_certificates(
    kind: str, outcome: Outcome, authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    monkeypatch.delenv("REQUESTS_CA_BUNDLE", raising=False)
    leaf = certificate(kind, authority)
    context = None
    if leaf is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        leaf.configure_cert(context)
    with (
        HostileWeb({f"{kind}.test": Site({CITED: answer(PAGE)})}, context) as web,
        web_session({"*.test": f"127.0.0.1:{web.port}"}, fetch=PATIENT) as session,
    ):
        fetch = session.fetch(f"https://{kind}.test{CITED}").fetch
    assert fetch.outcome is outcome, fetch.detail


def test_a_missing_bundle_is_our_fault_and_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "nowhere.pem"))
    with pytest.raises(SettingsError, match=r"nowhere\.pem"):
        tls_context()


def test_one_connection_serves_a_host(web: tuple[HostileWeb, WebSession]) -> None:
    running, session = web
    before = running.connections
    for _ in range(5):
        session.fetch("http://gzip.test" + CITED)
    assert running.connections - before <= 1


def test_we_say_who_we_are_and_ask_for_nothing_we_cannot_read(web: tuple[HostileWeb, WebSession]) -> None:
    running, session = web
    session.fetch("http://gzip.test" + CITED)
    asked = running.heads[-1]
    assert asked.header("User-Agent").startswith("Verifier/")
    assert asked.header("Accept-Encoding") == "gzip, deflate"
    assert asked.head.startswith(f"GET {CITED} HTTP/1.1")


def test_the_target_arrives_as_written(web: tuple[HostileWeb, WebSession]) -> None:
    running, session = web
    session.fetch("http://encoded-as-written.test/a%2Fb%2b//c?x=%7e&y=1+2")
    assert running.seen[-1][1] == "/a%2Fb%2b//c?x=%7e&y=1+2"


def test_credentials_stay_with_their_host(web: tuple[HostileWeb, WebSession]) -> None:
    running, session = web
    session.fetch("http://reader:word@userinfo.test" + CITED)
    assert running.heads[-1].header("Authorization") == "Basic cmVhZGVyOndvcmQ="
    session.fetch("http://gzip.test" + CITED)
    assert running.heads[-1].header("Authorization") == ""


def test_an_idle_connection_that_the_server_closed_is_no_failure() -> None:
    case = Case("closes-idle", FINE, {CITED: answer(PAGE), "/last": hang_up(answer(PAGE))})
    with served([case]) as (_, session):
        for target in ("/last", CITED, "/last", CITED):
            check = judge_address(f"http://{case.host}{target}", session)
            assert check.fetch.outcome is Outcome.RESPONSE


def test_proxies_of_the_environment_are_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    case = Case("direct", FINE, {CITED: answer(PAGE)})
    with served([case]) as (_, session):
        assert verdict(case, session) == FINE
