"""What the database says is told as something an operator can act on."""

import sqlite3

import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import DatabaseError, NoSuchModuleError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from db.sessions import as_store_error, as_store_errors
from verifier.errors import StoreBusyError, StoreError

SQLITE = make_url("sqlite:////data/verifier.db")
SERVER = make_url("postgresql+psycopg://ann:secret@db.example.test/verifier")


def operational(said: str) -> OperationalError:
    return OperationalError("SELECT 1", {}, sqlite3.OperationalError(said))


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (operational("database is locked"), StoreBusyError, "another process"),
        (operational("canceling statement due to lock timeout"), StoreBusyError, "another process"),
        (operational("database or disk is full"), StoreError, "free some space"),
        (operational("could not extend file: No space left on device"), StoreError, "free some space"),
        (operational("attempt to write a readonly database"), StoreError, "right to write"),
        (operational("cannot execute INSERT in a read-only transaction"), StoreError, "right to write"),
        (operational("unable to open database file"), StoreError, "check that the folder exists"),
        (operational("connection failed: refused"), StoreError, "database server runs"),
        (operational("permission denied for schema public"), StoreError, "grant this user"),
        (operational("connection failed: password authentication failed"), StoreError, "user and password"),
        (operational("something nobody foresaw"), StoreError, "something nobody foresaw"),
        (
            DatabaseError("", {}, sqlite3.DatabaseError("file is not a database")),
            StoreError,
            "not a database of Verifier",
        ),
        (
            DatabaseError("", {}, sqlite3.DatabaseError("database disk image is malformed")),
            StoreError,
            "restore it from a backup",
        ),
        (PoolTimeoutError("QueuePool limit"), StoreBusyError, "fewer workers"),
        (NoSuchModuleError("no dialect"), StoreError, "no driver"),
    ],
)
def test_every_saying_has_its_meaning(error, kind, words):
    told = as_store_error(error, SQLITE)
    assert type(told) is kind
    assert words in str(told)
    assert "/data/verifier.db" in str(told)


def test_no_password_is_told():
    told = str(as_store_error(operational("connection failed"), SERVER))
    assert "db.example.test" in told
    assert "secret" not in told


def test_an_error_of_the_driver_alone_is_told_as_ours():
    # A server that has just crashed takes a connection, and refuses what prepares it.
    with pytest.raises(StoreError, match="database system is in recovery"), as_store_errors(SERVER):
        raise sqlite3.OperationalError("the database system is in recovery mode")
    with pytest.raises(ZeroDivisionError), as_store_errors(SERVER):
        raise ZeroDivisionError
