"""Work beside the upkeep that may take long: it must not keep the run's lease from being renewed."""

import threading
from collections.abc import Callable

from verifier.errors import VerifierError
from verifier.runs.notify.log import Event, error_words, log_event


class Background:
    """One piece of work at a time, in a thread of its own; begun again with the next upkeep, so a failure is logged."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._thread: threading.Thread | None = None

    def begin(self, work: Callable[[], None]) -> None:
        """Do it, unless it is being done."""
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._do, args=(work,), name=self._name, daemon=True)
            self._thread.start()

    def join(self) -> None:
        """Wait until it is done."""
        if self._thread is not None:
            self._thread.join()

    def _do(self, work: Callable[[], None]) -> None:
        try:
            work()
        except VerifierError as error:
            log_event(Event.JOB_FAILED, job=self._name, reason=error_words(error))
