"""Documents, their editions, and what the parser read in them."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session, aliased

from db.cited import write_sources
from db.extractions import read_extraction, write_parts
from db.records import CitedSource, StoredDocument
from db.sessions import Sessions
from db.statements import chunks, insert
from db.tables import DocumentRow, EditionRow, ExtractionRow
from db.tables.base import storable_time
from verifier.model import Extraction


class Documents:
    """The verbs about documents."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def record_edition(
        self, collection: str, path: str, pdf_sha256: str, now: datetime, created: datetime | None = None
    ) -> StoredDocument:
        """Say that these bytes stand at this path now; `created` is the date that the PDF states of itself."""
        created = storable_time(created)
        with self._sessions.writing() as session:
            document = insert(session, DocumentRow).values(
                collection=collection, path=path, pdf_sha256=pdf_sha256, first_seen=now, last_seen=now
            )
            document_id = session.scalar(
                document.on_conflict_do_update(
                    index_elements=["collection", "path"], set_={"pdf_sha256": pdf_sha256, "last_seen": now}
                ).returning(DocumentRow.id)
            )
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
            return next(_stored(session, DocumentRow.id == document_id))

    def save_extraction(self, extraction: Extraction, cited: Sequence[CitedSource], now: datetime) -> None:
        """Keep what was read and what it cites, in one transaction.

        A reading of this edition by this parser version that is there already stays; a failure gives way.
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
                write_sources(session, extraction_id, cited)

    def save_failure(self, pdf_sha256: str, parser_version: str, message: str, now: datetime) -> None:
        """Keep why an edition could not be read; a reading of it by the same version stays."""
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

    def current(self, document_ids: Sequence[int] | None = None) -> list[StoredDocument]:
        """These documents (None: all), each with the edition it was last seen as; by collection and path."""
        with self._sessions.reading() as session:
            if document_ids is None:
                return list(_stored(session))
            found = [d for some in chunks(document_ids) for d in _stored(session, DocumentRow.id.in_(some))]
            return sorted(found, key=lambda document: (document.collection, document.path))


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


def _stored(session: Session, *where: ColumnElement[bool]) -> Iterator[StoredDocument]:
    newest = aliased(ExtractionRow)
    latest = (
        select(newest.id)
        .where(newest.pdf_sha256 == DocumentRow.pdf_sha256)
        .order_by(newest.failure.is_not(None), newest.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    # In the order of StoredDocument's fields: columns cost a third of what mapped objects do, and there may be many.
    rows = session.execute(
        select(
            DocumentRow.id,
            DocumentRow.collection,
            DocumentRow.path,
            DocumentRow.pdf_sha256,
            EditionRow.first_seen,
            EditionRow.created,
            ExtractionRow.title,
            ExtractionRow.failure,
        )
        .join(
            EditionRow,
            and_(EditionRow.document_id == DocumentRow.id, EditionRow.pdf_sha256 == DocumentRow.pdf_sha256),
        )
        .outerjoin(ExtractionRow, ExtractionRow.id == latest)
        .where(*where)
        .order_by(DocumentRow.collection, DocumentRow.path)
        .execution_options(yield_per=1000)
    )
    for row in rows:
        yield StoredDocument(*row)
