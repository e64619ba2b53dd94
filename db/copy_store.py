"""A whole store copied from SQLite to PostgreSQL, in one transaction: all of it and proven, or nothing.

Rows are streamed table by table, parents before children, by PostgreSQL's COPY. JSON goes over as the text that it is,
so that a JSON null stays one and no number is rounded; words lose what PostgreSQL cannot hold (`storable`). The digest
of every row is taken on the way, and taken again of what arrived before anything is committed.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, func, inspect, select, text

from db.row_digest import ROWS_AT_ONCE, RowDigest, of_postgresql, of_sqlite
from db.schema import HEAD, bring_to_head, revision_of
from db.seal import broken_seal, seal, seal_of
from db.sessions import Sessions, as_store_errors
from db.sqlite_backup import BUSY_SECONDS, damage_of
from db.tables import Base
from db.tables.base import storable
from verifier.errors import StoreError

Stage = Callable[[str, int], None]
"""Told that a table begins, and in how many steps."""

Step = Callable[[str], None]
"""Told that one step of a table is done."""


@dataclass(frozen=True, slots=True)
class CopiedStore:
    """What was copied: rows by table, and how many values lost something that PostgreSQL cannot hold (NUL)."""

    rows: dict[str, int]
    replaced: int

    @property
    def total(self) -> int:
        """All rows."""
        return sum(self.rows.values())


def copy_store(source_url: str, target_url: str, stage: Stage, step: Step) -> CopiedStore:
    """Copy an SQLite store at head into an empty database of PostgreSQL, which gets its tables where it has none.

    Nothing is changed in the source, and nobody can write to it meanwhile. Interrupted at any moment, the target is
    as empty as before.

    Raises StoreError when one of them is not as it should be, the target holds anything, or what arrived differs;
    StoreBusyError when another process holds one of them.
    """
    source, target = Sessions(source_url, BUSY_SECONDS), Sessions(target_url, BUSY_SECONDS)
    try:
        _refuse_other_kinds(source, target)
        with as_store_errors(source.url), _held(source) as reading:
            with as_store_errors(target.url):
                _prepare(target)
                with target.engine.connect() as writing, writing.begin():
                    copied = _copy(reading, writing, stage, step)
                with target.engine.connect() as connection:
                    connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))
            return copied
    finally:
        source.engine.dispose()
        target.engine.dispose()


def _refuse_other_kinds(source: Sessions, target: Sessions) -> None:
    if source.sqlite_file is None:
        raise StoreError("what is moved is an SQLite store: name its data folder, or the file verifier.db")
    if not source.sqlite_file.is_file():
        raise StoreError(f"{source.sqlite_file}: no such store")
    if target.url.drivername not in ("postgresql+psycopg", "postgresql"):
        raise StoreError("a store is moved to PostgreSQL: name it as postgresql+psycopg://user@host/database")
    with as_store_errors(source.url):
        found = revision_of(source)
    if found != HEAD:
        raise StoreError(
            f"the store {source.sqlite_file} is at schema {found}, this version moves {HEAD}; let one run of this "
            "version upgrade it first"
        )
    if damage := broken_seal(source.sqlite_file) or next(iter(damage_of(source.sqlite_file)), None):
        raise StoreError(f"{source.sqlite_file}: is damaged, so it is not moved: {damage}")


@contextmanager
def _held(source: Sessions) -> Iterator[Connection]:
    """The store in one state, with every other writer kept out; nothing is written."""
    file = source.sqlite_file
    was_sealed = file is not None and seal_of(file).is_file()
    with source.writing_engine.connect() as connection:
        connection.begin()
        try:
            yield connection
        finally:
            connection.rollback()
    if file is not None and was_sealed:
        seal(file)  # the lock broke it, as that of any writer does


def _prepare(target: Sessions) -> None:
    _revision_of_target(target)
    bring_to_head(target)


def _revision_of_target(target: Sessions) -> str | None:
    """The schema of the database to move to, None where it has none yet. Raises StoreError where it cannot be it."""
    with target.engine.connect() as connection:
        there = set(inspect(connection).get_table_names())
    found = revision_of(target)
    if found is None and there & set(Base.metadata.tables):
        raise StoreError(f"{_name(target)} holds tables of another program; name an empty database")
    if found not in (None, HEAD):
        raise StoreError(f"{_name(target)} is at schema {found}, not {HEAD}; name an empty database")
    return found


def require_empty(url: str) -> None:
    """Look whether a store could be copied into a database; nothing is changed in it. Raises StoreError."""
    target = Sessions(url, BUSY_SECONDS)
    try:
        with as_store_errors(target.url):
            if _revision_of_target(target) is not None:
                with target.engine.connect() as connection:
                    _refuse_rows(connection)
    finally:
        target.engine.dispose()


def _refuse_rows(connection: Connection) -> None:
    for table in Base.metadata.sorted_tables:
        if connection.scalar(select(func.count()).select_from(select(1).select_from(table).limit(1).subquery())):
            raise StoreError(
                f"the database to move to holds rows already (in {table.name}); nothing was changed. Name an empty one"
            )


def _copy(reading: Connection, writing: Connection, stage: Stage, step: Step) -> CopiedStore:
    tables = Base.metadata.sorted_tables
    names = ", ".join(f'"{table.name}"' for table in tables)
    writing.execute(text(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE"))
    _refuse_rows(writing)
    rows, replaced = {}, 0
    for table in tables:
        sent, lost = _send(table, reading, writing, stage, step)
        arrived = _digest_of(table, writing)
        if sent != arrived:
            raise StoreError(
                f"{table.name}: {sent.rows} rows were sent, {arrived.rows} arrived, or others than those; nothing was "
                "kept. Please report this"
            )
        _set_sequences(table, writing)
        rows[table.name] = sent.rows
        replaced += lost
    return CopiedStore(rows, replaced)


def _send(table: Table, reading: Connection, writing: Connection, stage: Stage, step: Step) -> tuple[RowDigest, int]:
    """(the digest of what was sent, how many values lost something)."""
    total = reading.scalar(select(func.count()).select_from(table)) or 0
    stage(table.name, -(-total // ROWS_AT_ONCE))
    sent, replaced = RowDigest(), 0
    columns = [of_sqlite(column) for column in table.columns]
    found = reading.execute(select(*columns), execution_options={"yield_per": ROWS_AT_ONCE})
    driver: Any = writing.connection  # psycopg's cursors have COPY, which DB-API does not know
    quoted = ", ".join(f'"{column.name}"' for column in table.columns)
    with (
        _told_as(table, writing),
        driver.cursor() as cursor,
        cursor.copy(f'COPY "{table.name}" ({quoted}) FROM STDIN') as copy,
    ):
        for some in found.partitions():
            for row in some:
                values = tuple(storable(value) if isinstance(value, str) else value for value in row)
                replaced += sum(1 for was, now in zip(row, values, strict=True) if was != now)
                copy.write_row(values)
                sent.add(values)
            step(table.name)
    return sent, replaced


@contextmanager
def _told_as(table: Table, writing: Connection) -> Iterator[None]:
    """What the driver itself raises while rows are sent comes out as a StoreError."""
    try:
        yield
    except writing.dialect.loaded_dbapi.Error as error:
        said = " ".join(str(error).split())
        raise StoreError(f"{table.name}: PostgreSQL does not take its rows; nothing was kept: {said}") from error


def _digest_of(table: Table, writing: Connection) -> RowDigest:
    arrived = RowDigest()
    columns = [of_postgresql(column) for column in table.columns]
    for row in writing.execute(select(*columns), execution_options={"yield_per": ROWS_AT_ONCE}):
        arrived.add(tuple(row))
    return arrived


def _set_sequences(table: Table, writing: Connection) -> None:
    """Let numbers go on behind those that came."""
    for column in table.primary_key.columns:
        name = {"table": f'"{table.name}"', "column": column.name}
        sequence = writing.scalar(text("SELECT pg_get_serial_sequence(:table, :column)"), name)
        if sequence is not None:
            newest = writing.scalar(select(func.max(column)))
            said = {"sequence": sequence, "value": newest or 1, "called": newest is not None}
            writing.execute(text("SELECT setval(:sequence, :value, :called)"), said)


def _name(target: Sessions) -> str:
    return target.url.render_as_string(hide_password=True)
