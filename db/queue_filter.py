"""Which findings of the queue are wanted, and in which order: parts of statements made of a filter."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, literal, select

from db.queue_search import SearchKind, matches
from db.tables import (
    AddressRow,
    DocumentRow,
    FindingRow,
    QueuePlaceRow,
    QueueRow,
    RunRow,
    SourceAddressRow,
    SourceRow,
)
from db.team_filters import of_team
from verifier.model import FindingCode, FindingKind, FindingState, Severity

_SEVERITIES = list(Severity)
_AFTER_ALL = 2**62
"""A number that no run has."""


class QueueKey(NamedTuple):
    """Where a finding is in the queue's order: rank, document, page, note and the finding's own number."""

    rank: int
    home_id: int
    page: int
    note: int
    finding_id: int


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which findings of the queue are wanted; what is None (or empty) does not matter.

    `document_id` also lets through the links that the document prints, and has its findings in reading order; so does
    `folder` (a path, of documents below it). `page` is one of the document's. `reviewer` is who decided last.
    `since` and `until` are days, both included, on which the run began that a finding is as it is since. `new` are
    those that are there since the last night, `words` are sought in notes, sentences, messages and addresses; for the
    last four see `db.team_filters`.
    """

    state: FindingState | None = FindingState.OPEN
    document_id: int | None = None
    code: FindingCode | None = None
    host: str = ""
    source: str = ""
    new: bool = False
    words: str = ""
    severity: Severity | None = None
    kind: FindingKind | None = None
    folder: str = ""
    page: int | None = None
    reviewer: str = ""
    since: date | None = None
    until: date | None = None
    assignee: str = ""
    rule: str = ""
    unanswered: bool = False
    batch: str = ""


def conditions(wanted: QueueFilter, since_run: Any, search: SearchKind) -> list[ColumnElement[bool]]:
    """Parts of a statement about the queue: all that a filter asks; `since_run` is the last night's."""
    which: list[ColumnElement[bool]] = []
    if wanted.state is not None:
        is_few = wanted.document_id is not None or wanted.source
        which.append(is_in(wanted.state) if is_few else QueueRow.review_state == wanted.state)
    if wanted.code is not None:
        which.append(QueueRow.code == wanted.code)
    if wanted.severity is not None or wanted.kind is not None:
        which.append(QueueRow.rank.in_(_ranks(wanted)))
    if wanted.new:
        which.append(QueueRow.opened_run >= since_run)
    which += of_team(wanted.assignee, wanted.rule, wanted.state, wanted.batch, unanswered=wanted.unanswered)
    return [*which, *_of_places(wanted), *_of_people_and_days(wanted), *matches(search, wanted.words)]


def is_in(state: FindingState) -> ColumnElement[bool]:
    """Part of a statement about a few findings: that they are in a state.

    Coalesced, so that SQLite looks the few up, and does not walk through all that are in the state.
    """
    return func.coalesce(QueueRow.review_state, state) == state


def _ranks(wanted: QueueFilter) -> list[int]:
    """The ranks (`db.review_queue_index.rank_of`) of a severity and a kind."""
    kinds = [wanted.kind] if wanted.kind else list(FindingKind)
    severities = [wanted.severity] if wanted.severity else _SEVERITIES
    return [
        (kind is not FindingKind.ACCUSATION) * len(_SEVERITIES) + _SEVERITIES.index(severity)
        for kind in kinds
        for severity in severities
    ]


def _of_places(wanted: QueueFilter) -> list[ColumnElement[bool]]:
    which: list[ColumnElement[bool]] = []
    if wanted.host:
        which.append(QueueRow.host == wanted.host)
    if wanted.source:
        which.append(QueueRow.finding_id.in_(_of_source(wanted.source)))
    if wanted.document_id is not None:
        there = select(QueuePlaceRow.finding_id).where(QueuePlaceRow.document_id == wanted.document_id)
        on_page = () if wanted.page is None else (QueuePlaceRow.page == wanted.page,)
        which.append(QueueRow.finding_id.in_(there.where(*on_page)))
    elif wanted.page is not None:
        which.append(QueueRow.page == wanted.page)
    if wanted.folder:
        documents = select(DocumentRow.id).where(in_folder(wanted.folder)).scalar_subquery()
        there = select(QueuePlaceRow.finding_id).where(QueuePlaceRow.document_id.in_(documents))
        which.append(QueueRow.finding_id.in_(there))
    return which


def in_folder(folder: str) -> ColumnElement[bool]:
    """Part of a statement about documents: that they are somewhere below a folder."""
    file = DocumentRow.collection + literal("/") + DocumentRow.path
    beginning = folder.rstrip("/") + "/"
    return func.substr(file, 1, len(beginning)) == beginning


def _of_people_and_days(wanted: QueueFilter) -> list[ColumnElement[bool]]:
    which: list[ColumnElement[bool]] = []
    if wanted.reviewer:
        which.append(QueueRow.reviewer == wanted.reviewer)
    if wanted.since is not None:
        begin = datetime.combine(wanted.since, time(), UTC)
        first = select(func.min(RunRow.id)).where(RunRow.started_at >= begin).scalar_subquery()
        which.append(QueueRow.opened_run >= func.coalesce(first, _AFTER_ALL))
    if wanted.until is not None:
        end = datetime.combine(wanted.until, time.max, UTC)
        last = select(func.max(RunRow.id)).where(RunRow.started_at <= end).scalar_subquery()
        which.append(QueueRow.opened_run <= func.coalesce(last, -1))
    return which


def _of_source(key: str) -> Any:
    """The findings about any address of a source."""
    return (
        select(FindingRow.id)
        .join(AddressRow, AddressRow.url == FindingRow.url)
        .join(SourceAddressRow, SourceAddressRow.address_id == AddressRow.id)
        .join(SourceRow, SourceRow.id == SourceAddressRow.source_id)
        .where(SourceRow.key == key)
    )


ORDER: tuple[Any, ...] = (QueueRow.rank, QueueRow.home_id, QueueRow.page, QueueRow.note, QueueRow.finding_id)
"""The queue's order: the most urgent first, then by document, and in it as one reads; `QueueKey` has its fields."""


def order_of(wanted: QueueFilter) -> tuple[Any, ...]:
    """The order in which findings are shown: `ORDER`, or, of one document, as one reads it."""
    if wanted.document_id is None:
        return ORDER
    return (
        _in_document(QueuePlaceRow.page, wanted.document_id, QueueRow.finding_id),
        _in_document(QueuePlaceRow.note, wanted.document_id, QueueRow.finding_id),
        QueueRow.rank,
        QueueRow.finding_id,
    )


def key_of(wanted: QueueFilter, place: Any) -> tuple[Any, ...]:
    """A place as `order_of` compares it; its fields may be parts of a statement."""
    if wanted.document_id is None:
        return tuple(place)
    page = _in_document(QueuePlaceRow.page, wanted.document_id, place.finding_id)
    note = _in_document(QueuePlaceRow.note, wanted.document_id, place.finding_id)
    return page, note, place.rank, place.finding_id


def _in_document(column: Any, document_id: int, finding_id: Any) -> Any:
    """A finding's page or note in one document; 0 where it does not touch it."""
    there = QueuePlaceRow.document_id == document_id, QueuePlaceRow.finding_id == finding_id
    return func.coalesce(select(column).where(*there).correlate(QueueRow).scalar_subquery(), 0)
