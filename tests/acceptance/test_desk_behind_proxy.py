"""The desk as it is served behind a web server: a proxy on loopback hands requests on, as those in docs/desk.md do."""

import http.client
import socket
import subprocess
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlencode

import pytest

from tests.support.commandline import command, environment_with
from tests.support.desks import PASSWORD, form_of, with_users

PUBLIC = "desk.example.org"
PATHS = ("/", "/login", "/documents", "/sources", "/upload", "/batch?host=a.test", "/findings/none")


@dataclass(frozen=True)
class Answer:
    """What a browser in front of the proxy gets."""

    status: int
    location: str
    cookie: str
    text: str


class Proxy:
    """Hands what it gets on to a port of this machine, with headers of its own, by a version of the protocol."""

    def __init__(self, port: int, adds: dict[str, str], version: str = "HTTP/1.1") -> None:
        self.adds = adds

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.pass_on()

            def do_POST(self) -> None:
                self.pass_on()

            def pass_on(self) -> None:
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
                connection._http_vsn_str = version
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                headers = {name: value for name, value in self.headers.items() if name not in adds}
                try:
                    connection.request(self.command, self.path, body, headers | adds)
                    answer = connection.getresponse()
                    content = answer.read()
                except ConnectionError:
                    self.send_error(502)
                    return
                self.send_response(answer.status)
                for name, value in answer.getheaders():
                    if name.lower() not in ("connection", "transfer-encoding", "date", "server", "content-length"):
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)
                connection.close()

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def ask(self, path: str, form: dict[str, str] | None = None, **headers: str) -> Answer:
        """What somebody elsewhere gets, who reaches the proxy under the public name."""
        connection = http.client.HTTPConnection("127.0.0.1", self._server.server_port, timeout=300)
        body = None if form is None else urlencode(form)
        sent = {"Host": PUBLIC, "Origin": f"https://{PUBLIC}", "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("GET" if form is None else "POST", path, body, sent | headers)
        answer = connection.getresponse()
        cookie = answer.getheader("Set-Cookie", "").partition(";")[0]
        told = Answer(answer.status, answer.getheader("Location", ""), cookie, answer.read().decode("utf-8", "replace"))
        connection.close()
        return told

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


FORWARDED = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https", "X-Forwarded-Host": PUBLIC}
REAL_IP = {"X-Real-IP": "203.0.113.9"}
VIA = {"Via": "1.1 proxy"}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


@pytest.fixture
def serve(data, clean_environment):
    """Starts the desk: serve(**variables) is its process, once it serves or has ended, and its port."""
    running = []

    def start(**variables: str) -> tuple[subprocess.Popen[str], int]:
        port = free_port()
        process = subprocess.Popen(
            command("review", "--data", data, "--port", port),
            env=environment_with(None) | {f"VERIFIER_REVIEW__{name}": value for name, value in variables.items()},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        process.stdout.readline()
        return process, port

    yield start
    for process in running:
        process.terminate()
        process.communicate(timeout=300)


@pytest.fixture
def proxy():
    """Puts a proxy in front of a port: proxy(port, adds)."""
    opened = []

    def put(port: int, adds: dict[str, str], version: str = "HTTP/1.1") -> Proxy:
        opened.append(Proxy(port, adds, version))
        return opened[-1]

    yield put
    for one in opened:
        one.close()


def log_in(front: Proxy, name: str, password: str = PASSWORD) -> Answer:
    form = front.ask("/login")
    _, hidden = form_of(form.text, "password")
    return front.ask("/login", hidden | {"name": name, "password": password}, Cookie=form.cookie)


def shows_findings(answer: Answer) -> bool:
    return answer.status == 200 and "to decide" in answer.text and "/findings/" in answer.text


def test_without_users_a_desk_with_a_public_address_serves_nothing(serve, proxy):
    process, port = serve(ADDRESS=f"https://{PUBLIC}")
    assert process.wait(60) == 2
    assert "add-user" in process.stderr.read()
    front = proxy(port, FORWARDED)
    assert {front.ask(path).status for path in PATHS} == {502}


@pytest.mark.parametrize(
    ("adds", "version"),
    [
        (FORWARDED, "HTTP/1.1"),
        (FORWARDED | {"Host": "127.0.0.1"}, "HTTP/1.1"),
        (REAL_IP | {"Host": "127.0.0.1"}, "HTTP/1.1"),
        (VIA | {"Host": "127.0.0.1"}, "HTTP/1.1"),
        ({}, "HTTP/1.1"),
        ({"Host": "127.0.0.1"}, "HTTP/1.0"),
    ],
    ids=[
        "forwarded",
        "forwarded, other host",
        "real address",
        "via",
        "public host alone",
        "old protocol alone",
    ],
)
def test_an_open_desk_behind_a_proxy_that_nobody_announced_serves_nothing(serve, proxy, adds, version):
    _, port = serve()
    front = proxy(port, adds, version)
    for path in PATHS:
        answer = front.ask(path)
        assert answer.status in (400, 403), path
        assert not answer.cookie
    assert front.ask("/undo", {}).status in (400, 403)


def test_users_log_in_through_the_proxy_and_nobody_else_sees_anything(serve, proxy, data):
    with_users(data, Ana="editor")
    _, port = serve(ADDRESS=f"https://{PUBLIC}")
    front = proxy(port, FORWARDED)
    assert all(front.ask(path).location.startswith("/login") for path in PATHS if path != "/login")
    assert log_in(front, "Ana", "a wrong password").status == 403
    session = log_in(front, "Ana")
    assert session.status == 303
    # Every process of the desk knows the session.
    assert all(shows_findings(front.ask("/", Cookie=session.cookie)) for _ in range(12))
    assert front.ask("/").status == 302


def test_guesses_count_by_who_is_behind_the_proxy_in_every_process(serve, proxy, data):
    with_users(data, Ana="editor")
    _, port = serve(ADDRESS=f"https://{PUBLIC}")
    front = proxy(port, FORWARDED)
    assert log_in(front, "Ana").status == 303
    stranger = proxy(port, FORWARDED | {"X-Forwarded-For": "198.51.100.7"})
    assert [log_in(stranger, "Ana", f"a wrong password {number}").status for number in range(5)] == [403] * 5
    # The wait doubles with each failure: on a slow machine the first ones may be over before the next guess.
    assert 429 in (log_in(stranger, "Ana", f"another wrong password {number}").status for number in range(12))
    assert log_in(front, "Ana").status == 303


def test_a_proxy_that_names_who_came_in(serve, proxy, data):
    _, port = serve(ADDRESS=f"https://{PUBLIC}", TRUSTED_HEADER="X-Remote-User")
    named = proxy(port, FORWARDED | {"X-Remote-User": "ana"})
    answer = named.ask("/", **{"X-Remote-User": "somebody else"})
    assert shows_findings(answer)
    assert "ana" in answer.text
    assert "somebody else" not in answer.text
    nameless = proxy(port, FORWARDED)
    assert {nameless.ask(path).status for path in PATHS if path != "/login"} == {403}


def test_a_header_of_another_than_the_trusted_proxy_names_nobody(serve, proxy):
    _, port = serve(ADDRESS=f"https://{PUBLIC}", TRUSTED_HEADER="X-Remote-User", TRUSTED_PROXIES='["203.0.113.1"]')
    front = proxy(port, FORWARDED | {"X-Remote-User": "ana"})
    assert {front.ask(path).status for path in PATHS if path != "/login"} == {403}


def test_when_the_users_vanish_nobody_comes_in_not_even_after_another_start(serve, proxy, data):
    with_users(data, Ana="editor")
    process, port = serve(ADDRESS=f"https://{PUBLIC}")
    front = proxy(port, FORWARDED)
    session = log_in(front, "Ana")
    assert shows_findings(front.ask("/", Cookie=session.cookie))
    (data / "users.json").unlink()
    for _ in range(6):  # every process of the desk
        assert {front.ask(path, Cookie=session.cookie).status for path in PATHS} == {503}
    process.terminate()
    process.wait(60)
    for variables in ({"ADDRESS": f"https://{PUBLIC}"}, {}):
        again, port = serve(**variables)
        assert again.wait(60) == 2
        assert {proxy(port, FORWARDED).ask(path).status for path in PATHS} == {502}
