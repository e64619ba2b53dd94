"""What Alembic runs: over the connection that the store gives it, or from the command line over `VERIFIER_STORE`."""

import os
from typing import Literal

from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, create_engine

from alembic import context
from db.queue_search import is_mapped
from db.tables import Base
from db.tables.base import Member, SnapshotLocation, UtcTime, Words

WORDS = 'sa.Text().with_variant(sa.Text(collation="C"), "postgresql")'


def written(kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    """Our column types as a migration writes them: plain SQLAlchemy, since old migrations outlive our classes."""
    if kind != "type":
        return False
    if isinstance(item, Words | SnapshotLocation):
        return WORDS
    if isinstance(item, Member):
        return "sa.Text()"
    return "sa.DateTime(timezone=True)" if isinstance(item, UtcTime) else False


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        compare_type=True,
        render_item=written,
        include_name=lambda name, _kind, _parents: name is None or is_mapped(name),
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    address = os.environ.get("VERIFIER_STORE") or context.config.get_main_option("sqlalchemy.url")
    if not address:
        raise SystemExit("Set VERIFIER_STORE to the address of a store, such as sqlite:///verifier-data/verifier.db")
    with create_engine(address).connect() as connection:
        run(connection)
        connection.commit()
