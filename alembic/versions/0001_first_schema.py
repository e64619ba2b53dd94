"""The first schema."""

import sqlalchemy as sa

from alembic import op

revision = "0001"
down_revision = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "address",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("url", WORDS, nullable=False),
        sa.Column("host", WORDS, nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_address"),
        sa.UniqueConstraint("url", name="uq_address_url"),
    )
    op.create_index("ix_address_due_at", "address", ["due_at"])

    op.create_table(
        "document",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("collection", WORDS, nullable=False),
        sa.Column("path", WORDS, nullable=False),
        sa.Column("pdf_sha256", WORDS, nullable=False),
        sa.Column("first_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("compared_key", WORDS, nullable=True),
        sa.Column("coverage", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_document"),
        sa.UniqueConstraint("collection", "path", name="uq_document_collection_path"),
    )
    op.create_index("ix_document_pdf_sha256", "document", ["pdf_sha256"])

    op.create_table(
        "extraction",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("pdf_sha256", WORDS, nullable=False),
        sa.Column("parser_version", WORDS, nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("title", WORDS, nullable=True),
        sa.Column("created", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure", WORDS, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_extraction"),
        sa.UniqueConstraint("pdf_sha256", "parser_version", name="uq_extraction_pdf_sha256_parser_version"),
    )
    op.create_table(
        "run",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("inputs", sa.JSON(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("coverage", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_run"),
    )
    op.create_index("ix_run_state", "run", ["state"])

    op.create_table(
        "source",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("key", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_source"),
        sa.UniqueConstraint("key", name="uq_source_key"),
    )
    op.create_table(
        "text",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("payload_sha256", WORDS, nullable=False),
        sa.Column("media_type", WORDS, nullable=False),
        sa.Column("extractor_version", WORDS, nullable=False),
        sa.Column("text", WORDS, nullable=False),
        sa.Column("sha256", WORDS, nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("title", WORDS, nullable=True),
        sa.Column("language", WORDS, nullable=True),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_text"),
        sa.UniqueConstraint(
            "payload_sha256",
            "media_type",
            "extractor_version",
            name="uq_text_payload_sha256_media_type_extractor_version",
        ),
    )
    op.create_table(
        "body_link",
        sa.Column("extraction_id", ROW_ID, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("url", WORDS, nullable=False),
        sa.Column("text", WORDS, nullable=False),
        sa.Column("sentence", WORDS, nullable=False),
        sa.ForeignKeyConstraint(["extraction_id"], ["extraction.id"], name="fk_body_link_extraction_id"),
        sa.PrimaryKeyConstraint("extraction_id", "ordinal", name="pk_body_link"),
    )
    op.create_table(
        "comparison",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("extraction_id", ROW_ID, nullable=False),
        sa.Column("footnote", sa.Integer(), nullable=False),
        sa.Column("anchor", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("text_id", ROW_ID, nullable=False),
        sa.Column("checker_version", WORDS, nullable=False),
        sa.Column("figure_text", WORDS, nullable=False),
        sa.Column("figure_start", sa.Integer(), nullable=False),
        sa.Column("figure_end", sa.Integer(), nullable=False),
        sa.Column("value", WORDS, nullable=False),
        sa.Column("low", WORDS, nullable=False),
        sa.Column("high", WORDS, nullable=False),
        sa.Column("unit", WORDS, nullable=False),
        sa.Column("dimension", WORDS, nullable=False),
        sa.Column("qualifier", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("reason", WORDS, nullable=False),
        sa.Column("source_text", WORDS, nullable=True),
        sa.Column("source_quote", WORDS, nullable=True),
        sa.Column("source_start", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["extraction_id"], ["extraction.id"], name="fk_comparison_extraction_id"),
        sa.ForeignKeyConstraint(["text_id"], ["text.id"], name="fk_comparison_text_id"),
        sa.PrimaryKeyConstraint("id", name="pk_comparison"),
        sa.UniqueConstraint(
            "extraction_id", "footnote", "anchor", "ordinal", "text_id", "checker_version", name="uq_comparison_key"
        ),
    )
    op.create_table(
        "edition",
        sa.Column("document_id", ROW_ID, nullable=False),
        sa.Column("pdf_sha256", WORDS, nullable=False),
        sa.Column("first_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_edition_document_id"),
        sa.PrimaryKeyConstraint("document_id", "pdf_sha256", name="pk_edition"),
    )
    op.create_table(
        "extraction_warning",
        sa.Column("extraction_id", ROW_ID, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("message", WORDS, nullable=False),
        sa.ForeignKeyConstraint(["extraction_id"], ["extraction.id"], name="fk_extraction_warning_extraction_id"),
        sa.PrimaryKeyConstraint("extraction_id", "ordinal", name="pk_extraction_warning"),
    )
    op.create_table(
        "fetch",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("address_id", ROW_ID, nullable=False),
        sa.Column("run_id", ROW_ID, nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("http_status", sa.Integer(), nullable=True),
        sa.Column("final_url", WORDS, nullable=True),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("media_type", WORDS, nullable=False),
        sa.Column("truncated", sa.Boolean(), nullable=False),
        sa.Column("detail", WORDS, nullable=False),
        sa.Column("hops", sa.JSON(), nullable=False),
        sa.Column("text_id", ROW_ID, nullable=True),
        sa.ForeignKeyConstraint(["address_id"], ["address.id"], name="fk_fetch_address_id"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_fetch_run_id"),
        sa.ForeignKeyConstraint(["text_id"], ["text.id"], name="fk_fetch_text_id"),
        sa.PrimaryKeyConstraint("id", name="pk_fetch"),
        sa.UniqueConstraint("address_id", "run_id", "attempt", name="uq_fetch_address_id_run_id_attempt"),
    )
    op.create_index("ix_fetch_address_id_id", "fetch", ["address_id", "id"])
    op.create_index("ix_fetch_run_id", "fetch", ["run_id"])
    op.create_index(
        "ix_fetch_with_text",
        "fetch",
        ["address_id", "id"],
        sqlite_where=sa.text("text_id IS NOT NULL"),
        postgresql_where=sa.text("text_id IS NOT NULL"),
    )

    op.create_table(
        "finding",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("fingerprint", WORDS, nullable=False),
        sa.Column("document_id", ROW_ID, nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("message", WORDS, nullable=False),
        sa.Column("url", WORDS, nullable=True),
        sa.Column("footnote_id", WORDS, nullable=True),
        sa.Column("footnote_label", WORDS, nullable=True),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("sentence", WORDS, nullable=True),
        sa.Column("source_quote", WORDS, nullable=True),
        sa.Column("source_text", WORDS, nullable=True),
        sa.Column("snapshot", WORDS, nullable=True),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confidence", sa.Double(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("first_seen_run", ROW_ID, nullable=False),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_run", ROW_ID, nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_finding_document_id"),
        sa.ForeignKeyConstraint(["first_seen_run"], ["run.id"], name="fk_finding_first_seen_run"),
        sa.ForeignKeyConstraint(["last_seen_run"], ["run.id"], name="fk_finding_last_seen_run"),
        sa.PrimaryKeyConstraint("id", name="pk_finding"),
        sa.UniqueConstraint("fingerprint", name="uq_finding_fingerprint"),
    )
    op.create_index("ix_finding_document_id_state", "finding", ["document_id", "state"])
    op.create_index("ix_finding_url_state", "finding", ["url", "state"])

    op.create_table(
        "footnote",
        sa.Column("extraction_id", ROW_ID, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("note_id", WORDS, nullable=False),
        sa.Column("label", WORDS, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("text", WORDS, nullable=False),
        sa.Column("urls", sa.JSON(), nullable=False),
        sa.Column("boxes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["extraction_id"], ["extraction.id"], name="fk_footnote_extraction_id"),
        sa.PrimaryKeyConstraint("extraction_id", "ordinal", name="pk_footnote"),
    )
    op.create_table(
        "source_address",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("source_id", ROW_ID, nullable=False),
        sa.Column("address_id", ROW_ID, nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["address_id"], ["address.id"], name="fk_source_address_address_id"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_source_address_source_id"),
        sa.PrimaryKeyConstraint("id", name="pk_source_address"),
        sa.UniqueConstraint("source_id", "address_id", "origin", name="uq_source_address_source_id_address_id_origin"),
    )
    op.create_index("ix_source_address_address_id", "source_address", ["address_id"])

    op.create_table(
        "anchor",
        sa.Column("extraction_id", ROW_ID, nullable=False),
        sa.Column("footnote", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("sentence", WORDS, nullable=False),
        sa.Column("marker_offset", sa.Integer(), nullable=False),
        sa.Column("clause_start", sa.Integer(), nullable=False),
        sa.Column("boxes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["extraction_id", "footnote"],
            ["footnote.extraction_id", "footnote.ordinal"],
            name="fk_anchor_extraction_id_footnote",
        ),
        sa.PrimaryKeyConstraint("extraction_id", "footnote", "ordinal", name="pk_anchor"),
    )
    op.create_table(
        "citation",
        sa.Column("extraction_id", ROW_ID, nullable=False),
        sa.Column("footnote", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("text", WORDS, nullable=False),
        sa.Column("signal", sa.Text(), nullable=True),
        sa.Column("urls", sa.JSON(), nullable=False),
        sa.Column("identifiers", sa.JSON(), nullable=False),
        sa.Column("refers_to", WORDS, nullable=True),
        sa.ForeignKeyConstraint(
            ["extraction_id", "footnote"],
            ["footnote.extraction_id", "footnote.ordinal"],
            name="fk_citation_extraction_id_footnote",
        ),
        sa.PrimaryKeyConstraint("extraction_id", "footnote", "ordinal", name="pk_citation"),
    )
    op.create_table(
        "review",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("finding_id", ROW_ID, nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("reviewer", WORDS, nullable=False),
        sa.Column("note", WORDS, nullable=False),
        sa.Column("request_token", WORDS, nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name="fk_review_finding_id"),
        sa.PrimaryKeyConstraint("id", name="pk_review"),
        sa.UniqueConstraint("request_token", name="uq_review_request_token"),
    )
    op.create_index("ix_review_finding_id_id", "review", ["finding_id", "id"])

    op.create_table(
        "sighting",
        sa.Column("finding_id", ROW_ID, nullable=False),
        sa.Column("run_id", ROW_ID, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name="fk_sighting_finding_id"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_sighting_run_id"),
        sa.PrimaryKeyConstraint("finding_id", "run_id", name="pk_sighting"),
    )
    op.create_index("ix_sighting_run_id_kind", "sighting", ["run_id", "kind"])

    op.create_table(
        "snapshot",
        sa.Column("fetch_id", ROW_ID, nullable=False),
        sa.Column("hop", sa.Integer(), nullable=False),
        sa.Column("url", WORDS, nullable=False),
        sa.Column("warc_file", WORDS, nullable=False),
        sa.Column("offset", ROW_ID, nullable=False),
        sa.Column("payload_sha256", WORDS, nullable=False),
        sa.ForeignKeyConstraint(["fetch_id"], ["fetch.id"], name="fk_snapshot_fetch_id"),
        sa.PrimaryKeyConstraint("fetch_id", "hop", name="pk_snapshot"),
    )
    op.create_index("ix_snapshot_payload_sha256", "snapshot", ["payload_sha256"])

    op.create_table(
        "cited_source",
        sa.Column("extraction_id", ROW_ID, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("footnote", sa.Integer(), nullable=True),
        sa.Column("citation", sa.Integer(), nullable=True),
        sa.Column("body_link", sa.Integer(), nullable=True),
        sa.Column("source_id", ROW_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["extraction_id", "body_link"],
            ["body_link.extraction_id", "body_link.ordinal"],
            name="fk_cited_source_extraction_id_body_link",
        ),
        sa.ForeignKeyConstraint(
            ["extraction_id", "footnote", "citation"],
            ["citation.extraction_id", "citation.footnote", "citation.ordinal"],
            name="fk_cited_source_extraction_id_footnote_citation",
        ),
        sa.ForeignKeyConstraint(
            ["extraction_id", "footnote"],
            ["footnote.extraction_id", "footnote.ordinal"],
            name="fk_cited_source_extraction_id_footnote",
        ),
        sa.ForeignKeyConstraint(["extraction_id"], ["extraction.id"], name="fk_cited_source_extraction_id"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_cited_source_source_id"),
        sa.PrimaryKeyConstraint("extraction_id", "ordinal", name="pk_cited_source"),
    )
    op.create_index("ix_cited_source_source_id", "cited_source", ["source_id"])

    op.create_table(
        "cited_address",
        sa.Column("extraction_id", ROW_ID, nullable=False),
        sa.Column("cited", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("source_address_id", ROW_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["extraction_id", "cited"],
            ["cited_source.extraction_id", "cited_source.ordinal"],
            name="fk_cited_address_extraction_id_cited",
        ),
        sa.ForeignKeyConstraint(
            ["source_address_id"], ["source_address.id"], name="fk_cited_address_source_address_id"
        ),
        sa.PrimaryKeyConstraint("extraction_id", "cited", "ordinal", name="pk_cited_address"),
    )
    op.create_index("ix_cited_address_source_address_id", "cited_address", ["source_address_id"])


def downgrade() -> None:
    op.drop_table("cited_address")
    op.drop_table("cited_source")
    op.drop_table("snapshot")
    op.drop_table("sighting")
    op.drop_table("review")
    op.drop_table("citation")
    op.drop_table("anchor")
    op.drop_table("source_address")
    op.drop_table("footnote")
    op.drop_table("finding")
    op.drop_table("fetch")
    op.drop_table("extraction_warning")
    op.drop_table("edition")
    op.drop_table("comparison")
    op.drop_table("body_link")
    op.drop_table("text")
    op.drop_table("source")
    op.drop_table("run")
    op.drop_table("extraction")
    op.drop_table("document")
    op.drop_table("address")
