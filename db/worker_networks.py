"""Which workers ask the web, which of them cannot, and by whom they find out: each writes its own row, all read them.

The times are the server's clock. A worker that was silent for longer than its lease counts as dead.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from db.sessions import Sessions, insert
from db.tables import AddressRow, RunHostRow, WorkerNetworkRow
from verifier.domains import shard_of

_FORGOTTEN = timedelta(hours=1)
"""After so long without a sign of life nobody asks for a worker's network any more."""


@dataclass(frozen=True, slots=True)
class WorkerNetwork:
    """A worker that asks the web, and since when it cannot; `offline_seconds` is None where it can."""

    worker: str
    offline_since: datetime | None
    offline_seconds: float | None


class WorkerNetworks:
    """The verbs about the networks of workers; only for PostgreSQL stores."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def report(self, worker: str, offline: bool) -> None:
        """A worker lives, and its own network is away, or not."""
        with self._sessions.writing() as session:
            since = func.now() if offline else None
            new = insert(session, WorkerNetworkRow).values(worker=worker, seen_at=func.now(), offline_since=since)
            kept = func.coalesce(WorkerNetworkRow.offline_since, new.excluded.offline_since) if offline else None
            session.execute(
                new.on_conflict_do_update(
                    index_elements=["worker"], set_={"seen_at": new.excluded.seen_at, "offline_since": kept}
                )
            )
            session.execute(delete(WorkerNetworkRow).where(WorkerNetworkRow.seen_at < func.now() - _FORGOTTEN))

    def forget(self, worker: str) -> None:
        """A worker has ended."""
        with self._sessions.writing() as session:
            session.execute(delete(WorkerNetworkRow).where(WorkerNetworkRow.worker == worker))

    def answered_in_run(self, run_id: int, most: int) -> list[str]:
        """Some addresses, each of another host that answered a worker in a run."""
        row = RunHostRow
        hosts = select(row.host).where(row.run_id == run_id, row.answered).order_by(func.random()).limit(most)
        with self._sessions.reading() as session:
            of_hosts = [
                select(AddressRow.url).where(AddressRow.shard == shard_of(host), AddressRow.host == host).limit(1)
                for host in session.scalars(hosts)
            ]
            return [url for one in of_hosts if (url := session.scalar(one)) is not None]

    def alive(self, lease_seconds: float) -> list[WorkerNetwork]:
        """Those that gave a sign of life within the lease."""
        with self._sessions.reading() as session:
            return living_networks(session, lease_seconds)


def living_networks(session: Session, lease_seconds: float) -> list[WorkerNetwork]:
    """As `WorkerNetworks.alive`, on an open session."""
    row = WorkerNetworkRow
    seconds = func.extract("epoch", func.now() - row.offline_since)
    alive = select(row.worker, row.offline_since, seconds).where(
        row.seen_at > func.now() - timedelta(seconds=lease_seconds)
    )
    return [
        WorkerNetwork(worker, since, None if since is None else float(age))
        for worker, since, age in session.execute(alive.order_by(row.worker))
    ]
