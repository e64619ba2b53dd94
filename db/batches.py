"""Many findings decided or given away at once: part by part, so that nobody waits for the whole.

Each part is one transaction of at most `PART` findings that also says how far the batch is: one that was interrupted
goes on where it was, one that is asked for twice is one, and one that is undone makes no more.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, defer

from db.assignments import NewAssignment, assign_some, take_back_some
from db.review_batches import undo_some, write_reviews
from db.reviews import NewReview
from db.rules import reopen_unfit
from db.sessions import Sessions, insert
from db.tables import BatchRow
from db.ulids import ulid_after
from verifier.model import Decision, FindingState

PART = 1500
"""Findings of one transaction: some 60 ms of a processor, for which other writers wait."""


@dataclass(frozen=True, slots=True)
class NewBatch:
    """What is to be done to many findings: a review, or an assignment, of those in a state (None: any).

    `seen` is the newest review that the batch's maker could know of: what was decided after it is left alone.
    """

    what: NewReview | NewAssignment
    state: FindingState | None = None
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class StoredBatch:
    """A batch, and what came of it so far: of `many` findings `made` were decided (or given to `assignee`), those in
    `left_alone` were not, since somebody or a run was quicker.

    `decision` is None for an assignment. `undone` of them were taken back, once `undone_by` somebody.
    """

    id: str
    reviewer: str
    decision: Decision | None
    assignee: str
    note: str
    expires_at: datetime | None
    many: int
    made: int
    left_alone: tuple[int, ...]
    made_at: datetime
    touched_at: datetime
    finished_at: datetime | None
    undone_by: str | None
    undone: int
    is_over: bool

    @property
    def dealt_with(self) -> int:
        """How many findings are decided or left alone."""
        return self.made + len(self.left_alone)


class Batches:
    """The verbs about batches."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def begin(self, new: NewBatch, finding_ids: Iterable[int], now: datetime) -> StoredBatch:
        """Keep what is to be done; `go_on` does it. A repeated token is the first one's batch."""
        ids = sorted(set(finding_ids))
        row = _row(new, now) | {"findings": ranges_of(ids), "many": len(ids)}
        if not ids:
            row |= {"finished_at": now}
        with self._sessions.writing() as session:
            fresh = insert(session, BatchRow).on_conflict_do_nothing(index_elements=["request_token"])
            session.execute(fresh, [row])
            return _stored(_found(session, row["request_token"]))

    def go_on(self, batch_id: str, now: datetime) -> StoredBatch | None:
        """Do the next part of a batch, or of its undoing; nothing where it is over. None where there is none."""
        with self._sessions.writing() as session:
            batch = session.scalars(select(BatchRow).where(BatchRow.id == batch_id).with_for_update()).one_or_none()
            if batch is None:
                return None
            if batch.undone_at is not None:
                _take_back(session, batch, now)
            elif batch.finished_at is None:
                _make(session, batch, now)
            session.flush()
            return _stored(batch)

    def undo(self, batch_id: str, reviewer: str, now: datetime) -> StoredBatch | None:
        """Say that a batch is taken back; `go_on` does it. None where there is none, or it was taken back already."""
        with self._sessions.writing() as session:
            batch = session.scalars(select(BatchRow).where(BatchRow.id == batch_id).with_for_update()).one_or_none()
            if batch is None or batch.undone_at is not None:
                return None
            batch.undone_by, batch.undone_at, batch.touched_at = reviewer, now, now
            batch.undo_finished_at = None if batch.made else now
            session.flush()
            return _stored(batch)

    def find(self, batch_id: str) -> StoredBatch | None:
        """A batch by its id, or by its token; None where there is none."""
        with self._sessions.reading() as session:
            known = select(BatchRow).options(defer(BatchRow.findings)).where(_is_called(batch_id))
            found = session.scalars(known).one_or_none()
            return None if found is None else _stored(found)

    def unfinished(self) -> tuple[StoredBatch, ...]:
        """The batches, and the undoings, that are not over, the oldest first."""
        undoing = BatchRow.undone_at.is_not(None) & BatchRow.undo_finished_at.is_(None)
        making = BatchRow.undone_at.is_(None) & BatchRow.finished_at.is_(None)
        with self._sessions.reading() as session:
            rows = session.scalars(select(BatchRow).where(or_(undoing, making)).order_by(BatchRow.id))
            return tuple(map(_stored, rows))


def ranges_of(numbers: Sequence[int]) -> list[list[int]]:
    """Numbers in order as ranges, `[first, last]`."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ranges


def _numbers(ranges: Sequence[Sequence[int]], after: int) -> Iterator[int]:
    """The numbers of ranges that are greater than one."""
    for first, last in ranges:
        if last > after:
            yield from range(max(first, after + 1), last + 1)


def _make(session: Session, batch: BatchRow, now: datetime) -> None:
    ids = list(islice(_numbers(batch.findings, batch.done_to), PART))
    if ids:
        states = None if batch.state is None else {batch.state}
        if batch.decision is None:
            made = assign_some(session, ids, _assignment(batch), now, batch.made_at)
        else:
            review = _review(batch)
            made = write_reviews(session, ids, review, now, states, batch.seen, decided_at=batch.made_at)
        batch.left_alone = [*batch.left_alone, *sorted(set(ids) - set(made))]
        batch.made += len(made)
        batch.done_to = ids[-1]
    batch.touched_at = now
    if len(ids) < PART or batch.done_to == batch.findings[-1][1]:
        batch.finished_at = now


def _take_back(session: Session, batch: BatchRow, now: datetime) -> None:
    if batch.undo_finished_at is not None:
        return
    made = (number for number in _numbers(batch.findings, batch.undone_to) if number <= batch.done_to)
    ids = list(islice(made, PART))
    if ids:
        reviewer = batch.undone_by or batch.reviewer
        if batch.decision is None:
            undone = take_back_some(session, ids, batch.request_token, reviewer, now)
        else:
            undone = undo_some(session, ids, batch.request_token, reviewer, now)
            reopen_unfit(session, undone, now)
        batch.undone += len(undone)
        batch.undone_to = ids[-1]
    batch.touched_at = now
    if len(ids) < PART or batch.undone_to == batch.done_to:
        batch.undo_finished_at = now


def _row(new: NewBatch, now: datetime) -> dict[str, Any]:
    what = new.what
    if isinstance(what, NewAssignment):
        done: dict[str, Any] = {"decision": None, "assignee": what.assignee, "right_value": None, "expires_at": None}
    else:
        done = {"decision": what.decision, "assignee": None}
        done |= {"right_value": what.right_value, "expires_at": what.expires_at}
    return done | {
        "id": ulid_after(None, now),
        "request_token": what.request_token,
        "reviewer": what.reviewer,
        "note": what.note,
        "state": new.state,
        "seen": new.seen,
        "made_at": now,
        "touched_at": now,
        "done_to": 0,
        "made": 0,
        "left_alone": [],
        "finished_at": None,
        "undone_by": None,
        "undone_at": None,
        "undone_to": 0,
        "undone": 0,
        "undo_finished_at": None,
    }


def _review(batch: BatchRow) -> NewReview:
    assert batch.decision is not None  # an assignment is none
    return NewReview(
        batch.decision,
        batch.reviewer,
        batch.note,
        batch.request_token,
        batch.expires_at,
        right_value=batch.right_value,
    )


def _assignment(batch: BatchRow) -> NewAssignment:
    return NewAssignment(batch.assignee or "", batch.reviewer, batch.request_token, batch.note)


def _is_called(name: str) -> Any:
    return or_(BatchRow.id == name, BatchRow.request_token == name)


def _found(session: Session, request_token: str) -> BatchRow:
    return session.scalars(select(BatchRow).where(BatchRow.request_token == request_token)).one()


def _stored(row: BatchRow) -> StoredBatch:
    over = row.finished_at if row.undone_at is None else row.undo_finished_at
    return StoredBatch(
        id=row.id,
        reviewer=row.reviewer,
        decision=row.decision,
        assignee=row.assignee or "",
        note=row.note,
        expires_at=row.expires_at,
        many=row.many,
        made=row.made,
        left_alone=tuple(row.left_alone),
        made_at=row.made_at,
        touched_at=row.touched_at,
        finished_at=row.finished_at,
        undone_by=row.undone_by,
        undone=row.undone,
        is_over=over is not None,
    )
