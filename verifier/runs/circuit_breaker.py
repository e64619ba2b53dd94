"""Is it the web that is broken, or our own network? The circuit breaker of a run."""

import socket
from collections.abc import Collection
from enum import StrEnum

from verifier.model import HostsSeen, LinkCheck, Outcome

FEWEST_HOSTS = 5
"""Fewer hosts than this that fail say nothing about our network."""

FAILING_SHARE = 0.8
"""This share of the hosts tried, none of them answering at all, is our network and not theirs."""

WELL_KNOWN_NAMES = ("a.root-servers.net", "b.root-servers.net", "m.root-servers.net")
"""Names that exist as long as the DNS does (RFC 8109, section 3): asked only when no host could be resolved."""

_NOT_RESOLVED = (Outcome.NO_SUCH_HOST, Outcome.RESOLVER_FAILURE, Outcome.NETWORK_UNREACHABLE)

_NOT_SENT = (Outcome.MALFORMED_ADDRESS, Outcome.UNSUPPORTED_SCHEME, Outcome.PRIVATE_ADDRESS, Outcome.CHECK_FAILED)


class HostSign(StrEnum):
    """What a check says of our own network."""

    ANSWERED = "answered"
    SILENT = "silent"
    UNRESOLVED = "unresolved"


def host_sign(check: LinkCheck) -> HostSign | None:
    """What a check says; nothing where it was never sent anywhere (malformed, refused) or failed on us."""
    outcome = check.fetch.outcome
    if outcome in _NOT_SENT:
        return None
    if not outcome.never_connected:
        return HostSign.ANSWERED
    return HostSign.UNRESOLVED if outcome in _NOT_RESOLVED else HostSign.SILENT


def plainly_down(seen: HostsSeen, hosts: int) -> bool:
    """So many of all `hosts` failed already that the rest cannot change it: the run should stop now.

    Dead hosts fail sooner than live ones answer, so a share of those tried so far would stop healthy runs.
    """
    return seen.tried >= FEWEST_HOSTS and seen.silent >= FAILING_SHARE * max(hosts, seen.tried)


def is_down(seen: HostsSeen) -> bool:
    """After the last check: whether our own network seems to be down.

    With fewer than five hosts the rule cannot tell; if then not one of them could be resolved, names that
    surely exist are looked up, once.
    """
    if seen.tried >= FEWEST_HOSTS:
        return seen.silent >= FAILING_SHARE * seen.tried
    return 0 < seen.tried == seen.silent == seen.unresolved and not _names_resolve()


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
        """Count a check, where it says anything."""
        sign = host_sign(check)
        if sign is None or check.host not in self._hosts:
            return
        (self._answered if sign is HostSign.ANSWERED else self._silent).add(check.host)
        if sign is HostSign.UNRESOLVED:
            self._unresolved.add(check.host)

    @property
    def _seen(self) -> HostsSeen:
        silent = self._silent - self._answered
        return HostsSeen(len(silent | self._answered), len(silent), len(silent & self._unresolved))

    @property
    def plainly_down(self) -> bool:
        """Whether the run should stop now."""
        return plainly_down(self._seen, len(self._hosts))

    def is_down(self) -> bool:
        """After the last check: whether our own network seems to be down."""
        return is_down(self._seen)


def _names_resolve() -> bool:
    for name in WELL_KNOWN_NAMES:
        try:
            socket.getaddrinfo(name, None)
        except OSError:
            continue
        return True
    return False
