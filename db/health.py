"""The link statuses of the sources that are cited now, after each of the last runs."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from db.cited import printed_by_current_editions
from db.sessions import Sessions
from db.tables import FetchRow, RunRow
from verifier.model import LinkStatus, RunState

MOST_RUNS = 60
"""Runs that are reported: two months of nights."""


@dataclass(frozen=True, slots=True)
class RunHealth:
    """How many addresses of current editions had each status when a run had ended; `checked` by this run.

    An address that a run did not ask counts as it last did; one never asked by then is left out.
    """

    run_id: int
    at: datetime
    statuses: Mapping[LinkStatus, int]
    checked: int


class Health:
    """The verbs about how sources fare."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def over_time(self, most: int = MOST_RUNS) -> list[RunHealth]:
        """The last so many runs that asked anything, oldest first, without those whose network was down."""
        with self._sessions.reading() as session:
            runs = session.execute(
                select(RunRow.id, func.coalesce(RunRow.finished_at, RunRow.started_at))
                .where(RunRow.state != RunState.NETWORK_DOWN, exists().where(FetchRow.run_id == RunRow.id))
                .order_by(RunRow.id.desc())
                .limit(most)
            ).all()
            return _health(session, {row[0]: row[1] for row in runs}) if runs else []


def _health(session: Session, runs: dict[int, datetime]) -> list[RunHealth]:
    printed = printed_by_current_editions()
    first = min(runs)
    counted = (
        select(FetchRow.run_id, FetchRow.address_id, FetchRow.status)
        .join(RunRow, RunRow.id == FetchRow.run_id)
        .where(FetchRow.address_id.in_(printed), RunRow.state != RunState.NETWORK_DOWN)
    )
    last_before = (
        select(func.max(FetchRow.id))
        .join(RunRow, RunRow.id == FetchRow.run_id)
        .where(FetchRow.run_id < first, RunRow.state != RunState.NETWORK_DOWN)
        .group_by(FetchRow.address_id)
    )
    before = session.execute(counted.where(FetchRow.id.in_(last_before)))
    current: dict[int, LinkStatus] = {address: status for _, address, status in before}
    totals = Counter(current.values())
    fetched: dict[int, dict[int, LinkStatus]] = {run_id: {} for run_id in runs}
    for run_id, address, status in session.execute(counted.where(FetchRow.run_id >= first).order_by(FetchRow.id)):
        fetched.setdefault(run_id, {})[address] = status
    health: list[RunHealth] = []
    for run_id in sorted(fetched):
        for address, status in fetched[run_id].items():
            totals[current.get(address, status)] -= address in current
            totals[status] += 1
            current[address] = status
        if run_id in runs:
            statuses = {status: totals[status] for status in LinkStatus if totals[status]}
            health.append(RunHealth(run_id, runs[run_id], statuses, len(fetched[run_id])))
    return health
