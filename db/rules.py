"""Standing rules: which findings need not be shown for a while, who said so and why, and what came of it.

A rule names one code and a scope (`db.rule_scope`). It never touches a finding of another code: when a blocked link
turns out to be broken, the finding is open again. Setting, changing and ending one goes part by part, each part in a
transaction of its own, and in an order in which an interruption hides nothing: a rule is ended when it keeps nothing
quiet any more.
"""

import secrets
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from db.queue_filter import ORDER
from db.queue_places import refresh_links_of
from db.review_batches import write_reviews
from db.reviews import PROGRAM, NewReview
from db.rule_records import SCOPE, NewRule, StoredRule, counting, is_latest, stored_rules
from db.rule_scope import RuleScope, fitting, is_of_documents, is_whole, may_fit
from db.sessions import Sessions, chunks, insert
from db.tables import DocumentRow, QueuePlaceRow, QueueRow, ReviewRow, RuleEndRow, RuleRow
from db.ulids import ulid_after
from verifier.errors import StoreError
from verifier.model import Decision, FindingState

__all__ = ["NewRule", "Rules", "StoredRule", "apply_rules", "refresh_printed", "reopen_unfit"]

PART = 1500
"""Findings that are made quiet, or opened again, in one transaction."""

REST = 0.025
"""Seconds between two parts, in which others write."""

_ENDED = "ended rule "
"""How the tokens begin of the reviews that the end of a rule brings about."""

_QUIET = frozenset({FindingState.QUIET, FindingState.CLOSED})


class Rules:
    """The verbs about standing rules."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def set(self, rule: NewRule, now: datetime) -> tuple[str, int]:
        """Set a rule, and apply it at once; its id, and how many findings it made quiet now.

        A repeated token is the first one's rule, and goes on with what that left. Raises StoreError for a scope that
        says nothing of a place or of documents, or names two places.
        """
        with self._sessions.writing() as session:
            rule_id = _add(session, rule, None, now).id
        return rule_id, self._apply_all(rule_id, now)

    def change(self, rule_id: str, rule: NewRule, now: datetime) -> tuple[str, int] | None:
        """Set a rule in the place of another, which is ended: its new version; its id, and how many are quiet by it.

        None where there is no such rule, or it was ended. What the new one does not name is open again; what it names
        too goes over to it, and is at no moment open. Raises StoreError as `set`.
        """
        new_id = None
        for _ in self._parts():
            with self._sessions.writing() as session:
                if not _locked_and_counts(session, rule_id):
                    break
                new = _add(session, rule, rule_id, now)
                new_id = new.id
                ids = _kept(session, rule_id)
                kept = set(session.scalars(fitting(new).where(QueueRow.finding_id.in_(ids))))
                why = NewReview(Decision.QUIET, new.reviewer, new.why, _token(new.id), new.expires_at, rule_id=new.id)
                write_reviews(session, sorted(kept), why, now, _QUIET)
                left = sorted(set(ids) - kept)
                reopen = NewReview(Decision.REOPEN, rule.reviewer, "The rule was changed.", _end_token(rule_id))
                apply_rules(session, write_reviews(session, left, reopen, now, _QUIET), now, but=rule_id)
                if len(ids) < PART:
                    session.add(RuleEndRow(rule_id=rule_id, reviewer=rule.reviewer, ended_at=now))
                    break
        if new_id is None:
            return None
        self._apply_all(new_id, now)
        found = self.find(new_id)
        return new_id, found.quiet if found else 0

    def which(self, rule: RuleScope) -> list[int]:
        """The numbers of the open findings that a rule would make quiet at once, the most urgent first."""
        with self._sessions.reading() as session:
            return list(session.scalars(_open(rule).order_by(*ORDER)))

    def end(self, rule_id: str, reviewer: str, now: datetime) -> int | None:
        """End a rule: what it keeps quiet is open again; how many. None where there is no such rule, or it ended."""
        opened = None
        for _ in self._parts():
            with self._sessions.writing() as session:
                if not _locked_and_counts(session, rule_id):
                    break
                ids = _kept(session, rule_id)
                review = NewReview(Decision.REOPEN, reviewer, "The rule was ended.", _end_token(rule_id))
                made = write_reviews(session, ids, review, now, _QUIET)
                apply_rules(session, made, now, but=rule_id)  # another one may say the same
                opened = (opened or 0) + len(made)
                if len(ids) < PART:
                    session.add(RuleEndRow(rule_id=rule_id, reviewer=reviewer, ended_at=now))
                    break
        return opened

    def find(self, rule_id: str) -> StoredRule | None:
        """A rule; None where there is none."""
        with self._sessions.reading() as session:
            return next(iter(stored_rules(session, RuleRow.id == rule_id)), None)

    def all(self) -> list[StoredRule]:
        """The rules, the newest first, ended ones too."""
        with self._sessions.reading() as session:
            return stored_rules(session)

    def counting(self, now: datetime) -> list[StoredRule]:
        """The rules that count now, the newest first."""
        with self._sessions.reading() as session:
            return stored_rules(session, *counting(now))

    def _apply_all(self, rule_id: str, now: datetime) -> int:
        made = 0
        for _ in self._parts():
            with self._sessions.writing() as session:
                rule = session.scalars(select(RuleRow).where(RuleRow.id == rule_id, *counting(now))).one_or_none()
                some = 0 if rule is None else len(_apply(session, rule, _matching(session, rule).limit(PART), now))
            made += some
            if some < PART:
                break
        return made

    def _parts(self) -> Iterator[None]:
        """One after the other, with a rest between two."""
        while True:
            yield
            time.sleep(REST)


def apply_rules(session: Session, finding_ids: Sequence[int], now: datetime, but: str = "") -> None:
    """Let the rules that count (but for one) decide about findings that a run has just saved.

    What a rule kept quiet and does not fit any more (another code, another answer) is open again.
    """
    rules = _rules_at(session, now)
    for some in chunks(finding_ids):
        _reopen_unfit(session, some, rules, now)
        if rules:
            there = {(row.code, row.host) for row in session.execute(_code_and_host(some))}
            for rule in rules:
                if rule.id != but and may_fit(rule, there):
                    _apply(session, rule, _matching(session, rule).where(QueueRow.finding_id.in_(some)), now)


def refresh_printed(session: Session, pdf_sha256: str, now: datetime) -> None:
    """Say anew what the documents of these bytes print, as `db.queue_places.refresh_links_of`; what a rule about some
    documents kept quiet, and another prints now, is open again.
    """
    refresh_links_of(session, pdf_sha256)
    if any(map(is_of_documents, _rules_at(session, now))):
        there = select(QueuePlaceRow.finding_id).join(DocumentRow, DocumentRow.id == QueuePlaceRow.document_id)
        reopen_unfit(session, list(session.scalars(there.where(DocumentRow.pdf_sha256 == pdf_sha256))), now)


def reopen_unfit(session: Session, finding_ids: Sequence[int], now: datetime) -> None:
    """Open those of these findings again that are kept quiet by a rule that ended: an undo may have brought it back."""
    for some in chunks(finding_ids):
        _reopen_unfit(session, some, _rules_at(session, now), now)


def _rules_at(session: Session, now: datetime) -> Sequence[RuleRow]:
    return session.scalars(select(RuleRow).where(*counting(now)).order_by(RuleRow.id)).all()


def _reopen_unfit(session: Session, finding_ids: Sequence[int], rules: Sequence[RuleRow], now: datetime) -> None:
    known = {rule.id: rule for rule in rules}
    quiet = select(QueueRow.finding_id).where(
        QueueRow.finding_id.in_(finding_ids), QueueRow.review_state == FindingState.QUIET
    )
    kept: dict[str | None, set[int]] = defaultdict(set)
    latest = select(ReviewRow.finding_id, ReviewRow.rule_id).where(ReviewRow.finding_id.in_(quiet), is_latest())
    for finding_id, rule_id in session.execute(latest):
        kept[rule_id].add(finding_id)
    for rule_id, ids in kept.items():
        rule = known.get(rule_id or "")
        if rule is not None:
            ids = ids - set(session.scalars(fitting(rule).where(QueueRow.finding_id.in_(sorted(ids)))))
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


def _open(rule: RuleScope | RuleRow) -> Any:
    return fitting(rule).where(QueueRow.review_state == FindingState.OPEN)


def _matching(session: Session, rule: RuleRow) -> Any:
    """A statement: the numbers of open findings that a rule is about, but for those a person opened again since.

    Since its first version was set, that is.
    """
    first = rule
    while first.replaces is not None and (before := session.get(RuleRow, first.replaces)) is not None:
        first = before
    reopened = exists().where(
        ReviewRow.finding_id == QueueRow.finding_id,
        ReviewRow.decision == Decision.REOPEN,
        ReviewRow.reviewer != PROGRAM,
        ReviewRow.decided_at >= first.made_at,
        ~ReviewRow.request_token.like(f"{_ENDED}%"),
    )
    return _open(rule).where(~reopened)


def _add(session: Session, rule: NewRule, replaces: str | None, now: datetime) -> RuleRow:
    """The rule of a token: a new one, unless it was set before."""
    if not is_whole(rule):
        raise StoreError("a rule is about one host or address, or about documents")
    row = {name: getattr(rule, name) or None for name in SCOPE} | {
        "id": ulid_after(None, now),
        "subdomains": bool(rule.host) and rule.subdomains,
        "why": rule.why,
        "reviewer": rule.reviewer,
        "request_token": rule.request_token,
        "made_at": now,
        "expires_at": rule.expires_at,
        "replaces": replaces,
    }
    session.execute(insert(session, RuleRow).on_conflict_do_nothing(index_elements=["request_token"]), [row])
    return session.scalars(select(RuleRow).where(RuleRow.request_token == rule.request_token)).one()


def _locked_and_counts(session: Session, rule_id: str) -> bool:
    """Whether there is a rule that nobody has ended; locked, so that of two who end it the second finds its end."""
    if session.scalar(select(RuleRow.id).where(RuleRow.id == rule_id).with_for_update()) is None:
        return False
    return session.scalar(select(RuleEndRow.rule_id).where(RuleEndRow.rule_id == rule_id)) is None


def _kept(session: Session, rule_id: str) -> list[int]:
    """The numbers of a part of the findings whose latest review is a rule's."""
    kept = select(ReviewRow.finding_id).where(ReviewRow.rule_id == rule_id, is_latest())
    return list(session.scalars(kept.order_by(ReviewRow.finding_id).limit(PART)))


def _end_token(rule_id: str) -> str:
    return f"{_ENDED}{rule_id} {secrets.token_urlsafe(9)}"


def _code_and_host(finding_ids: Sequence[int]) -> Any:
    return select(QueueRow.code, QueueRow.host).where(QueueRow.finding_id.in_(finding_ids)).distinct()
