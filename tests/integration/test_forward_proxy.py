"""Sources fetched through a forward proxy: plainly, through tunnels, with credentials, and never to private names."""

import socket
import socketserver
import ssl
import threading
from datetime import UTC, datetime
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from pytest_httpserver import HTTPServer
from trustme import CA
from warcio.archiveiterator import ArchiveIterator

from tests.support.web_sessions import web_session
from verifier.admin.doctor.run import examine
from verifier.model import LinkReason, Outcome
from verifier.resolver import PROXY_WARNING, WarcArchive, WebSession, check_address
from verifier.runs import run
from verifier.settings import FetchSettings, Settings


class Proxy(socketserver.ThreadingTCPServer):
    """A forward proxy that leads every name to one place, and keeps the heads of the requests it got."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, target: tuple[str, int], refuse: bool = False) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.target = target
        self.refuse = refuse
        self.heads: list[str] = []

    @property
    def url(self) -> str:
        return f"http://me:se%63ret@127.0.0.1:{self.server_address[1]}"


class _Handler(socketserver.StreamRequestHandler):
    server: Proxy

    def handle(self) -> None:
        while head := self._head():
            self.server.heads.append(head)
            method, target, _ = head.split("\r\n", 1)[0].split(" ")
            if self.server.refuse:
                self.wfile.write(b"HTTP/1.1 403 Forbidden by policy\r\nContent-Length: 0\r\n\r\n")
            elif method == "CONNECT":
                self._tunnel()
                return
            else:
                self._forward(head.replace(target, urlsplit(target).path, 1))
                return

    def _head(self) -> str:
        head = ""
        while not head.endswith("\r\n\r\n"):
            line = self.rfile.readline().decode()
            if not line:
                return ""
            head += line
        return head

    def _forward(self, head: str) -> None:
        with socket.create_connection(self.server.target) as there:
            there.sendall(
                head.replace("Connection: keep-alive\r\n", "").replace("\r\n", "\r\nConnection: close\r\n", 1).encode()
            )
            while piece := there.recv(65536):
                self.wfile.write(piece)

    def _tunnel(self) -> None:
        with socket.create_connection(self.server.target) as there:
            self.wfile.write(b"HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n")
            threading.Thread(target=self._back, args=(there,), daemon=True).start()
            while piece := self.connection.recv(65536):
                there.sendall(piece)

    def _back(self, there: socket.socket) -> None:
        while piece := there.recv(65536):
            self.wfile.write(piece)


@pytest.fixture
def proxies():
    started = []

    def start(port: int, refuse: bool = False) -> Proxy:
        proxy = Proxy(("127.0.0.1", port), refuse)
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        started.append(proxy)
        return proxy

    yield start
    for proxy in started:
        proxy.shutdown()
        proxy.server_close()


def session_through(proxy: Proxy, archive: WarcArchive | None = None) -> WebSession:
    return web_session({}, fetch=FetchSettings(pause=0, proxy=proxy.url), archive=archive, private=False)


def test_a_page_is_asked_for_in_absolute_form_with_the_proxys_credentials(httpserver, proxies, tmp_path):
    httpserver.expect_request("/a").respond_with_data("<p>There.</p>", content_type="text/html")
    proxy = proxies(httpserver.port)
    with WarcArchive(tmp_path) as archive, session_through(proxy, archive) as session:
        check = check_address("http://site.example/a", session)
    assert check.fetch.body == b"<p>There.</p>"
    head = proxy.heads[0]
    assert head.startswith("GET http://site.example/a HTTP/1.1\r\n")
    assert "Proxy-Authorization: Basic bWU6c2VjcmV0\r\n" in head
    records = [
        (record.rec_headers, record.http_headers)
        for record in ArchiveIterator(BytesIO(next(tmp_path.glob("*.warc.gz")).read_bytes()))
        if record.rec_type in ("request", "response")
    ]
    assert not any(
        warc.get_header("WARC-IP-Address") or http.get_header("Proxy-Authorization") for warc, http in records
    )


def test_a_tunnel_ends_at_the_site_and_its_certificate_is_the_sites(proxies, secure_server, monkeypatch, tmp_path):
    server, authority = secure_server("site.example")
    bundle = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(bundle)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))
    server.expect_request("/x").respond_with_data("There.", content_type="text/plain")
    proxy = proxies(server.port)
    with session_through(proxy) as session:
        assert session.fetch("https://site.example/x").fetch.body == b"There."
        assert session.fetch("https://other.example/x").fetch.outcome is Outcome.TLS_WRONG_NAME
    assert proxy.heads[0].startswith(
        "CONNECT site.example:443 HTTP/1.1\r\nHost: site.example:443\r\nProxy-Authorization"
    )


@pytest.fixture
def secure_server():
    servers = []

    def make(name: str):
        authority = CA()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(name).configure_cert(context)
        server = HTTPServer("127.0.0.1", 0, ssl_context=context)
        server.start()
        servers.append(server)
        return server, authority

    yield make
    for server in servers:
        server.stop()


def test_a_proxy_that_opens_no_tunnel_says_nothing_of_the_link(httpserver, proxies):
    with session_through(proxies(httpserver.port, refuse=True)) as session:
        check = check_address("https://site.example/x", session)
    assert check.judgement.status.value == "unreachable"
    assert "403 Forbidden by policy" in check.fetch.detail


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://2130706433/",
        "http://[::1]/",
        "http://localhost/",
        "http://printer.local/",
        "http://wiki.corp.internal/",
        "http://router/",
        "http://site.example:25/",
    ],
)
def test_private_names_are_never_given_to_the_proxy(httpserver, proxies, address: str):
    proxy = proxies(httpserver.port)
    with session_through(proxy) as session:
        assert check_address(address, session).judgement.reason is LinkReason.PRIVATE_ADDRESS
    assert proxy.heads == []


def test_a_run_and_the_doctor_say_what_cannot_be_promised(httpserver, proxies, make_paper, tmp_path, monkeypatch):
    httpserver.expect_request("/x").respond_with_data("<p>There.</p>", content_type="text/html")
    paper = make_paper("paper.pdf", [("They are old.", "Report, http://site.example/x.")])
    proxy = proxies(httpserver.port)
    report = run([paper], Settings(data=tmp_path, fetch=FetchSettings(pause=0, proxy=proxy.url))).report
    assert report.messages == (PROXY_WARNING,)
    monkeypatch.setenv("VERIFIER_FETCH__PROXY", proxy.url)
    assert any(found.subject == "proxy" and found.found == PROXY_WARNING for found in _examined(tmp_path))


def test_the_doctor_tells_of_a_proxy_that_only_the_environment_names(monkeypatch, tmp_path):
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:1")
    assert any("HTTPS_PROXY in the environment: not used" in found.found for found in _examined(tmp_path))


def _examined(data):
    return list(examine(None, data, datetime.now(UTC)))
