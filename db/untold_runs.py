"""Runs that ended and of which nobody was told yet: committed with their end, so that no mail is lost with a worker."""

from datetime import timedelta

from sqlalchemy import func, or_, select, update

from db.sessions import Sessions
from db.tables import SharedRunRow


class UntoldRuns:
    """The verbs about runs to be told of; only for PostgreSQL stores."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def claim(self, seconds: float) -> int | None:
        """Take the oldest such run for so many seconds, after which another may; None where there is none."""
        row = SharedRunRow
        free = or_(row.telling_until.is_(None), row.telling_until < func.now())
        oldest = select(row.run_id).where(row.awaits_telling, free).order_by(row.run_id).limit(1)
        with self._sessions.writing() as session:
            taken = session.execute(
                update(row)
                .where(row.run_id == oldest.with_for_update(skip_locked=True).scalar_subquery())
                .values(telling_until=func.now() + timedelta(seconds=seconds))
                .returning(row.run_id)
                .execution_options(synchronize_session=False)
            )
            return taken.scalar()

    def told(self, run_id: int) -> None:
        """Somebody was told of a run, or it was found that nobody can be."""
        with self._sessions.writing() as session:
            of_run = update(SharedRunRow).where(SharedRunRow.run_id == run_id)
            session.execute(of_run.values(awaits_telling=False, telling_until=None))
