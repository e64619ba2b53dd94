"""The documents as the desk lists them: with how much is open in each and what was covered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select, tuple_

from db.document_places import further_places
from db.queue_filter import is_in
from db.records import DocumentPlace
from db.runs import coverage_of
from db.sessions import Sessions
from db.tables import DocumentRow, ExtractionRow, QueuePlaceRow, QueueRow
from verifier.model import Coverage, FindingState, Severity

PAGE = 100
"""Documents on a page of the list."""


@dataclass(frozen=True, slots=True)
class ShelvedDocument:
    """A document on the list. `accusations` and `to_dos` are what is open there, links that it prints
    included; `coverage` is None before it was first compared, `failure` says why it could not be read. `also_at` are
    further places of the same bytes, `edition_of` is the number of an earlier document that says mostly the same.
    """

    id: int
    collection: str
    path: str
    pdf_sha256: str | None
    first_seen: datetime
    last_seen: datetime
    title: str | None
    pages: int | None
    parser_version: str | None
    failure: str | None
    coverage: Coverage | None
    accusations: int
    to_dos: int
    also_at: tuple[DocumentPlace, ...] = ()
    edition_of: int | None = None


class Shelf:
    """The verbs about the list of documents."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def page(self, after: tuple[str, int] | None = None, words: str = "", most: int = PAGE) -> list[ShelvedDocument]:
        """The first so many documents by path, or those after a (path, number); `words` must be in their paths."""
        which: list[Any] = [DocumentRow.pdf_sha256.is_not(None)]
        if after is not None:
            which.append(tuple_(DocumentRow.path, DocumentRow.id) > tuple_(*after))
        which += [DocumentRow.path.icontains(word, autoescape=True) for word in words.split()]
        ids = select(DocumentRow.id).where(*which).order_by(DocumentRow.path, DocumentRow.id).limit(most)
        return self._shelved(ids)

    def document(self, document_id: int) -> ShelvedDocument | None:
        """One document, also one that is gone."""
        found = self._shelved(select(DocumentRow.id).where(DocumentRow.id == document_id))
        return found[0] if found else None

    def _shelved(self, ids: Any) -> list[ShelvedDocument]:
        latest = (
            select(ExtractionRow.id)
            .where(ExtractionRow.pdf_sha256 == DocumentRow.pdf_sha256)
            .order_by(ExtractionRow.failure.is_not(None), ExtractionRow.id.desc())
            .limit(1)
            .correlate(DocumentRow)
            .scalar_subquery()
        )
        with self._sessions.reading() as session:
            wanted = list(session.scalars(ids))
            rows = session.execute(
                select(DocumentRow, ExtractionRow)
                .outerjoin(ExtractionRow, ExtractionRow.id == latest)
                .where(DocumentRow.id.in_(wanted))
                .order_by(DocumentRow.path, DocumentRow.id)
            ).all()
            places = further_places(session)
            opened = {home: counts for home, *counts in session.execute(_open_at(wanted))}
        return [
            _shelved_document(document, read, opened.get(document.id, (0, 0)), places.get(document.id, ()))
            for document, read in rows
        ]


def _open_at(document_ids: Sequence[int]) -> Any:
    accuses = case((QueueRow.rank < len(Severity), 1), else_=0)
    return (
        select(QueuePlaceRow.document_id, func.sum(accuses), func.sum(1 - accuses))
        .join(QueueRow, QueueRow.finding_id == QueuePlaceRow.finding_id)
        .where(QueuePlaceRow.document_id.in_(document_ids), is_in(FindingState.OPEN))
        .group_by(QueuePlaceRow.document_id)
    )


def _shelved_document(
    document: DocumentRow, read: ExtractionRow | None, opened: Sequence[int], also_at: tuple[DocumentPlace, ...]
) -> ShelvedDocument:
    return ShelvedDocument(
        id=document.id,
        collection=document.collection,
        path=document.path,
        pdf_sha256=document.pdf_sha256,
        first_seen=document.first_seen,
        last_seen=document.last_seen,
        title=read.title if read else None,
        pages=read.pages if read else None,
        parser_version=read.parser_version if read else None,
        failure=read.failure if read else None,
        coverage=None if document.coverage is None else coverage_of(document.coverage),
        accusations=int(opened[0]),
        to_dos=int(opened[1]),
        also_at=also_at,
        edition_of=document.edition_of,
    )
