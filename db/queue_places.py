"""The documents that each finding of the queue touches, with its place in each: what a document or folder is asked by.

Functions on an open session, called in the transaction that changes what is there: a finding that is seen, a reading
that says what a document prints, an edition that comes or goes.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from db.extractions import newest_extraction_id
from db.records import CitingPlace
from db.sessions import chunks, insert
from db.tables import (
    AddressRow,
    BodyLinkRow,
    CitedAddressRow,
    CitedSourceRow,
    DocumentRow,
    ExtractionRow,
    FindingRow,
    FootnoteRow,
    QueuePlaceRow,
    SourceAddressRow,
)
from verifier.model import Origin


def note_number(footnote_id: str | None) -> int:
    """The place of a note among those of its document: the number in its id (`fn-6`); 0 for none."""
    digits = (footnote_id or "").rpartition("-")[2]
    return int(digits) if digits.isdecimal() and len(digits) < 9 else 0


def write_places(session: Session, own: Sequence[dict[str, Any]], printed: Mapping[int, Sequence[CitingPlace]]) -> None:
    """Put these in the place of what was known of some findings: `own` rows, and by finding where links are printed."""
    ids = sorted({row["finding_id"] for row in own} | set(printed))
    for some in chunks(ids):
        session.execute(delete(QueuePlaceRow).where(QueuePlaceRow.finding_id.in_(some)))
    rows = {(row["document_id"], row["finding_id"]): row for row in own}
    for finding_id, places in printed.items():
        for place in places:
            if place.document_id is not None:
                key = (place.document_id, finding_id)
                rows.setdefault(key, _row(*key, place.page, place.footnote_id))
    if rows:
        session.execute(insert(session, QueuePlaceRow).on_conflict_do_nothing(), list(rows.values()))


def refresh_links_of(session: Session, pdf_sha256: str) -> None:
    """Say anew which findings about links the documents of these bytes touch, by what they print now."""
    documents = list(session.scalars(select(DocumentRow.id).where(DocumentRow.pdf_sha256 == pdf_sha256)))
    forget_links_of(session, documents)
    for document_id in documents:
        rows = {
            finding_id: _row(document_id, finding_id, page, note_id)
            for finding_id, page, note_id in reversed(session.execute(_printed_links_of(document_id)).all())
        }
        if rows:
            session.execute(insert(session, QueuePlaceRow).on_conflict_do_nothing(), list(rows.values()))


def forget_links_of(session: Session, document_ids: Sequence[int]) -> None:
    """Say that documents print nothing any more; their own findings stay theirs."""
    links = select(FindingRow.id).where(FindingRow.document_id.is_(None)).scalar_subquery()
    for some in chunks(document_ids):
        session.execute(
            delete(QueuePlaceRow)
            .where(QueuePlaceRow.document_id.in_(some), QueuePlaceRow.finding_id.in_(links))
            .execution_options(synchronize_session=False)
        )


def _printed_links_of(document_id: int) -> Any:
    """A statement: the findings about links that a document prints, each with page and note, in reading order."""
    is_part = CitedSourceRow.extraction_id, CitedSourceRow.ordinal
    footnote = (FootnoteRow.extraction_id == is_part[0]) & (FootnoteRow.ordinal == CitedSourceRow.footnote)
    body_link = (BodyLinkRow.extraction_id == is_part[0]) & (BodyLinkRow.ordinal == CitedSourceRow.body_link)
    cited = (CitedAddressRow.extraction_id == is_part[0]) & (CitedAddressRow.cited == is_part[1])
    return (
        select(FindingRow.id, func.coalesce(FootnoteRow.page, BodyLinkRow.page), FootnoteRow.note_id)
        .select_from(DocumentRow)
        .join(ExtractionRow, ExtractionRow.id == newest_extraction_id(DocumentRow.pdf_sha256))
        .join(CitedSourceRow, CitedSourceRow.extraction_id == ExtractionRow.id)
        .join(CitedAddressRow, cited)
        .join(SourceAddressRow, SourceAddressRow.id == CitedAddressRow.source_address_id)
        .join(AddressRow, AddressRow.id == SourceAddressRow.address_id)
        # Added to nothing, since SQLite would rather walk through all findings about links by their index.
        .join(FindingRow, (FindingRow.url == AddressRow.url) & (func.coalesce(FindingRow.document_id, 0) == 0))
        .outerjoin(FootnoteRow, footnote)
        .outerjoin(BodyLinkRow, body_link)
        .where(DocumentRow.id == document_id, SourceAddressRow.origin == Origin.PRINTED)
        .order_by(CitedSourceRow.ordinal)
    )


def _row(document_id: int, finding_id: int, page: int | None, footnote_id: str | None) -> dict[str, Any]:
    return {
        "document_id": document_id,
        "finding_id": finding_id,
        "page": page or 0,
        "note": note_number(footnote_id),
    }
