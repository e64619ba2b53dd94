"""Politeness over all workers: a host's turn is taken in this process first, then in the store."""

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial

from db.host_turns import HostTurns
from verifier.resolver import HostAsksToWait, HostRateLimiter
from verifier.resolver.http.rate_limit import last_look
from verifier.settings import FetchSettings

_LONGEST_POLL = 0.25
"""Seconds between two looks whether another worker has let go of a host; a request takes about as long."""

_HELD = 30.0
"""Seconds that another worker may hold a host before its address is passed over: it may be stopped in mid-request."""

_HELD_STILL = 10.0
"""Seconds for which a host that was held so long counts as held, without another look."""

_BEATS = 4
"""Signs of life in the time after which a worker without one counts as dead."""

_LOOK_FOR_SILENT = 2.0
"""Seconds between two looks whether who holds a host gives no sign of life any more."""

_SENT_AT_ONCE = 0.1
"""Seconds after the start of a turn within which a request is sent without another look at the store."""

_CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""A clock that goes on while the machine sleeps, where there is one."""


def _now() -> float:
    return time.clock_gettime(_CLOCK)


class SharedRateLimiter:
    """`verifier.resolver.http.rate_limit.RateLimiter` over all workers of a store; thread-safe.

    A turn is held by this process alone (`HostRateLimiter`), and by this worker alone (`db.host_turns`). A worker that
    gave no sign of life for `lease` seconds loses its hosts to those who wait for one of them; should it go on, it
    looks whether it still has its turn right before it sends anything.
    """

    def __init__(self, settings: FetchSettings, turns: HostTurns, lease: float = 60.0) -> None:
        self._here = HostRateLimiter(settings.pause, settings.retry_after_cap)
        self._longest_wait = settings.retry_after_cap
        self._turns = turns
        self._held: dict[str, float] = {}
        self._lease = lease
        self._closed = threading.Event()
        self._beating = threading.Thread(target=self._beat, name="signs of life", daemon=True)
        self._begun = threading.Lock()

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait for the host's turn and hold it for one request. Raises HostAsksToWait, StoreError."""
        with self._here.turn(host):
            pause = self._here.pause_of(host)
            wait = self._take(host, pause)
            asked = False
            try:
                self._await_start(host, pause, wait)
                asked = True
                with last_look(partial(self._look, host, pause, _now())):
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
        self._closed.set()
        self._turns.close()

    def _look(self, host: str, pause: float, started: float) -> None:
        """Raises HostAsksToWait where the turn that began then was lost while we did not go on."""
        if _now() - started > _SENT_AT_ONCE and not self._turns.confirm(host, pause):
            raise HostAsksToWait(f"{host} was given to another worker, since this one did not go on")

    def _beat(self) -> None:
        while not self._closed.wait(self._lease / _BEATS):
            self._turns.beat()

    def _begin_beating(self) -> None:
        with self._begun:
            if self._beating.ident is None:
                self._beating.start()

    def _take(self, host: str, pause: float) -> float:
        """Have the host for this worker, and begin a request: the seconds that it has to be left alone still."""
        if self._held.get(host, 0.0) > time.monotonic():
            raise HostAsksToWait(f"{host} is being asked by another worker")
        self._begin_beating()
        until, poll, look = time.monotonic() + _HELD, 0.02, 0.0
        while (wait := self._turns.begin(host, pause)) is None:
            if time.monotonic() >= look:
                look = time.monotonic() + _LOOK_FOR_SILENT
                self._turns.free(host, self._lease)
            if time.monotonic() > until:
                self._held[host] = time.monotonic() + _HELD_STILL
                raise HostAsksToWait(f"{host} is being asked by another worker")
            time.sleep(poll)
            poll = min(2 * poll, _LONGEST_POLL)
        self._held.pop(host, None)
        return wait

    def _await_start(self, host: str, pause: float, wait: float) -> None:
        while wait > 0:
            if wait > max(self._longest_wait, pause):
                raise HostAsksToWait(f"{host} asks to be left alone for {wait:.0f} more seconds")
            time.sleep(wait)
            wait = self._turns.start(host, pause)
