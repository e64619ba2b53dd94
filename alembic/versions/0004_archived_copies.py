"""Copies of cited addresses in public web archives."""

import sqlalchemy as sa

from alembic import op

revision = "0004"
down_revision = "0003"

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "archived_copy",
        sa.Column("address_id", ROW_ID, nullable=False),
        sa.Column("before", sa.Date(), nullable=False),
        sa.Column("url", WORDS, nullable=True),
        sa.Column("captured_at", TIME, nullable=True),
        sa.Column("looked_up_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["address_id"], ["address.id"], name="fk_archived_copy_address_id"),
        sa.PrimaryKeyConstraint("address_id", "before", name="pk_archived_copy"),
    )


def downgrade() -> None:
    op.drop_table("archived_copy")
