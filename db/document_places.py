"""Where a document lies: at its own place, and wherever else the same bytes are.

Functions on an open session; `db.documents` gives them their transactions. A further place only ever holds the bytes of
the document's current edition: where they differ it is looked at as a document of its own.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from sqlalchemy import case, delete, select, update
from sqlalchemy.orm import Session

from db.records import DocumentPlace
from db.sessions import chunks, insert
from db.tables import DocumentPlaceRow, DocumentRow, EditionRow


def further_places(session: Session) -> dict[int, tuple[DocumentPlace, ...]]:
    """The further places of every document that has any, the first seen first."""
    places: dict[int, list[DocumentPlace]] = defaultdict(list)
    for document_id, collection, path in session.execute(_FURTHER):
        places[document_id].append(DocumentPlace(collection, path))
    return {document_id: tuple(found) for document_id, found in places.items()}


def further_places_in(session: Session, collections: Sequence[str]) -> Iterator[tuple[int, DocumentPlace]]:
    """The further places in these collections, with the number of the document that lies there."""
    rows = session.scalars(select(DocumentPlaceRow).where(DocumentPlaceRow.collection.in_(collections)))
    for row in rows:
        yield row.document_id, DocumentPlace(row.collection, row.path)


def known_by_place(session: Session, place: DocumentPlace, pdf_sha256: str) -> int | None:
    """The document that has this as a further place, while these are its bytes; else the place is let go of."""
    row = session.get(DocumentPlaceRow, (place.collection, place.path))
    if row is None:
        return None
    current = session.scalar(select(DocumentRow.pdf_sha256).where(DocumentRow.id == row.document_id))
    if current == pdf_sha256:
        return row.document_id
    session.delete(row)
    session.flush()
    return None


def known_by_bytes(session: Session, place: DocumentPlace, pdf_sha256: str, now: datetime) -> int | None:
    """The document that these bytes are: one that is missing from its place and had them once, or one that has them.

    A missing one has moved to this place, if need be from another collection; one that is there lies here too.
    """
    moved = session.scalar(
        select(DocumentRow.id)
        .join(EditionRow, EditionRow.document_id == DocumentRow.id)
        .where(DocumentRow.pdf_sha256.is_(None), EditionRow.pdf_sha256 == pdf_sha256)
        .order_by(case((DocumentRow.collection == place.collection, 0), else_=1), DocumentRow.id.desc())
        .limit(1)
    )
    if moved is not None:
        session.execute(
            update(DocumentRow).where(DocumentRow.id == moved).values(collection=place.collection, path=place.path)
        )
        return moved
    twin = session.scalar(
        select(DocumentRow.id).where(DocumentRow.pdf_sha256 == pdf_sha256).order_by(DocumentRow.id).limit(1)
    )
    if twin is not None:
        new = insert(session, DocumentPlaceRow).values(
            collection=place.collection, path=place.path, document_id=twin, first_seen=now
        )
        session.execute(new.on_conflict_do_update(index_elements=["collection", "path"], set_={"document_id": twin}))
    return twin


def let_go_of_copies(session: Session, document_id: int) -> None:
    """Forget a document's further places: its own place has other bytes now, and they may have the old ones."""
    session.execute(delete(DocumentPlaceRow).where(DocumentPlaceRow.document_id == document_id))


def leave_places(session: Session, collection: str, gone: Collection[str]) -> list[int]:
    """Say that nothing lies at these paths any more; the documents that lie nowhere now.

    One that lies elsewhere too has its own place there from now on.
    """
    left: list[int] = []
    for some in chunks(sorted(gone)):
        session.execute(
            delete(DocumentPlaceRow).where(DocumentPlaceRow.collection == collection, DocumentPlaceRow.path.in_(some))
        )
        at_home = DocumentRow.collection == collection, DocumentRow.path.in_(some)
        left += session.scalars(select(DocumentRow.id).where(*at_home, DocumentRow.pdf_sha256.is_not(None)))
    nowhere = []
    for document_id in left:
        elsewhere = session.scalars(
            select(DocumentPlaceRow)
            .where(DocumentPlaceRow.document_id == document_id)
            .order_by(*_OLDEST_FIRST)
            .limit(1)
        ).first()
        if elsewhere is None:
            nowhere.append(document_id)
            continue
        own = {"collection": elsewhere.collection, "path": elsewhere.path}
        session.delete(elsewhere)
        session.flush()
        session.execute(update(DocumentRow).where(DocumentRow.id == document_id).values(own))
    for some_ids in chunks(nowhere):
        session.execute(update(DocumentRow).where(DocumentRow.id.in_(some_ids)).values(pdf_sha256=None))
    return nowhere


_OLDEST_FIRST = (DocumentPlaceRow.first_seen, DocumentPlaceRow.collection, DocumentPlaceRow.path)

_FURTHER = select(DocumentPlaceRow.document_id, DocumentPlaceRow.collection, DocumentPlaceRow.path).order_by(
    *_OLDEST_FIRST
)
