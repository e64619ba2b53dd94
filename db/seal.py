"""The seal of an SQLite store: the digest of its file while nobody writes, by which a changed byte is seen.

SQLite keeps no checksums: a flipped bit in a cell is no error to it. The seal is a small file beside the store. Every
transaction that writes removes it first, within its lock; whoever has written makes it anew when it closes the store.
Where there is none (the desk is at work, a process was killed) nothing is proven and nothing is claimed.
"""

import hashlib
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from verifier.files import write_file

_LOCK_SECONDS = 2.0
"""A seal that has to wait longer is left to whoever writes."""


def seal_of(store: Path) -> Path:
    """Where the seal of a store is."""
    return store.with_name(f"{store.name}.sha256")


def break_seal(store: Path) -> None:
    """To be called within the lock of a transaction that writes, before it does. Raises OSError."""
    with suppress(FileNotFoundError):
        seal_of(store).unlink()


def seal(store: Path) -> bool:
    """Seal a store, unless it has a seal or somebody is at work in it; whether it has one now."""
    if not store.is_file():
        return False
    if seal_of(store).is_file():
        return True  # whoever writes removes it: it is still the last word
    try:
        with closing(sqlite3.connect(store, timeout=_LOCK_SECONDS, isolation_level=None)) as database:
            busy, *_ = database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if busy:
                return False
            database.execute("BEGIN IMMEDIATE")  # until it is released nobody writes, and nobody breaks the seal
            log = store.with_name(f"{store.name}-wal")
            if log.is_file() and log.stat().st_size:
                return False
            write_file(seal_of(store), f"{_digest(store)}\n")
            database.execute("ROLLBACK")
    except (sqlite3.Error, OSError):
        return False  # a store without a seal is as good; why it cannot be written is said by who writes it
    return True


def broken_seal(store: Path) -> str | None:
    """What is wrong with a store that is sealed; None where it is as it was left, or not sealed. Raises OSError."""
    file = seal_of(store)
    try:
        stated = file.read_text(encoding="ascii", errors="replace").strip()
        found = _digest(store)
        again = file.read_text(encoding="ascii", errors="replace").strip()
    except FileNotFoundError:
        return None
    if again != stated or found == stated:
        return None
    return (
        f"{store.name}: is not as it was left: a byte of it or of {file.name} has changed on the disk (if you changed "
        f"the store yourself, remove {file.name})"
    )


def _digest(store: Path) -> str:
    with store.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
