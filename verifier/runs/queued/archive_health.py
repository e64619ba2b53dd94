"""Whether archive and documents answer, as one worker knows it: while they do not, it asks nobody for anything."""

import threading
import time
from collections.abc import Callable

from verifier.errors import ArchiveAwayError, ArchiveError
from verifier.objects import open_objects
from verifier.runs.notify.log import Event, error_words, log_event
from verifier.settings import Settings

_PROBED = "verifier.probe"
"""Asked for to see whether the bucket answers at all; no object has this name."""

_LOOK_AGAIN = 2.0
"""Seconds between two such questions."""


class ArchiveHealth:
    """What a page says can only be kept while the archive answers: else it would be asked for again and again.

    Thread-safe.
    """

    def __init__(self, settings: Settings) -> None:
        self._objects = open_objects(settings.archive_folder, settings.objects)
        self._lock = threading.Lock()
        self._is_away = False
        self._next_look = 0.0

    def failed(self, error: ArchiveAwayError) -> None:
        """A job ended since it did not answer."""
        with self._lock:
            if not self._is_away:
                log_event(Event.ARCHIVE_AWAY, reason=error_words(error))
            self._is_away = True

    def wait(self, give_up: threading.Event, time_is_up: Callable[[], bool]) -> bool:
        """Return once it answers, True, or the night has to stop, which is another job's to say.

        False where the worker is to end: nothing may be begun then.
        """
        while self._answers_not() and not time_is_up():
            if give_up.wait(_LOOK_AGAIN):
                return False
        return True

    def _answers_not(self) -> bool:
        with self._lock:
            if self._is_away and time.monotonic() >= self._next_look:
                self._look()
                self._next_look = time.monotonic() + _LOOK_AGAIN
            return self._is_away

    def _look(self) -> None:
        try:
            self._objects.size(_PROBED)
        except ArchiveAwayError:
            return
        except ArchiveError:  # it answers, if only that it may not say
            pass
        self._is_away = False
        log_event(Event.ARCHIVE_BACK)
