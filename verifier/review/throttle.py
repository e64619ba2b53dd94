"""Slows down guessing at passwords: after a few failures an account, and a client's address, has to wait."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from verifier.review.shared_record import SharedRecord

FREE_TRIES = 5
"""Failures in a row that cost nothing: people mistype."""

FREE_TRIES_OF_CLIENT = 15
"""The same of a client's address, behind which a whole house may mistype."""

LONGEST_WAIT = 900.0
"""Seconds; the wait doubles with every failure up to this."""

_MOST_KEPT = 10_000


class Throttle:
    """Counts failures in a row of each key, for all threads and processes of a desk, until it is started again.

    In its file `failures` are [key, how many, when last], `known` are [account, client], both the latest last. The
    clock is one that all processes of a machine share.
    """

    def __init__(self, file: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._record = SharedRecord(file)
        self._clock = clock

    def keys(self, account: str, client: str) -> tuple[str, str]:
        """What a try is counted by: its account and its client, each by itself.

        A client from which somebody logged in to the account has a count of its own for it, so that strangers who guess
        at the account do not lock its owner out.
        """
        is_known = [account, client] in self._record.read().get("known", [])
        return f"account {account}" + (f" at {client}" if is_known else ""), f"client {client}"

    def wait(self, *keys: str) -> float:
        """Seconds until any of these keys may try again; 0 is now."""
        return self._wait(_failures(self._record.read()), keys)

    def try_now(self, *keys: str) -> float:
        """Count a try as a failure of each key, unless one has to wait: then how many seconds, and nothing is counted.

        In one step, or guesses that are sent all at once would all be let through before the first is counted.
        """
        with self._record.changing() as known:
            wait = self._wait(_failures(known), keys)
            if wait <= 0:
                self._count(known, keys)
        return wait

    def failed(self, *keys: str) -> None:
        """One more failure of each key."""
        with self._record.changing() as known:
            self._count(known, keys)

    def succeeded(self, account: str, client: str) -> None:
        """Forget the failures of the account; of the client only one, or a guesser's own account would free them."""
        for_account, for_client = self.keys(account, client)
        with self._record.changing() as known:
            failures = _failures(known)
            failures.pop(for_account, None)
            count, at = failures.pop(for_client, (0, 0.0))
            if count > 1:
                failures[for_client] = (count - 1, at)
            _keep(known, failures)
            others = [one for one in known.get("known", []) if one != [account, client]]
            known["known"] = [*others, [account, client]][-_MOST_KEPT:]

    def _count(self, known: dict[str, Any], keys: tuple[str, ...]) -> None:
        failures = _failures(known)
        for key in keys:
            count, _ = failures.pop(key, (0, 0.0))
            failures[key] = (count + 1, self._clock())
        _keep(known, failures)

    def _wait(self, failures: dict[str, tuple[int, float]], keys: tuple[str, ...]) -> float:
        waits = [_until(key, *failures[key]) - self._clock() for key in keys if key in failures]
        return max(0.0, *waits) if waits else 0.0


def _failures(known: dict[str, Any]) -> dict[str, tuple[int, float]]:
    return {key: (count, at) for key, count, at in known.get("failures", [])}


def _keep(known: dict[str, Any], failures: dict[str, tuple[int, float]]) -> None:
    known["failures"] = [[key, *counted] for key, counted in failures.items()][-_MOST_KEPT:]


def _until(key: str, count: int, at: float) -> float:
    over = count - (FREE_TRIES_OF_CLIENT if key.startswith("client ") else FREE_TRIES)
    return at + min(2.0 ** min(over, 20), LONGEST_WAIT) if over >= 0 else 0.0
