"""Rows as both back ends store them, and a digest by which two tables with the same rows are known.

Words and JSON are compared as their text, so that a JSON null stays one and no number is rounded.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, Column, Text, TypeDecorator, cast
from sqlalchemy import type_coerce as as_type

from db.tables.base import UtcTime

ROWS_AT_ONCE = 1000
"""Rows of a table that is copied in memory at a time."""

_MODULUS = 1 << 128


@dataclass(slots=True)
class RowDigest:
    """Rows and the sum of their digests, which no order changes."""

    rows: int = 0
    digest: int = 0

    def add(self, row: tuple[Any, ...]) -> None:
        """Take in one row, with the values that `of_sqlite` and `of_postgresql` give."""
        self.rows += 1
        one = hashlib.blake2b(repr(row).encode("utf-8", "surrogatepass"), digest_size=16).digest()
        self.digest = (self.digest + int.from_bytes(one, "big")) % _MODULUS


def of_sqlite(column: Column[Any]) -> Any:
    """A column as it is stored: words and JSON as their text, times as times."""
    return as_type(column, Text()) if is_text(column) else column


def of_postgresql(column: Column[Any]) -> Any:
    """The same values as `of_sqlite` gives; PostgreSQL keeps JSON as the text that came."""
    return cast(column, Text()) if is_text(column) else column


def is_text(column: Column[Any]) -> bool:
    """Whether a column's values are copied as text."""
    kind = column.type
    if isinstance(kind, TypeDecorator):
        return not isinstance(kind, UtcTime)
    return isinstance(kind, JSON | Text)
