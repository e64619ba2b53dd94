"""Parts of statements about the queue: whose findings are, what rule keeps them quiet, which authors did not answer."""

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import aliased

from db.tables import QueueRow, ReviewRow
from verifier.model import FindingState


def of_team(assignee: str, rule: str, *, unanswered: bool) -> list[ColumnElement[bool]]:
    """The conditions that findings are a person's, kept quiet by a rule (its id), or open again without an answer.

    What is empty or false does not matter.
    """
    which: list[ColumnElement[bool]] = []
    if assignee:
        which.append(QueueRow.assignee == assignee)
    if rule:
        which.append(_quiet_by(rule))
    if unanswered:
        which += [QueueRow.review_state == FindingState.OPEN, QueueRow.asked_at.is_not(None)]
    return which


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
