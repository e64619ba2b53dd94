"""Who is at work in a PostgreSQL store: one row, held for some seconds at a time, by one process or by all workers.

What a lock on a file is to a data folder. Its time is the server's clock.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, select, update
from sqlalchemy.orm import Session

from db.sessions import Fence, Sessions, insert
from db.tables import RunLeaseRow, RunShardRow, SharedRunRow
from verifier.errors import StoreBusyError
from verifier.model import RunPhase

_RUN = "run"


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to work in the store; void once a later holder has a higher token."""

    token: int


@dataclass(frozen=True, slots=True)
class LeaseState:
    """Who holds the lease; `left` are the seconds for which it holds yet, negative once it has lapsed.

    `holder` is empty once it was let go of; `since` is null where an earlier version took it; `run_id` is the run whose
    workers hold it together.
    """

    holder: str
    since: datetime | None
    run_id: int | None
    left: float


class RunLease:
    """The verbs about who is at work; only for PostgreSQL stores."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def acquire(self, holder: str, seconds: float) -> Lease:
        """Take the lease for so many seconds; whatever was still shared among workers ends with it.

        Raises StoreBusyError when another holds it.
        """
        with self._sessions.writing() as session:
            free = insert(session, RunLeaseRow).values(
                name=_RUN, holder="", token=0, run_id=None, expires_at=func.now() - timedelta(seconds=1)
            )
            session.execute(free.on_conflict_do_nothing(index_elements=["name"]))
            held = session.execute(
                select(RunLeaseRow.holder, RunLeaseRow.token, RunLeaseRow.expires_at > func.now()).with_for_update()
            ).one()
            if held[2]:
                raise StoreBusyError(
                    f"another run is at work in this store ({held[0]}); wait for it. If it died, its lease lapses by "
                    "itself"
                )
            token = int(held[1]) + 1
            until = func.now() + timedelta(seconds=seconds)
            _set(session, holder=holder, token=token, run_id=None, expires_at=until, acquired_at=func.now())
            _end_shared_runs(session)
            return Lease(token)

    def renew(self, lease: Lease, seconds: float) -> bool:
        """Hold it for so many seconds from now; False when another holds it by now."""
        with self._sessions.writing() as session:
            renewed = session.execute(
                update(RunLeaseRow)
                .where(RunLeaseRow.name == _RUN, RunLeaseRow.token == lease.token)
                .values(expires_at=func.now() + timedelta(seconds=seconds))
                .returning(RunLeaseRow.token)
            )
            return renewed.first() is not None

    def hand_over(self, lease: Lease, run_id: int, seconds: float) -> None:
        """Leave the lease to the workers of a run, who renew it by `renew_for`."""
        with self._sessions.writing() as session:
            of_holder = and_(RunLeaseRow.name == _RUN, RunLeaseRow.token == lease.token)
            values = {"run_id": run_id, "holder": f"workers of run {run_id}"}
            session.execute(
                update(RunLeaseRow)
                .where(of_holder)
                .values(**values, expires_at=func.now() + timedelta(seconds=seconds))
            )

    def renew_for(self, run_id: int, seconds: float) -> bool:
        """Hold the lease of a run's workers for so many seconds from now; False when it is not theirs any more."""
        with self._sessions.writing() as session:
            renewed = session.execute(
                update(RunLeaseRow)
                .where(RunLeaseRow.name == _RUN, RunLeaseRow.run_id == run_id)
                .values(expires_at=func.now() + timedelta(seconds=seconds))
                .returning(RunLeaseRow.token)
            )
            return renewed.first() is not None

    def release(self, lease: Lease) -> None:
        """Let others in; nothing where it was handed over, or taken over, meanwhile."""
        with self._sessions.writing() as session:
            own = and_(RunLeaseRow.name == _RUN, RunLeaseRow.token == lease.token, RunLeaseRow.run_id.is_(None))
            session.execute(update(RunLeaseRow).where(own).values(expires_at=func.now(), holder=""))

    def state(self) -> LeaseState | None:
        """Who holds it, or held it last; None where nobody ever did."""
        with self._sessions.reading() as session:
            return lease_state(session)

    def fence(self, lease: Lease) -> Fence:
        """What a holder's writings are kept under."""
        held = select(RunLeaseRow.token).where(RunLeaseRow.name == _RUN, RunLeaseRow.token == lease.token)
        lost = "another run took over this store, since this one gave no sign of life; nothing more is written"
        return Fence(held.with_for_update(read=True), lost)


def lease_state(session: Session) -> LeaseState | None:
    """As `RunLease.state`, on an open session."""
    row = RunLeaseRow
    left = func.extract("epoch", row.expires_at - func.now())
    found = session.execute(select(row.holder, row.acquired_at, row.run_id, left).where(row.name == _RUN)).first()
    return None if found is None else LeaseState(found[0], found[1], found[2], float(found[3]))


def release_of_run(session: Session, run_id: int) -> None:
    """Let others in once a shared run has ended."""
    own = and_(RunLeaseRow.name == _RUN, RunLeaseRow.run_id == run_id)
    session.execute(update(RunLeaseRow).where(own).values(expires_at=func.now(), run_id=None, holder=""))


def _set(session: Session, **values: Any) -> None:
    session.execute(update(RunLeaseRow).where(RunLeaseRow.name == _RUN).values(**values))


def _end_shared_runs(session: Session) -> None:
    """No worker of an earlier run writes any more: its tokens are void."""
    open_shards = update(RunShardRow).where(RunShardRow.is_open)
    session.execute(open_shards.values(is_open=False, epoch=RunShardRow.epoch + 1))
    unfinished = update(SharedRunRow).where(SharedRunRow.phase != RunPhase.ENDED.value)
    session.execute(unfinished.values(phase=RunPhase.ENDED.value))
