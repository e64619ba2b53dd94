"""The store: one object that holds the verbs by subject and gives each of them its transaction."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Self

from db.activity import Activity
from db.archived_copies import ArchivedCopies
from db.assignments import Assignments
from db.checked_parts import CheckedParts
from db.comparisons import Comparisons
from db.discussion import Discussions
from db.document_list import Shelf
from db.documents import Documents
from db.dump import dump_lines
from db.finding_details import Desk
from db.findings import Findings
from db.health import Health
from db.latest_reviews import Decisions
from db.letters import Letters
from db.links import Links
from db.presence import Presences
from db.retention import Retention
from db.review_queue import Queue
from db.rules import Rules
from db.runs import Runs
from db.saved_filters import SavedFilters
from db.schema import bring_to_head, must_be_at_head
from db.sessions import Sessions
from db.snapshot_locations import Places
from db.source_history import SourceHistories

BUSY_SECONDS = 30.0
"""How long a writer waits for another process before it gives up: a write takes milliseconds, a migration seconds."""


class Store:
    """A database of documents, links, comparisons and findings; safe for many threads, and for several processes.

    Every verb raises StoreError when the database fails, and StoreBusyError when another process holds it too long.
    """

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self.runs = Runs(sessions)
        self.documents = Documents(sessions)
        self.links = Links(sessions)
        self.archived_copies = ArchivedCopies(sessions)
        self.comparisons = Comparisons(sessions)
        self.findings = Findings(sessions)
        self.checked_parts = CheckedParts(sessions)
        self.retention = Retention(sessions)
        self.places = Places(sessions)
        self.queue = Queue(sessions)
        self.saved_filters = SavedFilters(sessions)
        self.desk = Desk(sessions)
        self.presences = Presences(sessions)
        self.decisions = Decisions(sessions)
        self.source_histories = SourceHistories(sessions)
        self.health = Health(sessions)
        self.shelf = Shelf(sessions)
        self.rules = Rules(sessions)
        self.assignments = Assignments(sessions)
        self.discussions = Discussions(sessions)
        self.letters = Letters(sessions)
        self.activity = Activity(sessions)

    @classmethod
    def open(cls, url: str, busy_seconds: float = BUSY_SECONDS) -> Self:
        """Open the store at an address such as `sqlite:////data/verifier.db` or `postgresql+psycopg://...`.

        A new database gets its tables, an older one is upgraded. Raises StoreError when it cannot be opened, is no
        database of ours, or was written by a newer version.
        """
        sessions = Sessions(url, busy_seconds)
        try:
            bring_to_head(sessions)
            sessions.opened()
        except BaseException:
            sessions.close()
            raise
        return cls(sessions)

    def close(self) -> None:
        """Let go of the database."""
        self._sessions.close()

    def let_go(self) -> None:
        """Close connections that are open; the next verb opens others. Before a fork: no two processes share one."""
        self._sessions.close()

    def must_be_same(self) -> None:
        """Raises StoreReplacedError when the store's file is another than was opened; costs next to nothing."""
        self._sessions.must_be_same_file()

    def must_be_current(self) -> None:
        """Raises StoreReplacedError as `must_be_same`, and when a newer version upgraded the store since."""
        self._sessions.must_be_same_file()
        must_be_at_head(self._sessions)

    def one_state(self) -> AbstractContextManager[None]:
        """While it is entered, every verb of this thread reads one and the same state of the store."""
        return self._sessions.one_state()

    def dump(self) -> Iterator[str]:
        """The whole store as JSON lines in one canonical order, for comparing two; see `db.dump`."""
        return dump_lines(self._sessions)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
