"""Slows down guessing at passwords: after a few failures a name, and an address, has to wait."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

FREE_TRIES = 5
"""Failures in a row that cost nothing: people mistype."""

LONGEST_WAIT = 900.0
"""Seconds; the wait doubles with every failure up to this."""

_MOST_KEPT = 10_000


class Throttle:
    """Counts failures in a row of each key, in this process's memory; thread-safe."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def wait(self, *keys: str) -> float:
        """Seconds until any of these keys may try again; 0 is now."""
        with self._lock:
            waits = [self._until(key) - self._clock() for key in keys if key in self._failures]
            return max(0.0, *waits) if waits else 0.0

    def failed(self, *keys: str) -> None:
        """One more failure of each key."""
        with self._lock:
            for key in keys:
                count, _ = self._failures.pop(key, (0, 0.0))
                self._failures[key] = (count + 1, self._clock())
            while len(self._failures) > _MOST_KEPT:
                self._failures.popitem(last=False)

    def succeeded(self, *keys: str) -> None:
        """Forget the failures of these keys."""
        with self._lock:
            for key in keys:
                self._failures.pop(key, None)

    def _until(self, key: str) -> float:
        count, at = self._failures[key]
        over = count - FREE_TRIES
        return at + min(2.0 ** min(over, 20), LONGEST_WAIT) if over >= 0 else 0.0
