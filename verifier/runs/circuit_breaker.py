"""Is it the web that is broken, or our own network? The circuit breaker of a run."""

import socket
from collections.abc import Collection

from verifier.model import LinkCheck, Outcome

FEWEST_HOSTS = 5
"""Fewer hosts than this that fail say nothing about our network."""

FAILING_SHARE = 0.8
"""This share of the hosts tried, none of them answering at all, is our network and not theirs."""

WELL_KNOWN_NAMES = ("a.root-servers.net", "b.root-servers.net", "m.root-servers.net")
"""Names that exist as long as the DNS does (RFC 8109, section 3): asked only when no host could be resolved."""

_NOT_RESOLVED = (Outcome.NO_SUCH_HOST, Outcome.RESOLVER_FAILURE, Outcome.NETWORK_UNREACHABLE)

_NOT_SENT = (Outcome.MALFORMED_ADDRESS, Outcome.UNSUPPORTED_SCHEME, Outcome.PRIVATE_ADDRESS, Outcome.CHECK_FAILED)


class NetworkHealth:
    """Counts, over the checks of a run, the hosts that answered and those that never did.

    `hosts` are those that the run means to ask and that tell of our network; checks of others do not count.
    """

    def __init__(self, hosts: Collection[str]) -> None:
        self._hosts = frozenset(hosts)
        self._answered: set[str] = set()
        self._silent: set[str] = set()
        self._unresolved: set[str] = set()

    def see(self, check: LinkCheck) -> None:
        """Count a check; not those that were never sent anywhere (malformed, refused) or that failed on us."""
        outcome = check.fetch.outcome
        if outcome in _NOT_SENT:
            return
        if check.host not in self._hosts:
            return
        if not outcome.never_connected:
            self._answered.add(check.host)
            return
        self._silent.add(check.host)
        if outcome in _NOT_RESOLVED:
            self._unresolved.add(check.host)

    def _share(self) -> tuple[int, int]:
        silent = self._silent - self._answered
        return len(silent), len(silent | self._answered)

    @property
    def plainly_down(self) -> bool:
        """So many hosts failed already that the rest cannot change it: the run should stop now.

        Dead hosts fail sooner than live ones answer, so a share of those tried so far would stop healthy runs.
        """
        silent, tried = self._share()
        return tried >= FEWEST_HOSTS and silent >= FAILING_SHARE * max(len(self._hosts), tried)

    def is_down(self) -> bool:
        """After the last check: whether our own network seems to be down.

        With fewer than five hosts the rule cannot tell; if then not one of them could be resolved, names that
        surely exist are looked up, once.
        """
        silent, tried = self._share()
        if tried >= FEWEST_HOSTS:
            return silent >= FAILING_SHARE * tried
        return tried > 0 and not self._answered and self._unresolved == self._silent and not _names_resolve()


def _names_resolve() -> bool:
    for name in WELL_KNOWN_NAMES:
        try:
            socket.getaddrinfo(name, None)
        except OSError:
            continue
        return True
    return False
