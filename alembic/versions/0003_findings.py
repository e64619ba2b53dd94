"""Comparisons, findings, sightings and reviews."""

import sqlalchemy as sa

from alembic import op

revision = "0003"
down_revision = "0002"

TEXT = sa.Text()
WORDS = TEXT.with_variant(sa.Text(collation="C"), "postgresql")
TIME = sa.DateTime(timezone=True)
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
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
        sa.Column("qualifier", TEXT, nullable=False),
        sa.Column("verdict", TEXT, nullable=False),
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
        "finding",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("fingerprint", WORDS, nullable=False),
        sa.Column("document_id", ROW_ID, nullable=True),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("severity", TEXT, nullable=False),
        sa.Column("message", WORDS, nullable=False),
        sa.Column("url", WORDS, nullable=True),
        sa.Column("footnote_id", WORDS, nullable=True),
        sa.Column("footnote_label", WORDS, nullable=True),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("sentence", WORDS, nullable=True),
        sa.Column("source_quote", WORDS, nullable=True),
        sa.Column("source_text", WORDS, nullable=True),
        sa.Column("snapshot", WORDS, nullable=True),
        sa.Column("fetched_at", TIME, nullable=True),
        sa.Column("confidence", sa.Double(), nullable=True),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("first_seen_run", ROW_ID, nullable=False),
        sa.Column("first_seen_at", TIME, nullable=False),
        sa.Column("last_seen_run", ROW_ID, nullable=False),
        sa.Column("last_seen_at", TIME, nullable=False),
        sa.Column("opened_run", ROW_ID, nullable=False),
        sa.Column("closed_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_finding_document_id"),
        sa.ForeignKeyConstraint(["first_seen_run"], ["run.id"], name="fk_finding_first_seen_run"),
        sa.ForeignKeyConstraint(["last_seen_run"], ["run.id"], name="fk_finding_last_seen_run"),
        sa.ForeignKeyConstraint(["opened_run"], ["run.id"], name="fk_finding_opened_run"),
        sa.PrimaryKeyConstraint("id", name="pk_finding"),
        sa.UniqueConstraint("fingerprint", name="uq_finding_fingerprint"),
    )
    op.create_index("ix_finding_document_id_state", "finding", ["document_id", "state"])
    op.create_index("ix_finding_url_state", "finding", ["url", "state"])
    op.create_table(
        "sighting",
        sa.Column("finding_id", ROW_ID, nullable=False),
        sa.Column("run_id", ROW_ID, nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name="fk_sighting_finding_id"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_sighting_run_id"),
        sa.PrimaryKeyConstraint("finding_id", "run_id", name="pk_sighting"),
    )
    op.create_index("ix_sighting_run_id_kind", "sighting", ["run_id", "kind"])
    op.create_table(
        "review",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("finding_id", ROW_ID, nullable=False),
        sa.Column("decision", TEXT, nullable=False),
        sa.Column("reviewer", WORDS, nullable=False),
        sa.Column("note", WORDS, nullable=False),
        sa.Column("request_token", WORDS, nullable=False),
        sa.Column("decided_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name="fk_review_finding_id"),
        sa.PrimaryKeyConstraint("id", name="pk_review"),
        sa.UniqueConstraint("request_token", name="uq_review_request_token"),
    )
    op.create_index("ix_review_finding_id_id", "review", ["finding_id", "id"])


def downgrade() -> None:
    op.drop_table("review")
    op.drop_table("sighting")
    op.drop_table("finding")
    op.drop_table("comparison")
