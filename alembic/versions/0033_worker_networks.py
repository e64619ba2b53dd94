"""What operators and workers have to know of each other: who holds the lease since when, whose network is away, what
was not told yet.
"""

import sqlalchemy as sa

from alembic import op

revision = "0033"
down_revision = "0032"

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("run_lease", sa.Column("acquired_at", TIME, nullable=True))
    with op.batch_alter_table("shared_run") as run:
        for name in ("network_down", "awaits_telling"):
            run.add_column(sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
        run.add_column(sa.Column("telling_until", TIME, nullable=True))
    with op.batch_alter_table("shared_run") as run:  # the tables name no default: every writer gives these
        for name in ("network_down", "awaits_telling"):
            run.alter_column(name, existing_type=sa.Boolean(), existing_nullable=False, server_default=None)
    op.create_table(
        "worker_network",
        sa.Column("worker", WORDS, nullable=False),
        sa.Column("seen_at", TIME, nullable=False),
        sa.Column("offline_since", TIME, nullable=True),
        sa.PrimaryKeyConstraint("worker", name="pk_worker_network"),
    )


def downgrade() -> None:
    op.drop_table("worker_network")
    with op.batch_alter_table("shared_run") as run:
        for column in ("telling_until", "awaits_telling", "network_down"):
            run.drop_column(column)
    with op.batch_alter_table("run_lease") as lease:
        lease.drop_column("acquired_at")
