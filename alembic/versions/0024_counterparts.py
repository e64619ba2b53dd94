"""What a finding is called in the document that its own is an edition of: of findings saved before, null."""

import sqlalchemy as sa

from alembic import op

revision = "0024"
down_revision = "0022"

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("finding", sa.Column("counterpart", WORDS, nullable=True))
    op.create_index("ix_finding_counterpart", "finding", ["counterpart"])


def downgrade() -> None:
    op.drop_index("ix_finding_counterpart", table_name="finding")
    with op.batch_alter_table("finding") as finding:
        finding.drop_column("counterpart")
