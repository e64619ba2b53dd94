"""Waiting for another thread or process: no verdict of a test depends on how fast the machine is."""

import time
from collections.abc import Callable

HANGS = 300.0
"""Seconds after which something is taken to hang, however loaded the machine is."""


def wait_until(condition: Callable[[], object], seconds: float = HANGS) -> None:
    """Return once `condition` holds; fail when it does not within `seconds`."""
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, f"not within {seconds:g} seconds"
        time.sleep(0.02)
