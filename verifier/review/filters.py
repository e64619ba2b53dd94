"""The queue's filter as it travels in addresses, so that every page knows what its neighbours are."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from db.review_queue import QueueFilter, QueueKey
from verifier.model import FindingCode, FindingKind, FindingState, Severity

ANY = "any"

_LONGEST = 200
_LONGEST_PATH = 2000

_Member = TypeVar("_Member", bound=StrEnum)


def filter_of(query: Mapping[str, str]) -> QueueFilter:
    """The filter that a query string says; what it does not say, or says wrongly, is the default."""
    state = _member(FindingState, query.get("state", "")) or FindingState.OPEN
    return QueueFilter(
        state=None if query.get("state") == ANY else state,
        document_id=_number(query.get("document", "")),
        code=_member(FindingCode, query.get("code", "")),
        host=query.get("host", "")[:_LONGEST].strip().lower(),
        source=query.get("source", "")[:_LONGEST_PATH],
        new=query.get("new") == "1",
        words=query.get("q", "")[:_LONGEST].strip(),
        severity=_member(Severity, query.get("severity", "")),
        kind=_member(FindingKind, query.get("kind", "")),
        folder=query.get("folder", "")[:_LONGEST_PATH].strip(),
        page=_page(query.get("page", "")),
        reviewer=query.get("reviewer", "")[:_LONGEST].strip(),
        since=_day(query.get("since", "")),
        until=_day(query.get("until", "")),
        assignee=query.get("assignee", "")[:_LONGEST].strip(),
        rule=query.get("rule", "")[:_LONGEST].strip(),
        unanswered=query.get("unanswered") == "1",
        batch=query.get("batch", "")[:_LONGEST].strip(),
    )


def query_of(wanted: QueueFilter) -> dict[str, str]:
    """A filter as a query string; what is the default is left out."""
    query = {
        "state": "" if wanted.state is FindingState.OPEN else (wanted.state.value if wanted.state else ANY),
        "document": "" if wanted.document_id is None else str(wanted.document_id),
        "code": wanted.code.value if wanted.code else "",
        "host": wanted.host,
        "source": wanted.source,
        "new": "1" if wanted.new else "",
        "q": wanted.words,
        "severity": wanted.severity.value if wanted.severity else "",
        "kind": wanted.kind.value if wanted.kind else "",
        "folder": wanted.folder,
        "page": "" if wanted.page is None else str(wanted.page),
        "reviewer": wanted.reviewer,
        "since": wanted.since.isoformat() if wanted.since else "",
        "until": wanted.until.isoformat() if wanted.until else "",
        "assignee": wanted.assignee,
        "rule": wanted.rule,
        "unanswered": "1" if wanted.unanswered else "",
        "batch": wanted.batch,
    }
    return {name: value for name, value in query.items() if value}


def place_of(words: str) -> QueueKey | None:
    """A place as `place_words` wrote it; None for anything else."""
    parts = [_number(part) for part in words.split(".")]
    if len(parts) != len(QueueKey._fields):
        return None
    numbers = [part for part in parts if part is not None]
    return QueueKey(*numbers) if len(numbers) == len(parts) else None


def place_words(place: QueueKey) -> str:
    """A place in the queue's order, for an address."""
    return ".".join(map(str, place))


def _member(members: type[_Member], words: str) -> _Member | None:
    return members(words) if words in set(members) else None


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def _page(words: str) -> int | None:
    """A document's page: a number of at most six digits, so that each database takes it."""
    return (_number(words) or None) if len(words) <= 6 else None


def _number(words: str) -> int | None:
    """A number that fits the database; None for anything else."""
    return int(words) if words.isascii() and words.isdecimal() and len(words) <= 18 else None
