"""What a form decides, about one finding or many: read, checked, and refused in plain words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from flask import abort

from db.reviews import NewReview
from verifier.model import Decision
from verifier.review.desk import app_state, now

SNOOZE_DAYS = 7
"""The days that `s` puts a finding off by itself."""

LONGEST_NOTE = 2000
LONGEST_QUESTION = 10_000
"""Characters of a note for colleagues, and of a question to an author; the rest is cut off."""

_SHORTEST_TOKEN, _LONGEST_TOKEN = 8, 100

BY_PEOPLE = frozenset(Decision) - {Decision.QUIET}
"""What a form may decide: only a rule keeps quiet."""


@dataclass(frozen=True, slots=True)
class WrittenDecision:
    """What somebody wrote into the form of a decision that was not stored: it is there again when they are asked."""

    decision: str = ""
    note: str = ""
    right_value: str = ""
    until: str = ""
    question: str = ""

    @classmethod
    def of(cls, form: Mapping[str, str]) -> "WrittenDecision":
        """The words of a form."""
        names = ("decision", "note", "right_value", "until", "question")
        return cls(**{name: words_of(form, name, LONGEST_QUESTION) for name in names})

    def of_decision(self, decision: str) -> "WrittenDecision":
        """These words for the form of the decision that they were written for, none for any other."""
        return self if decision == self.decision else NOTHING_WRITTEN


NOTHING_WRITTEN = WrittenDecision()


def token_of(form: Mapping[str, str]) -> str:
    """The token that makes a double click one request."""
    token = form.get("token", "")
    if not _SHORTEST_TOKEN <= len(token) <= _LONGEST_TOKEN or any(char.isspace() for char in token):
        abort(400, "The form is incomplete; open the page again.")
    return token


def review_of(form: Mapping[str, str], reviewer: str) -> NewReview:
    """The review that a form asks for."""
    if form.get("decision") not in {decision.value for decision in BY_PEOPLE}:
        abort(400, "The form names no decision.")
    decision = Decision(form["decision"])
    note = words_of(form, "note", LONGEST_NOTE)
    token = token_of(form)
    until = day_end(form.get("until", ""))
    if decision is Decision.DISMISS and not note:
        abort(400, "Say in a word why it is dismissed: whoever comes after you will ask.")
    if decision is Decision.SNOOZE and until is None:
        until = now() + timedelta(days=SNOOZE_DAYS)
    if decision is Decision.QUERY:
        until = now() + timedelta(days=app_state().settings.review.query_days)
    ends = decision in (Decision.DISMISS, Decision.SNOOZE, Decision.QUERY)
    right_value = words_of(form, "right_value", LONGEST_NOTE) if decision is Decision.ACCEPT else ""
    question = words_of(form, "question", LONGEST_QUESTION) if decision is Decision.QUERY else ""
    return NewReview(
        decision,
        reviewer,
        note,
        token,
        until if ends else None,
        right_value=right_value or None,
        question=question or None,
    )


def words_of(form: Mapping[str, str], name: str, longest: int = LONGEST_NOTE) -> str:
    """What somebody wrote in a field, with line ends as they are here, cut where it is too long."""
    return form.get(name, "").replace("\r\n", "\n").strip()[:longest]


def day_end(words: str) -> datetime | None:
    """The start of a day to come, as a form's date field writes it; None for anything else."""
    try:
        moment = datetime.combine(date.fromisoformat(words), time(), UTC)
    except ValueError:
        return None
    return moment if moment > now() else None
