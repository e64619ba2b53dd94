"""What the desk shows of one finding: its state, its note, what was decided, who else is looking at it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, exists, select
from sqlalchemy.orm import Session, aliased

from db.citing_places import citing_places
from db.described import fields_as_read
from db.extractions import newest_extraction_id, read_footnote, read_inconsistency
from db.records import CitingPlace
from db.replacements import replacement_of
from db.review_queue import QueueKey
from db.review_state import state_of
from db.sessions import Sessions
from db.tables import (
    AddressRow,
    ComparisonRow,
    DocumentRow,
    ExtractionRow,
    FetchRow,
    FindingRow,
    FootnoteRow,
    QueueRow,
    ReviewRow,
)
from verifier.model import Decision, Evidence, Finding, FindingCode, FindingState, Footnote, Inconsistency, Verdict

MOST_COMPARED = 100
"""Figures held against one source that are told."""


@dataclass(frozen=True, slots=True)
class StoredReview:
    """What a person decided, and when; `undoes` is the id of the review that it takes back.

    `right_value` is what belongs in the document, `question` what the author is asked, `rule_id` the standing rule that
    decided.
    """

    id: str
    decision: Decision
    reviewer: str
    note: str
    decided_at: datetime
    expires_at: datetime | None
    undoes: str | None
    right_value: str | None = None
    question: str | None = None
    rule_id: str | None = None


@dataclass(frozen=True, slots=True)
class DeskDocument:
    """The document that a finding is shown in: its path and title, and its edition (None when it is gone)."""

    id: int
    collection: str
    path: str
    title: str | None
    pdf_sha256: str | None
    parser_version: str | None


@dataclass(frozen=True, slots=True)
class DeskFinding:
    """A finding with all that is shown beside it on the desk.

    `inconsistency` is what a document is said to contradict itself in, with its places. `document`, `note` and `here`
    are of the first place it touches (None where nothing prints its address any more); `also_at` are the others.
    Reviews are oldest first.
    """

    finding: Finding
    finding_id: int
    state: FindingState
    place: QueueKey
    first_seen_at: datetime
    last_seen_at: datetime
    closed_at: datetime | None
    document: DeskDocument | None
    note: Footnote | None
    here: CitingPlace | None
    also_at: tuple[CitingPlace, ...]
    reviews: tuple[StoredReview, ...]
    inconsistency: Inconsistency | None = None

    @property
    def latest(self) -> StoredReview | None:
        """The review that counts."""
        return self.reviews[-1] if self.reviews else None

    @property
    def sentence(self) -> str | None:
        """The sentence that is vouched for."""
        return self.finding.sentence or (self.here.sentence if self.here else None)

    @property
    def page(self) -> int | None:
        """Where it is in its document."""
        return self.finding.page or (self.here.page if self.here else None)

    @property
    def label(self) -> str | None:
        """The note's label; None in the running text."""
        return self.finding.footnote_label or (self.here.footnote_label if self.here else None)


@dataclass(frozen=True, slots=True)
class ComparedFigure:
    """A figure of a document that was held against a source."""

    document: str
    label: str
    figure: str
    verdict: Verdict
    source_text: str | None
    source_quote: str | None
    reason: str


class Desk:
    """The verbs about one finding on the desk."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def finding(self, fingerprint: str, now: datetime) -> DeskFinding | None:
        """A finding and what is shown beside it; None where there is none."""
        with self._sessions.reading() as session:
            found = session.execute(_FINDING, {"fingerprint": fingerprint}).one_or_none()
            return None if found is None else _desk_finding(session, found[0], QueueKey(*found[1:]), now)

    def review(self, review_id: str) -> tuple[str, StoredReview] | None:
        """A review, behind the fingerprint of its finding."""
        with self._sessions.reading() as session:
            found = session.execute(
                select(FindingRow.fingerprint, ReviewRow)
                .join(ReviewRow, ReviewRow.finding_id == FindingRow.id)
                .where(ReviewRow.id == review_id)
            ).one_or_none()
            return None if found is None else (found[0], stored_review(found[1]))

    def fingerprints(self, finding_ids: Sequence[int]) -> list[str]:
        """The fingerprints of findings, in the queue's order."""
        with self._sessions.reading() as session:
            found = select(FindingRow.fingerprint).join(QueueRow, QueueRow.finding_id == FindingRow.id)
            order = QueueRow.home_id, QueueRow.page, QueueRow.finding_id
            return list(session.scalars(found.where(FindingRow.id.in_(finding_ids)).order_by(*order)))

    def homes(self, finding_ids: Sequence[int]) -> list[int]:
        """The documents that these findings are shown in."""
        with self._sessions.reading() as session:
            homes = select(QueueRow.home_id).where(QueueRow.finding_id.in_(finding_ids), QueueRow.home_id != 0)
            return list(session.scalars(homes.distinct().order_by(QueueRow.home_id)))

    def note(self, document_id: int, note_id: str) -> Footnote | None:
        """A footnote of the newest extraction of a document's current edition."""
        with self._sessions.reading() as session:
            _, extraction_id = _document(session, document_id)
            return None if extraction_id is None else read_footnote(session, extraction_id, note_id)

    def compared_with(self, url: str) -> "list[ComparedFigure]":
        """The figures that were held against the newest text of an address, by document and note.

        Those of the newest extraction of each document; what several checkers compared counts as the newest one has it.
        """
        with self._sessions.reading() as session:
            rows = session.execute(_COMPARED, {"url": url})
            return [
                ComparedFigure(path, label, row.figure_text, row.verdict, row.source_text, row.source_quote, row.reason)
                for row, path, label in rows
            ]


_FINDING = (
    select(FindingRow, QueueRow.rank, QueueRow.home_id, QueueRow.page, QueueRow.note, QueueRow.finding_id)
    .join(QueueRow, QueueRow.finding_id == FindingRow.id)
    .where(FindingRow.fingerprint == bindparam("fingerprint"))
)

_REVIEWS = select(ReviewRow).where(ReviewRow.finding_id == bindparam("finding_id")).order_by(ReviewRow.id)


def _compared() -> Any:
    """A statement, made once: what was compared with the newest text of the address `url`."""
    address = select(AddressRow.id).where(AddressRow.url == bindparam("url")).scalar_subquery()
    with_text = FetchRow.address_id == address, FetchRow.text_id.is_not(None)
    newest = select(FetchRow.text_id).where(*with_text).order_by(FetchRow.id.desc()).limit(1).scalar_subquery()
    later = aliased(ComparisonRow)
    figure = ("extraction_id", "footnote", "anchor", "ordinal", "text_id")
    compared_again = exists().where(
        *(getattr(later, name) == getattr(ComparisonRow, name) for name in figure), later.id > ComparisonRow.id
    )
    note = and_(FootnoteRow.extraction_id == ComparisonRow.extraction_id, FootnoteRow.ordinal == ComparisonRow.footnote)
    return (
        select(ComparisonRow, DocumentRow.path, FootnoteRow.label)
        .join(ExtractionRow, ExtractionRow.id == ComparisonRow.extraction_id)
        .join(DocumentRow, DocumentRow.pdf_sha256 == ExtractionRow.pdf_sha256)
        .join(FootnoteRow, note)
        .where(
            ComparisonRow.text_id == newest,
            ComparisonRow.extraction_id == newest_extraction_id(DocumentRow.pdf_sha256),
            ~compared_again,
        )
        .order_by(DocumentRow.path, ComparisonRow.footnote, ComparisonRow.anchor, ComparisonRow.ordinal)
        .limit(MOST_COMPARED)
    )


_COMPARED = _compared()


def _desk_finding(session: Session, row: FindingRow, place: QueueKey, now: datetime) -> DeskFinding:
    reviews = [stored_review(review) for review in session.scalars(_REVIEWS, {"finding_id": row.id})]
    latest = reviews[-1] if reviews else None
    places: Sequence[CitingPlace] = ()
    if row.document_id is None and row.url:
        places = citing_places(session, [row.url]).get(row.url, ())
    here = places[0] if places else None
    document, extraction_id = _document(session, row.document_id or (here.document_id if here else None))
    note_id = row.footnote_id or (here.footnote_id if here else None)
    return DeskFinding(
        finding=stored_finding(row),
        finding_id=row.id,
        state=state_of(row.state, latest.decision if latest else None, latest.expires_at if latest else None, now),
        place=place,
        first_seen_at=row.first_seen_at,
        last_seen_at=row.last_seen_at,
        closed_at=row.closed_at,
        document=document,
        note=read_footnote(session, extraction_id, note_id)
        if extraction_id is not None and note_id is not None
        else None,
        inconsistency=_inconsistency(session, extraction_id, row),
        here=here,
        also_at=tuple(places[1:]),
        reviews=tuple(reviews),
    )


def _inconsistency(session: Session, extraction_id: int | None, row: FindingRow) -> Inconsistency | None:
    if extraction_id is None or row.code is not FindingCode.DOCUMENT_INCONSISTENT:
        return None
    return read_inconsistency(session, extraction_id, row.message)


def stored_review(row: ReviewRow) -> StoredReview:
    """The review of a row."""
    return StoredReview(
        row.id,
        row.decision,
        row.reviewer,
        row.note,
        row.decided_at,
        row.expires_at,
        row.undoes,
        row.right_value,
        row.question,
        row.rule_id,
    )


_DOCUMENT = (
    select(
        DocumentRow.id,
        DocumentRow.collection,
        DocumentRow.path,
        ExtractionRow.title,
        DocumentRow.pdf_sha256,
        ExtractionRow.parser_version,
        ExtractionRow.id,
    )
    .outerjoin(
        ExtractionRow,
        and_(
            ExtractionRow.pdf_sha256 == DocumentRow.pdf_sha256,
            ExtractionRow.id == newest_extraction_id(DocumentRow.pdf_sha256),
        ),
    )
    .where(DocumentRow.id == bindparam("document_id"))
)


def _document(session: Session, document_id: int | None) -> tuple[DeskDocument | None, int | None]:
    """A document, and the number of the newest extraction of its current edition."""
    if document_id is None:
        return None, None
    found = session.execute(_DOCUMENT, {"document_id": document_id}).one_or_none()
    return (None, None) if found is None else (DeskDocument(*found[:-1]), found[-1])


def stored_finding(row: FindingRow) -> Finding:
    """The finding of a row."""
    return Finding(
        fingerprint=row.fingerprint,
        code=row.code,
        kind=row.kind,
        severity=row.severity,
        message=row.message,
        url=row.url,
        footnote_id=row.footnote_id,
        footnote_label=row.footnote_label,
        page=row.page,
        sentence=row.sentence,
        evidence=Evidence(
            source_quote=row.source_quote,
            source_text=row.source_text,
            snapshot=row.snapshot,
            fetched_at=row.fetched_at,
            confidence=row.confidence,
            fields=fields_as_read(row.fields),
            supplied_by=row.supplied_by,
        ),
        replacements=tuple(replacement_of(one) for one in row.replacements or ()),
    )
