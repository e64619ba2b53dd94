"""Carries batches out, part by part: a small one before the page answers, a large one behind it."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

from db.batches import StoredBatch
from db.store import Store
from verifier.errors import StoreBusyError, VerifierError

REST = 0.025
"""Seconds between two parts, in which others write: SQLite's waiting looks at least that often in its first 100 ms."""

AT_ONCE = 2
"""Parts that are made before the page answers: well under a second."""

_TRIES = 5
"""Times that a part is tried again while another process holds the store."""

_log = logging.getLogger("verifier.review")


class BatchRunner:
    """Carries out the batches of one desk; for any number of threads."""

    def __init__(self, store: Store, rest: Callable[[float], None] = time.sleep) -> None:
        """`rest` is what is done between two parts, for so many seconds."""
        self._store = store
        self._rest = rest
        self._running: set[str] = set()
        self._lock = threading.Lock()

    def carry_out(self, batch: StoredBatch) -> StoredBatch:
        """Go on with a batch or its undoing; what takes longer goes on in the background. How far it is now."""
        for _ in range(AT_ONCE):
            if batch.is_over:
                return batch
            batch = self._next(batch.id) or batch
        if not batch.is_over:
            self._start(batch.id)
        return batch

    def is_running(self, batch_id: str) -> bool:
        """Whether this process is at work on a batch."""
        with self._lock:
            return batch_id in self._running

    def _start(self, batch_id: str) -> None:
        with self._lock:
            if batch_id in self._running:
                return
            self._running.add(batch_id)
        # A daemon: a part is whole or not there when the desk is stopped, and the batch's page offers the rest.
        threading.Thread(target=self._follow, args=(batch_id,), name=f"batch-{batch_id}", daemon=True).start()

    def _follow(self, batch_id: str) -> None:
        try:
            while (batch := self._next(batch_id)) is not None and not batch.is_over:
                self._rest(REST)
        except VerifierError as error:  # its page says that it has stopped, and offers to go on
            _log.error("batch %s has stopped: %s", batch_id, error)
        finally:
            with self._lock:
                self._running.discard(batch_id)

    def _next(self, batch_id: str) -> StoredBatch | None:
        for attempt in range(_TRIES):
            try:
                return self._store.batches.go_on(batch_id, datetime.now(UTC))
            except StoreBusyError:
                if attempt == _TRIES - 1:
                    raise
                self._rest(REST)
        return None
