"""Copies of an SQLite store, whole and of one moment, also while a run writes to it."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from verifier.errors import StoreBusyError, StoreError
from verifier.files import whole_file

BUSY_SECONDS = 30.0
"""How long another process is waited for."""


def copy_sqlite(file: Path, target: Path) -> None:
    """Copy a database by SQLite's online backup; `target` appears under its name only when it is whole and proven.

    An older `target` gives way. Raises StoreError when `file` cannot be read or is damaged, or the copy not written.
    """
    try:
        with whole_file(target) as draft:
            copy_into(file, draft)
    except OSError as error:
        raise _not_copied(file, target, error) from error


def copy_into(file: Path, draft: Path) -> None:
    """Copy a database into an empty file and prove the copy. Raises StoreError as `copy_sqlite` does."""
    try:
        with _opened(file, BUSY_SECONDS) as original, closing(sqlite3.connect(draft)) as copy:
            # All pages in one step: SQLite starts anew whenever a writer comes between two.
            original.backup(copy, pages=-1)
        if problems := damage_of(draft):
            raise StoreError(f"store {file} is damaged ({problems[0]}); restore it from a backup")
    except (sqlite3.Error, OSError) as error:
        raise _not_copied(file, draft, error) from error
    finally:
        for ending in ("-wal", "-shm", "-journal"):
            draft.with_name(draft.name + ending).unlink(missing_ok=True)


def _not_copied(file: Path, target: Path, error: Exception) -> StoreError:
    return StoreError(
        f"store {file} cannot be copied to {target}: {error}; see that there is room and that this user may write"
    )


def damage_of(file: Path, busy_seconds: float = BUSY_SECONDS) -> list[str]:
    """What SQLite's integrity check says of a database file; nothing for a sound one.

    Raises StoreError when it cannot be opened at all, StoreBusyError when another process holds it.
    """
    try:
        with _opened(file, busy_seconds) as database:
            said = [str(row[0]) for row in database.execute("PRAGMA integrity_check(20)")]
            said += [
                f"a row of {row[0]} refers to none of {row[2]}" for row in database.execute("PRAGMA foreign_key_check")
            ]
    except sqlite3.DatabaseError as error:
        if "locked" in str(error):
            raise StoreBusyError(f"store {file} is held by another process; wait until that has finished") from error
        if "unable to open" in str(error):
            raise StoreError(f"store {file} cannot be opened: {error}; see that this user may read it") from error
        return [str(error)]
    return [line for line in said if line != "ok"]


@contextmanager
def _opened(file: Path, busy_seconds: float) -> Iterator[sqlite3.Connection]:
    """A connection that never makes a file."""
    address = f"file:{quote(str(file))}?{_access(file)}"
    with closing(sqlite3.connect(address, uri=True, timeout=busy_seconds)) as database:
        yield database


def _access(file: Path) -> str:
    """How to open a database: where its folder cannot be written (a disk that failed), as one that nobody changes.

    SQLite otherwise makes the files of its log beside it, also to read (sqlite.org/wal.html, "Read-Only Databases").
    """
    if os.access(file.parent, os.W_OK):
        return "mode=rw"
    log = file.with_name(file.name + "-wal")
    return "mode=ro" if log.is_file() and log.stat().st_size else "mode=ro&immutable=1"
