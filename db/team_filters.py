"""Parts of statements about the queue: whose findings are, what rule keeps them quiet, which authors did not answer."""

from typing import Any

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import aliased

from db.tables import AssignmentRow, BatchRow, QueueRow, ReviewRow
from verifier.model import Decision, FindingState


def of_team(
    assignee: str, rule: str, state: FindingState | None, batch: str, *, unanswered: bool
) -> list[ColumnElement[bool]]:
    """The conditions that findings are a person's, a rule's (its id), in a batch (its id), or open again unanswered.

    A rule's are, in the state `quiet`, those that it keeps so now, else those that it ever decided about.

    What is empty or false does not matter.
    """
    which: list[ColumnElement[bool]] = []
    if assignee:
        which.append(QueueRow.assignee == assignee)
    if rule:
        which.append(_quiet_by(rule) if state is FindingState.QUIET else _ever_by(rule))
    if batch:
        which.append(_in_batch(batch))
    if unanswered:
        which += [QueueRow.review_state == FindingState.OPEN, QueueRow.asked_at.is_not(None)]
    return which


def _in_batch(batch_id: str) -> ColumnElement[bool]:
    """Whether a batch decided about a finding, or gave it away."""
    token = select(BatchRow.request_token).where(BatchRow.id == batch_id).scalar_subquery()
    decided = select(ReviewRow.finding_id).where(*_of_batch(ReviewRow.request_token, token))
    given = select(AssignmentRow.finding_id).where(*_of_batch(AssignmentRow.request_token, token))
    return QueueRow.finding_id.in_(decided.union_all(given))


def _of_batch(column: Any, token: Any) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """As `db.review_batches.of_batch`, for a token that is part of a statement."""
    return column >= token + " ", column < token + "!"


def _ever_by(rule_id: str) -> ColumnElement[bool]:
    """Whether a rule ever kept a finding quiet."""
    quiet = ReviewRow.rule_id == rule_id, ReviewRow.decision == Decision.QUIET
    return QueueRow.finding_id.in_(select(ReviewRow.finding_id).where(*quiet))


def _quiet_by(rule_id: str) -> ColumnElement[bool]:
    """Whether the latest review is a rule's."""
    later = aliased(ReviewRow)
    is_latest = ~exists().where(later.finding_id == ReviewRow.finding_id, later.id > ReviewRow.id)
    quiet = (
        select(ReviewRow.finding_id)
        .join(QueueRow, QueueRow.finding_id == ReviewRow.finding_id)
        .where(ReviewRow.rule_id == rule_id, is_latest, QueueRow.review_state == FindingState.QUIET)
    )
    return QueueRow.finding_id.in_(quiet)
