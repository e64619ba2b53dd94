"""What to cite instead, and who handed a source in: of findings that were saved before, null."""

import sqlalchemy as sa

from alembic import op

revision = "0016"
down_revision = "0015"

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("finding", sa.Column("supplied_by", WORDS, nullable=True))
    op.add_column("finding", sa.Column("replacements", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("finding") as finding:
        for column in ("supplied_by", "replacements"):
            finding.drop_column(column)
