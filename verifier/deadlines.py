"""When work has to end: a function without arguments that says so, asked between two pieces of work."""

import time
from collections.abc import Callable


def no_deadline() -> bool:
    """Time is never up."""
    return False


def deadline(seconds: float) -> Callable[[], bool]:
    """Says from so many seconds on that time is up; a clock that jumps changes nothing."""
    end = time.monotonic() + seconds
    return lambda: time.monotonic() >= end
