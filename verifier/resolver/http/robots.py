"""robots.txt (RFC 9309), read by Protego: what a site asks automatic visitors to leave alone, and at what pace."""

import math
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass

from protego import Protego

from verifier.errors import LimitReached
from verifier.model import Outcome
from verifier.resolver.http.exchange import Fetched
from verifier.resolver.http.time_budget import TimeBudget
from verifier.resolver.sources.urls import Address

PRODUCT = "Verifier"
"""Our product token, the first word of the User-Agent."""

MOST_BYTES = 512_000
"""What is read of a robots.txt: RFC 9309, section 2.5, asks for at least 500 kibibytes."""


_LONGEST = 15.0  # seconds that a robots.txt may take of those of the address that it is read for

_MOST_SITES = 2000
"""Sites whose rules are remembered at a time: those of hosts by the hundred thousand must not pile up."""

_VERSION = re.compile(r"^(\s*user-agent\s*:\s*[a-z_-]+)/\S*", re.IGNORECASE | re.MULTILINE)  # some sites write one


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one site for the visitor named `product`; where nothing is `parsed`, nothing may be visited."""

    parsed: Protego | None
    product: str = ""

    def allow(self, target: str) -> bool:
        """Whether a path with its query may be visited; /robots.txt itself always may (section 2.2.2)."""
        if target == "/robots.txt":
            return True
        return self.parsed is not None and self.parsed.can_fetch(target, self.product)

    @property
    def crawl_delay(self) -> float:
        """The seconds between two requests that the site asks for; 0 where it asks for none that makes sense."""
        delay = self.parsed.crawl_delay(self.product) if self.parsed is not None else None
        return delay if delay is not None and math.isfinite(delay) and delay > 0 else 0.0


ALL_ALLOWED = Rules(Protego.parse(""))
NOTHING_ALLOWED = Rules(None)


def read_rules(text: str, product: str) -> Rules:
    """The rules that a robots.txt has for a product token: its own groups together, else those for `*`."""
    return Rules(Protego.parse(_VERSION.sub(r"\1", text.removeprefix("\ufeff"))), product)


class SiteRules:
    """The rules of every site that is asked about, each robots.txt read once; thread-safe.

    `read` fetches an address within so many seconds.
    """

    def __init__(self, read: Callable[[str, TimeBudget | None], Fetched]) -> None:
        self._read = read
        self._rules: dict[str, Rules] = {}
        self._lock = threading.Lock()

    def of(self, address: Address, budget: TimeBudget | None = None) -> Rules:
        """The rules of the site that an address is on, read within the budget of the address that they are for."""
        origin = Address(address.scheme, address.host, address.port, "/robots.txt").url
        with self._lock:
            rules = self._rules.get(origin)
        if rules is None:
            hurried = budget is not None and budget.left < _LONGEST
            rules = self._ask(origin, budget)
            if rules is NOTHING_ALLOWED and hurried:  # says nothing of the site: the next address asks again
                return rules
            with self._lock:
                if len(self._rules) >= _MOST_SITES:
                    self._rules.clear()
                self._rules[origin] = rules
        return rules

    def _ask(self, robots: str, budget: TimeBudget | None) -> Rules:
        """A host that has none (4xx) allows all; one that fails to say (5xx, no answer) nothing: RFC 9309, 2.3.1."""
        part = None if budget is None else budget.part(_LONGEST)
        before = 0.0 if part is None else part.left
        try:
            fetch = self._read(robots, part).fetch
        except LimitReached:
            return NOTHING_ALLOWED
        finally:
            if budget is not None and part is not None:
                budget.spend(before - part.left)
        status = fetch.final.http_status if fetch.final is not None else None
        if fetch.outcome is not Outcome.RESPONSE or status is None or status >= 500:
            return NOTHING_ALLOWED
        if status != 200:
            return ALL_ALLOWED
        return read_rules(fetch.body[:MOST_BYTES].decode("utf-8", "replace"), PRODUCT)
