"""Documents, their editions, and what the parser read in them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from db.cited import write_sources
from db.document_places import (
    further_places,
    further_places_in,
    known_by_bytes,
    known_by_place,
    leave_places,
    let_go_of_copies,
)
from db.earlier_editions import earlier_edition, write_missing_sketches, write_sketch
from db.extractions import newest_extraction_id, read_extraction, write_parts
from db.observations import close
from db.queue_places import forget_links_of
from db.records import CitedSource, DocumentPlace, StoredDocument
from db.rules import refresh_printed
from db.sessions import Sessions, chunks, insert
from db.stored_documents import documents_by_number, stored_documents
from db.tables import DocumentPlaceRow, DocumentRow, EditionRow, ExtractionRow, FindingRow
from db.tables.base import storable_time
from verifier.model import DOCUMENT_SUFFIXES, Extraction, suffix_of


class Documents:
    """The verbs about documents."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def record_edition(
        self, collection: str, path: str, pdf_sha256: str, now: datetime, created: datetime | None = None
    ) -> StoredDocument:
        """Say that these bytes are at this path now; `created` is the date that the PDF states of itself.

        The same bytes are one document, wherever they lie: a new path with the bytes of a document that is missing is
        that document, renamed or moved; with those of one that is there, it is a further place of it.
        """
        created = storable_time(created)
        with self._sessions.writing() as session:
            document_id = _document_at(session, collection, path, pdf_sha256, now)
            edition = insert(session, EditionRow).values(
                document_id=document_id, pdf_sha256=pdf_sha256, first_seen=now, created=created
            )
            kept = {} if created is None else {"created": created}
            key = ["document_id", "pdf_sha256"]
            session.execute(
                edition.on_conflict_do_update(index_elements=key, set_=kept)
                if kept
                else edition.on_conflict_do_nothing(index_elements=key)
            )
            refresh_printed(session, pdf_sha256, now)
            return next(stored_documents(session, DocumentRow.id == document_id))

    def present_in(self, collections: Collection[str]) -> dict[tuple[str, str], StoredDocument]:
        """The documents of these collections that were there when last looked for, by collection and path.

        One that lies at several places of them is under each.
        """
        with self._sessions.reading() as session:
            found: dict[tuple[str, str], StoredDocument] = {}
            for some in chunks(sorted(collections)):
                further = list(further_places_in(session, some))
                at_home = DocumentRow.collection.in_(some)
                found |= {(d.collection, d.path): d for d in stored_documents(session, at_home)}
                for numbers in chunks(sorted({document_id for document_id, _ in further})):
                    by_id = {d.id: d for d in documents_by_number(session, numbers)}
                    found |= {(p.collection, p.path): by_id[d] for d, p in further if d in by_id}
            return found

    def seen_again(self, document_ids: Sequence[int], now: datetime) -> None:
        """Say that these documents are where they were, with the bytes they had."""
        if not document_ids:
            return
        with self._sessions.writing() as session:
            for some in chunks(document_ids):
                session.execute(update(DocumentRow).where(DocumentRow.id.in_(some)).values(last_seen=now))

    def mark_missing(self, collection: str, present: Collection[str]) -> None:
        """Say that of a collection's documents only those at these paths are still there.

        The others cite nothing any more, until `record_edition` finds them again, here or under a new name; but those
        that lie at another place too go on there.
        """
        with self._sessions.writing() as session:
            known = session.scalars(
                select(DocumentRow.path).where(
                    DocumentRow.collection == collection, DocumentRow.pdf_sha256.is_not(None)
                )
            ).all()
            further = [place.path for _, place in further_places_in(session, [collection])]
            forget_links_of(session, leave_places(session, collection, {*known, *further} - set(present)))

    def withdraw(self, collection: str, path: str, by: str, now: datetime) -> bool:
        """Say that a person took a document back from this place; whether it was there.

        Where it lies elsewhere too it goes on there. Else its findings close and its sources are cited no more; its
        history and decisions are kept, for when the same bytes come again.
        """
        with self._sessions.writing() as session:
            there = select(DocumentRow.id).where(DocumentRow.collection == collection, DocumentRow.path == path)
            if (
                session.scalar(there.where(DocumentRow.pdf_sha256.is_not(None))) is None
                and session.get(DocumentPlaceRow, (collection, path)) is None
            ):
                return False
            gone = leave_places(session, collection, {path})
            forget_links_of(session, gone)
            for document_id in gone:
                session.execute(
                    update(DocumentRow)
                    .where(DocumentRow.id == document_id)
                    .values(withdrawn_at=now, withdrawn_by=by, compared_key=None)
                )
                close(session, now, FindingRow.document_id == document_id)
            return True

    def find_earlier_editions(self, document_ids: Sequence[int]) -> None:
        """Of those of these documents that were never compared: find the earlier document that says mostly the same."""
        with self._sessions.writing() as session:
            new = [
                document_id
                for some in chunks(document_ids)
                for document_id in session.scalars(
                    select(DocumentRow.id).where(
                        DocumentRow.id.in_(some), DocumentRow.compared_key.is_(None), DocumentRow.edition_of.is_(None)
                    )
                )
            ]
            if not new:
                return
            write_missing_sketches(session)
            for document_id in new:
                earlier = earlier_edition(session, document_id)
                if earlier is not None:
                    session.execute(update(DocumentRow).where(DocumentRow.id == document_id).values(edition_of=earlier))

    def close_missing(self, now: datetime) -> int:
        """Close the findings of documents that are gone; how many documents that concerned."""
        with self._sessions.writing() as session:
            compared = select(DocumentRow.id).where(DocumentRow.compared_key.is_not(None))
            gone = list(session.scalars(compared.where(DocumentRow.pdf_sha256.is_(None))))
            for some in chunks(gone):
                close(session, now, FindingRow.document_id.in_(some))
                session.execute(update(DocumentRow).where(DocumentRow.id.in_(some)).values(compared_key=None))
            return len(gone)

    def save_extraction(self, extraction: Extraction, cited: Sequence[CitedSource], now: datetime) -> None:
        """Keep what was read and what it cites, in one transaction.

        An extraction of this edition by this parser version that is there already stays; a failure gives way.
        """
        document = extraction.document
        read = {
            "pages": document.pages,
            "title": document.title,
            "created": storable_time(document.created),
            "failure": None,
        }
        with self._sessions.writing() as session:
            extraction_id = _new_reading(session, document.sha256, extraction.parser_version, now, read)
            if extraction_id is not None:
                write_parts(session, extraction_id, extraction)
                notes = extraction.footnotes
                sentences = [anchor.sentence for note in notes for anchor in note.anchors]
                write_sketch(session, extraction_id, [*sentences, *(note.text for note in notes)])
                write_sources(session, extraction_id, cited)
                refresh_printed(session, document.sha256, now)

    def save_failure(self, pdf_sha256: str, parser_version: str, message: str, now: datetime) -> None:
        """Keep why an edition could not be read; an extraction of it by the same version stays."""
        with self._sessions.writing() as session:
            _new_reading(session, pdf_sha256, parser_version, now, {"failure": message})

    def extraction(self, pdf_sha256: str, parser_version: str, path: str = "") -> Extraction | str | None:
        """What that version read in that edition, or the message of its failure; None where it never tried.

        `path` is where the caller has the file: it is no part of what is stored.
        """
        with self._sessions.reading() as session:
            row = session.scalars(
                select(ExtractionRow).where(
                    ExtractionRow.pdf_sha256 == pdf_sha256, ExtractionRow.parser_version == parser_version
                )
            ).first()
            if row is None or row.failure is not None:
                return None if row is None else row.failure
            return read_extraction(session, row, path)

    def newest_extraction(self, pdf_sha256: str, path: str = "") -> Extraction | None:
        """What was read last in that edition, by whatever version; None where it never was.

        `path` is where the caller has the file.
        """
        with self._sessions.reading() as session:
            row = session.scalars(_NEWEST_EXTRACTION, {"pdf_sha256": pdf_sha256}).one_or_none()
            return None if row is None else read_extraction(session, row, path)

    def known_extractions(self, pdf_sha256s: Sequence[str], parser_version: str) -> dict[str, str | None]:
        """Which of these editions that version has read: None, or why it could not. Others are left out."""
        with self._sessions.reading() as session:
            return {
                row.pdf_sha256: row.failure
                for some in chunks(pdf_sha256s)
                for row in session.execute(
                    select(ExtractionRow.pdf_sha256, ExtractionRow.failure).where(
                        ExtractionRow.pdf_sha256.in_(some), ExtractionRow.parser_version == parser_version
                    )
                )
            }

    def current(self, document_ids: Sequence[int] | None = None) -> list[StoredDocument]:
        """These documents (None: all), each with the edition it was last seen as; by collection and path."""
        with self._sessions.reading() as session:
            if document_ids is None:
                return list(stored_documents(session))
            found = [d for some in chunks(document_ids) for d in documents_by_number(session, some)]
            return sorted(found, key=lambda document: (document.collection, document.path))

    def known_places(self) -> list[tuple[str, str]]:
        """Collection and path of every document, also of those that are gone."""
        with self._sessions.reading() as session:
            rows = session.execute(select(DocumentRow.collection, DocumentRow.path).order_by(DocumentRow.id))
            further = [place for places in further_places(session).values() for place in places]
            return [(one.collection, one.path) for one in [*rows, *further]]


def _new_reading(
    session: Session, pdf_sha256: str, parser_version: str, now: datetime, values: dict[str, Any]
) -> int | None:
    """Insert an extraction, or put it in a failure's place; None when a successful one is there."""
    row = insert(session, ExtractionRow).values(
        pdf_sha256=pdf_sha256, parser_version=parser_version, read_at=now, **values
    )
    row = row.on_conflict_do_update(
        index_elements=["pdf_sha256", "parser_version"],
        set_={"read_at": now, **values},
        where=ExtractionRow.failure.is_not(None),
    )
    found: int | None = session.scalar(row.returning(ExtractionRow.id))
    return found


def _document_at(session: Session, collection: str, path: str, pdf_sha256: str, now: datetime) -> int:
    """The document at a place with the edition that is there now: known there, known by its bytes, or new."""
    seen = {"pdf_sha256": pdf_sha256, "last_seen": now, "withdrawn_at": None, "withdrawn_by": None}
    at_home = DocumentRow.collection == collection, DocumentRow.path == path
    before = session.execute(select(DocumentRow.id, DocumentRow.pdf_sha256).where(*at_home)).one_or_none()
    if before is not None and before.pdf_sha256 != pdf_sha256:
        let_go_of_copies(session, before.id)
    known = before.id if before is not None else None
    place = DocumentPlace(collection, path)
    if known is None:
        known = known_by_place(session, place, pdf_sha256)
    if known is None:
        known = known_by_bytes(session, place, pdf_sha256, now)
    if known is None:
        known = _other_form(session, collection, path)
        if known is not None:
            session.execute(update(DocumentRow).where(DocumentRow.id == known).values(path=path))
    if known is None:
        return _new_document(session, collection, path, seen, now)
    session.execute(update(DocumentRow).where(DocumentRow.id == known).values(seen))
    return int(known)


def _other_form(session: Session, collection: str, path: str) -> int | None:
    """The document that was under the same name in another form: a draft of which the PDF was made, or back.

    A run finds one form of a document at a time, so that the form that was there before is this document's.
    """
    stem = path.removesuffix(suffix_of(path)) if path.lower().endswith(suffix_of(path)) else None
    if stem is None:
        return None
    forms = [f"{stem}{suffix}" for suffix in DOCUMENT_SUFFIXES]
    found: int | None = session.scalar(
        select(DocumentRow.id)
        .where(DocumentRow.collection == collection, DocumentRow.path.in_(forms), DocumentRow.path != path)
        .order_by(DocumentRow.pdf_sha256.is_(None), DocumentRow.id.desc())
        .limit(1)
    )
    return found


def _new_document(session: Session, collection: str, path: str, seen: dict[str, Any], now: datetime) -> int:
    """Insert a document. Its key is where it was first seen; if a renamed one has it, the bytes are added."""
    key = f"{collection}\n{path}"
    if session.scalar(select(DocumentRow.id).where(DocumentRow.key == key)) is not None:
        key += f"\n{seen['pdf_sha256']}"
    new = insert(session, DocumentRow).values(collection=collection, path=path, key=key, first_seen=now, **seen)
    made: int | None = session.scalar(
        new.on_conflict_do_update(index_elements=["collection", "path"], set_=seen).returning(DocumentRow.id)
    )
    assert made is not None
    return made


_NEWEST_EXTRACTION = select(ExtractionRow).where(ExtractionRow.id == newest_extraction_id(bindparam("pdf_sha256")))
