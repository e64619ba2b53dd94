"""Runs, documents and what is read in them."""

import sqlalchemy as sa

from alembic import op

revision = "0001"
down_revision = None

TEXT = sa.Text()
WORDS = TEXT.with_variant(sa.Text(collation="C"), "postgresql")
TIME = sa.DateTime(timezone=True)
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "run",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("inputs", sa.JSON(), nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("started_at", TIME, nullable=False),
        sa.Column("finished_at", TIME, nullable=True),
        sa.Column("coverage", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_run"),
    )
    op.create_index("ix_run_state", "run", ["state"])
    op.create_table(
        "document",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("collection", WORDS, nullable=False),
        sa.Column("path", WORDS, nullable=False),
        sa.Column("key", WORDS, nullable=False),
        sa.Column("pdf_sha256", WORDS, nullable=True),
        sa.Column("first_seen", TIME, nullable=False),
        sa.Column("last_seen", TIME, nullable=False),
        sa.Column("compared_key", WORDS, nullable=True),
        sa.Column("coverage", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_document"),
        sa.UniqueConstraint("collection", "path", name="uq_document_collection_path"),
        sa.UniqueConstraint("key", name="uq_document_key"),
    )
    op.create_index("ix_document_pdf_sha256", "document", ["pdf_sha256"])
    op.create_table(
        "edition",
        sa.Column("document_id", ROW_ID, nullable=False),
        sa.Column("pdf_sha256", WORDS, nullable=False),
        sa.Column("first_seen", TIME, nullable=False),
        sa.Column("created", TIME, nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_edition_document_id"),
        sa.PrimaryKeyConstraint("document_id", "pdf_sha256", name="pk_edition"),
    )
    op.create_table(
        "extraction",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("pdf_sha256", WORDS, nullable=False),
        sa.Column("parser_version", WORDS, nullable=False),
        sa.Column("read_at", TIME, nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("title", WORDS, nullable=True),
        sa.Column("created", TIME, nullable=True),
        sa.Column("failure", WORDS, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_extraction"),
        sa.UniqueConstraint("pdf_sha256", "parser_version", name="uq_extraction_pdf_sha256_parser_version"),
    )
    op.create_table(
        "footnote",
        sa.Column("extraction_id", ROW_ID, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("note_id", WORDS, nullable=False),
        sa.Column("label", WORDS, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("text", WORDS, nullable=False),
        sa.Column("urls", sa.JSON(), nullable=False),
        sa.Column("boxes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["extraction_id"], ["extraction.id"], name="fk_footnote_extraction_id"),
        sa.PrimaryKeyConstraint("extraction_id", "ordinal", name="pk_footnote"),
    )
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
        sa.Column("signal", TEXT, nullable=True),
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
        "extraction_warning",
        sa.Column("extraction_id", ROW_ID, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("message", WORDS, nullable=False),
        sa.ForeignKeyConstraint(["extraction_id"], ["extraction.id"], name="fk_extraction_warning_extraction_id"),
        sa.PrimaryKeyConstraint("extraction_id", "ordinal", name="pk_extraction_warning"),
    )


def downgrade() -> None:
    op.drop_table("extraction_warning")
    op.drop_table("body_link")
    op.drop_table("citation")
    op.drop_table("anchor")
    op.drop_table("footnote")
    op.drop_table("extraction")
    op.drop_table("edition")
    op.drop_table("document")
    op.drop_table("run")
