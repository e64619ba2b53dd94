"""An extraction as rows, rows as the extraction they were, and which extraction of an edition counts."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, select
from sqlalchemy.orm import Session, aliased

from db.sessions import insert
from db.tables import (
    AnchorRow,
    Base,
    BodyLinkRow,
    CitationRow,
    ExtractionRow,
    FootnoteRow,
    InconsistencyRow,
    WarningRow,
)
from verifier.errors import StoreError
from verifier.model import (
    Anchor,
    Author,
    BodyLink,
    Box,
    Citation,
    Document,
    Extraction,
    ExtractionWarning,
    Footnote,
    Inconsistency,
    InconsistencyPlace,
    Work,
    WorkKind,
)

Row = dict[str, Any]
"""The columns of one row, as an INSERT of many takes them."""


def write_parts(session: Session, extraction_id: int, extraction: Extraction) -> None:
    """Insert all parts of an extraction that has none yet."""
    notes, anchors, citations = [], [], []
    for ordinal, note in enumerate(extraction.footnotes):
        notes.append(_footnote_row(extraction_id, ordinal, note))
        of_note = {"extraction_id": extraction_id, "footnote": ordinal}
        anchors += [of_note | {"ordinal": i} | _anchor_row(anchor) for i, anchor in enumerate(note.anchors)]
        citations += [of_note | {"ordinal": i} | _citation_row(cited) for i, cited in enumerate(note.citations)]
    of_extraction = {"extraction_id": extraction_id}
    links = [of_extraction | {"ordinal": i} | asdict(link) for i, link in enumerate(extraction.body_links)]
    warnings = [of_extraction | {"ordinal": i} | asdict(warning) for i, warning in enumerate(extraction.warnings)]
    found = [
        of_extraction | {"ordinal": i} | _inconsistency_row(one) for i, one in enumerate(extraction.inconsistencies)
    ]
    parts: tuple[tuple[type[Base], list[Row]], ...] = (
        (FootnoteRow, notes),
        (AnchorRow, anchors),
        (CitationRow, citations),
        (BodyLinkRow, links),
        (WarningRow, warnings),
        (InconsistencyRow, found),
    )
    for table, rows in parts:
        if rows:
            session.execute(insert(session, table), rows)


def read_extraction(session: Session, row: ExtractionRow, path: str) -> Extraction:
    """The extraction of a row that is no failure, as if it had just been read from the file at `path`."""
    anchors: dict[int, list[Anchor]] = defaultdict(list)
    for anchor in _parts(session, AnchorRow, row.id):
        anchors[anchor.footnote].append(_anchor(anchor))
    citations: dict[int, list[Citation]] = defaultdict(list)
    for cited in _parts(session, CitationRow, row.id):
        citations[cited.footnote].append(_citation(cited))
    return Extraction(
        document=Document(path, row.pdf_sha256, row.pages, row.title, row.created),
        parser_version=row.parser_version,
        footnotes=tuple(
            _footnote(note, anchors[note.ordinal], citations[note.ordinal])
            for note in _parts(session, FootnoteRow, row.id)
        ),
        body_links=tuple(
            BodyLink(link.page, link.url, link.text, link.sentence) for link in _parts(session, BodyLinkRow, row.id)
        ),
        warnings=tuple(
            ExtractionWarning(warning.page, warning.code, warning.message)
            for warning in _parts(session, WarningRow, row.id)
        ),
        inconsistencies=tuple(_inconsistency(one) for one in _parts(session, InconsistencyRow, row.id)),
    )


def read_footnote(session: Session, extraction_id: int, note_id: str) -> Footnote | None:
    """One footnote of an extraction, by its id there."""
    note = session.scalars(_NOTE, {"extraction_id": extraction_id, "note_id": note_id}).first()
    if note is None:
        return None
    of_note = {"extraction_id": extraction_id, "footnote": note.ordinal}
    anchors = [_anchor(row) for row in session.scalars(_ANCHORS, of_note)]
    return _footnote(note, anchors, [_citation(row) for row in session.scalars(_CITATIONS, of_note)])


def read_inconsistency(session: Session, extraction_id: int, message: str) -> Inconsistency | None:
    """The contradiction of an extraction that a finding with this message is about."""
    row = session.scalars(_INCONSISTENCY, {"extraction_id": extraction_id, "message": message}).first()
    return None if row is None else _inconsistency(row)


_INCONSISTENCY = select(InconsistencyRow).where(
    InconsistencyRow.extraction_id == bindparam("extraction_id"), InconsistencyRow.message == bindparam("message")
)

_NOTE = select(FootnoteRow).where(
    FootnoteRow.extraction_id == bindparam("extraction_id"), FootnoteRow.note_id == bindparam("note_id")
)


def _of_note(table: Any) -> Any:
    """A statement, made once: the rows of a table that belong to a note."""
    of_note = table.extraction_id == bindparam("extraction_id"), table.footnote == bindparam("footnote")
    return select(table).where(*of_note).order_by(table.ordinal)


_ANCHORS, _CITATIONS = _of_note(AnchorRow), _of_note(CitationRow)


def _footnote(note: FootnoteRow, anchors: Sequence[Anchor], citations: Sequence[Citation]) -> Footnote:
    return Footnote(
        id=note.note_id,
        label=note.label,
        kind=note.kind,
        page=note.page,
        text=note.text,
        urls=tuple(note.urls),
        boxes=_boxes(note.boxes),
        anchors=tuple(anchors),
        citations=tuple(citations),
    )


def _anchor(row: AnchorRow) -> Anchor:
    return Anchor(
        page=row.page,
        sentence=row.sentence,
        marker_offset=row.marker_offset,
        clause_start=row.clause_start,
        boxes=_boxes(row.boxes),
        sentence_boxes=_boxes(row.sentence_boxes or []),
        block_quotation=row.block_quotation,
        paragraph=row.paragraph,
        paragraph_text=row.paragraph_text,
    )


def _citation(row: CitationRow) -> Citation:
    return Citation(
        text=row.text,
        signal=row.signal,
        urls=tuple(row.urls),
        identifiers=tuple(row.identifiers),
        refers_to=row.refers_to,
        work=_work(row),
        pinpoint=row.pinpoint,
    )


def _work(row: CitationRow) -> Work | None:
    """The cited work; extractions before revision 0013 have neither its authors nor its kind."""
    if row.work_kind is None and not (row.title or row.publisher or row.date):
        return None
    return Work(
        title=row.title,
        container=row.container,
        publisher=row.publisher,
        authors=tuple(Author(family, given) for family, given in row.authors or ()),
        date=row.date,
        kind=row.work_kind or WorkKind.REPORT,
        pinpoint=row.pinpoint,
    )


def _inconsistency(row: InconsistencyRow) -> Inconsistency:
    places = tuple(InconsistencyPlace(page, text, _boxes(boxes)) for page, text, boxes in row.places)
    return Inconsistency(row.kind, row.message, places, row.stated, row.computed, row.confidence)


def _inconsistency_row(found: Inconsistency) -> Row:
    return {
        "kind": found.kind,
        "message": found.message,
        "places": [[place.page, place.text, _numbers(place.boxes)] for place in found.places],
        "stated": found.stated,
        "computed": found.computed,
        "confidence": found.confidence,
    }


def _parts(session: Session, table: Any, extraction_id: int) -> Sequence[Any]:
    """The rows of a table that belong to an extraction, in order."""
    return session.execute(_parts_of(table), {"extraction_id": extraction_id}).all()


@cache
def _parts_of(table: Any) -> Any:
    """A statement, made once; columns cost a third of what mapped objects do, and a long document has thousands."""
    order = [table.footnote] if "footnote" in table.__table__.columns else []
    there = table.extraction_id == bindparam("extraction_id")
    return select(*table.__table__.columns).where(there).order_by(*order, table.ordinal)


def _footnote_row(extraction_id: int, ordinal: int, note: Footnote) -> Row:
    return {
        "extraction_id": extraction_id,
        "ordinal": ordinal,
        "note_id": note.id,
        "label": note.label,
        "kind": note.kind,
        "page": note.page,
        "text": note.text,
        "urls": list(note.urls),
        "boxes": _numbers(note.boxes),
    }


def _anchor_row(anchor: Anchor) -> Row:
    return {
        "page": anchor.page,
        "sentence": anchor.sentence,
        "marker_offset": anchor.marker_offset,
        "clause_start": anchor.clause_start,
        "boxes": _numbers(anchor.boxes),
        "sentence_boxes": _numbers(anchor.sentence_boxes),
        "block_quotation": anchor.block_quotation,
        "paragraph": anchor.paragraph,
        "paragraph_text": anchor.paragraph_text,
    }


def _citation_row(cited: Citation) -> Row:
    work = cited.work
    return {
        "text": cited.text,
        "signal": cited.signal,
        "urls": list(cited.urls),
        "identifiers": list(cited.identifiers),
        "refers_to": cited.refers_to,
        "title": work.title if work else None,
        "container": work.container if work else None,
        "publisher": work.publisher if work else None,
        "authors": [[author.family, author.given] for author in work.authors] if work else None,
        "work_kind": work.kind if work else None,
        "date": work.date if work else None,
        "pinpoint": cited.pinpoint,
    }


def _numbers(boxes: tuple[Box, ...]) -> list[list[float]]:
    return [[box.page, box.x0, box.y0, box.x1, box.y1] for box in boxes]


def _boxes(numbers: list[list[Any]]) -> tuple[Box, ...]:
    return tuple(Box(*edges) for edges in numbers)


def newest_extraction_id(pdf_sha256: Any) -> ColumnElement[int | None]:
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
