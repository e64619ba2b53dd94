"""Batches that are made part by part; standing rules with a wider or narrower scope, and their versions."""

import sqlalchemy as sa

from alembic import op

revision = "0032"
down_revision = "0031"

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)

_OF_RULES = ("below", "reason", "document_id", "folder", "replaces", "subdomains")


def upgrade() -> None:
    op.create_table(
        "batch",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("request_token", WORDS, nullable=False),
        sa.Column("reviewer", WORDS, nullable=False),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("assignee", WORDS, nullable=True),
        sa.Column("note", WORDS, nullable=False),
        sa.Column("right_value", WORDS, nullable=True),
        sa.Column("expires_at", TIME, nullable=True),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("many", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("seen", WORDS, nullable=True),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("touched_at", TIME, nullable=False),
        sa.Column("done_to", ROW_ID, nullable=False),
        sa.Column("made", sa.Integer(), nullable=False),
        sa.Column("left_alone", sa.JSON(), nullable=False),
        sa.Column("finished_at", TIME, nullable=True),
        sa.Column("undone_by", WORDS, nullable=True),
        sa.Column("undone_at", TIME, nullable=True),
        sa.Column("undone_to", ROW_ID, nullable=False),
        sa.Column("undone", sa.Integer(), nullable=False),
        sa.Column("undo_finished_at", TIME, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_batch"),
        sa.UniqueConstraint("request_token", name="uq_batch_request_token"),
    )
    with op.batch_alter_table("rule") as rule:
        rule.add_column(sa.Column("subdomains", sa.Boolean(), nullable=False, server_default=sa.false()))
        for column in ("below", "folder", "replaces"):
            rule.add_column(sa.Column(column, WORDS, nullable=True))
        rule.add_column(sa.Column("reason", sa.Text(), nullable=True))
        rule.add_column(sa.Column("document_id", ROW_ID, nullable=True))
        rule.create_foreign_key("fk_rule_document_id", "document", ["document_id"], ["id"])
        rule.create_foreign_key("fk_rule_replaces", "rule", ["replaces"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("rule") as rule:
        rule.drop_constraint("fk_rule_replaces", type_="foreignkey")
        rule.drop_constraint("fk_rule_document_id", type_="foreignkey")
        for column in _OF_RULES:
            rule.drop_column(column)
    op.drop_table("batch")
