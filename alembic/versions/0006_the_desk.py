"""The editors' desk: reviews that expire or take another back, the queue's index, who is looking at what."""

import sqlalchemy as sa

from alembic import op

revision = "0006"
down_revision = "0005"

TEXT = sa.Text()
WORDS = TEXT.with_variant(sa.Text(collation="C"), "postgresql")
TIME = sa.DateTime(timezone=True)
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("review", sa.Column("expires_at", TIME, nullable=True))
    op.add_column("review", sa.Column("undoes", WORDS, nullable=True))
    op.create_table(
        "queue",
        sa.Column("finding_id", ROW_ID, nullable=False),
        sa.Column("standing", TEXT, nullable=False),
        sa.Column("standing_until", TIME, nullable=True),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("home_id", ROW_ID, nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("host", WORDS, nullable=False),
        sa.Column("opened_run", ROW_ID, nullable=False),
        sa.Column("words", WORDS, nullable=False),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name="fk_queue_finding_id"),
        sa.PrimaryKeyConstraint("finding_id", name="pk_queue"),
    )
    op.create_index("ix_queue_order", "queue", ["standing", "rank", "home_id", "page", "finding_id"])
    op.create_index("ix_queue_code", "queue", ["standing", "code", "opened_run"])
    op.create_index("ix_queue_host", "queue", ["standing", "host"])
    op.create_index("ix_queue_home", "queue", ["home_id", "standing"])
    op.create_index("ix_queue_new", "queue", ["standing", "opened_run"])
    op.create_index("ix_queue_until", "queue", ["standing_until"])
    op.create_table(
        "presence",
        sa.Column("finding_id", ROW_ID, nullable=False),
        sa.Column("reviewer", WORDS, nullable=False),
        sa.Column("seen_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name="fk_presence_finding_id"),
        sa.PrimaryKeyConstraint("finding_id", "reviewer", name="pk_presence"),
    )
    op.create_index("ix_presence_seen_at", "presence", ["seen_at"])


def downgrade() -> None:
    op.drop_table("presence")
    op.drop_table("queue")
    op.drop_column("review", "undoes")
    op.drop_column("review", "expires_at")
