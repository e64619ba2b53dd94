"""Documents, their editions, and what was read in them.

The parts of an extraction have the keys of the design, (parent, ordinal), written out: they are
inserted in sets and need no numbers of their own.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import Base, Member, RowId
from verifier.model import InconsistencyKind, NoteKind, Signal, WarningCode, WorkKind


class DocumentRow(Base):
    """A publication we watch.

    `pdf_sha256` names the edition that is there, null when the document is gone. It is no foreign key, since
    editions refer to documents. `key` names the document in fingerprints: it stays when the file is renamed.
    `compared_key` says what the document was last compared as, `coverage` holds the counts of that comparison. Its
    comparisons were last found to be up to date on `compared_basis` (versions, settings, edition) and with every fetch
    up to the one numbered `compared_fetch`. `edition_of` is the number of an earlier document of another name that says
    mostly the same. An upload that was withdrawn says when, and by whom.
    """

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("collection", "path"),
        UniqueConstraint("key"),
        Index("ix_document_pdf_sha256", "pdf_sha256"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    collection: Mapped[str]
    path: Mapped[str]
    key: Mapped[str]
    pdf_sha256: Mapped[str | None]
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime]
    compared_key: Mapped[str | None]
    coverage: Mapped[dict[str, Any] | None]
    compared_basis: Mapped[str | None]
    compared_fetch: Mapped[int | None] = mapped_column(RowId)
    edition_of: Mapped[int | None] = mapped_column(RowId)
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str | None]


class DocumentPlaceRow(Base):
    """A further place where the bytes of a document's current edition lie, besides its own."""

    __tablename__ = "document_place"
    __table_args__ = (Index("ix_document_place_document_id", "document_id"),)

    collection: Mapped[str] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    first_seen: Mapped[datetime]


class EditionRow(Base):
    """The exact bytes of a document at a time; `created` is the date that the PDF states of itself."""

    __tablename__ = "edition"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    pdf_sha256: Mapped[str] = mapped_column(primary_key=True)
    first_seen: Mapped[datetime]
    created: Mapped[datetime | None]


class ExtractionRow(Base):
    """What one version of the parser read in an edition; where it could not, `failure` says why."""

    __tablename__ = "extraction"
    __table_args__ = (UniqueConstraint("pdf_sha256", "parser_version"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    pdf_sha256: Mapped[str]
    parser_version: Mapped[str]
    read_at: Mapped[datetime]
    pages: Mapped[int | None]
    title: Mapped[str | None]
    created: Mapped[datetime | None]
    failure: Mapped[str | None]


class SentenceSketchRow(Base):
    """A hash of the sketch of an extraction, by which extractions that say mostly the same are found
    (`earlier_editions`)."""

    __tablename__ = "sentence_sketch"
    __table_args__ = (Index("ix_sentence_sketch_hash", "hash"),)

    extraction_id: Mapped[int] = mapped_column(ForeignKey("extraction.id"), primary_key=True)
    hash: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)


class FootnoteRow(Base):
    """A footnote; `note_id` is its id in the extraction, `boxes` a list of [page, x0, y0, x1, y1]."""

    __tablename__ = "footnote"

    extraction_id: Mapped[int] = mapped_column(ForeignKey("extraction.id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    note_id: Mapped[str]
    label: Mapped[str]
    kind: Mapped[NoteKind] = mapped_column(Member(NoteKind))
    page: Mapped[int | None]
    text: Mapped[str]
    urls: Mapped[list[Any]]
    boxes: Mapped[list[Any]]


class AnchorRow(Base):
    """The sentence (or table cell) that a marker of a footnote supports."""

    __tablename__ = "anchor"
    __table_args__ = (
        ForeignKeyConstraint(["extraction_id", "footnote"], ["footnote.extraction_id", "footnote.ordinal"]),
    )

    extraction_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    footnote: Mapped[int] = mapped_column(primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    page: Mapped[int | None]
    sentence: Mapped[str]
    marker_offset: Mapped[int]
    clause_start: Mapped[int]
    boxes: Mapped[list[Any]]
    sentence_boxes: Mapped[list[Any] | None]
    block_quotation: Mapped[str | None]
    paragraph: Mapped[int | None]
    paragraph_text: Mapped[str | None]


class CitationRow(Base):
    """One cited work inside a footnote; what it is called, by whom and when it was published, as far as it is said."""

    __tablename__ = "citation"
    __table_args__ = (
        ForeignKeyConstraint(["extraction_id", "footnote"], ["footnote.extraction_id", "footnote.ordinal"]),
    )

    extraction_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    footnote: Mapped[int] = mapped_column(primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    signal: Mapped[Signal | None] = mapped_column(Member(Signal))
    urls: Mapped[list[Any]]
    identifiers: Mapped[list[Any]]
    refers_to: Mapped[str | None]
    title: Mapped[str | None]
    container: Mapped[str | None]
    publisher: Mapped[str | None]
    authors: Mapped[list[Any] | None]
    work_kind: Mapped[WorkKind | None] = mapped_column(Member(WorkKind))
    date: Mapped[str | None]
    pinpoint: Mapped[str | None]


class BodyLinkRow(Base):
    """A link in the running text."""

    __tablename__ = "body_link"

    extraction_id: Mapped[int] = mapped_column(ForeignKey("extraction.id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    page: Mapped[int | None]
    url: Mapped[str]
    text: Mapped[str]
    sentence: Mapped[str]


class InconsistencyRow(Base):
    """Where a document contradicts itself; `places` is a list of [page, text, boxes], boxes as elsewhere."""

    __tablename__ = "inconsistency"

    extraction_id: Mapped[int] = mapped_column(ForeignKey("extraction.id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[InconsistencyKind] = mapped_column(Member(InconsistencyKind))
    message: Mapped[str]
    places: Mapped[list[Any]]
    stated: Mapped[str]
    computed: Mapped[str | None]
    confidence: Mapped[float]


class WarningRow(Base):
    """Something that the parser could not do, or doubts; `page` is null for the whole."""

    __tablename__ = "extraction_warning"

    extraction_id: Mapped[int] = mapped_column(ForeignKey("extraction.id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    page: Mapped[int | None]
    code: Mapped[WarningCode] = mapped_column(Member(WarningCode))
    message: Mapped[str]
