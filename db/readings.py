"""Which extraction counts: the one of a parser version, or the newest of an edition."""

from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from db.tables import ExtractionRow
from verifier.errors import StoreError


def newest_reading(pdf_sha256: Any) -> ColumnElement[int | None]:
    """The id of the newest successful extraction of an edition, as part of a statement."""
    newest = aliased(ExtractionRow)
    return (
        select(newest.id)
        .where(newest.pdf_sha256 == pdf_sha256, newest.failure.is_(None))
        .order_by(newest.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def extraction_id_of(session: Session, pdf_sha256: str, parser_version: str) -> int:
    """The id of a successful extraction. Raises StoreError where there is none."""
    found = session.scalar(
        select(ExtractionRow.id).where(
            ExtractionRow.pdf_sha256 == pdf_sha256,
            ExtractionRow.parser_version == parser_version,
            ExtractionRow.failure.is_(None),
        )
    )
    if found is None:
        raise StoreError(f"no extraction of {pdf_sha256} by parser {parser_version} is stored; save it first")
    return found
