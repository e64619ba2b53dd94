"""What a citation tells of its work: title, publisher, date and the place in it."""

import sqlalchemy as sa

from alembic import op

revision = "0007"
down_revision = "0006"

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
TOLD = ("title", "publisher", "date", "pinpoint")


def upgrade() -> None:
    for name in TOLD:
        op.add_column("citation", sa.Column(name, WORDS, nullable=True))


def downgrade() -> None:
    for name in TOLD:
        op.drop_column("citation", name)
