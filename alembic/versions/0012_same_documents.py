"""Documents known by their content: further places of the same bytes, sketches of sentences, earlier editions under
another name, and uploads that were withdrawn.
"""

import sqlalchemy as sa

from alembic import op

revision = "0012"
down_revision = "0011"

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "document_place",
        sa.Column("collection", WORDS, primary_key=True),
        sa.Column("path", WORDS, primary_key=True),
        sa.Column(
            "document_id", ROW_ID, sa.ForeignKey("document.id", name="fk_document_place_document_id"), nullable=False
        ),
        sa.Column("first_seen", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_document_place_document_id", "document_place", ["document_id"])
    op.create_table(
        "sentence_sketch",
        sa.Column(
            "extraction_id",
            ROW_ID,
            sa.ForeignKey("extraction.id", name="fk_sentence_sketch_extraction_id"),
            primary_key=True,
        ),
        sa.Column("hash", sa.BigInteger(), primary_key=True, autoincrement=False),
    )
    op.create_index("ix_sentence_sketch_hash", "sentence_sketch", ["hash"])
    op.add_column("document", sa.Column("edition_of", ROW_ID, nullable=True))
    op.add_column("document", sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("document", sa.Column("withdrawn_by", WORDS, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("document") as document:
        document.drop_column("withdrawn_by")
        document.drop_column("withdrawn_at")
        document.drop_column("edition_of")
    op.drop_table("sentence_sketch")
    op.drop_table("document_place")
