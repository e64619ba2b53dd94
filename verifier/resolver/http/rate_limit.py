"""Politeness: one request at a time per host, and a pause between two."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


class _Host:
    __slots__ = ("free", "not_before", "waiting")

    def __init__(self) -> None:
        self.free = threading.Lock()
        self.not_before = 0.0
        self.waiting = 0


class HostTurns:
    """An in-process gate: whoever asks a host, in whatever batch, takes the host's turn first.

    `pause` is in seconds, from the end of one request to the start of the next.
    """

    def __init__(self, pause: float) -> None:
        self._pause = pause
        self._hosts: dict[str, _Host] = {}
        self._guard = threading.Lock()

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait for the host's turn and hold it for one request."""
        with self._guard:
            entry = self._hosts.setdefault(host, _Host())
            entry.waiting += 1
        try:
            with entry.free:
                delay = entry.not_before - time.monotonic()
                if delay > 0:
                    time.sleep(delay)
                try:
                    yield
                finally:
                    entry.not_before = max(entry.not_before, time.monotonic() + self._pause)
        finally:
            with self._guard:
                entry.waiting -= 1
                self._forget_idle()

    def postpone(self, host: str, seconds: float) -> None:
        """Let nobody ask the host for so many seconds: what a `Retry-After` wants."""
        with self._guard:
            entry = self._hosts.setdefault(host, _Host())
            entry.not_before = max(entry.not_before, time.monotonic() + seconds)

    def _forget_idle(self) -> None:
        """Hosts by the hundred thousand must not pile up over a night."""
        if len(self._hosts) > 1000:
            now = time.monotonic()
            self._hosts = {name: h for name, h in self._hosts.items() if h.waiting or h.not_before > now}
