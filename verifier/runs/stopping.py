"""A night that is asked to end (SIGTERM: the machine shuts down, an operator stops the service) ends in order."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from verifier.deadlines import no_deadline


@contextmanager
def stop_on_termination() -> Iterator[Callable[[], bool]]:
    """Says whether the process has been asked to terminate, which then no longer ends it on the spot.

    What is in flight is finished, and the report says what is left. A second request ends the process at once, as
    do the kernel and SIGKILL at any time: a night that was killed is taken up by the next. Only the main thread can
    be asked (`signal.signal`); in another nothing changes.
    """
    if threading.current_thread() is not threading.main_thread():
        yield no_deadline
        return
    asked = threading.Event()

    def ask(_signal: int, _frame: object) -> None:
        asked.set()
        signal.signal(signal.SIGTERM, before)

    before = signal.signal(signal.SIGTERM, ask)
    try:
        yield asked.is_set
    finally:
        signal.signal(signal.SIGTERM, before)
