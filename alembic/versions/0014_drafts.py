"""Drafts have paragraphs instead of pages."""

import sqlalchemy as sa

from alembic import op

revision = "0014"
down_revision = "0013"

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    for table in ("footnote", "anchor", "body_link"):
        with op.batch_alter_table(table) as changed:
            changed.alter_column("page", existing_type=sa.Integer(), nullable=True)
    op.add_column("anchor", sa.Column("paragraph", sa.Integer(), nullable=True))
    op.add_column("anchor", sa.Column("paragraph_text", WORDS, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("anchor") as anchor:
        anchor.drop_column("paragraph_text")
        anchor.drop_column("paragraph")
    for table in ("footnote", "anchor", "body_link"):
        op.execute(sa.text(f"UPDATE {table} SET page = 1 WHERE page IS NULL"))
        with op.batch_alter_table(table) as changed:
            changed.alter_column("page", existing_type=sa.Integer(), nullable=False)
