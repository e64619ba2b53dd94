"""Politeness: one request at a time per host, a pause between two, and silence for as long as a host asks for it."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import Protocol

from verifier.errors import LimitReached

_LONGEST_SILENCE = 24 * 3600.0
"""Seconds that a host is left alone at most, whatever it asks for: no run lasts longer."""


_LAST_LOOK: ContextVar[Callable[[], None] | None] = ContextVar("verifier_last_look", default=None)


@contextmanager
def last_look(look: Callable[[], None]) -> Iterator[None]:
    """Have `look` called by this thread right before a request is sent, for as long as the context lasts."""
    token = _LAST_LOOK.set(look)
    try:
        yield
    finally:
        _LAST_LOOK.reset(token)


def look_before_sending() -> None:
    """To be called when everything is ready and nothing was sent yet. Raises HostAsksToWait where the turn was lost."""
    look = _LAST_LOOK.get()
    if look is not None:
        look()


class HostAsksToWait(LimitReached):
    """A host wants to be left alone for longer than we wait: it was not asked."""


class RateLimiter(Protocol):
    """When a host may be asked: whoever asks it, for whatever address, takes its turn first.

    `HostRateLimiter` keeps the turns of one process; where several share the work, a queue's keeps those of all.
    """

    def turn(self, host: str) -> AbstractContextManager[None]:
        """Wait for the host's turn and hold it for one request. Raises HostAsksToWait."""
        ...

    def postpone(self, host: str, seconds: float) -> None:
        """Let nobody ask the host for so many seconds."""
        ...

    def slow_down(self, host: str, pause: float) -> None:
        """Let at least so many seconds pass between two requests to the host."""
        ...

    def pause_of(self, host: str) -> float:
        """The seconds that pass between two requests to the host."""
        ...


class _Host:
    __slots__ = ("free", "not_before", "pause", "waiting")

    def __init__(self, pause: float) -> None:
        self.free = threading.Lock()
        self.not_before = 0.0
        self.pause = pause
        self.waiting = 0

    def is_idle(self, pause: float, now: float) -> bool:
        return not self.waiting and self.not_before <= now and self.pause == pause


class HostRateLimiter:
    """An in-process gate: whoever asks a host, for whatever address, takes the host's turn first; thread-safe.

    `pause` is in seconds, from the end of one request to the start of the next. `longest_wait` is how long a host's
    `Retry-After` is waited for, in seconds; a host that asks for more is not asked.
    """

    def __init__(self, pause: float, longest_wait: float = _LONGEST_SILENCE) -> None:
        self._pause = pause
        self._longest_wait = longest_wait
        self._hosts: dict[str, _Host] = {}
        self._guard = threading.Lock()

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait for the host's turn and hold it for one request.

        Raises HostAsksToWait, also to those who waited for their turn when another's answer asked for it.
        """
        with self._guard:
            entry = self._entry(host)
            entry.waiting += 1
        try:
            with entry.free:
                delay = entry.not_before - time.monotonic()
                if delay > max(self._longest_wait, entry.pause):
                    raise HostAsksToWait(f"{host} asks to be left alone for {delay:.0f} more seconds")
                if delay > 0:
                    time.sleep(delay)
                try:
                    yield
                finally:
                    entry.not_before = max(entry.not_before, time.monotonic() + entry.pause)
        finally:
            with self._guard:
                entry.waiting -= 1
                self._forget_idle()

    def postpone(self, host: str, seconds: float) -> None:
        """Let nobody ask the host for so many seconds: what a `Retry-After` wants."""
        with self._guard:
            entry = self._entry(host)
            entry.not_before = max(entry.not_before, time.monotonic() + min(seconds, _LONGEST_SILENCE))

    def slow_down(self, host: str, pause: float) -> None:
        """Let at least so many seconds pass between two requests to the host: what a `Crawl-delay` wants."""
        with self._guard:
            entry = self._entry(host)
            entry.not_before += max(0.0, pause - entry.pause)
            entry.pause = max(entry.pause, pause)

    def pause_of(self, host: str) -> float:
        """The seconds that pass between two requests to the host."""
        with self._guard:
            return self._entry(host).pause

    def _entry(self, host: str) -> _Host:
        return self._hosts.setdefault(host, _Host(self._pause))

    def _forget_idle(self) -> None:
        """Hosts by the hundred thousand must not pile up over a night."""
        if len(self._hosts) > 1000:
            now = time.monotonic()
            self._hosts = {name: h for name, h in self._hosts.items() if not h.is_idle(self._pause, now)}
