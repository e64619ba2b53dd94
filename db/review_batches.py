"""Decisions about many findings at once, and their undoing: set by set, so that 50,000 take seconds.

Functions on an open session; `db.findings` and `db.rules` give them their transactions.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.review_queue_index import refresh_states
from db.review_sets import add_decisions, add_reopenings
from db.reviews import NewReview, carried_token, not_undone, review_row, undoing
from db.sessions import chunks, insert_for
from db.tables import Base, DocumentRow, FindingRow, ReviewRow
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
    decided_at: datetime | None = None,
) -> list[int]:
    """Add one decision to those of these findings that are in one of the states (None: any); their numbers.

    Each has the token with the finding's number behind it, so that a batch that comes twice is one. What somebody
    decided in the meantime stays as it is: with `seen`, the newest review that the batch's maker could know of (empty:
    none was there), findings with a newer one are left out. `questions` is what the author is asked about each.
    `decided_at` is the moment of a batch that this is a part of (None: now).
    """
    alike: dict[str | None, list[int]] = defaultdict(list)
    for finding_id in sorted(finding_ids):
        alike[questions.get(finding_id, review.question)].append(finding_id)
    made: list[int] = []
    for question, ids in alike.items():
        for some in chunks(ids, AT_ONCE):
            _lock(session, some)
            one = replace(review, question=question)
            made += add_decisions(session, some, one, now, states, seen, decided_at or now)
    return made


def was_made(session: Session, request_token: str) -> bool:
    """Whether a batch under this token was made already."""
    return (
        session.scalar(select(ReviewRow.id).where(of_batch(ReviewRow.request_token, request_token)).limit(1))
        is not None
    )


def undo_batch(session: Session, request_token: str, reviewer: str, now: datetime) -> list[int]:
    """Take back what `write_reviews` added under a token, where it still holds; the numbers of the findings."""
    batch = of_batch(ReviewRow.request_token, request_token)
    made = session.scalars(select(ReviewRow.finding_id).where(batch).order_by(ReviewRow.finding_id)).all()
    return [one for some in chunks(made, AT_ONCE) for one in undo_some(session, some, request_token, reviewer, now)]


def undo_some(
    session: Session, finding_ids: Sequence[int], request_token: str, reviewer: str, now: datetime
) -> list[int]:
    """As `undo_batch`, of these findings only: at most `AT_ONCE`."""
    batch = of_batch(ReviewRow.request_token, request_token)
    _lock(session, finding_ids)
    undone_ids = add_reopenings(session, finding_ids, batch, reviewer, now)
    rows = []
    for finding_id, reviews in _reviews_of(session, sorted(set(finding_ids) - set(undone_ids))).items():
        of_it = [one.id for one in reviews if one.request_token == f"{request_token} {finding_id}"]
        undone = undoing(not_undone(reviews), of_it[0], reviewer, f"undo {of_it[0]}") if of_it else None
        if undone is not None:
            rows.append(review_row(finding_id, undone, reviews[-1].id, now))
    return sorted(undone_ids + _add(session, rows, now))


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


def _lock(session: Session, finding_ids: Sequence[int]) -> None:
    """On PostgreSQL nobody decides about these findings before this transaction ends; SQLite has one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        ids = select(FindingRow.id).where(FindingRow.id.in_(finding_ids)).order_by(FindingRow.id)
        session.execute(ids.with_for_update())


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
