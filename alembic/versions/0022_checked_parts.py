"""What became of every figure, quotation and work of a document; documents are compared again once, to fill it."""

import sqlalchemy as sa

from alembic import op

revision = "0022"
down_revision = "0018"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "checked_parts",
        sa.Column("document_id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_checked_parts_document_id"),
        sa.PrimaryKeyConstraint("document_id", name="pk_checked_parts"),
    )
    op.execute(
        "UPDATE document SET compared_basis = NULL, compared_key = compared_key || ' without parts' "
        "WHERE compared_key IS NOT NULL"
    )


def downgrade() -> None:
    op.drop_table("checked_parts")
