"""The second, independent sign of a link that is broken by its content; null is none."""

import sqlalchemy as sa

from alembic import op

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("fetch", sa.Column("witness", WORDS, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("fetch") as fetch:
        fetch.drop_column("witness")
