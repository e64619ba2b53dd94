"""The parts of pages (fragments) that citations point at, and which of them a fetch did not find; null is none."""

import sqlalchemy as sa

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("cited_address", sa.Column("fragments", sa.JSON(), nullable=True))
    op.add_column("fetch", sa.Column("missing_fragments", sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("fetch") as fetch:
        fetch.drop_column("missing_fragments")
    with op.batch_alter_table("cited_address") as cited_address:
        cited_address.drop_column("fragments")
