"""Where the sentence of an anchor stands on its pages; null in extractions of earlier versions."""

import sqlalchemy as sa

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("anchor", sa.Column("sentence_boxes", sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("anchor") as anchor:
        anchor.drop_column("sentence_boxes")
