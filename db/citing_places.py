"""The places that print an address: note, page and sentence in every current edition."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.orm import Session

from db.cited import part_of_cited
from db.extractions import newest_extraction_id
from db.records import CitingPlace
from db.sessions import chunks
from db.tables import (
    AddressRow,
    AnchorRow,
    BodyLinkRow,
    CitedAddressRow,
    CitedSourceRow,
    DocumentRow,
    ExtractionRow,
    FootnoteRow,
    SourceAddressRow,
)
from verifier.model import Origin


def citing_places(session: Session, urls: Sequence[str]) -> dict[str, list[CitingPlace]]:
    """The places in current editions that print each of these addresses, by document, page and note."""
    places: dict[str, dict[tuple[int, int | None, int | None], CitingPlace]] = defaultdict(dict)
    for some in chunks(urls):
        rows = session.execute(_citing(), {"urls": some})
        for url, document_id, footnote, body_link, path, note_id, label, page, sentence, note in rows:
            where = (document_id, footnote, body_link)
            places[url].setdefault(where, CitingPlace(path, note_id, label, page, sentence, document_id, note))
    return {url: list(found.values()) for url, found in places.items()}


@cache
def _citing() -> Any:
    """A statement, made once: each place that prints one of the addresses `urls`."""
    return (
        select(
            AddressRow.url,
            DocumentRow.id,
            CitedSourceRow.footnote,
            CitedSourceRow.body_link,
            DocumentRow.path,
            FootnoteRow.note_id,
            FootnoteRow.label,
            func.coalesce(FootnoteRow.page, BodyLinkRow.page),
            func.coalesce(AnchorRow.sentence, BodyLinkRow.sentence),
            FootnoteRow.text,
        )
        .select_from(AddressRow)
        .join(SourceAddressRow, SourceAddressRow.address_id == AddressRow.id)
        .join(CitedAddressRow, CitedAddressRow.source_address_id == SourceAddressRow.id)
        .join(
            CitedSourceRow,
            and_(
                CitedSourceRow.extraction_id == CitedAddressRow.extraction_id,
                CitedSourceRow.ordinal == CitedAddressRow.cited,
            ),
        )
        .join(ExtractionRow, ExtractionRow.id == CitedAddressRow.extraction_id)
        .join(DocumentRow, DocumentRow.pdf_sha256 == ExtractionRow.pdf_sha256)
        .outerjoin(FootnoteRow, part_of_cited(FootnoteRow, FootnoteRow.ordinal, CitedSourceRow.footnote))
        .outerjoin(
            AnchorRow,
            and_(part_of_cited(AnchorRow, AnchorRow.footnote, CitedSourceRow.footnote), AnchorRow.ordinal == 0),
        )
        .outerjoin(BodyLinkRow, part_of_cited(BodyLinkRow, BodyLinkRow.ordinal, CitedSourceRow.body_link))
        .where(
            AddressRow.url.in_(bindparam("urls", expanding=True)),
            SourceAddressRow.origin == Origin.PRINTED,
            ExtractionRow.id == newest_extraction_id(DocumentRow.pdf_sha256),
        )
        .order_by(DocumentRow.collection, DocumentRow.path, CitedSourceRow.ordinal)
    )
