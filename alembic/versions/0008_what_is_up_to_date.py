"""On what a document's comparisons rest, so that a night without changes need not look into every document."""

import sqlalchemy as sa

from alembic import op

revision = "0008"
down_revision = "0007"

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("document", sa.Column("compared_basis", WORDS, nullable=True))
    op.add_column("document", sa.Column("compared_fetch", NUMBER, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("document") as document:
        document.drop_column("compared_fetch")
        document.drop_column("compared_basis")
