"""The store: one object that holds the verbs by subject and gives each of them its transaction."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Self

from sqlalchemy import URL

from db.activity import Activity
from db.archived_copies import ArchivedCopies
from db.assignments import Assignments
from db.batches import Batches
from db.checked_parts import CheckedParts
from db.comparisons import Comparisons
from db.discussion import Discussions
from db.document_list import Shelf
from db.documents import Documents
from db.dump import dump_lines
from db.finding_details import Desk
from db.findings import Findings
from db.health import Health
from db.host_turns import HostTurns
from db.latest_reviews import Decisions
from db.letters import Letters
from db.links import Links
from db.presence import Presences
from db.queue_choices import QueueChoices
from db.queue_jobs import JobTable
from db.queue_state import QueueState, read_queue_state
from db.retention import Retention
from db.review_queue import Queue
from db.rules import Rules
from db.run_lease import RunLease
from db.runs import Runs
from db.saved_filters import SavedFilters
from db.schema import bring_to_head, must_be_at_head
from db.sessions import Sessions
from db.shards import Shards
from db.shared_runs import SharedRuns
from db.snapshot_locations import Places
from db.source_history import SourceHistories
from db.untold_runs import UntoldRuns
from db.worker_networks import WorkerNetworks

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
        self.queue_choices = QueueChoices(sessions, self.queue)
        self.saved_filters = SavedFilters(sessions)
        self.desk = Desk(sessions)
        self.presences = Presences(sessions)
        self.decisions = Decisions(sessions)
        self.source_histories = SourceHistories(sessions)
        self.health = Health(sessions)
        self.shelf = Shelf(sessions)
        self.lease = RunLease(sessions)
        self.shared_runs = SharedRuns(sessions)
        self.shards = Shards(sessions)
        self.untold_runs = UntoldRuns(sessions)
        self.worker_networks = WorkerNetworks(sessions)
        self.rules = Rules(sessions)
        self.assignments = Assignments(sessions)
        self.discussions = Discussions(sessions)
        self.letters = Letters(sessions)
        self.activity = Activity(sessions)
        self.batches = Batches(sessions)

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

    @property
    def url(self) -> URL:
        """Where the database is."""
        return self._sessions.url

    @property
    def is_shared(self) -> bool:
        """Whether workers on several machines can share it: a PostgreSQL database."""
        return self._sessions.url.get_backend_name() == "postgresql"

    def host_turns(self, settle: float) -> HostTurns:
        """The turns of hosts over all workers, for one worker to take. Only of a store that is shared.

        `settle` is how many seconds no host is asked after the server has begun anew.
        """
        return HostTurns(self._sessions, settle)

    def queue_state(self, jobs: JobTable) -> QueueState:
        """How a queue in this database and its workers are. Only of a store that is shared."""
        with self._sessions.reading() as session:
            return read_queue_state(session, jobs)

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
