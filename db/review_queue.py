"""The editors' queue: pages of findings in its one order, counted, filtered and searched by its index."""

import time
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, bindparam, exists, func, select, true, tuple_, update
from sqlalchemy.orm import Session, aliased

from db.cited import printed_by_current_editions
from db.review_queue_index import refresh_missing
from db.review_state import latest_review
from db.sessions import Sessions
from db.tables import (
    AddressRow,
    AssignmentRow,
    DocumentRow,
    FindingRow,
    QueueRow,
    ReviewRow,
    RunRow,
    SourceAddressRow,
    SourceRow,
)
from db.team_filters import of_team
from verifier.model import FindingCode, FindingKind, FindingState, Severity

COUNTS_LAST = 5.0
"""Seconds that counts are shown again without counting: a decision or a new finding has them counted anew at once, what
a run that is at work closes may be shown so much later.
"""

PAGE = 50
"""Findings on a page of the queue."""

_NIGHT = "nightly"


class Place(NamedTuple):
    """Where a finding is in the queue's order: rank, document, page and the finding's own number."""

    rank: int
    home_id: int
    page: int
    finding_id: int


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which findings of the queue are wanted; what is None (or empty) does not matter.

    `document_id` also lets through the links that the document prints; `new` are those that are there since the last
    night, `words` are sought in notes, sentences, messages and addresses; for the last three see `db.team_filters`.
    """

    state: FindingState | None = FindingState.OPEN
    document_id: int | None = None
    code: FindingCode | None = None
    host: str = ""
    source: str = ""
    new: bool = False
    words: str = ""
    assignee: str = ""
    rule: str = ""
    unanswered: bool = False


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """A finding as a line of the queue; `document` is the path of the first document that it touches."""

    place: Place
    fingerprint: str
    code: FindingCode
    kind: FindingKind
    severity: Severity
    state: FindingState
    message: str
    url: str | None
    label: str | None
    sentence: str | None
    document: str | None
    document_id: int
    reviewer: str | None
    new: bool
    assignee: str | None = None
    asked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """How many findings there are: in each state, and (of the wanted state) of each code, and at the commonest hosts.

    `new` are those of the wanted state that came since the last night.
    """

    states: dict[FindingState, int]
    codes: dict[FindingCode, int]
    hosts: dict[str, int]
    documents: dict[str, tuple[int, int]]
    new: int


@dataclass(frozen=True, slots=True)
class _Counted:
    """Counts, when they were made (monotonic), and the last review, finding and night then."""

    signature: tuple[object, ...]
    at: float
    counts: QueueCounts


class Queue:
    """The verbs about the queue."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self._complete_to = 0
        self._brought = 0
        self._counted: dict[tuple[object, ...], _Counted] = {}

    def bring_up_to_date(self, now: datetime) -> None:
        """Enter what the queue does not know yet, and let decisions end whose time is over."""
        over = QueueRow.standing_until <= now
        with self._sessions.reading() as session:
            late = session.scalar(select(exists().where(over)))
            newest = session.scalar(select(func.max(FindingRow.id))) or 0
            # Findings are entered as they are saved; only an older store holds some that are not: all are counted
            # only when there are others than at the last count.
            missing = newest != self._complete_to and (
                session.scalar(select(func.count()).select_from(FindingRow))
                != session.scalar(select(func.count()).select_from(QueueRow))
            )
        if not late and not missing:
            self._complete_to = newest
            return
        self._brought += 1
        with self._sessions.writing() as session:
            refresh_missing(session, now)
            machine = select(FindingRow.state).where(FindingRow.id == QueueRow.finding_id).scalar_subquery()
            session.execute(
                update(QueueRow)
                .where(over)
                .values(standing=machine, standing_until=None)
                .execution_options(synchronize_session=False)
            )

    def page(self, wanted: QueueFilter, after: Place | None = None, most: int = PAGE) -> list[QueueEntry]:
        """The first so many findings, or those that come after a place."""
        with self._sessions.reading() as session:
            since = _last_night(session)
            which = [*_wanted(wanted, since), *([_key() > tuple_(*after)] if after else [])]
            # The order is decided on the index alone; whole rows are read for one page.
            ids = select(QueueRow.finding_id).where(*which).order_by(*_ORDER).limit(most)
            found = session.execute(_entries().where(QueueRow.finding_id.in_(ids)).order_by(*_ORDER))
            return [_entry(row, since) for row in found]

    def next_after(self, wanted: QueueFilter, place: Place) -> str | None:
        """The fingerprint of the finding that comes after a place, which itself need not be wanted."""
        return self.neighbours(wanted, place)[1]

    def last_before(self, wanted: QueueFilter, place: Place) -> str | None:
        """The fingerprint of the finding that comes before a place."""
        return self.neighbours(wanted, place)[0]

    def neighbours(self, wanted: QueueFilter, place: Place) -> tuple[str | None, str | None]:
        """The fingerprints of the findings that come before and after a place, which itself need not be wanted."""
        with self._sessions.reading() as session:
            since = _last_night(session) if wanted.new else 0
            before, after = session.execute(_neighbours(wanted), {"since": since, **place._asdict()}).one()
            return before, after

    def ids(self, wanted: QueueFilter) -> list[int]:
        """The numbers of all wanted findings, in order: what a batch is made of."""
        with self._sessions.reading() as session:
            which = _wanted(wanted, _last_night(session))
            return list(session.scalars(select(QueueRow.finding_id).where(*which).order_by(*_ORDER)))

    def count(self, wanted: QueueFilter) -> int:
        """How many findings are wanted."""
        with self._sessions.reading() as session:
            which = _wanted(wanted, _last_night(session))
            return session.scalar(select(func.count()).select_from(QueueRow).where(*which)) or 0

    def version(self) -> object:
        """What changes with every decision, assignment, new finding and night; what a run closes does not change it."""
        with self._sessions.reading() as session:
            return self._version(session, _last_night(session))

    def _version(self, session: Session, since: int) -> tuple[object, ...]:
        return *session.execute(_LAST_CHANGES).one(), since, self._brought

    def counts(self, wanted: QueueFilter, most_hosts: int = 20) -> QueueCounts:
        """Counts to choose filters by; they do not depend on the filters but for the state."""
        with self._sessions.reading() as session:
            since = _last_night(session)
            signature = self._version(session, since)
            known = self._counted.get((wanted.state, most_hosts))
            if known and known.signature == signature and time.monotonic() - known.at < COUNTS_LAST:
                return known.counts
            counts = self._count_anew(session, wanted, since, most_hosts)
        self._counted[(wanted.state, most_hosts)] = _Counted(signature, time.monotonic(), counts)
        return counts

    def _count_anew(self, session: Session, wanted: QueueFilter, since: int, most_hosts: int) -> QueueCounts:
        by_count = func.count().desc()
        of_state: ColumnElement[bool] = true() if wanted.state is None else QueueRow.standing == wanted.state
        states = session.execute(select(QueueRow.standing, func.count()).group_by(QueueRow.standing))
        codes = session.execute(select(QueueRow.code, func.count()).where(of_state).group_by(QueueRow.code))
        hosts = session.execute(
            select(QueueRow.host, func.count())
            .where(of_state, QueueRow.host != "")
            .group_by(QueueRow.host)
            .order_by(by_count, QueueRow.host)
            .limit(most_hosts)
        )
        homes = (
            select(QueueRow.home_id, func.count().label("many"))
            .where(of_state)
            .group_by(QueueRow.home_id)
            .order_by(by_count)
            .limit(most_hosts)
            .subquery()
        )
        documents = session.execute(
            select(DocumentRow.path, DocumentRow.id, homes.c.many)
            .join(homes, homes.c.home_id == DocumentRow.id)
            .order_by(homes.c.many.desc(), DocumentRow.path)
        )
        new = select(func.count()).select_from(QueueRow).where(of_state, QueueRow.opened_run >= since)
        return QueueCounts(
            {row[0]: row[1] for row in states},
            {row[0]: row[1] for row in codes},
            {row[0]: row[1] for row in hosts},
            {path: (number, many) for path, number, many in documents},
            session.scalar(new) or 0,
        )


_LAST_RUN = select(
    func.coalesce(
        select(func.max(RunRow.id)).where(RunRow.kind == _NIGHT).scalar_subquery(),
        select(func.max(RunRow.id)).scalar_subquery(),
    )
)

_LAST_CHANGES = select(
    select(func.max(ReviewRow.id)).scalar_subquery(),
    select(func.max(FindingRow.id)).scalar_subquery(),
    select(func.max(AssignmentRow.id)).scalar_subquery(),
)

_HOME = aliased(QueueRow)

_ORDER = (QueueRow.rank, QueueRow.home_id, QueueRow.page, QueueRow.finding_id)


@lru_cache(maxsize=1000)
def _neighbours(wanted: QueueFilter) -> Any:
    """A statement, made once for a filter: the fingerprints before and after a place (`rank`, `home_id`, ...)."""
    which = _wanted(wanted, bindparam("since"))
    place = tuple_(*(bindparam(name, type_=column.type) for name, column in zip(Place._fields, _ORDER, strict=True)))

    def first(beyond: ColumnElement[bool], *order: Any) -> Any:
        found = select(QueueRow.finding_id).where(*which, beyond).order_by(*order).limit(1).scalar_subquery()
        return select(FindingRow.fingerprint).where(FindingRow.id == found).scalar_subquery()

    return select(first(_key() < place, *(column.desc() for column in _ORDER)), first(_key() > place, *_ORDER))


def _key() -> Any:
    return tuple_(*_ORDER)


def _last_night(session: Any) -> int:
    """The last run of the watched folders, else the last run at all: what is there since then is new."""
    return int(session.scalar(_LAST_RUN) or 0)


def _wanted(wanted: QueueFilter, since: Any) -> list[ColumnElement[bool]]:
    which: list[ColumnElement[bool]] = []
    if wanted.state is not None:
        which.append(QueueRow.standing == wanted.state)
    if wanted.code is not None:
        which.append(QueueRow.code == wanted.code)
    if wanted.host:
        which.append(QueueRow.host == wanted.host)
    if wanted.source:
        which.append(QueueRow.finding_id.in_(_of_source(wanted.source)))
    if wanted.document_id is not None:
        which.append(_touches(wanted.document_id))
    if wanted.new:
        which.append(QueueRow.opened_run >= since)
    which += of_team(wanted.assignee, wanted.rule, unanswered=wanted.unanswered)
    for word in wanted.words.casefold().split():
        which.append(QueueRow.words.contains(word, autoescape=True))
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


def _touches(document_id: int) -> ColumnElement[bool]:
    """Found from the document's side, by its own findings and its printed addresses: either is a few hundred."""
    printed = printed_by_current_editions().where(DocumentRow.id == document_id)
    urls = select(AddressRow.url).where(AddressRow.id.in_(printed))
    own = select(_HOME.finding_id).where(_HOME.home_id == document_id)
    # Coalesced, since SQLite would rather walk through all findings about links by their index.
    links = select(FindingRow.id).where(func.coalesce(FindingRow.document_id, 0) == 0, FindingRow.url.in_(urls))
    return QueueRow.finding_id.in_(own.union(links))


def _entries() -> Any:
    return (
        select(QueueRow, FindingRow, DocumentRow.path, latest_review(ReviewRow.reviewer))
        .join(FindingRow, FindingRow.id == QueueRow.finding_id)
        .outerjoin(DocumentRow, DocumentRow.id == QueueRow.home_id)
    )


def _entry(row: Any, since: int) -> QueueEntry:
    queued, finding, path, reviewer = row
    return QueueEntry(
        place=Place(queued.rank, queued.home_id, queued.page, queued.finding_id),
        fingerprint=finding.fingerprint,
        code=finding.code,
        kind=finding.kind,
        severity=finding.severity,
        state=queued.standing,
        message=finding.message,
        url=finding.url,
        label=finding.footnote_label,
        sentence=finding.sentence,
        document=path,
        document_id=queued.home_id,
        reviewer=reviewer if queued.standing.is_decided else None,
        new=queued.opened_run >= since,
        assignee=queued.assignee,
        asked_at=queued.asked_at,
    )
