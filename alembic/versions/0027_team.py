"""What editors do together: rules, assignments, comments, letters; and what belongs to a review of them."""

import sqlalchemy as sa

from alembic import op

revision = "0027"
down_revision = "0026"

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)

_TABLES = ("rule", "rule_end", "assignment", "comment", "letter", "letter_query")
"""In the order in which they refer to each other."""


def _words(*names: str) -> list[sa.Column]:
    return [sa.Column(name, WORDS, nullable=False) for name in names]


def _id(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.UniqueConstraint("request_token", name=f"uq_{table}_request_token"),
    ]


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=f"fk_{table}_{column}")


def upgrade() -> None:
    for column in ("right_value", "question", "rule_id"):
        op.add_column("review", sa.Column(column, WORDS, nullable=True))
    op.create_index("ix_review_rule_id", "review", ["rule_id"])
    op.add_column("queue", sa.Column("assignee", WORDS, nullable=True))
    op.add_column("queue", sa.Column("asked_at", TIME, nullable=True))
    op.create_index("ix_queue_assignee", "queue", ["assignee", "standing"])
    op.create_index("ix_queue_asked", "queue", ["standing", "asked_at"])
    op.create_table(
        "rule",
        *_id("rule"),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("host", WORDS, nullable=True),
        sa.Column("url", WORDS, nullable=True),
        sa.Column("http_status", sa.Integer(), nullable=True),
        *_words("why", "reviewer", "request_token"),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=True),
    )
    op.create_index("ix_rule_expires_at", "rule", ["expires_at"])
    op.create_table(
        "rule_end",
        *_words("rule_id", "reviewer"),
        sa.Column("ended_at", TIME, nullable=False),
        _refers("rule_end", "rule_id", "rule"),
        sa.PrimaryKeyConstraint("rule_id", name="pk_rule_end"),
    )
    op.create_table(
        "assignment",
        *_id("assignment"),
        sa.Column("finding_id", ROW_ID, nullable=False),
        *_words("assignee", "reviewer", "note", "request_token"),
        sa.Column("assigned_at", TIME, nullable=False),
        sa.Column("undoes", WORDS, nullable=True),
        _refers("assignment", "finding_id", "finding"),
    )
    op.create_index("ix_assignment_finding_id_id", "assignment", ["finding_id", "id"])
    op.create_table(
        "comment",
        *_id("comment"),
        sa.Column("finding_id", ROW_ID, nullable=False),
        *_words("reviewer", "words", "request_token"),
        sa.Column("written_at", TIME, nullable=False),
        _refers("comment", "finding_id", "finding"),
    )
    op.create_index("ix_comment_finding_id_id", "comment", ["finding_id", "id"])
    op.create_table(
        "letter",
        *_id("letter"),
        sa.Column("document_id", ROW_ID, nullable=False),
        *_words("recipient", "address", "subject", "opening", "closing", "reviewer", "request_token"),
        sa.Column("written_at", TIME, nullable=False),
        _refers("letter", "document_id", "document"),
    )
    op.create_index("ix_letter_document_id_id", "letter", ["document_id", "id"])
    op.create_table(
        "letter_query",
        *_words("letter_id", "review_id", "words"),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        _refers("letter_query", "letter_id", "letter"),
        _refers("letter_query", "review_id", "review"),
        sa.PrimaryKeyConstraint("letter_id", "ordinal", name="pk_letter_query"),
    )
    op.create_index("ix_letter_query_review_id", "letter_query", ["review_id"])
    # Queries of before had no day on which they come back: the author is still waited for.
    op.execute(
        "UPDATE queue SET asked_at = (SELECT review.decided_at FROM review WHERE review.id = "
        "(SELECT max(latest.id) FROM review AS latest WHERE latest.finding_id = queue.finding_id)) "
        "WHERE standing = 'queried'"
    )


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)
    for index in ("ix_queue_asked", "ix_queue_assignee"):
        op.drop_index(index, "queue")
    with op.batch_alter_table("queue") as queue:
        for column in ("asked_at", "assignee"):
            queue.drop_column(column)
    op.drop_index("ix_review_rule_id", "review")
    with op.batch_alter_table("review") as review:
        for column in ("rule_id", "question", "right_value"):
            review.drop_column(column)
