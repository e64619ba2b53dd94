"""A small web on loopback: one quiet server that plays every host of `http://*.example.test`."""

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType
from typing import Any, ClassVar, Self
from urllib.parse import unquote, urlsplit

from verifier.demo.pages import Pages


class DemoWeb:
    """The demo's sources, served on 127.0.0.1 at a free port for as long as the context lasts.

    >>> with DemoWeb() as web:
    ...     settings = load_settings(hosts=web.hosts, allow_private=True)
    """

    def __init__(self) -> None:
        pages = Pages()

        class Handler(_Handler):
            sites = pages

        self._server = _Server(("127.0.0.1", 0), Handler)
        self._thread = Thread(target=self._server.serve_forever, args=(0.05,), name="demo-web", daemon=True)

    @property
    def hosts(self) -> dict[str, str]:
        """The `[hosts]` map that leads every address of the demo here."""
        return {"*.example.test": f"127.0.0.1:{self._server.server_port}"}

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing when a client hangs up: the demo's screen belongs to its findings."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "demo"
    sys_version = ""
    timeout = 30
    sites: ClassVar[Pages]

    def do_GET(self) -> None:
        """Answer for the site that the Host header names."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        """Answer as to a GET, without the body."""
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        host = self.headers.get("Host", "").partition(":")[0].lower()
        answer = self.sites.answer(host, unquote(urlsplit(self.path).path) or "/")
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if with_body:
            self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:
        """Write nothing."""
