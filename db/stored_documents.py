"""Documents as they are handed out: each with its current edition, its newest reading and the places where it lies.

Functions on an open session. Statements are made once: making one costs more than to carry it out for one document.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, select
from sqlalchemy.orm import Session, aliased

from db.document_places import further_places
from db.records import StoredDocument
from db.tables import DocumentRow, EditionRow, ExtractionRow


def stored_documents(session: Session, *where: ColumnElement[bool]) -> Iterator[StoredDocument]:
    """The documents that are there and of which all of this holds, by collection and path."""
    return _handed_out(session, session.execute(_documents().where(*where)))


def documents_by_number(session: Session, document_ids: Sequence[int]) -> Iterator[StoredDocument]:
    """Those of these documents that are there, by collection and path."""
    return _handed_out(session, session.execute(_documents_of(), {"document_ids": document_ids}))


def _handed_out(session: Session, rows: Any) -> Iterator[StoredDocument]:
    places = further_places(session)
    for row in rows.mappings():
        yield StoredDocument(**row, also_at=places.get(row["id"], ()))


@cache
def _documents_of() -> Any:
    return _documents().where(DocumentRow.id.in_(bindparam("document_ids", expanding=True)))


@cache
def _documents() -> Any:
    newest = aliased(ExtractionRow)
    latest = (
        select(newest.id)
        .where(newest.pdf_sha256 == DocumentRow.pdf_sha256)
        .order_by(newest.failure.is_not(None), newest.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    earlier = aliased(DocumentRow)
    # Named as StoredDocument's fields are: columns cost a third of what mapped objects do, and there may be many.
    return (
        select(
            DocumentRow.id,
            DocumentRow.collection,
            DocumentRow.path,
            DocumentRow.key,
            EditionRow.pdf_sha256,
            EditionRow.first_seen,
            EditionRow.created,
            ExtractionRow.title,
            ExtractionRow.failure,
            DocumentRow.compared_key,
            DocumentRow.edition_of,
            earlier.key.label("edition_of_key"),
        )
        .join(
            EditionRow,
            and_(EditionRow.document_id == DocumentRow.id, EditionRow.pdf_sha256 == DocumentRow.pdf_sha256),
        )
        .outerjoin(ExtractionRow, ExtractionRow.id == latest)
        .outerjoin(earlier, earlier.id == DocumentRow.edition_of)
        .order_by(DocumentRow.collection, DocumentRow.path)
        .execution_options(yield_per=1000)
    )
