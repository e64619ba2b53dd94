"""Who needs a text: asked when old fetches are rolled up, so that texts that nothing needs can go."""

import sqlalchemy as sa

from alembic import op

revision = "0005"
down_revision = "0004"

WITH_TEXT = sa.text("text_id IS NOT NULL")


def upgrade() -> None:
    op.create_index("ix_fetch_text_id", "fetch", ["text_id"], sqlite_where=WITH_TEXT, postgresql_where=WITH_TEXT)
    op.create_index("ix_comparison_text_id", "comparison", ["text_id"])


def downgrade() -> None:
    op.drop_index("ix_comparison_text_id", "comparison")
    op.drop_index("ix_fetch_text_id", "fetch")
