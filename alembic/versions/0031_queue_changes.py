"""A number that grows with every change of what the queue shows, kept by triggers: unchanged, nothing is counted anew.

On SQLite one row grows. On PostgreSQL each changing statement adds a row, since a row that all must change would have
writers wait for each other; the desk folds them (`db.queue_changes`).
"""

import sqlalchemy as sa

from alembic import op

revision = "0031"
down_revision = "0027"

WATCHED = {
    "queue": "",
    "queue_place": "",
    "finding": (
        "fingerprint, document_id, code, kind, severity, message, url, footnote_id, footnote_label, page, sentence, "
        "state, first_seen_at, opened_run"
    ),
    "document": "collection, path, pdf_sha256, edition_of, withdrawn_at",
    "extraction": "title, failure",
    "cited_address": "",
    "source_address": "",
    "review": "",
    "saved_filter": "",
    "run": "",
}
"""What the queue's pages and counts are made of; where not every column is, those whose change counts. An assignment is
entered in the queue by the transaction that makes it.
"""


def upgrade() -> None:
    op.create_table("queue_change", sa.Column("amount", sa.BigInteger(), nullable=False))
    op.execute("INSERT INTO queue_change (amount) VALUES (1)")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION count_queue_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "INSERT INTO queue_change (amount) VALUES (1); RETURN NULL; END $$"
        )
        for table, columns in WATCHED.items():
            changed = f"UPDATE OF {columns}" if columns else "UPDATE"
            op.execute(
                f"CREATE TRIGGER queue_change_{table} AFTER INSERT OR DELETE OR {changed} ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION count_queue_change()"
            )
        return
    for table, columns in WATCHED.items():
        changed = f"UPDATE OF {columns}" if columns else "UPDATE"
        for name, event in (("insert", "INSERT"), ("delete", "DELETE"), ("update", changed)):
            op.execute(
                f"CREATE TRIGGER queue_change_{table}_{name} AFTER {event} ON {table} BEGIN "
                "UPDATE queue_change SET amount = amount + 1; END"
            )


def downgrade() -> None:
    for table in WATCHED:
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"DROP TRIGGER queue_change_{table} ON {table}")
        else:
            for name in ("insert", "delete", "update"):
                op.execute(f"DROP TRIGGER IF EXISTS queue_change_{table}_{name}")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION count_queue_change()")
    op.drop_table("queue_change")
