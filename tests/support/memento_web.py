"""A small web archive on loopback: a TimeGate, a TimeMap and copies, with whatever faults a test wants (RFC 7089)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from pytest_httpserver import HTTPServer
from werkzeug.wrappers import Request, Response

PAGE = (
    "<html><head><title>Report</title></head><body><main><p>{} The county keeps 142 bridges.</p></main></body></html>"
)


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def http_date(when: datetime) -> str:
    return format_datetime(when, usegmt=True)


@dataclass(frozen=True)
class Copy:
    """A copy: when it was captured and what the site answered then."""

    captured: str
    status: int = 200
    body: str = PAGE.format("As it was.")
    location: str = ""
    content_type: str = "text/html"

    @property
    def when(self) -> datetime:
        return day(self.captured)

    @property
    def stamp(self) -> str:
        return self.when.strftime("%Y%m%d%H%M%S")


class MementoWeb:
    """`http://archive.example.test/gate/<address>` is the TimeGate. `asked` remembers every request."""

    def __init__(self, server: HTTPServer) -> None:
        self.server = server
        self.copies: dict[str, Sequence[Copy]] = {}
        self.asked: list[tuple[str, str]] = []
        self.direct = False
        self.timemap = True
        self.page_size = 0
        self.down = 0
        self.not_shown: dict[str, int] = {}
        self.original: str | None = None
        server.expect_request("").respond_with_handler(self.answer)

    gate = "http://archive.example.test/gate/"

    @property
    def hosts(self) -> dict[str, str]:
        return {"*.example.test": f"127.0.0.1:{self.server.port}"}

    def place(self, url: str, copy: Copy) -> str:
        return f"http://archive.example.test/copy/{copy.stamp}/{url}"

    def answer(self, request: Request) -> Response:
        if not request.host.startswith("archive."):
            return Response("<h1>Not found</h1>", 404, content_type="text/html")
        target = request.environ["REQUEST_URI"].lstrip("/")
        kind, _, rest = target.partition("/")
        self.asked.append((kind, request.headers.get("Accept-Datetime", "")))
        if self.down:
            return Response("down", self.down)
        if kind == "gate":
            return self._gate(rest, request.headers.get("Accept-Datetime"))
        if kind == "map":
            return Response(self._map(*self._page(rest)), content_type="application/link-format")
        stamp, _, url = rest.partition("/")
        stamp = stamp.removesuffix("id_")
        if stamp in self.not_shown:
            return Response("not shown", self.not_shown[stamp])
        copy = next(copy for copy in self.copies[url] if copy.stamp == stamp)
        return self._copy(url, copy)

    def _gate(self, url: str, wanted: str | None) -> Response:
        copies = self.copies.get(url)
        if not copies:
            return Response("<p>no copy of this</p>", 404, content_type="text/html")
        when = parsedate_to_datetime(wanted) if wanted else datetime.now(UTC)
        copy = min(copies, key=lambda copy: abs(copy.when - when))
        if self.direct:
            return self._copy(url, copy)
        headers = {"Location": self.place(url, copy), "Vary": "accept-datetime", "Link": self._links(url)}
        return Response("", 302, headers)

    def _copy(self, url: str, copy: Copy) -> Response:
        own = f', <{self.place(url, copy)}>; rel="memento"; datetime="{http_date(copy.when)}"'
        headers = {"Memento-Datetime": http_date(copy.when), "Link": self._links(url) + own}
        if copy.location:
            headers["Location"] = copy.location
        return Response(copy.body, copy.status, headers, content_type=copy.content_type)

    def _links(self, url: str) -> str:
        links = [f'<{self.original or url}>; rel="original"', f'<{self.gate}{url}>; rel="timegate"']
        if self.timemap:
            links.append(f'<http://archive.example.test/map/{url}>; rel="timemap"; type="application/link-format"')
        return ", ".join(links)

    def _page(self, rest: str) -> tuple[str, int]:
        """The address and the page of its list; the last, newest page is what the TimeGate names."""
        number, _, url = rest.partition("/") if rest[0].isdigit() else ("", "", rest)
        last = (len(self.copies[url]) - 1) // self.page_size if self.page_size else 0
        return url, int(number) if number else last

    def _map(self, url: str, page: int) -> str:
        """A page of the list, with the others' places and times (RFC 7089, section 5.1.2)."""
        size = self.page_size or len(self.copies[url])
        copies = sorted(self.copies[url], key=lambda copy: copy.when)
        pages = [copies[first : first + size] for first in range(0, len(copies), size)]
        mementos = [
            f'<{self.place(url, copy)}>; rel="memento"; datetime="{http_date(copy.when)}"' for copy in pages[page]
        ]
        others = [
            f'<http://archive.example.test/map/{number}/{url}>; rel="timemap"; type="application/link-format"; '
            f'from="{http_date(other[0].when)}"; until="{http_date(other[-1].when)}"'
            for number, other in enumerate(pages)
            if number != page
        ]
        return ",\n".join([f'<{url}>; rel="original"', *others, *mementos])
