"""A PostgreSQL store as an SQLite file, of one moment and proven: the form in which a backup keeps any store."""

from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, MetaData, Table, Text, insert, select, text

from db.row_digest import ROWS_AT_ONCE, RowDigest, is_text, of_postgresql, of_sqlite
from db.schema import HEAD, bring_to_head, revision_of
from db.sessions import Sessions, as_store_errors
from db.sqlite_backup import BUSY_SECONDS, damage_of
from db.tables import Base
from verifier.errors import StoreError


def export_store(url: str, file: Path) -> int:
    """Copy the store at `url` into `file`, an empty one; returns how many rows it has.

    All is read in one transaction, so that writers are not kept waiting and what they write meanwhile is not in it.
    Rows are streamed, and read back from the copy: their digests have to be the same.

    Raises StoreError where the store is no PostgreSQL database at this version's schema, or the file cannot be
    written; what is in the file is of no use then.
    """
    source, target = Sessions(url, BUSY_SECONDS), Sessions(f"sqlite:///{file}", BUSY_SECONDS)
    try:
        with as_store_errors(source.url):
            found = revision_of(source)
        if found != HEAD:
            raise StoreError(
                f"the store is at schema {found}, and this version copies {HEAD}; let one run of this version upgrade "
                "it first, or keep it by the server's own tool (pg_dump)"
            )
        bring_to_head(target)
        with (
            as_store_errors(source.url),
            source.engine.connect().execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            ) as reading,
            as_store_errors(target.url),
            target.writing_engine.connect() as writing,
            writing.begin(),
        ):
            rows = _copy(reading, writing)
    finally:
        source.engine.dispose()
        target.engine.dispose()
        for ending in ("-wal", "-shm", ".lock"):
            with suppress(OSError):
                file.with_name(file.name + ending).unlink(missing_ok=True)
    if problems := damage_of(file):
        raise StoreError(
            f"the copy of the store is damaged ({problems[0]}); see that the disk is sound, then try again"
        )
    return rows


def _copy(reading: Connection, writing: Connection) -> int:
    # A row may refer to one of its own table that comes later.
    writing.execute(text("PRAGMA defer_foreign_keys=ON"))
    rows = 0
    for table in Base.metadata.sorted_tables:
        sent = _send(table, reading, writing)
        if sent != _digest_of(table, writing):
            raise StoreError(f"{table.name}: the copy of its rows differs from them; please report this")
        rows += sent.rows
    return rows


def _send(table: Table, reading: Connection, writing: Connection) -> RowDigest:
    sent = RowDigest()
    names = [column.name for column in table.columns]
    statement = insert(_as_stored(table))
    found = reading.execute(
        select(*(of_postgresql(column) for column in table.columns)), execution_options={"yield_per": ROWS_AT_ONCE}
    )
    for some in found.partitions():
        for row in some:
            sent.add(tuple(row))
        writing.execute(statement, [dict(zip(names, row, strict=True)) for row in some])
    return sent


def _as_stored(table: Table) -> Table:
    """The table with words and JSON as the text that they are stored as."""
    columns: list[Column[Any]] = [
        Column(column.name, Text() if is_text(column) else column.type) for column in table.columns
    ]
    return Table(table.name, MetaData(), *columns)


def _digest_of(table: Table, writing: Connection) -> RowDigest:
    arrived = RowDigest()
    columns = [of_sqlite(column) for column in table.columns]
    for row in writing.execute(select(*columns), execution_options={"yield_per": ROWS_AT_ONCE}):
        arrived.add(tuple(row))
    return arrived
