"""The schema of version 0.1: the baseline that every store begins with.

It took the place of revisions 0001 to 0015 and has the id of the last of them, so that a store at that revision goes on
as it is. An older one is refused (db/schema.py says how it is brought on).
"""

import sqlalchemy as sa

from alembic import op

revision = "0015"
down_revision = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
TIME = sa.DateTime(timezone=True)
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WITH_TEXT = dict.fromkeys(("sqlite_where", "postgresql_where"), sa.text("text_id IS NOT NULL"))
TEXT_KEY = ("payload_sha256", "media_type", "extractor_version")

TABLES = (
    *("run", "document", "document_place", "edition", "extraction", "sentence_sketch"),
    *("footnote", "anchor", "citation", "body_link", "extraction_warning"),
    *("address", "source", "source_address", "cited_source", "cited_address"),
    *("text", "fetch", "snapshot", "archived_copy"),
    *("comparison", "finding", "sighting", "review", "queue", "presence"),
)
"""In the order in which they refer to each other."""


def columns(kind: sa.types.TypeEngine, *names: str) -> list[sa.Column]:
    return [sa.Column(name, kind, nullable=False) for name in names]


def optional(kind: sa.types.TypeEngine, *names: str) -> list[sa.Column]:
    return [sa.Column(name, kind, nullable=True) for name in names]


def key(kind: sa.types.TypeEngine, *names: str) -> list[sa.Column]:
    """Columns of the primary key, in its order; it is named by `db.tables.base.NAMING`."""
    return [sa.Column(name, kind, primary_key=True, nullable=False) for name in names]


def refers(table: str, target: str, **columns: str) -> sa.ForeignKeyConstraint:
    """A foreign key: `columns` maps a table's columns to the target's."""
    targets = [f"{target}.{name}" for name in columns.values()]
    return sa.ForeignKeyConstraint(list(columns), targets, name=f"fk_{table}_{'_'.join(columns)}")


def upgrade() -> None:
    _documents()
    _links()
    _findings()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _documents() -> None:
    """The runs, the documents, and what was read in them."""
    op.create_table(
        "run",
        *key(ROW_ID, "id"),
        sa.Column("kind", WORDS, nullable=False),
        *columns(sa.JSON(), "inputs", "coverage"),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("started_at", TIME, nullable=False),
        sa.Column("finished_at", TIME, nullable=True),
    )
    op.create_index("ix_run_state", "run", ["state"])
    op.create_table(
        "document",
        *key(ROW_ID, "id"),
        *columns(WORDS, "collection", "path", "key"),
        *optional(WORDS, "pdf_sha256", "compared_key", "compared_basis", "withdrawn_by"),
        *columns(TIME, "first_seen", "last_seen"),
        sa.Column("coverage", sa.JSON(), nullable=True),
        *optional(ROW_ID, "compared_fetch", "edition_of"),
        sa.Column("withdrawn_at", TIME, nullable=True),
        sa.UniqueConstraint("collection", "path", name="uq_document_collection_path"),
        sa.UniqueConstraint("key", name="uq_document_key"),
    )
    op.create_index("ix_document_pdf_sha256", "document", ["pdf_sha256"])
    op.create_table(
        "document_place",
        *key(WORDS, "collection", "path"),
        sa.Column("document_id", ROW_ID, nullable=False),
        sa.Column("first_seen", TIME, nullable=False),
        refers("document_place", "document", document_id="id"),
    )
    op.create_index("ix_document_place_document_id", "document_place", ["document_id"])
    op.create_table(
        "edition",
        *key(ROW_ID, "document_id"),
        *key(WORDS, "pdf_sha256"),
        sa.Column("first_seen", TIME, nullable=False),
        sa.Column("created", TIME, nullable=True),
        refers("edition", "document", document_id="id"),
    )
    op.create_table(
        "extraction",
        *key(ROW_ID, "id"),
        *columns(WORDS, "pdf_sha256", "parser_version"),
        sa.Column("read_at", TIME, nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        *optional(WORDS, "title", "failure"),
        sa.Column("created", TIME, nullable=True),
        sa.UniqueConstraint("pdf_sha256", "parser_version", name="uq_extraction_pdf_sha256_parser_version"),
    )
    op.create_table(
        "sentence_sketch",
        sa.Column("extraction_id", ROW_ID, nullable=False),
        sa.Column("hash", sa.BigInteger(), autoincrement=False, nullable=False),
        refers("sentence_sketch", "extraction", extraction_id="id"),
        sa.PrimaryKeyConstraint("extraction_id", "hash", name="pk_sentence_sketch"),
    )
    op.create_index("ix_sentence_sketch_hash", "sentence_sketch", ["hash"])
    op.create_table(
        "footnote",
        *key(ROW_ID, "extraction_id"),
        *key(sa.Integer(), "ordinal"),
        *columns(WORDS, "note_id", "label", "text"),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        *columns(sa.JSON(), "urls", "boxes"),
        refers("footnote", "extraction", extraction_id="id"),
    )
    op.create_table(
        "anchor",
        *key(ROW_ID, "extraction_id"),
        *key(sa.Integer(), "footnote", "ordinal"),
        *columns(sa.Integer(), "marker_offset", "clause_start"),
        *optional(sa.Integer(), "page", "paragraph"),
        sa.Column("sentence", WORDS, nullable=False),
        sa.Column("boxes", sa.JSON(), nullable=False),
        sa.Column("sentence_boxes", sa.JSON(), nullable=True),
        *optional(WORDS, "block_quotation", "paragraph_text"),
        refers("anchor", "footnote", extraction_id="extraction_id", footnote="ordinal"),
    )
    op.create_table(
        "citation",
        *key(ROW_ID, "extraction_id"),
        *key(sa.Integer(), "footnote", "ordinal"),
        sa.Column("text", WORDS, nullable=False),
        sa.Column("signal", sa.Text(), nullable=True),
        *columns(sa.JSON(), "urls", "identifiers"),
        *optional(WORDS, "refers_to", "title", "container", "publisher", "work_kind", "date", "pinpoint"),
        sa.Column("authors", sa.JSON(), nullable=True),
        refers("citation", "footnote", extraction_id="extraction_id", footnote="ordinal"),
    )
    op.create_table(
        "body_link",
        *key(ROW_ID, "extraction_id"),
        *key(sa.Integer(), "ordinal"),
        sa.Column("page", sa.Integer(), nullable=True),
        *columns(WORDS, "url", "text", "sentence"),
        refers("body_link", "extraction", extraction_id="id"),
    )
    op.create_table(
        "extraction_warning",
        *key(ROW_ID, "extraction_id"),
        *key(sa.Integer(), "ordinal"),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("message", WORDS, nullable=False),
        refers("extraction_warning", "extraction", extraction_id="id"),
    )


def _links() -> None:
    """Addresses and sources, what was fetched of them, and the texts that came."""
    op.create_table(
        "address",
        *key(ROW_ID, "id"),
        *columns(WORDS, "url", "host"),
        sa.Column("due_at", TIME, nullable=True),
        sa.UniqueConstraint("url", name="uq_address_url"),
    )
    op.create_index("ix_address_due_at", "address", ["due_at"])
    op.create_table(
        "source",
        *key(ROW_ID, "id"),
        sa.Column("key", WORDS, nullable=False),
        sa.UniqueConstraint("key", name="uq_source_key"),
    )
    op.create_table(
        "source_address",
        *key(ROW_ID, "id"),
        *columns(ROW_ID, "source_id", "address_id"),
        sa.Column("origin", sa.Text(), nullable=False),
        *(refers("source_address", name, **{f"{name}_id": "id"}) for name in ("address", "source")),
        sa.UniqueConstraint("source_id", "address_id", "origin", name="uq_source_address_source_id_address_id_origin"),
    )
    op.create_index("ix_source_address_address_id", "source_address", ["address_id"])
    op.create_table(
        "cited_source",
        *key(ROW_ID, "extraction_id"),
        *key(sa.Integer(), "ordinal"),
        sa.Column("source_id", ROW_ID, nullable=False),
        *optional(sa.Integer(), "footnote", "citation", "body_link"),
        refers("cited_source", "body_link", extraction_id="extraction_id", body_link="ordinal"),
        refers("cited_source", "citation", extraction_id="extraction_id", footnote="footnote", citation="ordinal"),
        refers("cited_source", "footnote", extraction_id="extraction_id", footnote="ordinal"),
        *(refers("cited_source", name, **{f"{name}_id": "id"}) for name in ("extraction", "source")),
    )
    op.create_index("ix_cited_source_source_id", "cited_source", ["source_id"])
    op.create_table(
        "cited_address",
        *key(ROW_ID, "extraction_id"),
        *key(sa.Integer(), "cited", "ordinal"),
        sa.Column("source_address_id", ROW_ID, nullable=False),
        sa.Column("fragments", sa.JSON(none_as_null=True), nullable=True),
        refers("cited_address", "cited_source", extraction_id="extraction_id", cited="ordinal"),
        refers("cited_address", "source_address", source_address_id="id"),
    )
    op.create_index("ix_cited_address_source_address_id", "cited_address", ["source_address_id"])
    op.create_table(
        "text",
        *key(ROW_ID, "id"),
        *columns(WORDS, "payload_sha256", "media_type", "extractor_version", "text", "sha256"),
        sa.Column("length", sa.Integer(), nullable=False),
        *optional(WORDS, "title", "language"),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.UniqueConstraint(*TEXT_KEY, name=f"uq_text_{'_'.join(TEXT_KEY)}"),
    )
    op.create_table(
        "fetch",
        *key(ROW_ID, "id"),
        *columns(ROW_ID, "address_id", "run_id"),
        sa.Column("attempt", sa.Integer(), nullable=False),
        *columns(sa.Text(), "outcome", "status", "reason"),
        sa.Column("http_status", sa.Integer(), nullable=True),
        sa.Column("final_url", WORDS, nullable=True),
        sa.Column("fetched_at", TIME, nullable=False),
        *columns(WORDS, "media_type", "detail"),
        sa.Column("truncated", sa.Boolean(), nullable=False),
        sa.Column("hops", sa.JSON(), nullable=False),
        sa.Column("text_id", ROW_ID, nullable=True),
        sa.Column("missing_fragments", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("witness", WORDS, nullable=True),
        *(refers("fetch", name, **{f"{name}_id": "id"}) for name in ("address", "run", "text")),
        sa.UniqueConstraint("address_id", "run_id", "attempt", name="uq_fetch_address_id_run_id_attempt"),
    )
    op.create_index("ix_fetch_address_id_id", "fetch", ["address_id", "id"])
    op.create_index("ix_fetch_run_id", "fetch", ["run_id"])
    op.create_index("ix_fetch_text_id", "fetch", ["text_id"], **WITH_TEXT)
    op.create_index("ix_fetch_with_text", "fetch", ["address_id", "id"], **WITH_TEXT)
    op.create_table(
        "snapshot",
        *key(ROW_ID, "fetch_id"),
        *key(sa.Integer(), "hop"),
        sa.Column("offset", ROW_ID, nullable=False),
        *columns(WORDS, "url", "warc_file", "payload_sha256"),
        refers("snapshot", "fetch", fetch_id="id"),
    )
    op.create_index("ix_snapshot_payload_sha256", "snapshot", ["payload_sha256"])
    op.create_table(
        "archived_copy",
        *key(ROW_ID, "address_id"),
        *key(sa.Date(), "before"),
        sa.Column("url", WORDS, nullable=True),
        sa.Column("captured_at", TIME, nullable=True),
        sa.Column("looked_up_at", TIME, nullable=False),
        refers("archived_copy", "address", address_id="id"),
    )


def _findings() -> None:
    """Comparisons, findings, reviews, and the queue at the desk."""
    op.create_table(
        "comparison",
        *key(ROW_ID, "id"),
        *columns(ROW_ID, "extraction_id", "text_id"),
        *columns(sa.Integer(), "footnote", "anchor", "ordinal", "figure_start", "figure_end"),
        *columns(WORDS, "checker_version", "figure_text", "value", "low", "high", "unit", "dimension", "reason"),
        *columns(sa.Text(), "qualifier", "verdict"),
        sa.Column("confidence", sa.Double(), nullable=False),
        *optional(WORDS, "source_text", "source_quote"),
        sa.Column("source_start", sa.Integer(), nullable=True),
        *(refers("comparison", name, **{f"{name}_id": "id"}) for name in ("extraction", "text")),
        sa.UniqueConstraint(
            "extraction_id", "footnote", "anchor", "ordinal", "text_id", "checker_version", name="uq_comparison_key"
        ),
    )
    op.create_index("ix_comparison_text_id", "comparison", ["text_id"])
    op.create_table(
        "finding",
        *key(ROW_ID, "id"),
        *columns(ROW_ID, "first_seen_run", "last_seen_run", "opened_run"),
        *columns(WORDS, "fingerprint", "message"),
        sa.Column("document_id", ROW_ID, nullable=True),
        *columns(sa.Text(), "code", "kind", "severity", "state"),
        *optional(WORDS, "url", "footnote_id", "footnote_label", "sentence", "source_quote", "source_text", "snapshot"),
        sa.Column("page", sa.Integer(), nullable=True),
        *optional(TIME, "fetched_at", "closed_at"),
        sa.Column("confidence", sa.Double(), nullable=True),
        *columns(TIME, "first_seen_at", "last_seen_at"),
        refers("finding", "document", document_id="id"),
        *(refers("finding", "run", **{name: "id"}) for name in ("first_seen_run", "last_seen_run", "opened_run")),
        sa.UniqueConstraint("fingerprint", name="uq_finding_fingerprint"),
    )
    op.create_index("ix_finding_document_id_state", "finding", ["document_id", "state"])
    op.create_index("ix_finding_url_state", "finding", ["url", "state"])
    op.create_table(
        "sighting",
        *key(ROW_ID, "finding_id", "run_id"),
        *columns(sa.Text(), "code", "kind"),
        *(refers("sighting", name, **{f"{name}_id": "id"}) for name in ("finding", "run")),
    )
    op.create_index("ix_sighting_run_id_kind", "sighting", ["run_id", "kind"])
    op.create_table(
        "review",
        *key(WORDS, "id"),
        *columns(WORDS, "reviewer", "note", "request_token"),
        sa.Column("finding_id", ROW_ID, nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("decided_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=True),
        sa.Column("undoes", WORDS, nullable=True),
        refers("review", "finding", finding_id="id"),
        sa.UniqueConstraint("request_token", name="uq_review_request_token"),
    )
    op.create_index("ix_review_finding_id_id", "review", ["finding_id", "id"])
    op.create_table(
        "queue",
        *key(ROW_ID, "finding_id"),
        *columns(ROW_ID, "home_id", "opened_run"),
        *columns(sa.Text(), "standing", "code"),
        sa.Column("standing_until", TIME, nullable=True),
        *columns(sa.Integer(), "rank", "page"),
        *columns(WORDS, "host", "words"),
        refers("queue", "finding", finding_id="id"),
    )
    op.create_index("ix_queue_code", "queue", ["standing", "code", "opened_run"])
    op.create_index("ix_queue_home", "queue", ["home_id", "standing"])
    op.create_index("ix_queue_host", "queue", ["standing", "host"])
    op.create_index("ix_queue_new", "queue", ["standing", "opened_run"])
    op.create_index("ix_queue_order", "queue", ["standing", "rank", "home_id", "page", "finding_id"])
    op.create_index("ix_queue_until", "queue", ["standing_until"])
    op.create_table(
        "presence",
        *key(ROW_ID, "finding_id"),
        *key(WORDS, "reviewer"),
        sa.Column("seen_at", TIME, nullable=False),
        refers("presence", "finding", finding_id="id"),
    )
    op.create_index("ix_presence_seen_at", "presence", ["seen_at"])
