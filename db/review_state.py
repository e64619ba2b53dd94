"""The state of a finding: what the machine says of it, and what people decided. The one place that weighs the two."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from db.tables import FindingRow, ReviewRow
from verifier.model import Decision, FindingState

DECIDED = {
    Decision.ACCEPT: FindingState.ACCEPTED,
    Decision.DISMISS: FindingState.DISMISSED,
    Decision.QUERY: FindingState.QUERIED,
    Decision.SNOOZE: FindingState.SNOOZED,
    Decision.QUIET: FindingState.QUIET,
}
"""What a decision makes of a finding; a reopened one is what the machine says."""

_OPEN_ENDED = (FindingState.QUERIED, FindingState.SNOOZED, FindingState.QUIET)
"""States that wait for something, or that a rule brought about: they end when the finding closes by itself."""


def state_of(
    machine: FindingState, decision: Decision | None, expires_at: datetime | None, now: datetime
) -> FindingState:
    """The state of a finding by its latest review."""
    if decision is None or (expires_at is not None and expires_at <= now):
        return machine
    decided = DECIDED.get(decision, machine)
    return machine if decided in _OPEN_ENDED and machine is FindingState.CLOSED else decided


def latest_review(column: Any) -> Any:
    """Part of a statement about findings: a column of the latest review of each."""
    return (
        select(column)
        .where(ReviewRow.finding_id == FindingRow.id)
        .order_by(ReviewRow.id.desc())
        .limit(1)
        .correlate(FindingRow)
        .scalar_subquery()
    )
