"""What editors say about a finding without deciding it, and who gave it to whom: its thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select

from db.sessions import Sessions, insert
from db.tables import AssignmentRow, CommentRow, FindingRow
from db.ulids import ulid_after
from verifier.errors import StoreError


@dataclass(frozen=True, slots=True)
class StoredComment:
    """Something that was said about a finding."""

    id: str
    reviewer: str
    words: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class StoredAssignment:
    """Who gave a finding to whom (empty: back to everybody)."""

    id: str
    assignee: str
    reviewer: str
    note: str
    assigned_at: datetime


@dataclass(frozen=True, slots=True)
class Thread:
    """What was said about a finding, and who had it, oldest first."""

    comments: tuple[StoredComment, ...]
    assignments: tuple[StoredAssignment, ...]

    @property
    def assignee(self) -> str:
        """Whose the finding is; empty for nobody's."""
        return self.assignments[-1].assignee if self.assignments else ""


class Discussions:
    """The verbs about the threads of findings."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def say(self, fingerprint: str, reviewer: str, words: str, request_token: str, now: datetime) -> str:
        """Add a comment; its id. A repeated token is the first one's. Raises StoreError where there is no finding."""
        with self._sessions.writing() as session:
            number = session.scalar(
                select(FindingRow.id).where(FindingRow.fingerprint == fingerprint).with_for_update()
            )
            if number is None:
                raise StoreError(f"there is no finding {fingerprint} in the store")
            latest = session.scalar(select(func.max(CommentRow.id)).where(CommentRow.finding_id == number))
            row = {
                "id": ulid_after(latest, now),
                "finding_id": number,
                "reviewer": reviewer,
                "words": words,
                "request_token": request_token,
                "written_at": now,
            }
            new = insert(session, CommentRow).on_conflict_do_nothing(index_elements=["request_token"])
            session.execute(new, [row])
            return session.scalars(select(CommentRow.id).where(CommentRow.request_token == request_token)).one()

    def of(self, finding_id: int) -> Thread:
        """The thread of a finding."""
        with self._sessions.reading() as session:
            comments: Sequence[CommentRow] = session.scalars(_COMMENTS, {"finding_id": finding_id}).all()
            assignments = session.scalars(_ASSIGNMENTS, {"finding_id": finding_id}).all()
            return Thread(
                tuple(StoredComment(row.id, row.reviewer, row.words, row.written_at) for row in comments),
                tuple(
                    StoredAssignment(row.id, row.assignee, row.reviewer, row.note, row.assigned_at)
                    for row in assignments
                ),
            )


_COMMENTS = select(CommentRow).where(CommentRow.finding_id == bindparam("finding_id")).order_by(CommentRow.id)
_ASSIGNMENTS = (
    select(AssignmentRow).where(AssignmentRow.finding_id == bindparam("finding_id")).order_by(AssignmentRow.id)
)
