"""Comparisons: figures as they were held against a source's text."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.readings import newest_reading
from db.records import ComparisonRecord
from db.sessions import Sessions
from db.statements import insert
from db.tables import ComparisonRow, DocumentRow
from db.tables.findings import NOTE_ITSELF
from verifier.errors import StoreError
from verifier.model import Figure, FigureComparison

_KEY = ("extraction_id", "footnote", "anchor", "ordinal", "text_id", "checker_version")


class Comparisons:
    """The verbs about comparisons; `Findings.save_document_result` writes them."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def of(self, document_id: int) -> list[ComparisonRecord]:
        """The comparisons of the newest reading of a document's current edition, in reading order.

        All that are kept: also those against older texts of a source, and by older checkers.
        """
        reading = newest_reading(DocumentRow.pdf_sha256)
        with self._sessions.reading() as session:
            rows = session.scalars(
                select(ComparisonRow)
                .join(DocumentRow, ComparisonRow.extraction_id == reading)
                .where(DocumentRow.id == document_id)
                .order_by(ComparisonRow.footnote, ComparisonRow.anchor, ComparisonRow.ordinal, ComparisonRow.id)
            )
            return [_record(row) for row in rows]


def _reading_of(session: Session, document_id: int) -> int:
    reading = session.scalar(select(newest_reading(DocumentRow.pdf_sha256)).where(DocumentRow.id == document_id))
    if reading is None:
        raise StoreError(f"no reading of document {document_id} is in the store; save its extraction first")
    return int(reading)


def write_comparisons(session: Session, document_id: int, comparisons: Sequence[ComparisonRecord]) -> None:
    """Insert comparisons of the newest reading of a document's current edition, or bring them up to date."""
    if not comparisons:
        return
    extraction_id = _reading_of(session, document_id)
    new = insert(session, ComparisonRow)
    rows = [{"extraction_id": extraction_id, **_row(record)} for record in comparisons]
    changed = {name: new.excluded[name] for name in rows[0] if name not in _KEY}
    session.execute(new.on_conflict_do_update(index_elements=_KEY, set_=changed), rows)


def _row(record: ComparisonRecord) -> dict[str, Any]:
    comparison, figure = record.comparison, record.comparison.figure
    return {
        "footnote": record.footnote,
        "anchor": NOTE_ITSELF if record.anchor is None else record.anchor,
        "ordinal": record.ordinal,
        "text_id": record.text_id,
        "checker_version": record.checker_version,
        "figure_text": figure.text,
        "figure_start": figure.start,
        "figure_end": figure.end,
        "value": str(figure.value),
        "low": str(figure.low),
        "high": str(figure.high),
        "unit": figure.unit,
        "dimension": figure.dimension,
        "qualifier": figure.qualifier,
        "verdict": comparison.verdict,
        "confidence": comparison.confidence,
        "reason": comparison.reason,
        "source_text": comparison.source_text,
        "source_quote": comparison.source_quote,
        "source_start": comparison.source_start,
    }


def _record(row: ComparisonRow) -> ComparisonRecord:
    figure = Figure(
        text=row.figure_text,
        start=row.figure_start,
        end=row.figure_end,
        value=Decimal(row.value),
        low=Decimal(row.low),
        high=Decimal(row.high),
        unit=row.unit,
        dimension=row.dimension,
        qualifier=row.qualifier,
    )
    comparison = FigureComparison(
        figure=figure,
        verdict=row.verdict,
        confidence=row.confidence,
        reason=row.reason,
        source_text=row.source_text,
        source_quote=row.source_quote,
        source_start=row.source_start,
    )
    anchor = None if row.anchor == NOTE_ITSELF else row.anchor
    return ComparisonRecord(row.footnote, anchor, row.ordinal, row.text_id, row.checker_version, comparison)
