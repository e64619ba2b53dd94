"""Sources, their addresses, who cites them, and what became of every fetch."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import Base, Member, RowId
from verifier.model import LinkReason, LinkStatus, Origin, Outcome, Witness


class AddressRow(Base):
    """The exact URL that is requested, without fragment; null in `due_at` is due at once.

    `shard` is the part of the work that its host belongs to (`verifier.domains.shard_of`).
    """

    __tablename__ = "address"
    __table_args__ = (
        UniqueConstraint("url"),
        Index("ix_address_due_at", "due_at"),
        Index("ix_address_shard_due_at", "shard", "due_at"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    url: Mapped[str]
    host: Mapped[str]
    due_at: Mapped[datetime | None]
    shard: Mapped[int]


class SourceRow(Base):
    """The work behind citations, under one key."""

    __tablename__ = "source"
    __table_args__ = (UniqueConstraint("key"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    key: Mapped[str]


class SourceAddressRow(Base):
    """One address of a source, and how we came by it; all that any document ever named."""

    __tablename__ = "source_address"
    __table_args__ = (
        UniqueConstraint("source_id", "address_id", "origin"),
        Index("ix_source_address_address_id", "address_id"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"))
    address_id: Mapped[int] = mapped_column(ForeignKey("address.id"))
    origin: Mapped[Origin] = mapped_column(Member(Origin))


class CitedSourceRow(Base):
    """A source where an extraction cites it: in a citation, elsewhere in a footnote, or in a link of the body."""

    __tablename__ = "cited_source"
    __table_args__ = (
        ForeignKeyConstraint(["extraction_id", "footnote"], ["footnote.extraction_id", "footnote.ordinal"]),
        ForeignKeyConstraint(
            ["extraction_id", "footnote", "citation"],
            ["citation.extraction_id", "citation.footnote", "citation.ordinal"],
        ),
        ForeignKeyConstraint(["extraction_id", "body_link"], ["body_link.extraction_id", "body_link.ordinal"]),
        Index("ix_cited_source_source_id", "source_id"),
    )

    extraction_id: Mapped[int] = mapped_column(ForeignKey("extraction.id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    footnote: Mapped[int | None]
    citation: Mapped[int | None]
    body_link: Mapped[int | None]
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"))


class CitedAddressRow(Base):
    """An address by which a citation names its source, in order.

    Kept beside `source_address` because another document's address of the same source is not printed here. `fragments`
    are the parts of it that are cited, null for none.
    """

    __tablename__ = "cited_address"
    __table_args__ = (
        ForeignKeyConstraint(["extraction_id", "cited"], ["cited_source.extraction_id", "cited_source.ordinal"]),
        Index("ix_cited_address_source_address_id", "source_address_id"),
    )

    extraction_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    cited: Mapped[int] = mapped_column(primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    source_address_id: Mapped[int] = mapped_column(ForeignKey("source_address.id"))
    fragments: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))


class TextRow(Base):
    """The readable text of a payload; `sha256` and `length` (in characters) are of the text.

    `work` is what it says of the work that it shows (`verifier.model.DescribedWork`), null where it says nothing.
    """

    __tablename__ = "text"
    __table_args__ = (UniqueConstraint("payload_sha256", "media_type", "extractor_version"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    payload_sha256: Mapped[str]
    media_type: Mapped[str]
    extractor_version: Mapped[str]
    text: Mapped[str]
    sha256: Mapped[str]
    length: Mapped[int]
    title: Mapped[str | None]
    language: Mapped[str | None]
    dated: Mapped[date | None]
    work: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class FetchRow(Base):
    """One attempt to read an address, and its judgement.

    `hops` is a list of objects with url, http_status, headers, started_at (ISO 8601) and elapsed;
    attempts count from 1 in each run. `missing_fragments` are the cited parts that it did not have, null for none;
    `witness` is the second sign of a link that is broken by its content.
    """

    __tablename__ = "fetch"
    __table_args__ = (
        UniqueConstraint("address_id", "run_id", "attempt"),
        Index("ix_fetch_address_id_id", "address_id", "id"),
        Index("ix_fetch_run_id", "run_id"),
        Index(
            "ix_fetch_with_text",
            "address_id",
            "id",
            sqlite_where=text("text_id IS NOT NULL"),
            postgresql_where=text("text_id IS NOT NULL"),
        ),
        Index(
            "ix_fetch_text_id",
            "text_id",
            sqlite_where=text("text_id IS NOT NULL"),
            postgresql_where=text("text_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    address_id: Mapped[int] = mapped_column(ForeignKey("address.id"))
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    attempt: Mapped[int]
    outcome: Mapped[Outcome] = mapped_column(Member(Outcome))
    status: Mapped[LinkStatus] = mapped_column(Member(LinkStatus))
    reason: Mapped[LinkReason] = mapped_column(Member(LinkReason))
    http_status: Mapped[int | None]
    final_url: Mapped[str | None]
    fetched_at: Mapped[datetime]
    media_type: Mapped[str]
    truncated: Mapped[bool]
    detail: Mapped[str]
    hops: Mapped[list[Any]]
    text_id: Mapped[int | None] = mapped_column(ForeignKey("text.id"))
    missing_fragments: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    witness: Mapped[Witness | None] = mapped_column(Member(Witness))


class SnapshotRow(Base):
    """Where the response of one hop of a fetch is in the archive; numbers below zero are style sheets of its page."""

    __tablename__ = "snapshot"
    __table_args__ = (
        Index("ix_snapshot_payload_sha256", "payload_sha256"),
        Index("ix_snapshot_warc_file", "warc_file"),
    )

    fetch_id: Mapped[int] = mapped_column(ForeignKey("fetch.id"), primary_key=True)
    hop: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str]
    warc_file: Mapped[str]
    offset: Mapped[int] = mapped_column(RowId)
    payload_sha256: Mapped[str]
