"""The desk: what became of every part of a document, and a queue that is filtered, searched and counted by indexes.

Documents are compared again once, to fill the parts. The queue is emptied: the desk makes it anew when it opens.
"""

import sqlalchemy as sa

from alembic import op

revision = "0022"
down_revision = "0018"

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

FTS = (
    (
        "CREATE VIRTUAL TABLE queue_fts USING fts5(words, content='queue', content_rowid='finding_id', "
        "tokenize='unicode61 remove_diacritics 0', columnsize=0)"
    ),
    (
        "CREATE TRIGGER queue_fts_insert AFTER INSERT ON queue BEGIN "
        "INSERT INTO queue_fts(rowid, words) VALUES (new.finding_id, new.words); END"
    ),
    (
        "CREATE TRIGGER queue_fts_delete AFTER DELETE ON queue BEGIN "
        "INSERT INTO queue_fts(queue_fts, rowid, words) VALUES ('delete', old.finding_id, old.words); END"
    ),
    (
        "CREATE TRIGGER queue_fts_update AFTER UPDATE OF words ON queue WHEN old.words IS NOT new.words BEGIN "
        "INSERT INTO queue_fts(queue_fts, rowid, words) VALUES ('delete', old.finding_id, old.words); "
        "INSERT INTO queue_fts(rowid, words) VALUES (new.finding_id, new.words); END"
    ),
)


def upgrade() -> None:
    op.create_table(
        "checked_parts",
        sa.Column("document_id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_checked_parts_document_id"),
        sa.PrimaryKeyConstraint("document_id", name="pk_checked_parts"),
    )
    op.execute(
        "UPDATE document SET compared_basis = NULL, compared_key = compared_key || ' without parts' "
        "WHERE compared_key IS NOT NULL"
    )
    op.create_table(
        "queue_place",
        sa.Column("document_id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("finding_id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("note", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_queue_place_document_id"),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name="fk_queue_place_finding_id"),
        sa.PrimaryKeyConstraint("document_id", "finding_id", name="pk_queue_place"),
    )
    op.create_index("ix_queue_place_finding_id", "queue_place", ["finding_id"])
    op.create_table(
        "saved_filter",
        sa.Column("name", WORDS, nullable=False),
        sa.Column("query", WORDS, nullable=False),
        sa.Column("saved_by", WORDS, nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_saved_filter"),
    )
    op.execute("DELETE FROM queue")
    for index in ("ix_queue_order", "ix_queue_code", "ix_queue_host"):
        op.drop_index(index, "queue")
    with op.batch_alter_table("queue") as queue:
        queue.add_column(sa.Column("note", sa.Integer(), nullable=False))
        queue.add_column(sa.Column("reviewer", WORDS, nullable=False))
    op.create_index("ix_queue_order", "queue", ["standing", "rank", "home_id", "page", "note", "finding_id"])
    op.create_index("ix_queue_code", "queue", ["standing", "code", "rank", "opened_run", "host", "reviewer"])
    op.create_index("ix_queue_host", "queue", ["host", "standing", "rank", "home_id", "page", "note", "finding_id"])
    op.create_index("ix_queue_reviewer", "queue", ["reviewer", "standing"])
    _make_search()


def _make_search() -> None:
    """Full text where there is some: an SQLite without FTS5 is searched word by word."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE INDEX ix_queue_words ON queue USING gin (to_tsvector('simple'::regconfig, words))")
        return
    has_fts5 = op.get_bind().execute(sa.text("SELECT sqlite_compileoption_used('ENABLE_FTS5')")).scalar()
    for statement in FTS if has_fts5 else ():
        op.execute(statement)


def downgrade() -> None:
    op.execute("DELETE FROM queue")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP INDEX ix_queue_words")
    else:
        for trigger in ("insert", "delete", "update"):
            op.execute(f"DROP TRIGGER IF EXISTS queue_fts_{trigger}")
        op.execute("DROP TABLE IF EXISTS queue_fts")
    for index in ("ix_queue_order", "ix_queue_code", "ix_queue_host", "ix_queue_reviewer"):
        op.drop_index(index, "queue")
    with op.batch_alter_table("queue") as queue:
        queue.drop_column("note")
        queue.drop_column("reviewer")
    op.create_index("ix_queue_order", "queue", ["standing", "rank", "home_id", "page", "finding_id"])
    op.create_index("ix_queue_code", "queue", ["standing", "code", "opened_run"])
    op.create_index("ix_queue_host", "queue", ["standing", "host"])
    op.drop_table("saved_filter")
    op.drop_table("queue_place")
    op.drop_table("checked_parts")
