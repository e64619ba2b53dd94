"""Slows down guessing at passwords: after a few failures an account, and a client's address, has to wait."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

FREE_TRIES = 5
"""Failures in a row that cost nothing: people mistype."""

FREE_TRIES_OF_CLIENT = 15
"""The same of a client's address, behind which a whole house may mistype."""

LONGEST_WAIT = 900.0
"""Seconds; the wait doubles with every failure up to this."""

_MOST_KEPT = 10_000


class Throttle:
    """Counts failures in a row of each key, in this process's memory; thread-safe."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self._known: OrderedDict[tuple[str, str], None] = OrderedDict()

    def keys(self, account: str, client: str) -> tuple[str, str]:
        """What a try is counted by: its account and its client, each by itself.

        A client from which somebody logged in to the account has a count of its own for it, so that strangers who guess
        at the account do not lock its owner out.
        """
        with self._lock:
            is_known = (account, client) in self._known
        return f"account {account}" + (f" at {client}" if is_known else ""), f"client {client}"

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

    def succeeded(self, account: str, client: str) -> None:
        """Forget the failures of the account; of the client only one, or a guesser's own account would free them."""
        for_account, for_client = self.keys(account, client)
        with self._lock:
            self._failures.pop(for_account, None)
            count, at = self._failures.pop(for_client, (0, 0.0))
            if count > 1:
                self._failures[for_client] = (count - 1, at)
            self._known[(account, client)] = None
            self._known.move_to_end((account, client))
            while len(self._known) > _MOST_KEPT:
                self._known.popitem(last=False)

    def _until(self, key: str) -> float:
        count, at = self._failures[key]
        over = count - (FREE_TRIES_OF_CLIENT if key.startswith("client ") else FREE_TRIES)
        return at + min(2.0 ** min(over, 20), LONGEST_WAIT) if over >= 0 else 0.0
