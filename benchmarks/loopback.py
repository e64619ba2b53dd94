"""A web on loopback for benchmarks: any number of hosts on one port, answered by a function, every request counted."""

import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Answer:
    """A response: the status, the body, headers besides its type and length."""

    status: int
    body: str
    headers: Mapping[str, str] = field(default_factory=dict)


AnswerTo = Callable[[str, str], Answer]
"""What a host (lower case) answers to a GET of a path."""


class Loopback:
    """Serves `http://*.example.test` from 127.0.0.1 for as long as the context lasts; `asked` counts by address."""

    def __init__(self, answer: AnswerTo) -> None:
        self.asked: Counter[str] = Counter()
        counting = threading.Lock()

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            server_version = "loopback"
            sys_version = ""
            timeout = 30

            def do_GET(self) -> None:
                host = self.headers.get("Host", "").partition(":")[0].lower()
                with counting:
                    asked[f"http://{host}{self.path}"] += 1
                given = answer(host, self.path)
                body = given.body.encode()
                self.send_response(given.status)
                for name, value in {"Content-Type": "text/html; charset=utf-8", **given.headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        asked = self.asked
        self._server = _Server(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

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


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that was killed hangs up: that is no news here."""
