"""The words of a block quotation that a marker ends; null where it ends none, and in earlier extractions."""

import sqlalchemy as sa

from alembic import op

revision = "0011"
down_revision = "0010"

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("anchor", sa.Column("block_quotation", WORDS, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("anchor") as anchor:
        anchor.drop_column("block_quotation")
