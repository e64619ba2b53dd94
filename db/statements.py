"""Small means to write set by set: inserts that tolerate what is there, and lists cut to what one statement takes."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import FromClause, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from db.tables import Base

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
