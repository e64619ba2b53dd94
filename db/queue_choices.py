"""Hosts, folders and people that the queue may be narrowed to, sought as somebody types, each with what it leads to."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from db.queue_changes import VersionedCache, queue_version
from db.queue_filter import QueueFilter, conditions
from db.queue_search import search_kind
from db.review_queue import Queue
from db.sessions import Sessions
from db.tables import DocumentRow, FindingRow, QueuePlaceRow, QueueRow

_MOST_KEPT = 200
"""Lists of choices that are kept."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a filter, and how many findings there are once it is chosen beside all else."""

    value: str
    count: int


class QueueChoices:
    """The verbs about the choices of filters."""

    def __init__(self, sessions: Sessions, queue: Queue) -> None:
        self._sessions = sessions
        self._queue = queue
        self._kept = VersionedCache(_MOST_KEPT)

    def hosts(self, wanted: QueueFilter, words: str, most: int) -> tuple[Choice, ...]:
        """The hosts that have all of these words, those with most findings first."""
        return _sought(self._all("host", replace(wanted, host="")), words, most)

    def folders(self, wanted: QueueFilter, words: str, most: int) -> tuple[Choice, ...]:
        """The folders, at any depth, whose path has all of these words, by path."""
        found = _sought(self._all("folder", replace(wanted, folder="")), words, most)
        return tuple(sorted(found, key=lambda choice: choice.value))

    def reviewers(self, wanted: QueueFilter, words: str, most: int) -> tuple[Choice, ...]:
        """The people who decided last, those with most findings first."""
        return _sought(self._all("reviewer", replace(wanted, reviewer="")), words, most)

    def _all(self, kind: str, wanted: QueueFilter) -> tuple[Choice, ...]:
        """All choices with a count, the greatest first; counted anew when the queue has changed."""
        since = self._queue.last_night()
        with self._sessions.reading() as session:
            return self._kept.of(queue_version(session), (kind, wanted), lambda: _counted(session, kind, wanted, since))


def _counted(session: Session, kind: str, wanted: QueueFilter, since: int) -> tuple[Choice, ...]:
    which = conditions(wanted, since, search_kind(session))
    counts = _folders(session, which) if kind == "folder" else _column(session, kind, which)
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return tuple(Choice(value, count) for value, count in ordered)


def _sought(choices: tuple[Choice, ...], words: str, most: int) -> tuple[Choice, ...]:
    parts = words.casefold().split()
    found = (choice for choice in choices if all(part in choice.value.casefold() for part in parts))
    return tuple(choice for choice, _ in zip(found, range(most), strict=False))


def _column(session: Session, kind: str, which: Sequence[ColumnElement[bool]]) -> dict[str, int]:
    column = QueueRow.host if kind == "host" else QueueRow.reviewer
    counted = select(column, func.count()).where(column != "", *which).group_by(column)
    return {row[0]: row[1] for row in session.execute(counted)}


def _folders(session: Session, which: Sequence[ColumnElement[bool]]) -> dict[str, int]:
    """Each finding once in every folder above the documents that it touches.

    Findings of one document are counted by the database; those about links, which several may print, one by one.
    """
    files = select(DocumentRow.id, DocumentRow.collection, DocumentRow.path).where(DocumentRow.pdf_sha256.is_not(None))
    above = {number: _above(collection, path) for number, collection, path in session.execute(files)}
    there = (
        select(QueuePlaceRow.document_id, func.count())
        .join(QueueRow, QueueRow.finding_id == QueuePlaceRow.finding_id)
        .join(FindingRow, FindingRow.id == QueuePlaceRow.finding_id)
        .where(*which)
    )
    found: Counter[str] = Counter()
    own = there.where(FindingRow.document_id.is_not(None)).group_by(QueuePlaceRow.document_id)
    for document_id, number in session.execute(own):
        for folder in above.get(document_id, ()):
            found[folder] += number
    links: dict[str, set[int]] = defaultdict(set)
    printed = there.with_only_columns(QueuePlaceRow.document_id, QueuePlaceRow.finding_id)
    for document_id, finding_id in session.execute(printed.where(FindingRow.document_id.is_(None))):
        for folder in above.get(document_id, ()):
            links[folder].add(finding_id)
    found.update({folder: len(ids) for folder, ids in links.items()})
    return dict(found)


def _above(collection: str, path: str) -> tuple[str, ...]:
    """The folders that a document is below, from what is watched down."""
    parts = path.split("/")[:-1]
    return tuple("/".join((collection.rstrip("/"), *parts[:depth])) for depth in range(len(parts) + 1))
