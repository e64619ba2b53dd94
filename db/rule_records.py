"""Standing rules as they are handed in and given out, with what came of each.

Functions on an open session; `db.rules` gives them their transactions.
"""

from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from db.rule_scope import RuleScope
from db.tables import DocumentRow, QueueRow, ReviewRow, RuleEndRow, RuleRow
from verifier.model import Decision, FindingState

MOST_RULES = 500
"""Rules that are listed: the newest."""

SCOPE = tuple(field.name for field in fields(RuleScope))
"""The names of what a rule is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRule(RuleScope):
    """A rule that is to be set: its scope, why, by whom, until when (None: until somebody ends it)."""

    why: str
    reviewer: str
    request_token: str
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRule(RuleScope):
    """A rule with what came of it: `quiet` findings are kept quiet by it now, it ever kept `ever` so.

    `document` is the path of its document, `replaces` the id of the version before it.
    """

    id: str
    why: str
    reviewer: str
    made_at: datetime
    expires_at: datetime | None
    ended_by: str | None
    ended_at: datetime | None
    replaces: str | None = None
    document: str | None = None
    quiet: int = 0
    ever: int = 0

    def counts_at(self, now: datetime) -> bool:
        """Whether it was neither ended nor has its day come."""
        return self.ended_at is None and (self.expires_at is None or self.expires_at > now)


def counting(now: datetime) -> list[ColumnElement[bool]]:
    """That a rule was neither ended nor has its day come."""
    end = aliased(RuleEndRow)
    return [
        or_(RuleRow.expires_at.is_(None), RuleRow.expires_at > now),
        ~exists().where(end.rule_id == RuleRow.id),
    ]


def is_latest() -> ColumnElement[bool]:
    """That a review is the latest of its finding."""
    later = aliased(ReviewRow)
    return ~exists().where(later.finding_id == ReviewRow.finding_id, later.id > ReviewRow.id)


def stored_rules(session: Session, *which: ColumnElement[bool]) -> list[StoredRule]:
    """The rules of which all this is true, the newest first."""
    rules = (
        select(RuleRow, RuleEndRow.reviewer, RuleEndRow.ended_at, DocumentRow.path)
        .outerjoin(RuleEndRow, RuleEndRow.rule_id == RuleRow.id)
        .outerjoin(DocumentRow, DocumentRow.id == RuleRow.document_id)
        .where(*which)
        .order_by(RuleRow.id.desc())
        .limit(MOST_RULES)
    )
    by_rule = ReviewRow.rule_id.is_not(None) & (ReviewRow.decision == Decision.QUIET)
    ever = select(ReviewRow.rule_id, func.count(ReviewRow.finding_id.distinct())).where(by_rule)
    quiet = (
        select(ReviewRow.rule_id, func.count())
        .join(QueueRow, QueueRow.finding_id == ReviewRow.finding_id)
        .where(QueueRow.review_state == FindingState.QUIET, by_rule, is_latest())
    )
    now_quiet, ever_quiet = (
        {row[0]: row[1] for row in session.execute(counted.group_by(ReviewRow.rule_id))} for counted in (quiet, ever)
    )
    return [
        StoredRule(
            **{name: getattr(row, name) for name in SCOPE},
            id=row.id,
            why=row.why,
            reviewer=row.reviewer,
            made_at=row.made_at,
            expires_at=row.expires_at,
            ended_by=ended_by,
            ended_at=ended_at,
            replaces=row.replaces,
            document=path,
            quiet=now_quiet.get(row.id, 0),
            ever=ever_quiet.get(row.id, 0),
        )
        for row, ended_by, ended_at, path in session.execute(rules)
    ]
