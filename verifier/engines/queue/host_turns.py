"""Politeness over all workers: a host's turn is taken in this process first, then in the store."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from db.host_turns import HostTurns
from verifier.resolver import HostAsksToWait, HostRateLimiter
from verifier.settings import FetchSettings

_LONGEST_POLL = 0.25
"""Seconds between two looks whether another worker has let go of a host; a request takes about as long."""

_HELD = 30.0
"""Seconds that another worker may hold a host before its address is passed over: it was stopped in mid-request."""

_HELD_STILL = 10.0
"""Seconds for which a host that was held so long counts as held, without another look."""


class SharedRateLimiter:
    """`verifier.resolver.http.rate_limit.RateLimiter` over all workers of a store; thread-safe.

    A turn is held by this process alone (`HostRateLimiter`), and by this worker alone (`db.host_turns`).
    """

    def __init__(self, settings: FetchSettings, turns: HostTurns) -> None:
        self._here = HostRateLimiter(settings.pause, settings.retry_after_cap)
        self._longest_wait = settings.retry_after_cap
        self._turns = turns
        self._held: dict[str, float] = {}

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait for the host's turn and hold it for one request. Raises HostAsksToWait, StoreError."""
        with self._here.turn(host):
            pause = self._here.pause_of(host)
            wait = self._take(host, pause)
            asked = False
            try:
                while wait > 0:
                    if wait > max(self._longest_wait, pause):
                        raise HostAsksToWait(f"{host} asks to be left alone for {wait:.0f} more seconds")
                    time.sleep(wait)
                    wait = self._turns.start(host, pause)
                asked = True
                yield
            finally:
                self._turns.end(host, self._here.pause_of(host) if asked else None)

    def postpone(self, host: str, seconds: float) -> None:
        """Let no worker ask the host for so many seconds."""
        self._here.postpone(host, seconds)
        self._turns.postpone(host, seconds)

    def slow_down(self, host: str, pause: float) -> None:
        """Let at least so many seconds pass between two requests to the host."""
        self._here.slow_down(host, pause)

    def pause_of(self, host: str) -> float:
        """The seconds that pass between two requests to the host."""
        return self._here.pause_of(host)

    def is_held(self, hosts: Iterable[str]) -> bool:
        """Whether another worker was found to hold one of these hosts for longer than we wait."""
        return any(host in self._held for host in hosts)

    def close(self) -> None:
        """Let go of every host."""
        self._turns.close()

    def _take(self, host: str, pause: float) -> float:
        """Have the host for this worker, and begin a request: the seconds that it has to be left alone still."""
        if self._held.get(host, 0.0) > time.monotonic():
            raise HostAsksToWait(f"{host} is being asked by another worker")
        until, poll = time.monotonic() + _HELD, 0.02
        while (wait := self._turns.begin(host, pause)) is None:
            if time.monotonic() > until:
                self._held[host] = time.monotonic() + _HELD_STILL
                raise HostAsksToWait(f"{host} is being asked by another worker")
            time.sleep(poll)
            poll = min(2 * poll, _LONGEST_POLL)
        self._held.pop(host, None)
        return wait
