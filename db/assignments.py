"""Who is to look at which finding: an assignment decides nothing, and the latest counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, aliased

from db.review_batches import AT_ONCE, of_batch
from db.sessions import Sessions, chunks, insert_for
from db.tables import AssignmentRow, Base, FindingRow, QueueRow
from db.ulids import ulid_after

MOST_NAMES = 200


@dataclass(frozen=True, slots=True)
class NewAssignment:
    """Findings that are to be given to a person (empty: back to everybody), by whom, with what words."""

    assignee: str
    reviewer: str
    request_token: str
    note: str = ""


class Assignments:
    """The verbs about who does what."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def assign(self, finding_ids: Sequence[int], assignment: NewAssignment, now: datetime) -> int:
        """Give findings to a person; how many were. Those that are theirs already stay as they are.

        Each has the token with the finding's number behind it: a repeated batch is one.
        """
        with self._sessions.writing() as session:
            if _is_used(session, assignment.request_token):
                return 0
            some = chunks(sorted(finding_ids), AT_ONCE)
            return sum(len(assign_some(session, ids, assignment, now, now)) for ids in some)

    def undo(self, request_token: str, reviewer: str, now: datetime) -> int:
        """Give the findings of a batch back to whose they were before, where nobody has given them away since."""
        batch = of_batch(AssignmentRow.request_token, request_token)
        with self._sessions.writing() as session:
            given = session.scalars(select(AssignmentRow.finding_id).where(batch)).all()
            some = chunks(sorted(given), AT_ONCE)
            return sum(len(take_back_some(session, ids, request_token, reviewer, now)) for ids in some)

    def assignees(self) -> dict[str, str]:
        """Whose each finding is that is anybody's, by its fingerprint."""
        with self._sessions.reading() as session:
            given = select(FindingRow.fingerprint, QueueRow.assignee).join(
                QueueRow, QueueRow.finding_id == FindingRow.id
            )
            return {name: who for name, who in session.execute(given.where(QueueRow.assignee.is_not(None))) if who}

    def people(self) -> "list[str]":
        """Everybody who has findings of their own, by name."""
        with self._sessions.reading() as session:
            names = select(QueueRow.assignee).where(QueueRow.assignee.is_not(None)).distinct()
            return [name for name in session.scalars(names.order_by(QueueRow.assignee).limit(MOST_NAMES)) if name]


def assign_some(
    session: Session, finding_ids: Sequence[int], assignment: NewAssignment, now: datetime, assigned_at: datetime
) -> list[int]:
    """Give findings (at most `AT_ONCE`) to a person, those that are not theirs already; their numbers.

    `assigned_at` is the moment of the whole batch.
    """
    rows = []
    for number, latest in _locked(session, finding_ids).items():
        if (latest.assignee if latest else "") != assignment.assignee:
            token = f"{assignment.request_token} {number}"
            rows.append(_row(number, latest, assignment, token, None, now) | {"assigned_at": assigned_at})
    _add(session, rows)
    return [row["finding_id"] for row in rows]


def take_back_some(
    session: Session, finding_ids: Sequence[int], request_token: str, reviewer: str, now: datetime
) -> list[int]:
    """Give those of these findings that a batch gave away back to whose they were; the numbers of those that were."""
    batch = of_batch(AssignmentRow.request_token, request_token), AssignmentRow.finding_id.in_(finding_ids)
    undone = {row.finding_id: row for row in session.scalars(select(AssignmentRow).where(*batch))}
    before = _before(session, [row.id for row in undone.values()])
    rows = []
    for number, latest in _locked(session, sorted(undone)).items():
        if latest is None or latest.id != undone[number].id:
            continue
        back = NewAssignment(before.get(latest.id, ""), reviewer, f"undo {latest.id}")
        rows.append(_row(number, latest, back, back.request_token, latest.id, now))
    _add(session, rows)
    return [row["finding_id"] for row in rows]


def _locked(session: Session, finding_ids: Sequence[int]) -> dict[int, AssignmentRow | None]:
    """Findings, locked, each with its latest assignment."""
    ids = select(FindingRow.id).where(FindingRow.id.in_(finding_ids)).order_by(FindingRow.id).with_for_update()
    found: dict[int, AssignmentRow | None] = dict.fromkeys(session.scalars(ids))
    latest = (
        select(func.max(AssignmentRow.id))
        .where(AssignmentRow.finding_id.in_(finding_ids))
        .group_by(AssignmentRow.finding_id)
    )
    found |= {row.finding_id: row for row in session.scalars(select(AssignmentRow).where(AssignmentRow.id.in_(latest)))}
    return found


def _before(session: Session, ids: Sequence[str]) -> dict[str, str]:
    """Of each of these assignments: whose the finding was before it."""
    of, earlier = aliased(AssignmentRow), aliased(AssignmentRow)
    newest = (
        select(func.max(earlier.id))
        .where(earlier.finding_id == of.finding_id, earlier.id < of.id)
        .correlate(of)
        .scalar_subquery()
    )
    rows = session.execute(
        select(of.id, AssignmentRow.assignee).join(AssignmentRow, AssignmentRow.id == newest).where(of.id.in_(ids))
    )
    return {row[0]: row[1] for row in rows}


def _is_used(session: Session, token: str) -> bool:
    one = select(AssignmentRow.id).where(of_batch(AssignmentRow.request_token, token)).limit(1)
    return session.scalar(one) is not None


def _row(
    finding_id: int, latest: AssignmentRow | None, new: NewAssignment, token: str, undoes: str | None, now: datetime
) -> dict[str, Any]:
    return {
        "id": ulid_after(latest.id if latest else None, now),
        "finding_id": finding_id,
        "assignee": new.assignee,
        "reviewer": new.reviewer,
        "note": new.note,
        "request_token": token,
        "assigned_at": now,
        "undoes": undoes,
    }


def _add(session: Session, rows: Sequence[dict[str, Any]]) -> int:
    """Add assignments, and enter them in the queue's index."""
    if not rows:
        return 0
    session.connection().execute(insert_for(session.get_bind().dialect.name, Base.metadata.tables["assignment"]), rows)
    for assignee in {row["assignee"] for row in rows}:
        ids = [row["finding_id"] for row in rows if row["assignee"] == assignee]
        session.execute(
            update(QueueRow)
            .where(QueueRow.finding_id.in_(ids))
            .values(assignee=assignee or None)
            .execution_options(synchronize_session=False)
        )
    return len(rows)
