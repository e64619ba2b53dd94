"""`verifier dump`: the store as text that is equal for two stores that know the same.

JSON lines in one canonical order, by natural keys alone: no numbers of rows, no times of ours, no places in WARC
files, no headers. A fetch is told by its rank among those of its address, an observation only where it was
new (the first of a finding, or of a stage of it), and a run only where it fetched something or saw something
new. So a run that was killed and taken up again leaves the same dump as one that was not, and one that found nothing
to do leaves no trace.
"""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Executable, exists, func, or_, select
from sqlalchemy.orm import aliased

from db.sessions import Sessions
from db.tables import (
    AddressRow,
    AnchorRow,
    ArchivedCopyRow,
    AssignmentRow,
    BodyLinkRow,
    CheckedPartsRow,
    CitationRow,
    CitedAddressRow,
    CitedSourceRow,
    CommentRow,
    ComparisonRow,
    DocumentPlaceRow,
    DocumentRow,
    EditionRow,
    ExtractionRow,
    FetchRow,
    FindingRow,
    FootnoteRow,
    InconsistencyRow,
    LetterQueryRow,
    LetterRow,
    ObservationRow,
    ReviewRow,
    RuleEndRow,
    RuleRow,
    RunRow,
    SnapshotRow,
    SourceAddressRow,
    SourceRow,
    TextRow,
    WarningRow,
)

_AT_ONCE = 1000
"""Rows held in memory at a time."""

_DOCUMENT = (DocumentRow.collection, DocumentRow.path)
_READING = (ExtractionRow.pdf_sha256, ExtractionRow.parser_version)
_TEXT = (TextRow.payload_sha256, TextRow.media_type, TextRow.extractor_version)


def dump_lines(sessions: Sessions) -> Iterator[str]:
    """The lines, without line ends, in order; all from one state of the store, and never many in memory."""
    with sessions.reading() as session:
        for table, statement in _sections():
            for row in session.execute(statement.execution_options(yield_per=_AT_ONCE)).mappings():
                record = {"table": table, **row}
                if "hops" in record:
                    record["hops"] = [[hop["url"], hop["http_status"]] for hop in record["hops"]]
                if "parts" in record:
                    record["parts"] = [_without_ours(part) for part in record["parts"]]
                yield json.dumps(record, ensure_ascii=False, sort_keys=True, default=_as_text)


def _without_ours(part: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in part.items() if name not in ("snapshot", "fetched_at")}


def _as_text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON for {value!r}")


def _sections() -> Iterator[tuple[str, Executable]]:
    yield from _of_documents()
    yield from _of_links()
    yield from _of_findings()


def _of_documents() -> Iterator[tuple[str, Executable]]:
    yield (
        "document",
        select(*_DOCUMENT, DocumentRow.pdf_sha256, DocumentRow.coverage).order_by(*_DOCUMENT),
    )
    yield (
        "document_place",
        select(
            DocumentPlaceRow.collection,
            DocumentPlaceRow.path,
            DocumentRow.collection.label("own_collection"),
            DocumentRow.path.label("own_path"),
        )
        .join(DocumentRow, DocumentRow.id == DocumentPlaceRow.document_id)
        .order_by(DocumentPlaceRow.collection, DocumentPlaceRow.path),
    )
    yield (
        "edition",
        select(*_DOCUMENT, EditionRow.pdf_sha256, EditionRow.created)
        .join(EditionRow, EditionRow.document_id == DocumentRow.id)
        .order_by(*_DOCUMENT, EditionRow.pdf_sha256),
    )
    yield (
        "extraction",
        select(
            *_READING, ExtractionRow.pages, ExtractionRow.title, ExtractionRow.created, ExtractionRow.failure
        ).order_by(*_READING),
    )
    for part in (FootnoteRow, AnchorRow, CitationRow, BodyLinkRow, WarningRow, InconsistencyRow):
        yield part.__tablename__, _part(part)


def _part(part: Any) -> Executable:
    """A part of extractions: all its columns, by the extraction's key and its own."""
    columns = [column for column in part.__table__.columns if column.name != "extraction_id"]
    own_key = [column for column in part.__table__.primary_key.columns if column.name != "extraction_id"]
    return (
        select(*_READING, *columns)
        .join(ExtractionRow, ExtractionRow.id == part.extraction_id)
        .order_by(*_READING, *own_key)
    )


def _of_links() -> Iterator[tuple[str, Executable]]:
    yield "address", select(AddressRow.url, AddressRow.host).order_by(AddressRow.url)
    yield "source", select(SourceRow.key).order_by(SourceRow.key)
    source_address = (SourceRow.key, AddressRow.url, SourceAddressRow.origin)
    yield (
        "source_address",
        select(*source_address)
        .select_from(SourceAddressRow)
        .join(SourceRow, SourceRow.id == SourceAddressRow.source_id)
        .join(AddressRow, AddressRow.id == SourceAddressRow.address_id)
        .order_by(*source_address),
    )
    yield (
        "cited_source",
        select(
            *_READING,
            CitedSourceRow.ordinal,
            CitedSourceRow.footnote,
            CitedSourceRow.citation,
            CitedSourceRow.body_link,
            SourceRow.key.label("source"),
        )
        .select_from(CitedSourceRow)
        .join(ExtractionRow, ExtractionRow.id == CitedSourceRow.extraction_id)
        .join(SourceRow, SourceRow.id == CitedSourceRow.source_id)
        .order_by(*_READING, CitedSourceRow.ordinal),
    )
    yield (
        "cited_address",
        select(*_READING, CitedAddressRow.cited, CitedAddressRow.ordinal, AddressRow.url, SourceAddressRow.origin)
        .select_from(CitedAddressRow)
        .join(ExtractionRow, ExtractionRow.id == CitedAddressRow.extraction_id)
        .join(SourceAddressRow, SourceAddressRow.id == CitedAddressRow.source_address_id)
        .join(AddressRow, AddressRow.id == SourceAddressRow.address_id)
        .order_by(*_READING, CitedAddressRow.cited, CitedAddressRow.ordinal),
    )
    yield (
        "text",
        select(*_TEXT, TextRow.sha256, TextRow.length, TextRow.title, TextRow.language, TextRow.dated).order_by(*_TEXT),
    )
    copy = (AddressRow.url.label("address"), ArchivedCopyRow.before, ArchivedCopyRow.url, ArchivedCopyRow.captured_at)
    yield (
        "archived_copy",
        select(*copy)
        .join(ArchivedCopyRow, ArchivedCopyRow.address_id == AddressRow.id)
        .order_by(AddressRow.url, ArchivedCopyRow.before),
    )
    yield from _of_fetches()


def _of_fetches() -> Iterator[tuple[str, Executable]]:
    rank = func.row_number().over(partition_by=FetchRow.address_id, order_by=FetchRow.id)
    ranked = select(FetchRow.id, rank.label("rank")).subquery()
    yield (
        "fetch",
        select(
            AddressRow.url,
            ranked.c.rank,
            FetchRow.outcome,
            FetchRow.status,
            FetchRow.reason,
            FetchRow.http_status,
            FetchRow.final_url,
            FetchRow.media_type,
            FetchRow.truncated,
            FetchRow.hops,
            TextRow.sha256.label("text_sha256"),
        )
        .select_from(FetchRow)
        .join(ranked, ranked.c.id == FetchRow.id)
        .join(AddressRow, AddressRow.id == FetchRow.address_id)
        .outerjoin(TextRow, TextRow.id == FetchRow.text_id)
        .order_by(AddressRow.url, FetchRow.id),
    )
    yield (
        "snapshot",
        select(
            AddressRow.url,
            ranked.c.rank,
            SnapshotRow.hop,
            SnapshotRow.url.label("hop_url"),
            SnapshotRow.payload_sha256,
        )
        .select_from(SnapshotRow)
        .join(FetchRow, FetchRow.id == SnapshotRow.fetch_id)
        .join(ranked, ranked.c.id == FetchRow.id)
        .join(AddressRow, AddressRow.id == FetchRow.address_id)
        .order_by(AddressRow.url, FetchRow.id, SnapshotRow.hop),
    )


def _of_findings() -> Iterator[tuple[str, Executable]]:
    compared = [
        column for column in ComparisonRow.__table__.columns if column.name not in ("id", "extraction_id", "text_id")
    ]
    key = (ComparisonRow.footnote, ComparisonRow.anchor, ComparisonRow.ordinal)
    yield (
        "comparison",
        select(*_READING, *_TEXT, *compared)
        .select_from(ComparisonRow)
        .join(ExtractionRow, ExtractionRow.id == ComparisonRow.extraction_id)
        .join(TextRow, TextRow.id == ComparisonRow.text_id)
        .order_by(*_READING, *key, *_TEXT, ComparisonRow.checker_version),
    )
    yield (
        "checked_parts",
        select(*_DOCUMENT, CheckedPartsRow.parts)
        .join(CheckedPartsRow, CheckedPartsRow.document_id == DocumentRow.id)
        .order_by(*_DOCUMENT),
    )
    ours = {"id", "document_id", "snapshot", "fetched_at", "closed_at"}
    history = {"first_seen_run", "first_seen_at", "last_seen_run", "last_seen_at", "opened_run"}
    columns = [column for column in FindingRow.__table__.columns if column.name not in ours | history]
    yield (
        "finding",
        select(*_DOCUMENT, *columns)
        .select_from(FindingRow)
        .outerjoin(DocumentRow, DocumentRow.id == FindingRow.document_id)
        .order_by(FindingRow.fingerprint),
    )
    new = select(ObservationRow).where(_is_new(ObservationRow)).subquery()
    stage = func.row_number().over(partition_by=new.c.finding_id, order_by=new.c.run_id)
    yield (
        "sighting",
        select(FindingRow.fingerprint, stage.label("stage"), new.c.code, new.c.kind)
        .join(new, new.c.finding_id == FindingRow.id)
        .order_by(FindingRow.fingerprint, new.c.run_id),
    )
    nth = func.row_number().over(partition_by=ReviewRow.finding_id, order_by=ReviewRow.id)
    yield (
        "review",
        select(
            FindingRow.fingerprint,
            nth.label("rank"),
            ReviewRow.decision,
            ReviewRow.reviewer,
            ReviewRow.note,
            ReviewRow.right_value,
            ReviewRow.question,
            ReviewRow.rule_id.is_not(None).label("by_rule"),
        )
        .join(ReviewRow, ReviewRow.finding_id == FindingRow.id)
        .order_by(FindingRow.fingerprint, ReviewRow.id),
    )
    yield from _of_team()
    nth_run = func.row_number().over(order_by=RunRow.id)
    did_something = or_(
        exists().where(FetchRow.run_id == RunRow.id),
        exists().where(ObservationRow.run_id == RunRow.id, _is_new(ObservationRow)),
    )
    yield (
        "run",
        select(nth_run.label("rank"), RunRow.kind, RunRow.state, RunRow.coverage)
        .where(did_something)
        .order_by(RunRow.id),
    )


def _of_team() -> Iterator[tuple[str, Executable]]:
    scope = (RuleRow.code, RuleRow.host, RuleRow.subdomains, RuleRow.url, RuleRow.below, RuleRow.http_status)
    told = (RuleRow.reason, RuleRow.folder, RuleRow.why, RuleRow.reviewer, RuleRow.expires_at)
    rule = (*scope, *told, RuleEndRow.reviewer.label("ended_by"))
    yield (
        "rule",
        select(*rule).outerjoin(RuleEndRow, RuleEndRow.rule_id == RuleRow.id).order_by(RuleRow.id),
    )
    for table, columns in (
        (AssignmentRow, (AssignmentRow.assignee, AssignmentRow.reviewer, AssignmentRow.note)),
        (CommentRow, (CommentRow.reviewer, CommentRow.words)),
    ):
        yield (
            table.__tablename__,
            select(FindingRow.fingerprint, *columns)
            .join(table, table.finding_id == FindingRow.id)
            .order_by(FindingRow.fingerprint, table.id),
        )
    nth = func.row_number().over(partition_by=LetterRow.document_id, order_by=LetterRow.id)
    letters = select(LetterRow.id, nth.label("rank")).subquery()
    words = (LetterRow.recipient, LetterRow.address, LetterRow.subject, LetterRow.opening, LetterRow.closing)
    yield (
        "letter",
        select(*_DOCUMENT, letters.c.rank, *words, LetterRow.reviewer)
        .join(LetterRow, LetterRow.document_id == DocumentRow.id)
        .join(letters, letters.c.id == LetterRow.id)
        .order_by(*_DOCUMENT, LetterRow.id),
    )
    yield (
        "letter_query",
        select(*_DOCUMENT, letters.c.rank, LetterQueryRow.ordinal, FindingRow.fingerprint, LetterQueryRow.words)
        .join(LetterRow, LetterRow.document_id == DocumentRow.id)
        .join(letters, letters.c.id == LetterRow.id)
        .join(LetterQueryRow, LetterQueryRow.letter_id == LetterRow.id)
        .join(ReviewRow, ReviewRow.id == LetterQueryRow.review_id)
        .join(FindingRow, FindingRow.id == ReviewRow.finding_id)
        .order_by(*_DOCUMENT, LetterRow.id, LetterQueryRow.ordinal),
    )


def _is_new(observation: type[ObservationRow]) -> Any:
    """Part of a statement: the finding was not seen before, or as something else."""
    before = aliased(ObservationRow)
    seen_as = (
        select(before.code)
        .where(before.finding_id == observation.finding_id, before.run_id < observation.run_id)
        .order_by(before.run_id.desc())
        .limit(1)
        .correlate(observation)
        .scalar_subquery()
    )
    return observation.code.is_distinct_from(seen_as)
