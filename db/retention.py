"""Old fetches rolled up: of each address the last ones of every status stay, and those that changed its state.

What stays is all that is ever asked for: the history that the three-checks rule looks back on, the newest readable
text, the first fetch that brought a text which a figure was compared with, and when each state began. A text that
neither a fetch nor a comparison needs any more goes with its fetch.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, func, select
from sqlalchemy.orm import Session

from db.fetches import MOST_PAST_CHECKS
from db.sessions import Sessions, chunks
from db.tables import ComparisonRow, FetchRow, RunRow, SnapshotRow, TextRow
from verifier.model import RunState

FEWEST_KEPT = MOST_PAST_CHECKS
"""Fewer fetches of an address than this are not kept: judging its link looks back on so many."""


class Retention:
    """The verbs about what is no longer needed."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def roll_up(self, run_id: int, keep: int = FEWEST_KEPT) -> int:
        """Delete what is superfluous among the fetches of the addresses that a run fetched; returns how many.

        Of each address and link status the last `keep` (at least `FEWEST_KEPT`) stay, and of the older ones those whose
        status or reason differ from the one before. Only this run's addresses can have more than before, so the work
        does not grow with the store. Idempotent, and committed piece by piece.
        """
        keep = max(keep, FEWEST_KEPT)
        with self._sessions.reading() as session:
            fetched = select(FetchRow.address_id).where(FetchRow.run_id == run_id).distinct()
            addresses = list(session.scalars(fetched.order_by(FetchRow.address_id)))
        deleted = 0
        for some in chunks(addresses):
            with self._sessions.writing() as session:
                deleted += _delete(session, _superfluous(session, some, keep))
        return deleted


def _delete(session: Session, fetches: Sequence[Any]) -> int:
    """Delete (id, text id) of fetches, their snapshots, and the texts that nothing else needs; returns how many."""
    for some in chunks(fetches):
        ids = [fetch_id for fetch_id, _ in some]
        session.execute(delete(SnapshotRow).where(SnapshotRow.fetch_id.in_(ids)))
        session.execute(delete(FetchRow).where(FetchRow.id.in_(ids)))
        needed = exists().where(FetchRow.text_id == TextRow.id), exists().where(ComparisonRow.text_id == TextRow.id)
        texts = {text_id for _, text_id in some if text_id is not None}
        session.execute(
            delete(TextRow)
            .where(TextRow.id.in_(texts), ~needed[0], ~needed[1])
            .execution_options(synchronize_session=False)
        )
    return len(fetches)


def _superfluous(session: Session, address_ids: Sequence[int], keep: int) -> list[Any]:
    """(id, text id) of the fetches that may go: neither among the last, nor a change of state, nor needed by a text."""
    of_status = (FetchRow.address_id, FetchRow.status)
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
            func.row_number().over(partition_by=of_status, order_by=FetchRow.id.desc()).label("rank"),
            func.min(FetchRow.id).over(partition_by=(FetchRow.address_id, FetchRow.text_id)).label("first_with_text"),
        )
        .join(RunRow, RunRow.id == FetchRow.run_id)
        .where(FetchRow.address_id.in_(address_ids), RunRow.state != RunState.NETWORK_DOWN)
        .subquery()
    )
    same = (counted.c.status == counted.c.status_before) & (counted.c.reason == counted.c.reason_before)
    compared = exists().where(ComparisonRow.text_id == counted.c.text_id)
    old = select(counted.c.id, counted.c.text_id).where(
        counted.c.rank > keep,
        same,
        counted.c.id != func.coalesce(_newest_with_text(counted.c.address_id), 0),
        ~((counted.c.id == counted.c.first_with_text) & compared),
    )
    found = session.execute(old.order_by(counted.c.id)).all()
    return [tuple(row) for row in found] + _of_our_own_outages(session, address_ids, keep)


def _newest_with_text(address_id: ColumnElement[int]) -> Any:
    """Part of a statement: the newest fetch of an address that brought a readable text."""
    newest = select(func.max(FetchRow.id)).where(FetchRow.address_id == address_id, FetchRow.text_id.is_not(None))
    return newest.scalar_subquery()


def _of_our_own_outages(session: Session, address_ids: Sequence[int], keep: int) -> list[Any]:
    """Fetches of runs whose network was down count for nothing: the last `keep` of an address stay, for looking."""
    rank = func.row_number().over(partition_by=FetchRow.address_id, order_by=FetchRow.id.desc()).label("rank")
    down = (
        select(FetchRow.id, FetchRow.address_id, FetchRow.text_id, rank)
        .join(RunRow, RunRow.id == FetchRow.run_id)
        .where(FetchRow.address_id.in_(address_ids), RunRow.state == RunState.NETWORK_DOWN)
        .subquery()
    )
    older = select(down.c.id, down.c.text_id).where(
        down.c.rank > keep, down.c.id != func.coalesce(_newest_with_text(down.c.address_id), 0)
    )
    return [tuple(row) for row in session.execute(older)]
