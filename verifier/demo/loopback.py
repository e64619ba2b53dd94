"""A quiet server on loopback that plays every host of `http://*.example.test`, for the demo and for benchmarks."""

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType
from typing import Any, Self


class LoopbackServer:
    """Serves 127.0.0.1 at a free port, each request by a `handler` of its own, for as long as the context lasts."""

    def __init__(self, handler: type[BaseHTTPRequestHandler]) -> None:
        self._server = _Server(("127.0.0.1", 0), handler)
        self._thread = Thread(target=self._server.serve_forever, args=(0.05,), name="loopback", daemon=True)

    @property
    def hosts(self) -> dict[str, str]:
        """The `[hosts]` map that leads every `*.example.test` here."""
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


class QuietHandler(BaseHTTPRequestHandler):
    """Keeps connections open and writes no log."""

    protocol_version = "HTTP/1.1"
    server_version = "loopback"
    sys_version = ""
    timeout = 30

    def log_message(self, format: str, *args: object) -> None:
        """Write nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing when a client hangs up: it was killed, or the screen belongs to the findings."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)
