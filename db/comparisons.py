"""Comparisons, and all that comparing one document brought, kept in one transaction."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.documents import newest_reading
from db.records import ComparisonRecord
from db.runs import counts_of, coverage_of
from db.sessions import Sessions
from db.sightings import close_document_findings, write_findings
from db.statements import chunks, insert
from db.tables import ComparisonRow, DocumentRow
from db.tables.findings import NOTE_ITSELF
from verifier.errors import StoreError
from verifier.model import Coverage, Figure, FigureComparison, Finding

_KEY = ("extraction_id", "footnote", "anchor", "ordinal", "text_id", "checker_version")


class Comparisons:
    """The verbs about comparing documents."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def save_document_result(
        self,
        document_id: int,
        run_id: int,
        compared_key: str,
        comparisons: Sequence[ComparisonRecord],
        findings: Sequence[Finding],
        coverage: Coverage,
        now: datetime,
    ) -> None:
        """Keep what comparing a document brought, in one transaction.

        Comparisons belong to the newest reading of its current edition. The document's open findings that are not
        among these are closed, closed ones that are reopen. `compared_key` says what was compared (readings, texts,
        versions), for `compared_key()` to answer.

        Raises StoreError when there is no such document, or comparisons but no reading of it.
        """
        with self._sessions.writing() as session:
            if comparisons:
                _write(session, _reading_of(session, document_id), comparisons)
            write_findings(session, run_id, document_id, findings, now)
            close_document_findings(session, document_id, findings, now)
            compared = session.execute(
                update(DocumentRow)
                .where(DocumentRow.id == document_id)
                .values(compared_key=compared_key, coverage=counts_of(coverage))
                .returning(DocumentRow.id)
            ).all()
            if not compared:
                raise StoreError(f"there is no document {document_id} in the store")

    def compared_key(self, document_id: int) -> str | None:
        """What the document was last compared as; None where it never was."""
        with self._sessions.reading() as session:
            return session.scalar(select(DocumentRow.compared_key).where(DocumentRow.id == document_id))

    def document_coverage(self, document_ids: Sequence[int] | None = None) -> Coverage:
        """The counts of these documents (None: all) as they were last compared, added up."""
        with self._sessions.reading() as session:
            counts = select(DocumentRow.coverage).where(DocumentRow.coverage.is_not(None))
            if document_ids is None:
                return _sum(session.scalars(counts))
            return _sum(
                one for some in chunks(document_ids) for one in session.scalars(counts.where(DocumentRow.id.in_(some)))
            )

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


def _sum(counts: Any) -> Coverage:
    total: dict[str, int] = {}
    for one in counts:
        for name, count in one.items():
            total[name] = total.get(name, 0) + count
    return coverage_of(total)


def _reading_of(session: Session, document_id: int) -> int:
    reading = session.scalar(select(newest_reading(DocumentRow.pdf_sha256)).where(DocumentRow.id == document_id))
    if reading is None:
        raise StoreError(f"no reading of document {document_id} is in the store; save its extraction first")
    return int(reading)


def _write(session: Session, extraction_id: int, comparisons: Sequence[ComparisonRecord]) -> None:
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
