"""Who is at work in a store that machines share, for an operator; read without touching the schema."""

from dataclasses import dataclass
from types import TracebackType
from typing import Self

from sqlalchemy import select

from db.run_lease import LeaseState, lease_state
from db.schema import HEAD, revision_of
from db.sessions import Sessions, as_store_errors
from db.tables import SharedRunRow
from db.worker_networks import WorkerNetwork, living_networks
from verifier.model import RunPhase


@dataclass(frozen=True, slots=True)
class AtWork:
    """The lease, the workers that ask the web, and the shared run that has not ended, with its phase."""

    lease: LeaseState | None
    networks: tuple[WorkerNetwork, ...]
    run: tuple[int, RunPhase] | None


class WorkWatch:
    """Looks into a PostgreSQL store; a context manager. Raises StoreError when it cannot be opened or read."""

    def __init__(self, url: str, busy_seconds: float) -> None:
        self._sessions = Sessions(url, busy_seconds)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._sessions.close()

    def look(self, lease_seconds: float) -> AtWork | None:
        """Who is at work; None where the store's schema is another than this version's."""
        with as_store_errors(self._sessions.url):
            if revision_of(self._sessions) != HEAD:
                return None
        under_way = select(SharedRunRow.run_id, SharedRunRow.phase).where(SharedRunRow.phase != RunPhase.ENDED.value)
        with self._sessions.reading() as session:
            run = session.execute(under_way).first()
            return AtWork(
                lease_state(session),
                tuple(living_networks(session, lease_seconds)),
                None if run is None else (run[0], RunPhase(run[1])),
            )
