"""Decisions about many findings as single statements: nothing of a finding travels to this process and back.

Functions on an open session. A statement writes at most `MOST_AT_ONCE` reviews, whose ids differ in their last letters.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Text, cast, exists, func, insert, literal, select, update
from sqlalchemy.orm import QueryableAttribute, Session, aliased

from db.number_sets import among
from db.review_queue_index import decided_columns
from db.reviews import NewReview, review_values
from db.tables import FindingRow, QueueRow, ReviewRow
from db.ulids import ALPHABET, ulid_block
from verifier.model import Decision, FindingState

MOST_AT_ONCE = 32**3 - 1
"""Reviews of one statement: so many ids begin alike (`db.ulids.ulid_block`)."""

_MACHINE = (FindingState.OPEN, FindingState.CLOSED)
"""What a finding is by the machine alone."""


def add_decisions(
    session: Session,
    finding_ids: Sequence[int],
    review: NewReview,
    now: datetime,
    states: Collection[FindingState] | None,
    seen: str | None,
    decided_at: datetime,
) -> list[int]:
    """Add a decision to those of these findings that are in one of the states (None: any) and have no review newer
    than `seen` (None: whatever they have), each under the token with its number behind it; their numbers.

    One that has a review under that token is left out. `decided_at` is the moment of the whole batch.
    """
    token = literal(f"{review.request_token} ") + cast(QueueRow.finding_id, Text)
    which: list[ColumnElement[bool]] = [
        among(session, QueueRow.finding_id, finding_ids),
        ~exists().where(ReviewRow.request_token == token),
    ]
    if states is not None:
        which.append(QueueRow.review_state.in_(sorted(states)))
    if seen is not None:
        which.append(~exists().where(ReviewRow.finding_id == QueueRow.finding_id, ReviewRow.id > seen))
    columns: dict[str, Any] = review_values(review, decided_at)
    columns |= {"finding_id": QueueRow.finding_id, "request_token": token}
    made = _insert(session, columns, which, _newest(session, finding_ids), now)
    _set_states(session, made, review, now, decided_at)
    return made


def add_reopenings(
    session: Session, finding_ids: Sequence[int], batch: ColumnElement[bool], reviewer: str, now: datetime
) -> list[int]:
    """Take back the reviews of a batch that are the only ones of these findings, which are as the machine says then;
    their numbers. `batch` is the condition that a review is of it.
    """
    other = aliased(ReviewRow)
    undo = NewReview(Decision.REOPEN, reviewer, "", "")
    columns: dict[str, Any] = review_values(undo, now)
    columns |= {
        "finding_id": ReviewRow.finding_id,
        "request_token": literal("undo ") + ReviewRow.id,
        "undoes": ReviewRow.id,
    }
    alone = ~exists().where(other.finding_id == ReviewRow.finding_id, other.id != ReviewRow.id)
    which = [among(session, ReviewRow.finding_id, finding_ids), batch, alone]
    made = _insert(session, columns, which, _newest(session, finding_ids), now)
    _set_states(session, made, undo, now, now)
    return made


def _newest(session: Session, finding_ids: Sequence[int]) -> str | None:
    return session.scalar(select(func.max(ReviewRow.id)).where(among(session, ReviewRow.finding_id, finding_ids)))


def _insert(
    session: Session, columns: dict[str, Any], which: Sequence[ColumnElement[bool]], newest: str | None, now: datetime
) -> list[int]:
    """Insert a review for each row that these columns are read from; the numbers of the findings."""
    types = ReviewRow.__table__.columns
    order: Any = func.row_number().over(order_by=columns["finding_id"])
    letters: Any = literal(ulid_block(newest, now))
    for power in (1024, 32, 1):
        # As text, since what SQLAlchemy makes of `//` is a fraction on PostgreSQL.
        digit = order.op("/")(power).op("%")(32) + 1
        letters = letters + func.substr(ALPHABET, cast(digit, Integer), 1)
    values = {"id": letters} | columns
    chosen = [_as_column(value, types[name].type) for name, value in values.items()]
    new = insert(ReviewRow).from_select(list(values), select(*chosen).where(*which))
    return sorted(session.scalars(new.returning(ReviewRow.finding_id)))


def _as_column(value: Any, type_: Any) -> Any:
    return value if isinstance(value, (ColumnElement, QueryableAttribute)) else literal(value, type_)


def _set_states(
    session: Session, finding_ids: Sequence[int], review: NewReview, now: datetime, decided_at: datetime
) -> None:
    """Bring the queue's rows of findings up to date with a decision that is now the latest of each."""
    if not finding_ids:
        return
    for machine in _MACHINE:
        of_machine = select(FindingRow.state).where(FindingRow.id == QueueRow.finding_id).scalar_subquery()
        session.execute(
            update(QueueRow)
            .where(among(session, QueueRow.finding_id, finding_ids), of_machine == machine)
            .values(decided_columns(machine, review.decision, review.expires_at, decided_at, review.reviewer, now))
            .execution_options(synchronize_session=False)
        )
