"""The style sheets that a page names, and where those that a run has kept are."""

import html
import re
import threading
from collections.abc import Callable, Iterator

from verifier.model import ArchivedResponse
from verifier.resolver.http.redirects import resolved
from verifier.resolver.sources.urls import Address, split_address

_READ = 300_000
"""Bytes of a page in which style sheets are looked for: they are named in its head."""

_COMMENT = re.compile(r"<!--.{0,20000}?-->", re.DOTALL)
_LINK = re.compile(r"<(link|base)\s([^<>]{1,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-z-]{1,20})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""", re.IGNORECASE)

_MOST_KNOWN = 20_000
"""Style sheets whose places are remembered in a run."""


def named_style_sheets(page: bytes, url: str, most: int) -> tuple[str, ...]:
    """The addresses of the first style sheets that a page links, in order, each once.

    The tags are looked for in its bytes: nothing of a page from outside is parsed here. What a style sheet imports is
    not looked for.
    """
    found: dict[str, None] = {}
    for address in _named(page[:_READ].decode("latin-1"), url):
        if len(found) >= most:
            break
        found[address] = None
    return tuple(found)


def _named(source: str, url: str) -> Iterator[str]:
    base = url
    for tag in _LINK.finditer(_COMMENT.sub("", source)):
        values = {
            match[1].lower(): html.unescape(next(value for value in match.groups()[1:] if value is not None))
            for match in _ATTRIBUTE.finditer(tag[2])
        }
        reference = values.get("href", "").strip()
        if not reference:
            continue
        if tag[1].lower() == "base":
            base = resolved(url, reference)
            continue
        relations = values.get("rel", "").lower().split()
        if "stylesheet" in relations and "alternate" not in relations:
            address = resolved(base, reference)
            if address.startswith(("http://", "https://")) and isinstance(split_address(address), Address):
                yield address


class _Entry:
    """One style sheet: whether it was asked for, and where it is."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.is_known = False
        self.place: ArchivedResponse | None = None


class StyleSheetPlaces:
    """Where a run has kept style sheets, so that each is asked for once; thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: dict[str, _Entry] = {}

    def of(self, address: str, ask: Callable[[], ArchivedResponse | None]) -> ArchivedResponse | None:
        """Where it is kept; None where it cannot be had. `ask` asks for it, where nobody has.

        What `ask` raises goes on to the caller, and the next one asks again.
        """
        with self._lock:
            if address not in self._entries and len(self._entries) >= _MOST_KNOWN:
                return None
            entry = self._entries.setdefault(address, _Entry())
        with entry.lock:
            if not entry.is_known:
                entry.place = ask()
                entry.is_known = True
            return entry.place
