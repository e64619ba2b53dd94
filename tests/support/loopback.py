"""A web on loopback for benchmarks: any number of hosts on one port, answered by a function, every request counted."""

import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from verifier.demo.loopback import LoopbackServer, QuietHandler


@dataclass(frozen=True, slots=True)
class Answer:
    """A response: the status, the body, headers besides its type and length."""

    status: int
    body: str
    headers: Mapping[str, str] = field(default_factory=dict)


AnswerTo = Callable[[str, str], Answer]
"""What a host (lower case) answers to a GET of a path."""


class Loopback(LoopbackServer):
    """Serves `http://*.example.test` from 127.0.0.1 for as long as the context lasts; `asked` counts by address."""

    def __init__(self, answer: AnswerTo) -> None:
        self.asked: Counter[str] = Counter()
        asked, counting = self.asked, threading.Lock()

        class Handler(QuietHandler):
            def do_GET(self) -> None:  # noqa: N802 - the name that the library calls
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

        super().__init__(Handler)
