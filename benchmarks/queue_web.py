"""A web on loopback for hundreds of thousands of requests: one event loop, a log of a few words a host.

The web of the tests gives every connection a thread, and keeps the time of every request; with 20,000 hosts that costs
more than the workers that are measured.
"""

import asyncio
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from tests.support.loopback import Answer

_REASONS = {200: "OK", 301: "Moved Permanently", 302: "Found", 404: "Not Found"}


_PARAGRAPH = (
    "<p>In {town} the district office counted {figure} wells in use in the spring of the year, {more} of them with a "
    "hand pump. Its survey asked every household within a walk of ten minutes how often water is fetched, who fetches "
    "it, and what is paid for repairs; the answers were checked on the spot in every twentieth village.</p>"
)
_PAGE = (
    "<html><head><title>Wells of {town}</title></head><body><nav><a href='/'>Surveys</a></nav><main><h1>Wells of {town}"
    "</h1>{paragraphs}</main></body></html>"
)
_NOT_THERE = "<html><head><title>Page not found</title></head><body><h1>Page not found</h1></body></html>"


def survey(host: str, path: str) -> Answer:
    """What a host answers: of twenty pages one is gone, one has moved within its host, the others are there.

    There is no robots.txt, nor anything else outside `/surveys/`.
    """
    number = path.rpartition("/")[2]
    if not number.isdigit() or not path.startswith(("/surveys/", "/moved/")):
        return Answer(404, _NOT_THERE)
    kind = (int(number) + len(host)) % 20
    if kind == 3:
        return Answer(404, _NOT_THERE)
    if kind == 7 and path.startswith("/surveys/"):
        return Answer(301, "", {"Location": f"/moved/{number}"})
    town = f"{host.partition('.')[0]} {number}"
    some = (_PARAGRAPH.format(town=town, figure=200 + int(number) + n, more=90 + 7 * n) for n in range(6))
    return Answer(200, _PAGE.format(town=town, paragraphs="".join(some)))


class GapLog:
    """What was asked of each host: how often, and the smallest gaps; thread-safe for reading.

    `smallest_gap` is between the starts of two requests of one host, `smallest_pause` between the end of an answer and
    the start of the next request, both in seconds. `overlaps` counts requests that came while another of their host was
    being answered.
    """

    def __init__(self) -> None:
        self.requests = 0
        self.smallest_gap = float("inf")
        self.smallest_pause = float("inf")
        self.overlaps = 0
        self.by_host: dict[str, int] = {}
        self._begun: dict[str, float] = {}
        self._ended: dict[str, float] = {}
        self._open: dict[str, int] = {}

    def begin(self, host: str) -> None:
        """A request arrives."""
        now = time.monotonic()
        self.requests += 1
        self.by_host[host] = self.by_host.get(host, 0) + 1
        if (begun := self._begun.get(host)) is not None:
            self.smallest_gap = min(self.smallest_gap, now - begun)
        if self._open.get(host):
            self.overlaps += 1
        elif (ended := self._ended.get(host)) is not None:
            self.smallest_pause = min(self.smallest_pause, now - ended)
        self._open[host] = self._open.get(host, 0) + 1
        self._begun[host] = now

    def end(self, host: str) -> None:
        """Its answer is given."""
        self._ended[host] = time.monotonic()
        self._open[host] -= 1


class LatentWeb:
    """Answers a GET of any host `latency` seconds after it came, for as long as the context lasts."""

    def __init__(self, latency: float, answer: Callable[[str, str], Answer]) -> None:
        self.log = GapLog()
        self._latency = latency
        self._answer = answer
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="web", daemon=True)
        self._address = ""

    @property
    def names(self) -> dict[str, str]:
        """The `[hosts]` map that leads every `*.test` here."""
        return {"*.test": self._address}

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)

        def connection() -> "_Connection":
            return _Connection(self._loop, self.log, self._latency, self._answer)

        server = self._loop.run_until_complete(self._loop.create_server(connection, "127.0.0.1", 0, backlog=1024))
        host, port = server.sockets[0].getsockname()[:2]
        self._address = f"{host}:{port}"
        self._ready.set()
        self._loop.run_forever()
        server.close()


class _Connection(asyncio.Protocol):
    """One kept-alive connection; its requests have no body and come one after the other."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, log: GapLog, latency: float, answer: Callable[[str, str], Answer]
    ) -> None:
        self._loop = loop
        self._log = log
        self._latency = latency
        self._answer = answer
        self._received = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None

    def data_received(self, data: bytes) -> None:
        self._received += data
        while (end := self._received.find(b"\r\n\r\n")) >= 0:
            head, self._received = self._received[:end], self._received[end + 4 :]
            line, *fields = head.decode("latin-1").split("\r\n")
            path = line.split(" ")[1]
            named = next(field for field in fields if field[:5].lower() == "host:")
            host = named[5:].strip().partition(":")[0].lower()
            self._log.begin(host)
            self._loop.call_later(self._latency, self._respond, host, path)

    def _respond(self, host: str, path: str) -> None:
        self._log.end(host)
        if self._transport is None:
            return
        given = self._answer(host, path)
        body = given.body.encode()
        fields = {"Content-Type": "text/html; charset=utf-8", **given.headers, "Content-Length": str(len(body))}
        head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        self._transport.write(f"HTTP/1.1 {given.status} {_REASONS[given.status]}\r\n{head}\r\n".encode() + body)
