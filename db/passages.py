"""The passages of sources that supported a document's figures, with where and when they were first read.

Functions on an open session; `db.comparisons` gives them their transactions.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.extractions import newest_extraction_id
from db.fetches import snapshot_place
from db.tables import AddressRow, ComparisonRow, DocumentRow, FetchRow, TextRow
from db.tables.findings import NOTE_ITSELF
from verifier.model import SnapshotRef, Verdict, supplied_by


@dataclass(frozen=True, slots=True)
class ComparedPassage:
    """The passage of an address's text that supported a figure of a note.

    `footnote`, `anchor` and `ordinal` say which figure (anchor None: of the note's own words); `text_id` and
    `extractor_version` are the text's; `snapshot` is where it is archived, `read_at` the first time that the address
    was read to say so, `supplied_by` who handed it in, if it was not fetched.
    """

    footnote: int
    anchor: int | None
    ordinal: int
    url: str
    text_id: int
    extractor_version: str
    quote: str
    read_at: datetime
    snapshot: SnapshotRef | None
    supplied_by: str | None = None


def read_passages(session: Session, document_id: int) -> list[ComparedPassage]:
    """The passages behind the supported figures of the newest extraction of a document's edition, first read first.

    Of a text that several checkers compared with, the newest one's passages count.
    """
    found: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for row in session.execute(_passages(document_id)):
        found[row.footnote, row.anchor, row.ordinal, row.text_id, row.url] = tuple(row)
    passages = []
    for _, footnote, anchor, ordinal, text_id, quote, url, version, read_at, snapshot, detail in found.values():
        place = None if anchor == NOTE_ITSELF else anchor
        by = supplied_by(detail)
        passages.append(ComparedPassage(footnote, place, ordinal, url, text_id, version, quote, read_at, snapshot, by))
    return sorted(passages, key=lambda passage: passage.read_at)


def _passages(document_id: int) -> Any:
    compared = (
        select(ComparisonRow)
        .join(DocumentRow, ComparisonRow.extraction_id == newest_extraction_id(DocumentRow.pdf_sha256))
        .where(
            DocumentRow.id == document_id,
            ComparisonRow.verdict == Verdict.SUPPORTED,
            ComparisonRow.source_quote.is_not(None),
        )
        .subquery()
    )
    first = (
        select(func.min(FetchRow.id).label("id"))
        .where(FetchRow.text_id.in_(select(compared.c.text_id)))
        .group_by(FetchRow.text_id, FetchRow.address_id)
        .subquery()
    )
    return (
        select(
            compared.c.id,
            compared.c.footnote,
            compared.c.anchor,
            compared.c.ordinal,
            compared.c.text_id,
            compared.c.source_quote,
            AddressRow.url,
            TextRow.extractor_version,
            FetchRow.fetched_at,
            snapshot_place(),
            FetchRow.detail,
        )
        .select_from(compared)
        .join(TextRow, TextRow.id == compared.c.text_id)
        .join(FetchRow, FetchRow.text_id == TextRow.id)
        .join(first, first.c.id == FetchRow.id)
        .join(AddressRow, AddressRow.id == FetchRow.address_id)
        .order_by(compared.c.id)
    )
