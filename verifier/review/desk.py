"""What all pages of the desk share: the store, the archive, who may come in, the jobs that are running."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from threading import Lock
from typing import TypeVar

from flask import abort, current_app, g, url_for

from db.queue_changes import VersionedCache
from db.store import Store
from verifier.model import SnapshotRef
from verifier.objects.editions import Editions
from verifier.resolver import ArchivedPage, OpenArchive, open_archive
from verifier.review.access import Access
from verifier.review.batch_runner import BatchRunner
from verifier.review.jobs import Jobs
from verifier.review.note_list import NoteLists
from verifier.review.throttle import Throttle
from verifier.review.users import Person
from verifier.settings import Settings

_NAME = "verifier"

_MOST_MADE = 300
"""What is kept of pages that were made of the queue: rows, choices; of some 50 KB each."""


T = TypeVar("T")


@dataclass
class AppState:
    """One desk: what it was opened with and what it keeps in memory."""

    settings: Settings
    store: Store
    access: Access
    jobs: Jobs
    throttle: Throttle
    made: VersionedCache = field(default_factory=lambda: VersionedCache(_MOST_MADE))
    notes: NoteLists = field(default_factory=NoteLists)
    _archive: OpenArchive | None = None
    _lock: Lock = field(default_factory=Lock)

    def archived(self, snapshot: SnapshotRef) -> ArchivedPage:
        """A snapshot, read back and proven. Raises ArchiveError."""
        return self._opened_archive().read(snapshot.warc_file, snapshot.offset)

    def archived_record(self, snapshot: SnapshotRef) -> bytes:
        """The WARC record of a snapshot, compressed as it is kept. Raises ArchiveError."""
        return self._opened_archive().record(snapshot.warc_file, snapshot.offset)

    def _opened_archive(self) -> OpenArchive:
        with self._lock:
            if self._archive is None:
                self._archive = open_archive(self.settings)
        return self._archive

    @cached_property
    def batches(self) -> BatchRunner:
        """What carries out batches."""
        return BatchRunner(self.store)

    @cached_property
    def editions(self) -> Editions:
        """The copies of the documents' editions."""
        return Editions(self.settings.documents_folder, self.settings.objects)


def attach(state: AppState) -> None:
    """Give the application its desk."""
    current_app.extensions[_NAME] = state


def app_state() -> AppState:
    """The desk of the application that answers."""
    state: AppState = current_app.extensions[_NAME]
    return state


def person() -> Person:
    """Who is asking; only pages that nobody sees without being known ask for it."""
    found: Person | None = g.get("person")
    if found is None:
        abort(403, "Log in first.")
    return found


def kept(key: Hashable, make: Callable[[], T]) -> T:
    """What was made for a key of the queue as it is now, made when it is not kept; the same for whoever asks.

    In a page that shows one state of the store, of that state.
    """
    state = app_state()
    return state.made.of(state.store.queue.version(), key, make)


def now() -> datetime:
    """The time, timezone-aware."""
    return datetime.now(UTC)


def home() -> str:
    """Where the queue is."""
    return url_for("queue.show")
