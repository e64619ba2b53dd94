"""Sources, addresses, fetches, snapshots and texts."""

import sqlalchemy as sa

from alembic import op

revision = "0002"
down_revision = "0001"

TEXT = sa.Text()
WORDS = TEXT.with_variant(sa.Text(collation="C"), "postgresql")
TIME = sa.DateTime(timezone=True)
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "address",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("url", WORDS, nullable=False),
        sa.Column("host", WORDS, nullable=False),
        sa.Column("due_at", TIME, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_address"),
        sa.UniqueConstraint("url", name="uq_address_url"),
    )
    op.create_index("ix_address_due_at", "address", ["due_at"])
    op.create_table(
        "source",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("key", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_source"),
        sa.UniqueConstraint("key", name="uq_source_key"),
    )
    op.create_table(
        "source_address",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("source_id", ROW_ID, nullable=False),
        sa.Column("address_id", ROW_ID, nullable=False),
        sa.Column("origin", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["address_id"], ["address.id"], name="fk_source_address_address_id"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_source_address_source_id"),
        sa.PrimaryKeyConstraint("id", name="pk_source_address"),
        sa.UniqueConstraint("source_id", "address_id", "origin", name="uq_source_address_source_id_address_id_origin"),
    )
    op.create_index("ix_source_address_address_id", "source_address", ["address_id"])
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
        "fetch",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("address_id", ROW_ID, nullable=False),
        sa.Column("run_id", ROW_ID, nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("outcome", TEXT, nullable=False),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("http_status", sa.Integer(), nullable=True),
        sa.Column("final_url", WORDS, nullable=True),
        sa.Column("fetched_at", TIME, nullable=False),
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


def downgrade() -> None:
    op.drop_table("snapshot")
    op.drop_table("fetch")
    op.drop_table("text")
    op.drop_table("cited_address")
    op.drop_table("cited_source")
    op.drop_table("source_address")
    op.drop_table("source")
    op.drop_table("address")
