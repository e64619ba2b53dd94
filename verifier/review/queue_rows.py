"""The rows of a page of the queue, kept for a moment: many look at the same page, changed by decisions."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from db.review_queue import COUNTS_LAST, QueueFilter, QueueKey

_MOST_KEPT = 200
"""Pages; of some 50 KB each."""


@dataclass(frozen=True, slots=True)
class QueueRows:
    """The rows of a page as HTML (the same for everybody), whether there are any, and where the last one is."""

    html: Markup
    any: bool
    last: QueueKey | None


_Page = tuple[QueueFilter, QueueKey | None, int]
"""A page by its filter, and the place or the number of findings that it comes after."""


class RowsCache:
    """Rows by filter and place, for as long as the queue's version is the same, some seconds at most; thread-safe."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[QueueFilter, QueueKey | None, int], tuple[object, float, QueueRows]] = (
            OrderedDict()
        )

    def rows(
        self,
        wanted: QueueFilter,
        after: QueueKey | None,
        version: object,
        make: Callable[[], QueueRows],
        offset: int = 0,
    ) -> QueueRows:
        """The rows of a page, made when they are not kept or were made of another version."""
        key = (wanted, after, offset)
        with self._lock:
            kept = self._kept.get(key)
        if kept and kept[0] == version and self._clock() - kept[1] < COUNTS_LAST:
            return kept[2]
        made = make()
        with self._lock:
            self._kept[key] = (version, self._clock(), made)
            self._kept.move_to_end(key)
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return made
