"""An archive that keeps nothing of what a site's robots.txt asks to be left alone."""

from collections.abc import Mapping

from verifier.model import ArchivedResponse
from verifier.resolver.archive.store import ALL_NEW, ArchivedPage, ArchiveStore, Unchanged
from verifier.resolver.http.exchange import Fetched
from verifier.resolver.http.robots import SiteRules
from verifier.resolver.http.time_budget import TimeBudget
from verifier.resolver.sources.urls import Address, split_address


class RobotsArchive:
    """Hands a fetch on to `archive` only where the robots.txt of every host on its way allows it; thread-safe.

    Pages are still fetched and judged, since that is no crawling: a person's list of addresses, each asked for once in
    days.
    """

    def __init__(self, archive: ArchiveStore, rules: SiteRules) -> None:
        self._archive = archive
        self._rules = rules

    @property
    def size(self) -> int:
        """Bytes that are kept."""
        return self._archive.size

    def write(self, fetched: Fetched, unchanged: Mapping[int, Unchanged] = ALL_NEW) -> tuple[ArchivedResponse, ...]:
        """Keep the responses of a fetch, all or none: a part would be no evidence."""
        if all(self._allows(exchange.url, fetched.budget) for exchange in fetched.exchanges):
            return self._archive.write(fetched, unchanged)
        return ()

    def read(self, warc_file: str, offset: int) -> ArchivedPage:
        """Read a snapshot back."""
        return self._archive.read(warc_file, offset)

    def close(self) -> None:
        """Finish what is being written."""
        self._archive.close()

    def _allows(self, url: str, budget: TimeBudget | None) -> bool:
        address = split_address(url)
        return isinstance(address, Address) and self._rules.of(address, budget).allow(address.target)
