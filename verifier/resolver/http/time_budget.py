"""The seconds that one address may take: one budget for all its requests and for the reading of all that they bring."""

import time

READING_GRACE = 5.0
"""Seconds beyond the budget in which what was fetched may still be read: a slow server must not leave none for it."""


class TimeBudget:
    """The seconds that one address may still take.

    Counted are its requests, the waits that it causes itself, and the reading of its bodies; not the waits for a turn
    that others cause.
    """

    def __init__(self, seconds: float) -> None:
        self.left = seconds
        self._since: float | None = None

    def start(self) -> None:
        """Begin to count."""
        self._since = time.monotonic()

    def stop(self) -> float:
        """Stop counting; the seconds since `start`."""
        spent = self._running()
        self._since = None
        self.left -= spent
        return spent

    def spend(self, seconds: float) -> None:
        """Count so many seconds."""
        self.left -= seconds

    def timeout(self, most: float) -> float:
        """How long one wait for the network may take, at most `most`. Raises TimeoutError when the budget is spent."""
        left = self.left - self._running()
        if left <= 0:
            raise TimeoutError("the deadline for one address has passed")
        return min(left, most)

    def reading(self, most: float = float("inf")) -> float:
        """How long the reading of a body may take, at most `most`; 0 when nothing is left."""
        return max(0.0, min(self.left + READING_GRACE, most))

    def _running(self) -> float:
        return 0.0 if self._since is None else time.monotonic() - self._since

    def part(self, seconds: float) -> "TimeBudget":
        """A budget of at most so many seconds of this one; what is spent of it is to be spent of this one too."""
        return TimeBudget(min(self.left, seconds))
