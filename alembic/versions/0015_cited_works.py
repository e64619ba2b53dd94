"""A cited work's container, authors and kind; null in earlier extractions."""

import sqlalchemy as sa

from alembic import op

revision = "0015"
down_revision = "0014"

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("citation", sa.Column("container", WORDS, nullable=True))
    op.add_column("citation", sa.Column("authors", sa.JSON(), nullable=True))
    op.add_column("citation", sa.Column("work_kind", WORDS, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("citation") as citation:
        for column in ("container", "authors", "work_kind"):
            citation.drop_column(column)
