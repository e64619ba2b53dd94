"""What a text says of the work that it shows, and the fields of a finding about one; null in what is older."""

import sqlalchemy as sa

from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.add_column("text", sa.Column("work", sa.JSON(), nullable=True))
    op.add_column("finding", sa.Column("fields", sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("text") as text:
        text.drop_column("work")
    with op.batch_alter_table("finding") as finding:
        finding.drop_column("fields")
