"""What goes wrong underneath, told as a StoreError that an operator can act on."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL
from sqlalchemy.exc import DataError, DBAPIError, NoSuchModuleError, SQLAlchemyError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from verifier.errors import StoreBusyError, StoreDataError, StoreError

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
    ("malformed", StoreError, "is damaged; restore it from a backup"),
    ("unable to open", StoreError, "cannot be opened; check that the folder exists and that this user may write it"),
    ("connection", StoreError, "cannot be reached; check that the database server runs and that the address is right"),
)
"""Part of what the driver says (SQLite's result texts, PostgreSQL's messages), and what that means for us."""


def as_store_error(error: SQLAlchemyError, url: URL) -> StoreError:
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
def told_as_store_errors(url: URL) -> Iterator[None]:
    """Whatever the database library raises inside comes out as a StoreError."""
    try:
        yield
    except SQLAlchemyError as error:
        raise as_store_error(error, url) from error
