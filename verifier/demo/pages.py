"""What the demo's web serves: the static pages of `sites/`, and the hosts and addresses that misbehave.

Every behaviour is a row of a table here; the words that go with it are a page of the site. A site's own `404.html` is
what its host answers to an unknown address.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from http import HTTPStatus
from importlib.resources import files
from importlib.resources.abc import Traversable

NOT_FOUND_PAGE = "/404.html"
WALL_PAGE = "/wall.html"

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".pdf": "application/pdf",
    ".txt": "text/plain; charset=utf-8",
}

PUBLISHED = {
    "bridges.example.test": datetime(2026, 3, 16, 9, 30, tzinfo=UTC),
    "council.example.test": datetime(2026, 1, 12, 14, 5, tzinfo=UTC),
    "doi.example.test": datetime(2023, 6, 5, 10, 0, tzinfo=UTC),
    "ferry.example.test": datetime(2026, 4, 1, 6, 0, tzinfo=UTC),
    "journal.example.test": datetime(2024, 11, 29, 11, 0, tzinfo=UTC),
    "statistics.example.test": datetime(2026, 2, 24, 8, 0, tzinfo=UTC),
}
"""When each site was last published, for `Last-Modified`: all well before the paper's date."""

SOFT_404_HOSTS = frozenset({"council.example.test"})
"""Hosts that answer every unknown address with their not-found page and the status 200."""

WALLED_HOSTS = frozenset({"courier.example.test"})
"""Hosts that answer everything with a challenge to the browser and the status 403."""


@dataclass(frozen=True, slots=True)
class Redirect:
    """An address that sends its visitors elsewhere."""

    status: HTTPStatus
    location: str


REDIRECTS = {
    ("doi.example.test", "/10.5555/jtp.2022.041"): Redirect(
        HTTPStatus.FOUND, "http://journal.example.test/articles/2022/41.html"
    ),
    ("doi.example.test", "/10.5555/jtp.2024.117"): Redirect(
        HTTPStatus.FOUND, "http://journal.example.test/articles/2024/117.html"
    ),
    ("ferry.example.test", "/about/night-service-costs.html"): Redirect(HTTPStatus.FOUND, "/"),
    ("statistics.example.test", "/transport/commuting-2024.html"): Redirect(
        HTTPStatus.MOVED_PERMANENTLY, "/data/commuting-2024.html"
    ),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A response as it is sent: the status, the headers that matter, the body."""

    status: HTTPStatus
    headers: tuple[tuple[str, str], ...]
    body: bytes


class Pages:
    """All sites of the demo, read once: answers a host and a path with bytes that never change."""

    def __init__(self) -> None:
        self._bodies: dict[tuple[str, str], bytes] = {}
        for site in (files("verifier.demo") / "sites").iterdir():
            if site.is_dir():
                self._read(site, site.name, "/")

    def _read(self, folder: Traversable, host: str, prefix: str) -> None:
        for entry in folder.iterdir():
            if entry.is_dir():
                self._read(entry, host, f"{prefix}{entry.name}/")
            else:
                self._bodies[host, prefix + entry.name] = entry.read_bytes()

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every static page as an address, in order."""
        return tuple(f"http://{host}{path}" for host, path in sorted(self._bodies))

    def answer(self, host: str, path: str) -> Answer:
        """What `host` (lower case, no port) answers to a GET of `path` (unquoted, no query)."""
        if host in WALLED_HOSTS:
            return self._page(host, WALL_PAGE, HTTPStatus.FORBIDDEN)
        redirect = REDIRECTS.get((host, path))
        if redirect:
            return Answer(redirect.status, (("Location", redirect.location),), b"")
        name = f"{path}index.html" if path.endswith("/") else path
        if (host, name) in self._bodies and name != NOT_FOUND_PAGE:
            return self._page(host, name, HTTPStatus.OK)
        status = HTTPStatus.OK if host in SOFT_404_HOSTS else HTTPStatus.NOT_FOUND
        return self._page(host, NOT_FOUND_PAGE, status)

    def _page(self, host: str, name: str, status: HTTPStatus) -> Answer:
        body = self._bodies.get((host, name))
        if body is None:
            return Answer(status, (("Content-Type", MEDIA_TYPES[".txt"]),), b"Not found\n")
        headers = [("Content-Type", MEDIA_TYPES[name[name.rindex(".") :]])]
        if status is HTTPStatus.OK and name != NOT_FOUND_PAGE:
            headers.append(("Last-Modified", format_datetime(PUBLISHED[host], usegmt=True)))
        return Answer(status, tuple(headers), body)
