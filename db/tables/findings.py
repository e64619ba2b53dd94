"""Comparisons, findings, who saw them when, and what people decided."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import Base, Member, RowId
from verifier.model import Decision, FindingCode, FindingKind, FindingState, Qualifier, Severity, SnapshotRef, Verdict

NOTE_ITSELF = -1
"""The `anchor` of a figure that is in the note's own text: a null would not be unique in a key."""


class ComparisonRow(Base):
    """A figure held against a source's text; exact numbers are decimal strings."""

    __tablename__ = "comparison"
    __table_args__ = (
        UniqueConstraint(
            "extraction_id", "footnote", "anchor", "ordinal", "text_id", "checker_version", name="uq_comparison_key"
        ),
        Index("ix_comparison_text_id", "text_id"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    extraction_id: Mapped[int] = mapped_column(ForeignKey("extraction.id"))
    footnote: Mapped[int]
    anchor: Mapped[int]
    ordinal: Mapped[int]
    text_id: Mapped[int] = mapped_column(ForeignKey("text.id"))
    checker_version: Mapped[str]
    figure_text: Mapped[str]
    figure_start: Mapped[int]
    figure_end: Mapped[int]
    value: Mapped[str]
    low: Mapped[str]
    high: Mapped[str]
    unit: Mapped[str]
    dimension: Mapped[str]
    qualifier: Mapped[Qualifier] = mapped_column(Member(Qualifier))
    verdict: Mapped[Verdict] = mapped_column(Member(Verdict))
    confidence: Mapped[float]
    reason: Mapped[str]
    source_text: Mapped[str | None]
    source_quote: Mapped[str | None]
    source_start: Mapped[int | None]


class CheckedPartsRow(Base):
    """What became of every figure, quotation and work of a document when last compared (see `db.checked_parts`)."""

    __tablename__ = "checked_parts"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    parts: Mapped[list[Any]]


class FindingRow(Base):
    """What a machine wants an editor to see.

    `state` is the machine's alone, open or closed; what people decided is in `review`. A finding about a link
    belongs to no document (`document_id` null). `opened_run` is the run since which it is as it is: first seen,
    seen again after it was closed, or turned from a to-do into an accusation. `counterpart` is the fingerprint that it
    has in the document of which its own is an edition (or another form), null where there is none. `fields` are objects
    with name, cited, shown and differs, null for findings of other kinds.
    """

    __tablename__ = "finding"
    __table_args__ = (
        UniqueConstraint("fingerprint"),
        Index("ix_finding_document_id_state", "document_id", "state"),
        Index("ix_finding_url_state", "url", "state"),
        Index("ix_finding_counterpart", "counterpart"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    fingerprint: Mapped[str]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    code: Mapped[FindingCode] = mapped_column(Member(FindingCode))
    kind: Mapped[FindingKind] = mapped_column(Member(FindingKind))
    severity: Mapped[Severity] = mapped_column(Member(Severity))
    message: Mapped[str]
    url: Mapped[str | None]
    footnote_id: Mapped[str | None]
    footnote_label: Mapped[str | None]
    page: Mapped[int | None]
    sentence: Mapped[str | None]
    source_quote: Mapped[str | None]
    source_text: Mapped[str | None]
    snapshot: Mapped[SnapshotRef | None]
    fetched_at: Mapped[datetime | None]
    confidence: Mapped[float | None]
    fields: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    supplied_by: Mapped[str | None]
    replacements: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    state: Mapped[FindingState] = mapped_column(Member(FindingState))
    first_seen_run: Mapped[int] = mapped_column(ForeignKey("run.id"))
    first_seen_at: Mapped[datetime]
    last_seen_run: Mapped[int] = mapped_column(ForeignKey("run.id"))
    last_seen_at: Mapped[datetime]
    opened_run: Mapped[int] = mapped_column(ForeignKey("run.id"))
    closed_at: Mapped[datetime | None]
    counterpart: Mapped[str | None]


class ObservationRow(Base):
    """A run that saw a finding, and as what."""

    __tablename__ = "sighting"
    __table_args__ = (Index("ix_sighting_run_id_kind", "run_id", "kind"),)

    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"), primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), primary_key=True)
    code: Mapped[FindingCode] = mapped_column(Member(FindingCode))
    kind: Mapped[FindingKind] = mapped_column(Member(FindingKind))


class ReviewRow(Base):
    """What a person decided about a finding; rows are only ever added. `id` is a ULID, and sorts by time.

    From `expires_at` on the decision no longer counts. `undoes` names the review that this one takes back: its
    decision is what held before. `right_value` is the figure, address or quotation that belongs in the document,
    `question` what the author is asked, `rule_id` the standing rule that decided.
    """

    __tablename__ = "review"
    __table_args__ = (
        UniqueConstraint("request_token"),
        Index("ix_review_finding_id_id", "finding_id", "id"),
        Index("ix_review_rule_id", "rule_id"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"))
    decision: Mapped[Decision] = mapped_column(Member(Decision))
    reviewer: Mapped[str]
    note: Mapped[str]
    request_token: Mapped[str]
    decided_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    undoes: Mapped[str | None]
    right_value: Mapped[str | None]
    question: Mapped[str | None]
    rule_id: Mapped[str | None]
