"""Old fetches rolled up: of each address the last ones stay, and before them those that changed its state.

What stays is all that is ever asked for: the history that the three-checks rule looks back on, the newest readable
text, the first fetch that brought a text which a figure was compared with, and when each state began.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from db.fetches import MOST_PAST_CHECKS
from db.sessions import Sessions
from db.statements import chunks
from db.tables import ComparisonRow, FetchRow, FindingRow, RunRow, SnapshotRow
from verifier.model import RunState

FEWEST_KEPT = MOST_PAST_CHECKS
"""Fewer fetches of an address than this are not kept: judging its link looks back on so many."""


@dataclass(frozen=True, slots=True)
class _Old:
    """A fetch that may go: neither among the last, nor a change of state, nor the newest that brought a text."""

    id: int
    text_id: int | None
    first_with_text: bool


class Retention:
    """The verbs about what is no longer needed."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def roll_up(self, run_id: int, keep: int = FEWEST_KEPT) -> int:
        """Delete what is superfluous among the fetches of the addresses that a run fetched; returns how many.

        Of each address the last `keep` (at least `FEWEST_KEPT`) stay, and of the older ones those whose status or
        reason differ from the one before. Only this run's addresses can have more than before, so the work does not
        grow with the store. Idempotent, and committed piece by piece.
        """
        keep = max(keep, FEWEST_KEPT)
        with self._sessions.reading() as session:
            fetched = select(FetchRow.address_id).where(FetchRow.run_id == run_id).distinct()
            addresses = list(session.scalars(fetched.order_by(FetchRow.address_id)))
        compared: frozenset[int] | None = None
        deleted = 0
        for some in chunks(addresses):
            with self._sessions.writing() as session:
                old = _old(session, some, keep)
                if compared is None and any(fetch.first_with_text for fetch in old):
                    compared = frozenset(session.scalars(select(ComparisonRow.text_id).distinct()))
                gone = [
                    fetch.id
                    for fetch in old
                    if not (fetch.first_with_text and fetch.text_id in (compared or frozenset()))
                ]
                for ids in chunks(gone):
                    session.execute(delete(SnapshotRow).where(SnapshotRow.fetch_id.in_(ids)))
                    session.execute(delete(FetchRow).where(FetchRow.id.in_(ids)))
                deleted += len(gone)
        return deleted

    def named_warc_files(self) -> set[str]:
        """The archive's files that a fetch or a finding names."""
        with self._sessions.reading() as session:
            named = set(session.scalars(select(SnapshotRow.warc_file).distinct()))
            evidence = session.scalars(select(FindingRow.snapshot).where(FindingRow.snapshot.is_not(None)).distinct())
            return named | {place.rpartition(":")[0] for place in evidence if place is not None}


def _old(session: Session, address_ids: Sequence[int], keep: int) -> list[_Old]:
    of_address: dict[str, Any] = {"partition_by": FetchRow.address_id, "order_by": FetchRow.id}
    counted = (
        select(
            FetchRow.id,
            FetchRow.address_id,
            FetchRow.text_id,
            FetchRow.status,
            FetchRow.reason,
            func.lag(FetchRow.status).over(**of_address).label("status_before"),
            func.lag(FetchRow.reason).over(**of_address).label("reason_before"),
            func.row_number().over(partition_by=FetchRow.address_id, order_by=FetchRow.id.desc()).label("rank"),
            func.min(FetchRow.id).over(partition_by=(FetchRow.address_id, FetchRow.text_id)).label("first_with_text"),
        )
        .join(RunRow, RunRow.id == FetchRow.run_id)
        .where(FetchRow.address_id.in_(address_ids), RunRow.state != RunState.NETWORK_DOWN)
        .subquery()
    )
    same = (counted.c.status == counted.c.status_before) & (counted.c.reason == counted.c.reason_before)
    superfluous = select(counted.c.id, counted.c.text_id, counted.c.first_with_text).where(
        counted.c.rank > keep, same, counted.c.id != func.coalesce(_newest_with_text(counted.c.address_id), 0)
    )
    return [
        _Old(row.id, row.text_id, row.text_id is not None and row.id == row.first_with_text)
        for row in session.execute(superfluous.order_by(counted.c.id))
    ] + _of_our_own_outages(session, address_ids, keep)


def _newest_with_text(address_id: ColumnElement[int]) -> Any:
    """Part of a statement: the newest fetch of an address that brought a readable text."""
    newest = select(func.max(FetchRow.id)).where(FetchRow.address_id == address_id, FetchRow.text_id.is_not(None))
    return newest.scalar_subquery()


def _of_our_own_outages(session: Session, address_ids: Sequence[int], keep: int) -> list[_Old]:
    """Fetches of runs whose network was down count for nothing: the last `keep` of an address stay, for looking."""
    rank = func.row_number().over(partition_by=FetchRow.address_id, order_by=FetchRow.id.desc()).label("rank")
    down = (
        select(FetchRow.id, FetchRow.address_id, rank)
        .join(RunRow, RunRow.id == FetchRow.run_id)
        .where(FetchRow.address_id.in_(address_ids), RunRow.state == RunState.NETWORK_DOWN)
        .subquery()
    )
    older = select(down.c.id).where(
        down.c.rank > keep, down.c.id != func.coalesce(_newest_with_text(down.c.address_id), 0)
    )
    return [_Old(fetch_id, None, False) for fetch_id in session.scalars(older)]
