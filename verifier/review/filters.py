"""The queue's filter as it travels in addresses, so that every page knows what its neighbours are."""

from collections.abc import Mapping

from db.review_queue import Place, QueueFilter
from verifier.model import FindingCode, FindingState

ANY = "any"

_LONGEST = 200


def filter_of(query: Mapping[str, str]) -> QueueFilter:
    """The filter that a query string says; what it does not say, or says wrongly, is the default."""
    state: FindingState | None = FindingState.OPEN
    if query.get("state") == ANY:
        state = None
    elif query.get("state") in set(FindingState):
        state = FindingState(query["state"])
    return QueueFilter(
        state=state,
        document_id=_number(query.get("document", "")),
        code=FindingCode(query["code"]) if query.get("code") in set(FindingCode) else None,
        host=query.get("host", "")[:_LONGEST].strip().lower(),
        source=query.get("source", "")[:2000],
        new=query.get("new") == "1",
        words=query.get("q", "")[:_LONGEST].strip(),
        assignee=query.get("assignee", "")[:_LONGEST].strip(),
        rule=query.get("rule", "")[:_LONGEST].strip(),
        unanswered=query.get("unanswered") == "1",
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
        "assignee": wanted.assignee,
        "rule": wanted.rule,
        "unanswered": "1" if wanted.unanswered else "",
    }
    return {name: value for name, value in query.items() if value}


def place_of(words: str) -> Place | None:
    """A place as `place_words` wrote it; None for anything else."""
    parts = [_number(part) for part in words.split(".")]
    if len(parts) != len(Place._fields):
        return None
    rank, home, page, finding = parts
    if rank is None or home is None or page is None or finding is None:
        return None
    return Place(rank, home, page, finding)


def place_words(place: Place) -> str:
    """A place in the queue's order, for an address."""
    return ".".join(map(str, place))


def _number(words: str) -> int | None:
    """A number that fits the database; None for anything else."""
    return int(words) if words.isascii() and words.isdecimal() and len(words) <= 18 else None
