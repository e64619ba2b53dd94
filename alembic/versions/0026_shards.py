"""Addresses in shards, and what several workers share of one run."""

import sqlalchemy as sa

from alembic import op
from verifier.domains import shard_of

revision = "0026"
down_revision = "0025"

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("address") as address:
        address.add_column(sa.Column("shard", sa.Integer(), nullable=True))
    _fill(op.get_bind())
    with op.batch_alter_table("address") as address:
        address.alter_column("shard", existing_type=sa.Integer(), nullable=False)
    op.create_index("ix_address_shard_due_at", "address", ["shard", "due_at"])
    op.create_table(
        "run_lease",
        sa.Column("name", WORDS, nullable=False),
        sa.Column("holder", WORDS, nullable=False),
        sa.Column("token", ROW_ID, nullable=False),
        sa.Column("run_id", ROW_ID, nullable=True),
        sa.Column("expires_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_run_lease"),
    )
    op.create_table(
        "host_turn",
        sa.Column("host", WORDS, nullable=False),
        sa.Column("next_at", TIME, nullable=False),
        sa.Column("asked_at", TIME, nullable=True),
        sa.Column("smallest_gap", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("host", name="pk_host_turn"),
    )
    op.create_table(
        "shared_run",
        sa.Column("run_id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("phase", WORDS, nullable=False),
        sa.Column("planned_at", TIME, nullable=False),
        sa.Column("ends_at", TIME, nullable=True),
        sa.Column("basis", WORDS, nullable=False),
        sa.Column("last_fetch", ROW_ID, nullable=False),
        sa.Column("archived", ROW_ID, nullable=False),
        sa.Column("reaped", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_shared_run_run_id"),
        sa.PrimaryKeyConstraint("run_id", name="pk_shared_run"),
    )
    op.create_table(
        "shared_run_document",
        sa.Column("run_id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("document_id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("fetched", sa.Boolean(), nullable=False),
        sa.Column("seen", sa.Boolean(), nullable=False),
        sa.Column("awaits_reading", sa.Boolean(), nullable=False),
        sa.Column("awaits_comparison", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_shared_run_document_run_id"),
        sa.PrimaryKeyConstraint("run_id", "document_id", name="pk_shared_run_document"),
    )
    op.create_table(
        "shared_run_note",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("run_id", ROW_ID, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("subject", WORDS, nullable=False),
        sa.Column("words", WORDS, nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_shared_run_note_run_id"),
        sa.PrimaryKeyConstraint("id", name="pk_shared_run_note"),
    )
    op.create_index("ix_shared_run_note_run_id", "shared_run_note", ["run_id"])
    op.create_table(
        "run_shard",
        sa.Column("run_id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("shard", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("fetched", sa.Integer(), nullable=False),
        sa.Column("throttled", sa.Integer(), nullable=False),
        sa.Column("kept_bytes", ROW_ID, nullable=False),
        sa.Column("barren", sa.Integer(), nullable=False),
        sa.Column("opened_at", TIME, nullable=True),
        sa.Column("progress_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_run_shard_run_id"),
        sa.PrimaryKeyConstraint("run_id", "shard", name="pk_run_shard"),
    )
    op.create_table(
        "run_host",
        sa.Column("run_id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("host", WORDS, nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("unresolved", sa.Boolean(), nullable=False),
        sa.Column("tells", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_run_host_run_id"),
        sa.PrimaryKeyConstraint("run_id", "host", name="pk_run_host"),
    )


def _fill(connection: sa.Connection) -> None:
    """Give every address its shard: host by host, all at once."""
    hosts = list(connection.scalars(sa.text("SELECT DISTINCT host FROM address")))
    if not hosts:
        return
    connection.execute(sa.text("CREATE TEMPORARY TABLE shard_of_host (host TEXT PRIMARY KEY, shard INTEGER NOT NULL)"))
    connection.execute(
        sa.text("INSERT INTO shard_of_host VALUES (:host, :shard)"),
        [{"host": host, "shard": shard_of(host)} for host in hosts],
    )
    connection.execute(
        sa.text("UPDATE address SET shard = (SELECT shard FROM shard_of_host WHERE shard_of_host.host = address.host)")
    )
    connection.execute(sa.text("DROP TABLE shard_of_host"))


def downgrade() -> None:
    for table in (
        "run_host",
        "run_shard",
        "shared_run_note",
        "shared_run_document",
        "shared_run",
        "host_turn",
        "run_lease",
    ):
        op.drop_table(table)
    op.drop_index("ix_address_shard_due_at", "address")
    with op.batch_alter_table("address") as address:
        address.drop_column("shard")
