"""Decisions about many findings at once, and their undoing: set by set, so that 50,000 take seconds.

Functions on an open session; `db.findings` and `db.rules` give them their transactions.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from db.review_queue_index import refresh_states
from db.reviews import NewReview, carried_token, not_undone, review_row, undoing
from db.sessions import chunks, insert_for
from db.tables import Base, DocumentRow, FindingRow, QueueRow, ReviewRow
from verifier.model import FindingState

AT_ONCE = 5000
"""Findings of one statement: well below what either back end takes as parameters (32,766 and 65,535)."""

ONLY_OPEN = frozenset({FindingState.OPEN})

NO_QUESTIONS: Mapping[int, str] = {}


def write_reviews(
    session: Session,
    finding_ids: Sequence[int],
    review: NewReview,
    now: datetime,
    states: Collection[FindingState] | None = ONLY_OPEN,
    seen: str | None = None,
    questions: Mapping[int, str] = NO_QUESTIONS,
) -> list[int]:
    """Add one decision to those of these findings that are in one of the states (None: any); their numbers.

    Each has the token with the finding's number behind it, so that a batch that comes twice is one. What somebody
    decided in the meantime stays as it is: with `seen`, the newest review that the batch's maker could know of (empty:
    none was there), findings with a newer one are left out. `questions` is what the author is asked about each.
    """
    made: list[int] = []
    if was_made(session, review.request_token):
        return made
    for some in chunks(sorted(finding_ids), AT_ONCE):
        rows = []
        for finding_id, state, latest in _locked(session, some):
            if (states is not None and state not in states) or (seen is not None and (latest or "") > seen):
                continue
            question = questions.get(finding_id, review.question)
            one = replace(review, request_token=f"{review.request_token} {finding_id}", question=question)
            rows.append(review_row(finding_id, one, latest, now))
        made += _add(session, rows, now)
    return made


def was_made(session: Session, request_token: str) -> bool:
    """Whether a batch under this token was made already."""
    return (
        session.scalar(select(ReviewRow.id).where(of_batch(ReviewRow.request_token, request_token)).limit(1))
        is not None
    )


def undo_batch(session: Session, request_token: str, reviewer: str, now: datetime) -> list[int]:
    """Take back what `write_reviews` added under a token, where it still holds; the numbers of the findings."""
    batch = select(ReviewRow.finding_id, ReviewRow.id).where(of_batch(ReviewRow.request_token, request_token))
    made: dict[int, str] = {row.finding_id: row.id for row in session.execute(batch)}
    undone_ids: list[int] = []
    for some in chunks(sorted(made), AT_ONCE):
        latest = {finding_id: newest for finding_id, _, newest in _locked(session, some)}
        rows = []
        for finding_id, reviews in _reviews_of(session, some).items():
            review_id = made[finding_id]
            undone = undoing(not_undone(reviews), review_id, reviewer, f"undo {review_id}")
            if undone is not None:
                rows.append(review_row(finding_id, undone, latest[finding_id], now))
        undone_ids += _add(session, rows, now)
    return undone_ids


def part_editions(session: Session, document_id: int, reviewer: str, now: datetime) -> int:
    """Say that a document is no edition of another: nothing is shared any more, and what was is taken back.

    Where nobody has decided anew. How many decisions were taken back.
    """
    session.execute(update(DocumentRow).where(DocumentRow.id == document_id).values(edition_of=None))
    session.execute(update(FindingRow).where(FindingRow.document_id == document_id).values(counterpart=None))
    return len(undo_batch(session, carried_token(document_id), reviewer, now))


def of_batch(column: Any, request_token: str) -> Any:
    """The condition that a token is one of a batch's: the batch's own, a blank, and the finding's number."""
    # `!` is the character after the blank.
    return (column >= f"{request_token} ") & (column < f"{request_token}!")


def _locked(session: Session, finding_ids: Sequence[int]) -> list[tuple[int, FindingState, str | None]]:
    """Findings with their states and latest reviews, locked: on PostgreSQL nobody decides before this one ends."""
    session.execute(
        select(FindingRow.id).where(FindingRow.id.in_(finding_ids)).order_by(FindingRow.id).with_for_update()
    )
    latest = (
        select(func.max(ReviewRow.id))
        .where(ReviewRow.finding_id == QueueRow.finding_id)
        .correlate(QueueRow)
        .scalar_subquery()
    )
    rows = session.execute(
        select(QueueRow.finding_id, QueueRow.review_state, latest)
        .where(QueueRow.finding_id.in_(finding_ids))
        .order_by(QueueRow.finding_id)
    )
    return [(row[0], row[1], row[2]) for row in rows]


def _reviews_of(session: Session, finding_ids: Sequence[int]) -> dict[int, list[Any]]:
    """All reviews of these findings, oldest first: rows with the attributes of `ReviewRow`, without its bookkeeping."""
    found: dict[int, list[Any]] = defaultdict(list)
    columns = ReviewRow.__table__.columns
    for row in session.execute(select(*columns).where(columns.finding_id.in_(finding_ids)).order_by(columns.id)):
        found[row.finding_id].append(row)
    return found


def _add(session: Session, rows: Sequence[dict[str, Any]], now: datetime) -> list[int]:
    if not rows:
        return []
    # Into the table itself: the mapped class would take three times as long.
    session.connection().execute(insert_for(session.get_bind().dialect.name, Base.metadata.tables["review"]), rows)
    made = [row["finding_id"] for row in rows]
    refresh_states(session, made, now, AT_ONCE)
    return made
