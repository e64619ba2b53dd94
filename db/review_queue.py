"""The editors' queue: pages of findings in its one order, counted, filtered and searched by its index."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, literal, select, tuple_, update
from sqlalchemy.orm import Session

from db.queue_changes import VersionedCache, fold, must_fold, queue_version
from db.queue_counts import DocumentChoice, QueueCounts, count_choices, count_documents
from db.queue_filter import ORDER, QueueFilter, QueueKey, conditions, key_of, order_of
from db.queue_positions import QueuePosition, neighbours_statement, position_statement
from db.queue_search import SearchKind, search_kind
from db.review_queue_index import refresh_missing
from db.sessions import Sessions
from db.tables import DocumentRow, FindingRow, QueuePlaceRow, QueueRow, RunRow
from verifier.model import FindingCode, FindingKind, FindingState, Severity

__all__ = ["PAGE", "Queue", "QueueCounts", "QueueEntry", "QueueFilter", "QueueKey", "QueuePosition"]

PAGE = 50
"""Findings on a page of the queue."""

_MOST_COUNTED = 500
"""Counts that are kept, by filter."""

_NIGHT = "nightly"


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """A finding as a line of the queue; `document` is the path of the first document that it touches.

    `page_there` is its page in the document that was asked for, where one was (0: none).
    """

    place: QueueKey
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
    first_seen_at: datetime
    page_there: int = 0
    assignee: str | None = None
    asked_at: datetime | None = None


class Queue:
    """The verbs about the queue."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self._complete_to = 0
        self._looked_at: tuple[int, datetime | None] | None = None
        self._counted = VersionedCache(_MOST_COUNTED)
        self._search: SearchKind | None = None

    def bring_up_to_date(self, now: datetime) -> None:
        """Enter what the queue does not know yet, and let decisions end whose time is over."""
        with self._sessions.reading() as session:
            version = queue_version(session)
            many_rows = must_fold(session)
            if self._looked_at is None or self._looked_at[0] != version:
                ends = session.scalar(select(func.min(QueueRow.expires_at)))
                missing = self._is_incomplete(session)
            else:
                ends, missing = self._looked_at[1], False
        if many_rows:
            with self._sessions.writing() as session:
                fold(session)
        if not missing and (ends is None or ends > now):
            self._looked_at = (version, ends)
            return
        with self._sessions.writing() as session:
            refresh_missing(session, now)
            machine = select(FindingRow.state).where(FindingRow.id == QueueRow.finding_id).scalar_subquery()
            session.execute(
                update(QueueRow)
                .where(QueueRow.expires_at <= now)
                .values(review_state=machine, expires_at=None, reviewer="")
                .execution_options(synchronize_session=False)
            )

    def _is_incomplete(self, session: Session) -> bool:
        """Whether there are findings that are not in the queue: as they are saved they are entered, only an older
        store holds others, so all are counted only when there are others than at the last count.
        """
        newest = session.scalar(select(func.max(FindingRow.id))) or 0
        if newest != self._complete_to:
            findings, entered = (
                session.scalar(select(func.count()).select_from(table)) for table in (FindingRow, QueueRow)
            )
            if findings != entered:
                return True
            self._complete_to = newest
        return False

    def page(
        self, wanted: QueueFilter, after: QueueKey | None = None, most: int = PAGE, offset: int = 0
    ) -> list[QueueEntry]:
        """The first so many findings, or those that come after a place, or after so many others."""
        with self._sessions.reading() as session:
            since = self._last_night(session)
            order = order_of(wanted)
            beyond = [tuple_(*order) > tuple_(*key_of(wanted, after))] if after else []
            which = [*conditions(wanted, since, self._search_kind(session)), *beyond]
            # The order is decided on the index alone; whole rows are read for one page.
            ids = select(QueueRow.finding_id).where(*which).order_by(*order).limit(most).offset(offset or None)
            there = order[0] if wanted.document_id is not None else literal(0)
            found = session.execute(_entries(there).where(QueueRow.finding_id.in_(ids)).order_by(*order))
            return [_entry(row, since) for row in found]

    def is_wanted(self, wanted: QueueFilter, place: QueueKey) -> bool:
        """Whether a filter lets the finding at a place through."""
        with self._sessions.reading() as session:
            which = conditions(wanted, self._last_night(session), self._search_kind(session))
            found = select(QueueRow.finding_id).where(QueueRow.finding_id == place.finding_id, *which)
            return session.scalar(found) is not None

    def next_after(self, wanted: QueueFilter, place: QueueKey) -> str | None:
        """The fingerprint of the finding that comes after a place, which itself need not be wanted."""
        return self.neighbours(wanted, place)[1]

    def last_before(self, wanted: QueueFilter, place: QueueKey) -> str | None:
        """The fingerprint of the finding that comes before a place."""
        return self.neighbours(wanted, place)[0]

    def neighbours(self, wanted: QueueFilter, place: QueueKey) -> tuple[str | None, str | None]:
        """The fingerprints of the findings that come before and after a place, which itself need not be wanted."""
        with self._sessions.reading() as session:
            since = self._last_night(session) if wanted.new else 0
            statement = neighbours_statement(wanted, self._search_kind(session))
            before, after = session.execute(statement, {"since": since, **place._asdict()}).one()
            return before, after

    def position(self, wanted: QueueFilter, place: QueueKey) -> QueuePosition:
        """Where the finding at a place is among the wanted ones, which itself need not be one, in one statement."""
        with self._sessions.reading() as session:
            since = self._last_night(session) if wanted.new else 0
            statement = position_statement(wanted, self._search_kind(session))
            previous, following, before, own = session.execute(statement, {"since": since, **place._asdict()}).one()
            return QueuePosition(previous, following, before, own is not None)

    def before(self, wanted: QueueFilter, place: QueueKey) -> int:
        """How many wanted findings come before a place: the finding there is the next in number, if it is wanted."""
        with self._sessions.reading() as session:
            which = conditions(wanted, self._last_night(session), self._search_kind(session))
            earlier = tuple_(*order_of(wanted)) < tuple_(*key_of(wanted, place))
            return session.scalar(select(func.count()).select_from(QueueRow).where(*which, earlier)) or 0

    def entries(self, numbers: Sequence[int]) -> list[QueueEntry]:
        """Findings by their numbers, as lines of the queue in its order; those that it does not hold are left out."""
        with self._sessions.reading() as session:
            found = session.execute(_entries(literal(0)).where(QueueRow.finding_id.in_(numbers)).order_by(*ORDER))
            since = self._last_night(session)
            return [_entry(row, since) for row in found]

    def numbers(self, wanted: QueueFilter) -> list[int]:
        """The numbers of all wanted findings, the smallest first: what a batch is made of."""
        with self._sessions.reading() as session:
            which = conditions(wanted, self._last_night(session), self._search_kind(session))
            return sorted(session.scalars(select(QueueRow.finding_id).where(*which)))

    def ids(self, wanted: QueueFilter) -> list[int]:
        """The numbers of all wanted findings, in order."""
        with self._sessions.reading() as session:
            which = conditions(wanted, self._last_night(session), self._search_kind(session))
            return list(session.scalars(select(QueueRow.finding_id).where(*which).order_by(*order_of(wanted))))

    def count(self, wanted: QueueFilter) -> int:
        """How many findings are wanted."""
        with self._sessions.reading() as session:

            def count() -> int:
                which = conditions(wanted, self._last_night(session), self._search_kind(session))
                return session.scalar(select(func.count()).select_from(QueueRow).where(*which)) or 0

            return self._counted.of(queue_version(session), ("count", wanted), count)

    def documents(self, wanted: QueueFilter, words: str, most: int) -> list[DocumentChoice]:
        """The first so many documents whose path or title has all of these words, with how many are wanted there."""
        with self._sessions.reading() as session:
            since, search = self._last_night(session), self._search_kind(session)
            return count_documents(session, wanted, words, most, since, search)

    def folders(self) -> list[str]:
        """Every folder that holds a document, at any depth below what is watched."""
        with self._sessions.reading() as session:
            return self._counted.of(queue_version(session), "folders", lambda: _folders(session))

    def version(self) -> object:
        """What changes with all that the queue can show, whoever changes it, and with nothing else."""
        with self._sessions.reading() as session:
            return queue_version(session)

    def last_night(self) -> int:
        """The run since which findings are new."""
        with self._sessions.reading() as session:
            return self._last_night(session)

    def version_of(self, document_id: int) -> object:
        """What changes when a finding of a document is decided upon, comes, goes, or turns into another."""
        with self._sessions.reading() as session:
            return frozenset(tuple(row) for row in session.execute(_OF_DOCUMENT, {"document_id": document_id}))

    def counts(self, wanted: QueueFilter) -> QueueCounts:
        """Counts to choose filters by: each is how many there are once it is chosen beside all else."""
        with self._sessions.reading() as session:

            def count() -> QueueCounts:
                return count_choices(session, wanted, self._last_night(session), self._search_kind(session))

            return self._counted.of(queue_version(session), ("counts", wanted), count)

    def hosts(self, most: int) -> dict[str, int]:
        """The hosts with most open findings."""
        with self._sessions.reading() as session:
            return self._counted.of(queue_version(session), ("hosts", most), lambda: _hosts(session, most))

    def _last_night(self, session: Session) -> int:
        """The last run of the watched folders, else the last run at all: what is there since then is new."""
        return self._counted.of(queue_version(session), "night", lambda: int(session.scalar(_LAST_RUN) or 0))

    def _search_kind(self, session: Session) -> SearchKind:
        if self._search is None:
            self._search = search_kind(session)
        return self._search


_LAST_RUN = select(
    func.coalesce(
        select(func.max(RunRow.id)).where(RunRow.kind == _NIGHT).scalar_subquery(),
        select(func.max(RunRow.id)).scalar_subquery(),
    )
)


_OF_DOCUMENT = (
    select(QueueRow.finding_id, QueueRow.review_state, QueueRow.code, QueueRow.opened_run)
    .join(QueuePlaceRow, QueuePlaceRow.finding_id == QueueRow.finding_id)
    .where(QueuePlaceRow.document_id == bindparam("document_id"))
)


def _folders(session: Session) -> list[str]:
    found: set[str] = set()
    there = select(DocumentRow.collection, DocumentRow.path).where(DocumentRow.pdf_sha256.is_not(None))
    for collection, path in session.execute(there):
        found.add(collection)
        folder = path.rpartition("/")[0]
        while folder and f"{collection}/{folder}" not in found:
            found.add(f"{collection}/{folder}")
            folder = folder.rpartition("/")[0]
    return sorted(found)


def _hosts(session: Session, most: int) -> dict[str, int]:
    number = func.count()
    rows = session.execute(
        select(QueueRow.host, number)
        .where(QueueRow.review_state == FindingState.OPEN, QueueRow.host != "")
        .group_by(QueueRow.host)
        .order_by(number.desc(), QueueRow.host)
        .limit(most)
    )
    return {row[0]: row[1] for row in rows}


def _entries(page_there: Any) -> Any:
    return (
        select(QueueRow, FindingRow, DocumentRow.path, page_there)
        .join(FindingRow, FindingRow.id == QueueRow.finding_id)
        .outerjoin(DocumentRow, DocumentRow.id == QueueRow.home_id)
    )


def _entry(row: Any, since: int) -> QueueEntry:
    queued, finding, path, page_there = row
    return QueueEntry(
        place=QueueKey(queued.rank, queued.home_id, queued.page, queued.note, queued.finding_id),
        fingerprint=finding.fingerprint,
        code=finding.code,
        kind=finding.kind,
        severity=finding.severity,
        state=queued.review_state,
        message=finding.message,
        url=finding.url,
        label=finding.footnote_label,
        sentence=finding.sentence,
        document=path,
        document_id=queued.home_id,
        reviewer=queued.reviewer or None,
        first_seen_at=finding.first_seen_at,
        page_there=page_there,
        new=queued.opened_run >= since,
        assignee=queued.assignee,
        asked_at=queued.asked_at,
    )
