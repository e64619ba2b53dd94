"""The one door to the web: whatever a run asks of it passes here.

One session is made for a run. It holds where we may connect to (guard), when a host may be asked (rate limit,
Retry-After, Crawl-delay), how much of a host (budget), what may be kept (robots.txt, archive, quota) and when the run
has to end; a caller cannot forget one of them.
"""

import threading
from collections import Counter
from collections.abc import Callable
from types import TracebackType
from typing import Self

from verifier.deadlines import no_deadline
from verifier.errors import LimitReached
from verifier.resolver.archive.robots_archive import RobotsArchive
from verifier.resolver.archive.store import ArchiveStore
from verifier.resolver.archive.style_sheets import StyleSheetPlaces
from verifier.resolver.http.exchange import Fetched, MoreHeaders
from verifier.resolver.http.fetcher import Fetcher
from verifier.resolver.http.guard import AddressGuard
from verifier.resolver.http.rate_limit import HostRateLimiter, RateLimiter
from verifier.resolver.http.robots import SiteRules
from verifier.resolver.http.time_budget import TimeBudget
from verifier.resolver.sources.urls import Address, split_address
from verifier.settings import Settings


class SessionEnded(LimitReached):
    """The run has to end, or the archive is full: nothing more is asked."""


class HostBudgetSpent(LimitReached):
    """So many addresses of the host were asked in this run that the rest waits for the next."""


class WebSession:
    """Fetches under one set of rules; thread-safe. A context manager: its connections are closed at the end.

    `archive` is where responses are kept (None: nowhere). `stop` says that the run has to end. `host_budget` is how
    many addresses of a host may be asked, 0 for any number. `limiter` says when a host may be asked, where not this
    session alone does.
    """

    def __init__(
        self,
        settings: Settings,
        archive: ArchiveStore | None,
        stop: Callable[[], bool] = no_deadline,
        host_budget: int = 0,
        limiter: RateLimiter | None = None,
    ) -> None:
        self.guard = AddressGuard(settings.allow_private, settings.hosts)
        self._limiter: RateLimiter = limiter or HostRateLimiter(settings.fetch.pause, settings.fetch.retry_after_cap)
        self._fetcher = Fetcher(settings.fetch, self.guard, self._limiter)
        self._rules = SiteRules(self.probe)
        self._kept_in = archive
        self.archive = archive
        if archive is not None and settings.archive.robots:
            self.archive = RobotsArchive(archive, self._rules)
        self.most_style_sheets = settings.archive.style_sheets
        self.style_sheets = StyleSheetPlaces()
        self._most_kept = settings.archive.max_bytes
        self._most_delay = settings.fetch.crawl_delay_cap if settings.fetch.pause else 0.0
        self._stop = stop
        self._budget = _HostBudget(host_budget)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections, and finish the file that the archive is writing."""
        self._fetcher.close()
        if self._kept_in is not None:
            self._kept_in.close()

    @property
    def quota_met(self) -> bool:
        """Whether nothing more may be archived. What is in flight still is, so the quota may be passed by as much."""
        return 0 < self._most_kept <= self.kept

    @property
    def kept(self) -> int:
        """Bytes that the archive holds."""
        return self._kept_in.size if self._kept_in is not None else 0

    @property
    def ended(self) -> bool:
        """Whether nothing more is asked."""
        return self._stop() or self.quota_met

    def for_address(self) -> "AddressSession":
        """This session for the check of one address, all of whose requests share its seconds."""
        return AddressSession(self, self._fetcher.budget())

    def fetch(self, address: str, more: MoreHeaders | None = None, budget: TimeBudget | None = None) -> Fetched:
        """Read an address, redirects included; how it ended is the fetch's outcome.

        Raises SessionEnded, HostBudgetSpent, and HostAsksToWait where a host on the way wants to be left alone for
        longer than we wait: such an address was not checked, which says nothing of it.
        """
        if self.ended:
            raise SessionEnded("nothing more is asked: the run has to end, or the archive is full")
        asked = split_address(address)
        if isinstance(asked, Address):
            self._take_pace(asked, self._budget.spend(asked.host), budget)
        return self._fetcher.fetch(address, more, budget)

    def probe(self, address: str, budget: TimeBudget | None = None) -> Fetched:
        """Read an address that belongs to the check of another one: a control URL, a robots.txt.

        It is asked also at the end of a run, so that a check which has begun can be finished. Raises HostAsksToWait.
        """
        return self._fetcher.fetch(address, None, budget)

    def may_crawl(self, address: str, budget: TimeBudget | None = None) -> bool:
        """Whether the robots.txt of its site allows an address that nobody cites. Raises HostAsksToWait."""
        asked = split_address(address)
        return isinstance(asked, Address) and self._rules.of(asked, budget).allow(asked.target)

    def _take_pace(self, asked: Address, times: int, budget: TimeBudget | None) -> None:
        """Heed the site's Crawl-delay from its second address on: a site that is asked once has no need of it."""
        if times > 1 and self._most_delay:
            self._limiter.slow_down(asked.host, min(self._rules.of(asked, budget).crawl_delay, self._most_delay))


class AddressSession:
    """A session for the check of one address: one budget of seconds for all its requests and the reading of them."""

    def __init__(self, session: WebSession, budget: TimeBudget) -> None:
        self._session = session
        self.budget = budget

    @property
    def archive(self) -> ArchiveStore | None:
        """Where responses are kept."""
        return self._session.archive

    def fetch(self, address: str, more: MoreHeaders | None = None) -> Fetched:
        """As the session's."""
        return self._session.fetch(address, more, self.budget)

    def probe(self, address: str) -> Fetched:
        """As the session's."""
        return self._session.probe(address, self.budget)

    def may_crawl(self, address: str) -> bool:
        """As the session's."""
        return self._session.may_crawl(address, self.budget)

    @property
    def most_style_sheets(self) -> int:
        """Style sheets of a page that are kept."""
        return self._session.most_style_sheets

    @property
    def style_sheets(self) -> StyleSheetPlaces:
        """Where those are that were kept in this session."""
        return self._session.style_sheets

    @property
    def quota_met(self) -> bool:
        """As the session's."""
        return self._session.quota_met


class _HostBudget:
    """How many addresses of each host were asked."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._asked: Counter[str] = Counter()
        self._lock = threading.Lock()

    def spend(self, host: str) -> int:
        """Count one more address of a host; how many there are now. Raises HostBudgetSpent."""
        with self._lock:
            if self._most and self._asked[host] >= self._most:
                raise HostBudgetSpent(f"{host}: {self._most} of its addresses were asked in this run")
            self._asked[host] += 1
            return self._asked[host]
