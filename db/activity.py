"""What everybody did, by person and day: decisions, words, assignments, letters and rules, a line an action.

Ids are ULIDs, which begin with their time: a day is a range of the primary key.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.sessions import Sessions
from db.tables import AssignmentRow, CommentRow, FindingRow, LetterRow, ReviewRow, RuleEndRow, RuleRow
from db.ulids import first_ulid, ulid_day
from verifier.model import Decision

MOST_ACTIONS = 5000
"""Actions of each kind that are read of a day, the newest."""


class ActionKind(StrEnum):
    """What somebody did besides deciding."""

    COMMENT = "comment"
    ASSIGN = "assign"
    LETTER = "letter"
    RULE = "rule"
    RULE_ENDED = "rule_ended"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that somebody did, to so many findings at once; `about` is one of them, or what a letter or rule says.

    `leads_to` is the fingerprint of that finding, or the id of the letter.
    """

    at: datetime
    reviewer: str
    what: Decision | ActionKind
    findings: int
    about: str
    note: str
    leads_to: str | None
    id: str


@dataclass(frozen=True, slots=True)
class DayOfPerson:
    """How much somebody did on a day, by what it was: findings decided, comments written, and so on."""

    day: date
    reviewer: str
    counts: dict[Decision | ActionKind, int]


class Activity:
    """The verbs about what everybody did."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def days(self, last: date, days: int = 7) -> list[DayOfPerson]:
        """The last so many days in UTC, the newest first, each with its people by name; quiet days are left out."""
        with self._sessions.reading() as session:
            return [one for back in range(days) for one in _day(session, last - timedelta(days=back))]

    def of_day(self, day: date, reviewer: str = "") -> list[Action]:
        """What was done on a day in UTC, by somebody or by all, the newest first."""
        with self._sessions.reading() as session:
            actions = list(_actions(session, day, reviewer))
        return sorted(actions, key=lambda action: (action.at, action.id), reverse=True)

    def findings_of(self, action_id: str, most: int, offset: int = 0) -> tuple[int, list[tuple[str, str]]]:
        """How many findings were decided or assigned in one go with one; so many of them: (fingerprint, message)."""
        with self._sessions.reading() as session:
            review = session.get(ReviewRow, action_id)
            if review is not None:
                at = ReviewRow.decided_at == review.decided_at
                undone = ReviewRow.undoes.is_not(None) if review.undoes else ReviewRow.undoes.is_(None)
                who = ReviewRow.reviewer == review.reviewer, ReviewRow.note == review.note
                same = (at, *who, ReviewRow.decision == review.decision, undone)
                return _in_one_go(session, ReviewRow, same, review.id, most, offset)
            given = session.get(AssignmentRow, action_id)
            if given is None:
                return 0, []
            at = AssignmentRow.assigned_at == given.assigned_at
            who = AssignmentRow.reviewer == given.reviewer, AssignmentRow.note == given.note
            to = (at, *who, AssignmentRow.assignee == given.assignee)
            return _in_one_go(session, AssignmentRow, to, given.id, most, offset)


def _in_one_go(
    session: Session, row: Any, same: tuple[Any, ...], first: str, most: int, offset: int
) -> tuple[int, list[tuple[str, str]]]:
    """Those of the day of the first of them, by its id: a batch over midnight is an action of either day."""
    which = (*same, *_within(row.id, ulid_day(first)))
    total = session.scalar(select(func.count()).select_from(row).where(*which)) or 0
    found = select(FindingRow.fingerprint, FindingRow.message).join(row, row.finding_id == FindingRow.id).where(*which)
    page = session.execute(found.order_by(FindingRow.id).limit(most).offset(offset))
    return total, [(name, message) for name, message in page]


def _within(column: Any, day: date) -> tuple[Any, Any]:
    start = datetime.combine(day, time(), UTC)
    return column >= first_ulid(start), column < first_ulid(start + timedelta(days=1))


def _day(session: Session, day: date) -> list[DayOfPerson]:
    people: dict[str, Counter[Decision | ActionKind]] = {}

    def count(reviewer: str, what: Decision | ActionKind, many: int) -> None:
        people.setdefault(reviewer, Counter())[what] += many

    undone = ReviewRow.undoes.is_not(None)
    reviews = select(ReviewRow.reviewer, ReviewRow.decision, undone, func.count()).where(*_within(ReviewRow.id, day))
    for reviewer, decision, is_undo, many in session.execute(
        reviews.group_by(ReviewRow.reviewer, ReviewRow.decision, undone)
    ):
        count(reviewer, ActionKind.UNDO if is_undo else decision, many)
    for row, kind in _OTHERS:
        made = select(row.reviewer, func.count()).where(*_within(row.id, day)).group_by(row.reviewer)
        for reviewer, many in session.execute(made):
            count(reviewer, kind, many)
    return [DayOfPerson(day, name, dict(people[name])) for name in sorted(people)]


_OTHERS: tuple[tuple[Any, ActionKind], ...] = (
    (CommentRow, ActionKind.COMMENT),
    (AssignmentRow, ActionKind.ASSIGN),
    (LetterRow, ActionKind.LETTER),
    (RuleRow, ActionKind.RULE),
)


def _actions(session: Session, day: date, reviewer: str) -> Iterator[Action]:
    yield from _reviews(session, day, reviewer)
    for row, kind, words in ((CommentRow, ActionKind.COMMENT, CommentRow.words),):
        said = select(row.id, row.written_at, row.reviewer, FindingRow.message, FindingRow.fingerprint, words)
        said = said.join(FindingRow, FindingRow.id == row.finding_id).where(*_within(row.id, day))
        for number, at, who, message, fingerprint, note in session.execute(_by(said, row, reviewer)):
            yield Action(at, who, kind, 1, message, note, fingerprint, number)
    yield from _assignments(session, day, reviewer)
    letters = select(LetterRow).where(*_within(LetterRow.id, day))
    for letter in session.scalars(_by(letters, LetterRow, reviewer)):
        yield Action(letter.written_at, letter.reviewer, ActionKind.LETTER, 0, letter.subject, "", letter.id, letter.id)
    rules = select(RuleRow).where(*_within(RuleRow.id, day))
    for rule in session.scalars(_by(rules, RuleRow, reviewer)):
        about = rule.host or rule.url or rule.below or rule.folder or rule.code.value
        yield Action(rule.made_at, rule.reviewer, ActionKind.RULE, 0, about, rule.why, None, rule.id)
    start = datetime.combine(day, time(), UTC)
    ends = (
        select(RuleEndRow, RuleRow)
        .join(RuleRow, RuleRow.id == RuleEndRow.rule_id)
        .where(RuleEndRow.ended_at >= start, RuleEndRow.ended_at < start + timedelta(days=1))
    )
    for end, rule in session.execute(_by(ends, RuleEndRow, reviewer)):
        about = rule.host or rule.url or rule.below or rule.folder or rule.code.value
        yield Action(end.ended_at, end.reviewer, ActionKind.RULE_ENDED, 0, about, "", None, rule.id)


def _by(statement: Any, row: Any, reviewer: str) -> Any:
    return statement.where(row.reviewer == reviewer) if reviewer else statement


def _reviews(session: Session, day: date, reviewer: str) -> Iterator[Action]:
    """Decisions; what was decided at one moment in the same way is one action."""
    undone = ReviewRow.undoes.is_not(None)
    same = (ReviewRow.decided_at, ReviewRow.reviewer, ReviewRow.decision, ReviewRow.note, undone)
    grouped = (
        select(*same, func.count(), func.min(ReviewRow.id).label("first"))
        .where(*_within(ReviewRow.id, day))
        .group_by(*same)
        .order_by(ReviewRow.decided_at.desc())
        .limit(MOST_ACTIONS)
    )
    found = session.execute(_by(grouped, ReviewRow, reviewer)).all()
    about = _about(session, ReviewRow, [row.first for row in found])
    for at, who, decision, note, is_undo, many, first in found:
        message, fingerprint = about[first]
        yield Action(at, who, ActionKind.UNDO if is_undo else decision, many, message, note, fingerprint, first)


def _assignments(session: Session, day: date, reviewer: str) -> Iterator[Action]:
    same = (AssignmentRow.assigned_at, AssignmentRow.reviewer, AssignmentRow.assignee, AssignmentRow.note)
    grouped = (
        select(*same, func.count(), func.min(AssignmentRow.id).label("first"))
        .where(*_within(AssignmentRow.id, day))
        .group_by(*same)
        .order_by(AssignmentRow.assigned_at.desc())
        .limit(MOST_ACTIONS)
    )
    found = session.execute(_by(grouped, AssignmentRow, reviewer)).all()
    about = _about(session, AssignmentRow, [row.first for row in found])
    for at, who, assignee, note, many, first in found:
        message, fingerprint = about[first]
        words = f"to {assignee}" if assignee else "back to everybody"
        said = f"{words}: {note}" if note else words
        yield Action(at, who, ActionKind.ASSIGN, many, message, said, fingerprint, first)


def _about(session: Session, row: Any, ids: list[str]) -> dict[str, tuple[str, str]]:
    found = select(row.id, FindingRow.message, FindingRow.fingerprint).join(FindingRow, FindingRow.id == row.finding_id)
    return {number: (message, name) for number, message, name in session.execute(found.where(row.id.in_(ids)))}
