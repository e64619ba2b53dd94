"""An archive that keeps nothing of what a site's robots.txt asks to be left alone."""

import threading
from collections.abc import Mapping

from verifier.model import ArchivedResponse, Outcome
from verifier.resolver.archive.store import ALL_NEW, ArchivedPage, ArchiveStore, Unchanged
from verifier.resolver.http.exchange import Fetched
from verifier.resolver.http.fetcher import Fetcher
from verifier.resolver.http.robots import ALL_ALLOWED, MOST_BYTES, NOTHING_ALLOWED, Rules, read_rules
from verifier.resolver.sources.urls import Address, split_address

PRODUCT = "Verifier"
"""Our product token, the first word of the User-Agent."""


class RobotsArchive:
    """Hands a fetch on to `archive` only where the robots.txt of every host on its way allows it; thread-safe.

    A robots.txt is asked for once by each of these: a run's. Pages are still fetched and judged, since that is no
    crawling: a person's list of addresses, each asked for once in days.
    """

    def __init__(self, archive: ArchiveStore, fetcher: Fetcher) -> None:
        self._archive = archive
        self._fetcher = fetcher
        self._rules: dict[tuple[str, str, int], Rules] = {}
        self._lock = threading.Lock()

    def write(self, fetched: Fetched, unchanged: Mapping[int, Unchanged] = ALL_NEW) -> tuple[ArchivedResponse, ...]:
        """Keep the responses of a fetch, all or none: a part would be no evidence."""
        if all(self._allows(exchange.url) for exchange in fetched.exchanges):
            return self._archive.write(fetched, unchanged)
        return ()

    def read(self, warc_file: str, offset: int) -> ArchivedPage:
        """Read a snapshot back."""
        return self._archive.read(warc_file, offset)

    def close(self) -> None:
        """Finish what is being written."""
        self._archive.close()

    def _allows(self, url: str) -> bool:
        address = split_address(url)
        if not isinstance(address, Address):
            return False
        with self._lock:
            rules = self._rules.get(address.origin)
        if rules is None:
            rules = self._ask(address)
            with self._lock:
                self._rules[address.origin] = rules
        return rules.allow(address.target)

    def _ask(self, address: Address) -> Rules:
        """A host that has none (4xx) allows all; one that fails to say (5xx, no answer) nothing: RFC 9309, 2.3.1."""
        robots = Address(address.scheme, address.host, address.port, "/robots.txt").url
        fetch = self._fetcher.fetch(robots).fetch
        status = fetch.final.http_status if fetch.final is not None else None
        if fetch.outcome is not Outcome.RESPONSE or status is None or status >= 500:
            return NOTHING_ALLOWED
        if status != 200:
            return ALL_ALLOWED
        return read_rules(fetch.body[:MOST_BYTES].decode("utf-8", "replace"), PRODUCT)
