"""Where documents contradict themselves."""

import sqlalchemy as sa

from alembic import op

revision = "0018"
down_revision = "0017"

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "inconsistency",
        sa.Column("extraction_id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("message", WORDS, nullable=False),
        sa.Column("places", sa.JSON(), nullable=False),
        sa.Column("stated", WORDS, nullable=False),
        sa.Column("computed", WORDS, nullable=True),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["extraction_id"], ["extraction.id"], name="fk_inconsistency_extraction_id"),
        sa.PrimaryKeyConstraint("extraction_id", "ordinal", name="pk_inconsistency"),
    )


def downgrade() -> None:
    op.drop_table("inconsistency")
