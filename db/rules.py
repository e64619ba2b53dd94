"""Standing rules: which findings need not be shown for a while, who said so and why, and what came of it.

A rule names one code, and a host or an address; with an HTTP status, only what is answered so. It never touches a
finding of another code: when a blocked link turns out to be broken, the finding is open again.
"""

import secrets
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from db.fetches import latest_fetch
from db.review_batches import write_reviews
from db.reviews import PROGRAM, NewReview
from db.sessions import Sessions, chunks, insert
from db.tables import AddressRow, FetchRow, FindingRow, QueueRow, ReviewRow, RuleEndRow, RuleRow
from db.ulids import ulid_after
from verifier.errors import StoreError
from verifier.model import Decision, FindingCode, FindingState

MOST_RULES = 500
"""Rules that are listed: the newest."""

_ENDED = "ended rule "
"""How the tokens begin of the reviews that the end of a rule brings about."""

_QUIET = frozenset({FindingState.QUIET, FindingState.CLOSED})


@dataclass(frozen=True, slots=True)
class NewRule:
    """A rule that is to be set: of `host` and `url` one says where, `http_status` (None: any) how it answers."""

    code: FindingCode
    why: str
    reviewer: str
    request_token: str
    host: str | None = None
    url: str | None = None
    http_status: int | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StoredRule:
    """A rule with what came of it: `quiet` findings are kept quiet by it now."""

    id: str
    code: FindingCode
    host: str | None
    url: str | None
    http_status: int | None
    why: str
    reviewer: str
    made_at: datetime
    expires_at: datetime | None
    ended_by: str | None
    ended_at: datetime | None
    quiet: int = 0

    def counts_at(self, now: datetime) -> bool:
        """Whether it was neither ended nor has its day come."""
        return self.ended_at is None and (self.expires_at is None or self.expires_at > now)


class Rules:
    """The verbs about standing rules."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def set(self, rule: NewRule, now: datetime) -> tuple[str, int]:
        """Set a rule, and apply it at once; its id, and how many findings it made quiet now.

        A repeated token is the first one's rule. Raises StoreError for a rule without a host or an address, or with
        both.
        """
        if bool(rule.host) == bool(rule.url):
            raise StoreError("a rule is about a host or about an address")
        with self._sessions.writing() as session:
            known = session.scalar(select(RuleRow.id).where(RuleRow.request_token == rule.request_token))
            if known is not None:
                return known, 0
            row = {
                "id": ulid_after(None, now),
                "code": rule.code,
                "host": rule.host or None,
                "url": rule.url or None,
                "http_status": rule.http_status,
                "why": rule.why,
                "reviewer": rule.reviewer,
                "request_token": rule.request_token,
                "made_at": now,
                "expires_at": rule.expires_at,
            }
            new = insert(session, RuleRow).on_conflict_do_nothing(index_elements=["request_token"])
            session.execute(new, [row])
            made = session.scalars(select(RuleRow).where(RuleRow.request_token == rule.request_token)).one()
            return made.id, len(_apply(session, made, _matching(made), now))

    def matching(self, rule: NewRule) -> int:
        """How many open findings a rule would make quiet at once."""
        with self._sessions.reading() as session:
            return session.scalar(select(func.count()).select_from(_matching(rule).subquery())) or 0

    def end(self, rule_id: str, reviewer: str, now: datetime) -> int | None:
        """End a rule: what it keeps quiet is open again; how many. None where there is no such rule, or it ended."""
        with self._sessions.writing() as session:
            # Locked, so that on PostgreSQL of two who end it at once the second finds its end.
            if session.scalar(select(RuleRow.id).where(RuleRow.id == rule_id).with_for_update()) is None:
                return None
            if session.scalar(select(RuleEndRow.rule_id).where(RuleEndRow.rule_id == rule_id)) is not None:
                return None
            session.add(RuleEndRow(rule_id=rule_id, reviewer=reviewer, ended_at=now))
            session.flush()
            review = NewReview(Decision.REOPEN, reviewer, "The rule was ended.", f"{_ENDED}{rule_id}")
            made = write_reviews(session, list(session.scalars(_kept_by(rule_id))), review, now, _QUIET)
            apply_rules(session, made, now)  # another one may say the same
            return len(made)

    def find(self, rule_id: str) -> StoredRule | None:
        """A rule; None where there is none."""
        with self._sessions.reading() as session:
            return next(iter(_stored(session, RuleRow.id == rule_id)), None)

    def all(self) -> list[StoredRule]:
        """The rules, the newest first, ended ones too."""
        with self._sessions.reading() as session:
            return _stored(session)

    def counting(self, now: datetime) -> list[StoredRule]:
        """The rules that count now, the newest first."""
        with self._sessions.reading() as session:
            return _stored(session, *_counting(now))


def apply_rules(session: Session, finding_ids: Sequence[int], now: datetime) -> None:
    """Let the rules that count decide about findings that a run has just saved.

    What a rule kept quiet and does not fit any more (another code, another answer) is open again.
    """
    rules = _rules_at(session, now)
    for some in chunks(finding_ids):
        _reopen_unfit(session, some, rules, now)
        if rules:
            at = {(row.code, row.host) for row in session.execute(_code_and_host(some))}
            urls = {row.url for row in session.execute(_urls(some))}
            for rule in rules:
                if (rule.code, rule.host) in at or rule.url in urls:
                    _apply(session, rule, _matching(rule).where(QueueRow.finding_id.in_(some)), now)


def reopen_unfit(session: Session, finding_ids: Sequence[int], now: datetime) -> None:
    """Open those of these findings again that are kept quiet by a rule that ended: an undo may have brought it back."""
    for some in chunks(finding_ids):
        _reopen_unfit(session, some, _rules_at(session, now), now)


def _rules_at(session: Session, now: datetime) -> Sequence[RuleRow]:
    return session.scalars(select(RuleRow).where(*_counting(now)).order_by(RuleRow.id)).all()


def _reopen_unfit(session: Session, finding_ids: Sequence[int], rules: Sequence[RuleRow], now: datetime) -> None:
    known = {rule.id: rule for rule in rules}
    quiet = select(QueueRow.finding_id).where(
        QueueRow.finding_id.in_(finding_ids), QueueRow.review_state == FindingState.QUIET
    )
    kept: dict[str | None, set[int]] = defaultdict(set)
    latest = select(ReviewRow.finding_id, ReviewRow.rule_id).where(ReviewRow.finding_id.in_(quiet), _is_latest())
    for finding_id, rule_id in session.execute(latest):
        kept[rule_id].add(finding_id)
    for rule_id, ids in kept.items():
        rule = known.get(rule_id or "")
        if rule is not None:
            ids = ids - set(session.scalars(_fitting(rule).where(QueueRow.finding_id.in_(sorted(ids)))))
        if ids:
            why = "The rule that kept it quiet does not fit any more."
            review = NewReview(Decision.REOPEN, PROGRAM, why, _token(rule_id))
            write_reviews(session, sorted(ids), review, now, {FindingState.QUIET})


def _apply(session: Session, rule: RuleRow, matching: Any, now: datetime) -> Sequence[int]:
    ids = list(session.scalars(matching))
    if not ids:
        return ()
    review = NewReview(Decision.QUIET, rule.reviewer, rule.why, _token(rule.id), rule.expires_at, rule_id=rule.id)
    return write_reviews(session, ids, review, now)


def _token(rule_id: str | None) -> str:
    """A token of its own: a finding may be made quiet and opened again more than once in its life."""
    return f"rule {rule_id} {secrets.token_urlsafe(9)}"


def _counting(now: datetime) -> list[ColumnElement[bool]]:
    end = aliased(RuleEndRow)
    return [
        or_(RuleRow.expires_at.is_(None), RuleRow.expires_at > now),
        ~exists().where(end.rule_id == RuleRow.id),
    ]


def _fitting(rule: NewRule | RuleRow) -> Any:
    """A statement: the numbers of the findings that a rule is about, whatever their state."""
    which: list[ColumnElement[bool]] = [QueueRow.code == rule.code]
    found = select(QueueRow.finding_id)
    if rule.host:
        which.append(QueueRow.host == rule.host)
    if rule.url or rule.http_status is not None:
        found = found.join(FindingRow, FindingRow.id == QueueRow.finding_id)
    if rule.url:
        which.append(FindingRow.url == rule.url)
    if rule.http_status is not None:
        status = (
            select(FetchRow.http_status)
            .join(AddressRow, FetchRow.id == latest_fetch())
            .where(AddressRow.url == FindingRow.url)
            .correlate(FindingRow)
            .scalar_subquery()
        )
        which.append(status == rule.http_status)
    return found.where(*which)


def _matching(rule: NewRule | RuleRow) -> Any:
    """A statement: the numbers of open findings that a rule is about, but for those a person opened again since."""
    found = _fitting(rule).where(QueueRow.review_state == FindingState.OPEN)
    if isinstance(rule, RuleRow):
        reopened = exists().where(
            ReviewRow.finding_id == QueueRow.finding_id,
            ReviewRow.decision == Decision.REOPEN,
            ReviewRow.reviewer != PROGRAM,
            ReviewRow.decided_at >= rule.made_at,
            ~ReviewRow.request_token.like(f"{_ENDED}%"),
        )
        found = found.where(~reopened)
    return found


def _is_latest() -> ColumnElement[bool]:
    """That a review is the latest of its finding."""
    later = aliased(ReviewRow)
    return ~exists().where(later.finding_id == ReviewRow.finding_id, later.id > ReviewRow.id)


def _kept_by(rule_id: str) -> Any:
    return select(ReviewRow.finding_id).where(ReviewRow.rule_id == rule_id, _is_latest())


def _code_and_host(finding_ids: Sequence[int]) -> Any:
    return select(QueueRow.code, QueueRow.host).where(QueueRow.finding_id.in_(finding_ids)).distinct()


def _urls(finding_ids: Sequence[int]) -> Any:
    return select(FindingRow.url).where(FindingRow.id.in_(finding_ids), FindingRow.url.is_not(None)).distinct()


def _stored(session: Session, *which: ColumnElement[bool]) -> list[StoredRule]:
    rules = (
        select(RuleRow, RuleEndRow.reviewer, RuleEndRow.ended_at)
        .outerjoin(RuleEndRow, RuleEndRow.rule_id == RuleRow.id)
        .where(*which)
        .order_by(RuleRow.id.desc())
        .limit(MOST_RULES)
    )
    quiet = (
        select(ReviewRow.rule_id, func.count())
        .join(QueueRow, QueueRow.finding_id == ReviewRow.finding_id)
        .where(QueueRow.review_state == FindingState.QUIET, ReviewRow.rule_id.is_not(None), _is_latest())
        .group_by(ReviewRow.rule_id)
    )
    counts: dict[str | None, int] = {row[0]: row[1] for row in session.execute(quiet)}
    return [
        StoredRule(
            row.id,
            row.code,
            row.host,
            row.url,
            row.http_status,
            row.why,
            row.reviewer,
            row.made_at,
            row.expires_at,
            ended_by,
            ended_at,
            counts.get(row.id, 0),
        )
        for row, ended_by, ended_at in session.execute(rules)
    ]
