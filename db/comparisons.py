"""Comparisons: figures as they were held against a source's text."""

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Text, func, literal, or_, select, update
from sqlalchemy.orm import Session, aliased

from db.extractions import newest_extraction_id
from db.fetches import source_text
from db.passages import ComparedPassage, read_passages
from db.records import ComparisonRecord
from db.sessions import Sessions, chunks, insert
from db.tables import CitedAddressRow, ComparisonRow, DocumentRow, ExtractionRow, FetchRow, SourceAddressRow, TextRow
from db.tables.findings import NOTE_ITSELF
from verifier.errors import StoreError
from verifier.model import Figure, FigureComparison, SourceText

_KEY = ("extraction_id", "footnote", "anchor", "ordinal", "text_id", "checker_version")


_LAST_FETCH = select(func.max(FetchRow.id))


class Comparisons:
    """The verbs about comparisons; `Findings.save_document_result` writes them."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def of(self, document_id: int) -> list[ComparisonRecord]:
        """The comparisons of the newest extraction of a document's current edition, in reading order.

        All that are kept: also those against older texts of a source, and by older checkers.
        """
        extraction_id = newest_extraction_id(DocumentRow.pdf_sha256)
        with self._sessions.reading() as session:
            rows = session.scalars(
                select(ComparisonRow)
                .join(DocumentRow, ComparisonRow.extraction_id == extraction_id)
                .where(DocumentRow.id == document_id)
                .order_by(ComparisonRow.footnote, ComparisonRow.anchor, ComparisonRow.ordinal, ComparisonRow.id)
            )
            return [_record(row) for row in rows]

    def passages_of(self, document_id: int) -> list[ComparedPassage]:
        """The passages of sources that supported the figures of `of`, the first read first."""
        with self._sessions.reading() as session:
            return read_passages(session, document_id)

    def texts(self, text_ids: Collection[int]) -> dict[int, SourceText]:
        """The texts that comparisons name, by their number."""
        with self._sessions.reading() as session:
            return {
                row.id: source_text(row)
                for some in chunks(text_ids)
                for row in session.scalars(select(TextRow).where(TextRow.id.in_(some)))
            }

    def last_fetch(self) -> int:
        """The number of the newest fetch in the store, 0 for none: what comparisons made now can know of."""
        with self._sessions.reading() as session:
            return session.scalar(_LAST_FETCH) or 0

    def outdated(self, basis: str) -> set[int]:
        """The documents whose comparisons may rest on something else than what the store holds now.

        Those never compared, last found up to date on another `basis` (versions and settings) or as another edition,
        and those with a source that has brought another text since. The work grows with what has changed, not with
        what there is.
        """
        with self._sessions.reading() as session:
            return set(session.scalars(_on_another_basis(basis))) | _with_new_texts(session)

    def up_to_date(self, document_ids: Sequence[int], basis: str, last_fetch: int) -> None:
        """Say that these documents' comparisons rest on this basis and on every fetch up to this one."""
        with self._sessions.writing() as session:
            for some in chunks(document_ids):
                session.execute(
                    update(DocumentRow)
                    .where(DocumentRow.id.in_(some))
                    .values(compared_basis=_with_edition(basis), compared_fetch=last_fetch)
                    .execution_options(synchronize_session=False)
                )


def _with_edition(basis: str) -> ColumnElement[str]:
    return literal(f"{basis} ", Text()) + func.coalesce(DocumentRow.pdf_sha256, "")


def _on_another_basis(basis: str) -> Any:
    """A statement: the ids of documents that were not compared at all, or on another basis."""
    return select(DocumentRow.id).where(
        DocumentRow.pdf_sha256.is_not(None),
        or_(
            DocumentRow.compared_key.is_(None),
            DocumentRow.compared_fetch.is_(None),
            func.coalesce(DocumentRow.compared_basis, "") != _with_edition(basis),
        ),
    )


def _with_new_texts(session: Session) -> set[int]:
    """The ids of documents that cite an address which brought another text than before since they were compared."""
    present = DocumentRow.pdf_sha256.is_not(None)
    since = session.scalar(select(func.min(DocumentRow.compared_fetch)).where(present))
    changed = {} if since is None else _new_texts(session, since)
    citing = (
        select(DocumentRow.id, DocumentRow.compared_fetch, SourceAddressRow.address_id)
        .select_from(SourceAddressRow)
        .join(CitedAddressRow, CitedAddressRow.source_address_id == SourceAddressRow.id)
        .join(ExtractionRow, ExtractionRow.id == CitedAddressRow.extraction_id)
        .join(DocumentRow, DocumentRow.pdf_sha256 == ExtractionRow.pdf_sha256)
        .where(DocumentRow.compared_fetch.is_not(None))
    )
    return {
        row.id
        for some in chunks(changed)
        for row in session.execute(citing.where(SourceAddressRow.address_id.in_(some)))
        if row.compared_fetch < changed[row.address_id]
    }


def _new_texts(session: Session, since: int) -> dict[int, int]:
    """The addresses that brought another text than before in a fetch after this one, and the last fetch that did."""
    before = aliased(FetchRow)
    text_before = (
        select(before.text_id)
        .where(before.address_id == FetchRow.address_id, before.id < FetchRow.id, before.text_id.is_not(None))
        .order_by(before.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    new = select(FetchRow.address_id, FetchRow.id).where(
        FetchRow.id > since, FetchRow.text_id != func.coalesce(text_before, 0)
    )
    return {row.address_id: row.id for row in session.execute(new.order_by(FetchRow.id))}


def _reading_of(session: Session, document_id: int) -> int:
    extraction_id = session.scalar(
        select(newest_extraction_id(DocumentRow.pdf_sha256)).where(DocumentRow.id == document_id)
    )
    if extraction_id is None:
        raise StoreError(f"no extraction of document {document_id} is in the store; save its extraction first")
    return int(extraction_id)


def write_comparisons(session: Session, document_id: int, comparisons: Sequence[ComparisonRecord]) -> None:
    """Insert comparisons of the newest extraction of a document's current edition, or bring them up to date."""
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
