"""How the store reaches its database: the engine, sessions for reading and for writing, and what goes wrong there.

Also the small means to write set by set: inserts that tolerate what is there, and lists cut for one statement.
"""

import os
import sqlite3
import stat
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, FromClause, create_engine, event, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, NoSuchModuleError, SQLAlchemyError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session

from db.pooled_connections import Prepared, replace_dead
from db.private import FOLDER_MODE
from db.seal import break_seal, seal
from db.tables import Base
from verifier.errors import LeaseLostError, StoreBusyError, StoreDataError, StoreError, StoreReplacedError
from verifier.files import FILE_MODE

_WRITES = "verifier_writes"


@dataclass(frozen=True, slots=True)
class Fence:
    """What has to hold for a transaction to be kept: a statement that finds a row, and locks it, while it does.

    `lost` says what happened when it finds none.
    """

    holds: Any
    lost: str


_FENCE: ContextVar[Fence | None] = ContextVar("verifier_fence", default=None)


@contextmanager
def fenced(fence: Fence) -> Iterator[None]:
    """Let nothing that this thread writes inside, to a store of any name, be kept once the fence does not hold.

    Every writing inside raises LeaseLostError then.
    """
    token = _FENCE.set(fence)
    try:
        yield
    finally:
        _FENCE.reset(token)


class Sessions:
    """Sessions on one database, for any number of threads.

    SQLite has one writer at a time: threads of this process queue at a lock of ours, which is fair and wakes at once,
    and only other processes are waited for by polling, `busy_seconds` at most (SQLite's busy timeout).
    """

    def __init__(self, url: str, busy_seconds: float) -> None:
        """Prepare for the database at `url`, an SQLAlchemy address; a missing folder of an SQLite file is made.

        Raises StoreError when the address is none, its driver is missing or the folder cannot be made.
        """
        self.url = parsed(url)
        self.busy_seconds = busy_seconds
        self.sqlite_file = file_of(self.url)
        self._has_written = False
        self._identity: tuple[int, int] | None = None
        if self.sqlite_file is not None:
            _make_folder(self.sqlite_file.parent)
        try:
            with as_store_errors(self.url):
                self.engine = _engine(self.url, busy_seconds)
        except ModuleNotFoundError as error:
            raise StoreError(
                f"the database driver {error.name} is not installed; install verifier[postgresql]"
            ) from None
        self.writing_engine = self.engine.execution_options(**{_WRITES: True})
        self._reading_engine = self.engine
        self._at_once: Engine | None = None
        if self.url.get_backend_name() == "postgresql":
            # One state of the store for a whole reading, as SQLite gives it by itself.
            self._reading_engine = self.engine.execution_options(isolation_level="REPEATABLE READ")
            self._at_once = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._shared: ContextVar[Session | None] = ContextVar("verifier_shared_reading", default=None)
        one_writer = self.url.get_backend_name() == "sqlite"
        self._writers_turn: AbstractContextManager[object] = threading.Lock() if one_writer else nullcontext()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of the store and writes nothing; inside `one_state`, the session of that."""
        shared = self._shared.get()
        if shared is not None:
            with as_store_errors(self.url):
                yield shared
            return
        with as_store_errors(self.url), Session(self._reading_engine) as session:
            yield session

    @contextmanager
    def one_state(self) -> Iterator[None]:
        """Let all that this thread reads inside see one state of the store, in one transaction.

        What is written inside goes to a transaction of its own, and is not seen by what is read afterwards.
        """
        if self._shared.get() is not None:
            yield
            return
        with self.reading() as session:
            token = self._shared.set(session)
            try:
                yield
            finally:
                self._shared.reset(token)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose block is one transaction: all of it, or, when the block raises, nothing."""
        self._has_written = True
        with (
            as_store_errors(self.url),
            self._writers_turn,
            Session(self.writing_engine) as session,
            session.begin(),
        ):
            self.must_be_same_file()
            fence = _FENCE.get()
            if fence is not None and session.execute(fence.holds).first() is None:
                raise LeaseLostError(fence.lost)
            yield session
            self.must_be_same_file()

    @contextmanager
    def one_statement(self) -> Iterator[Connection]:
        """A connection for a writing that is one statement, which is its own transaction: no journeys to begin and end.

        Where a fence has to hold, it is checked in a transaction around it.
        """
        if _FENCE.get() is not None or self._at_once is None:
            with self.writing() as session:
                yield session.connection()
            return
        with as_store_errors(self.url), self._at_once.connect() as connection:
            yield connection

    def opened(self) -> None:
        """Remember which file the store is, now that it is there, and take it from the eyes of strangers.

        However it was made: as a copy, by another program, or by a version that left that to the umask.
        """
        self._identity = self._identity_now()
        if self.sqlite_file is not None:
            for ending in ("", "-wal", "-shm"):
                _close_to_others(self.sqlite_file.with_name(self.sqlite_file.name + ending), FILE_MODE)

    def must_be_same_file(self) -> None:
        """Raises StoreReplacedError when the store's file was replaced or moved away since it was opened.

        Connections stay with the file that they opened, wherever it is now: what is written would be lost.
        """
        if self._identity is not None and self._identity != self._identity_now():
            raise StoreReplacedError(
                f"the store {self.sqlite_file} was replaced or moved since it was opened; nothing was written; "
                "stop this program and start it again"
            )

    def _identity_now(self) -> tuple[int, int] | None:
        if self.sqlite_file is None:
            return None
        try:
            found = self.sqlite_file.stat()
        except FileNotFoundError:
            return (0, 0)
        return (found.st_dev, found.st_ino)

    def close(self) -> None:
        """Let go of every connection; a store that was written is sealed, if nobody else is at work in it."""
        self.engine.dispose()
        if self.sqlite_file is not None and self._has_written:
            seal(self.sqlite_file)


def parsed(url: str) -> URL:
    """A store's address. Raises StoreError when it is none."""
    try:
        return make_url(url)
    except ArgumentError:
        raise StoreError("the store's address is none; write sqlite:///FILE or postgresql+psycopg://...") from None


def file_of(url: URL) -> Path | None:
    """The file of an SQLite store, None for another. Raises StoreError for one in memory, which cannot be shared."""
    if url.get_backend_name() != "sqlite":
        return None
    if not url.database or ":memory:" in url.database:
        raise StoreError("a store in memory cannot be shared by threads; name a file: sqlite:///FILE")
    return None if url.database.startswith("file:") else Path(url.database).absolute()


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"the store's folder cannot be made: {error}; choose another with --data") from None


def _close_to_others(file: Path, most: int) -> None:
    """Take rights beyond `most` away from a file of ours; another owner's rights are theirs to set."""
    try:
        found = file.stat()
        if found.st_uid == os.geteuid() and stat.S_IMODE(found.st_mode) & ~most:
            file.chmod(stat.S_IMODE(found.st_mode) & most)
    except FileNotFoundError:  # SQLite's side files come and go
        return
    except OSError as error:
        raise StoreError(f"{file}: its rights cannot be narrowed: {error.strerror or error}; see its owner") from None


def _engine(url: URL, busy_seconds: float) -> Engine:
    if url.get_backend_name() != "sqlite":
        engine = create_engine(url, max_overflow=-1)
        replace_dead(engine)
        if url.get_backend_name() == "postgresql":
            event.listen(engine, "connect", Prepared(busy_seconds))
        return engine
    engine = create_engine(url, connect_args={"timeout": busy_seconds}, max_overflow=-1)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own handling of transactions would begin late and never IMMEDIATE: we say BEGIN ourselves.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    # NORMAL loses no committed transaction when the process is killed, only (perhaps) when the power fails.
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that begins by reading and then writes could not wait for its turn (SQLITE_BUSY_SNAPSHOT).
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
    file = file_of(connection.engine.url) if writes else None
    if file is not None:
        break_seal(file)


_SAYINGS: tuple[tuple[str, type[StoreError], str], ...] = (
    ("database is locked", StoreBusyError, "is held by another process; wait until that has finished, then try again"),
    ("lock timeout", StoreBusyError, "is held by another process; wait until that has finished, then try again"),
    ("disk is full", StoreError, "has no room left on its disk; free some space, then start the run again"),
    ("no space left", StoreError, "has no room left on its disk; free some space, then start the run again"),
    ("readonly", StoreError, "cannot be written; give this user the right to write the file and its folder"),
    ("read-only", StoreError, "cannot be written; give this user the right to write the file and its folder"),
    ("permission denied", StoreError, "does not let us in; grant this user the right to create and write tables"),
    ("password authentication", StoreError, "does not let us in; check user and password in its address"),
    ("not a database", StoreError, "is not a database of Verifier; name another file, or move this one away"),
    ("no such module", StoreError, "has a full-text index, which this Python's SQLite cannot keep; use one with FTS5"),
    ("malformed", StoreError, "is damaged; restore it from a backup"),
    ("unable to open", StoreError, "cannot be opened; check that the folder exists and that this user may write it"),
    ("connection", StoreError, "cannot be reached; check that the database server runs and that the address is right"),
)
"""Part of what the driver says (SQLite's result texts, PostgreSQL's messages), and what that means for us."""


def as_store_error(error: Exception, url: URL) -> StoreError:
    """The error of ours that says what `error` means and, where known, what to do next; no password is shown."""
    name = url.database if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)
    if isinstance(error, PoolTimeoutError):
        return StoreBusyError(f"store {name}: all connections are in use; start fewer workers")
    if isinstance(error, NoSuchModuleError):
        return StoreError(f"store {name}: no driver for such a database; use sqlite:/// or postgresql+psycopg://")
    if isinstance(error, DataError) or (isinstance(error, StatementError) and not isinstance(error, DBAPIError)):
        return StoreDataError(f"store {name} does not take a value: {error.orig}")
    said = str(error.orig) if isinstance(error, DBAPIError) else str(error)
    for saying, kind, meaning in _SAYINGS:
        if saying in said.lower():
            return kind(f"store {name} {meaning} ({said.strip()})")
    return StoreError(f"store {name}: {said.strip()}")


@contextmanager
def as_store_errors(url: URL) -> Iterator[None]:
    """Whatever the database library or its driver raises inside comes out as a StoreError.

    The driver's own errors come through where a new connection is prepared: a server that has just crashed takes
    connections that it then refuses to serve.
    """
    try:
        yield
    except Exception as error:
        if not isinstance(error, (SQLAlchemyError, *_driver_errors())):
            raise
        raise as_store_error(error, url) from error


def _driver_errors() -> tuple[type[Exception], ...]:
    """The base errors of the drivers that are loaded."""
    psycopg = sys.modules.get("psycopg")
    return (sqlite3.Error,) if psycopg is None else (sqlite3.Error, psycopg.Error)


T = TypeVar("T")

CHUNK = 500
"""Values in one IN list: well below SQLite's limit of 32,766 variables, and a plan that stays an index lookup."""


def chunks(values: Iterable[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """The values, each once, in lists of at most `size`."""
    iterator = iter(dict.fromkeys(values))
    while chunk := list(islice(iterator, size)):
        yield chunk


def insert(session: Session, row: type[Base]) -> Any:
    """An INSERT for the session's back end; see `insert_for`."""
    return insert_for(session.get_bind().dialect.name, row)


def insert_for(dialect: str, row: type[Base] | FromClause) -> Any:
    """The back end's own INSERT, which knows ON CONFLICT (both have the same methods, but no common type).

    `row` is a mapped class, for a session to carry it out, or its table, for a connection.
    """
    return (postgresql if dialect == "postgresql" else sqlite).insert(row)


def one_at_a_time(session: Session, table: type[Base]) -> None:
    """Let no other transaction decide upon what a table holds before this one ends; readers are not held up.

    SQLite has one writer anyway. On PostgreSQL two that begin a run at once would each see none.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"LOCK TABLE {table.__tablename__} IN SHARE ROW EXCLUSIVE MODE"))
