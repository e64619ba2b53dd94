"""Which files of the archive snapshots name is asked file by file, where every fetch is an object of its own."""

from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.create_index("ix_snapshot_warc_file", "snapshot", ["warc_file"])


def downgrade() -> None:
    op.drop_index("ix_snapshot_warc_file", "snapshot")
