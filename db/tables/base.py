"""The declarative base, and the column types that mean the same on SQLite and PostgreSQL."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Date, DateTime, Dialect, Integer, MetaData, Text, TypeDecorator
from sqlalchemy.dialects.postgresql import TEXT
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeEngine

from verifier.errors import StoreError
from verifier.model import SnapshotRef

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

RowId = BigInteger().with_variant(Integer(), "sqlite")
"""A surrogate key: SQLite numbers rows by itself only in a column declared INTEGER."""


def storable(text: str) -> str:
    """The text without what PostgreSQL (NUL) or UTF-8 (lone surrogates) cannot hold; each becomes U+FFFD."""
    if text.isascii():
        return text.replace("\x00", "\ufffd")
    return text.replace("\x00", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def storable_time(stated: datetime | None) -> datetime | None:
    """The time, or None for one that has no moment in UTC: year 1 east of Greenwich, as broken PDFs state it."""
    try:
        return None if stated is None else stated.astimezone(UTC)
    except OverflowError:
        return None


class Words(TypeDecorator[str]):
    """Text that compares and sorts by code point on both back ends; see `storable` for what it replaces."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """PostgreSQL's order is a language's unless told otherwise; SQLite's is binary."""
        return TEXT(collation="C") if dialect.name == "postgresql" else Text()

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """As the driver takes it."""
        return None if value is None else storable(value)


class UtcTime(TypeDecorator[datetime]):
    """A timezone-aware time, UTC in the database and out of it; a naive one is a ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """As the driver takes it."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """As the program takes it."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Member(TypeDecorator[StrEnum]):
    """A member of an enumeration, stored as its value.

    No CHECK constraint repeats the members: the model's enumeration is their one list, and it may grow.
    """

    impl = Text
    cache_ok = True

    def __init__(self, members: type[StrEnum]) -> None:
        super().__init__()
        self.members = members

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        """As the driver takes it."""
        return None if value is None else self.members(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        """As the program takes it."""
        if value is None:
            return None
        try:
            return self.members(value)
        except ValueError:
            raise StoreError(
                f"the store says {value!r} where this version knows {', '.join(self.members)}; "
                "a newer Verifier wrote it: upgrade this one"
            ) from None


class SnapshotLocation(TypeDecorator[SnapshotRef]):
    """A place in the archive, stored as it is written: `warc-file:offset`."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """As `Words`."""
        return Words().load_dialect_impl(dialect)

    def process_bind_param(self, value: SnapshotRef | str | None, dialect: Dialect) -> str | None:
        """As the driver takes it; text is part of a place, to compare with."""
        return None if value is None else storable(str(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> SnapshotRef | None:
        """As the program takes it."""
        try:
            return None if value is None else SnapshotRef.parse(value)
        except ValueError as error:
            raise StoreError(f"the store names no place in the archive: {error}; restore it from a backup") from None


class Base(DeclarativeBase):
    """The base of all mapped classes."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own declaration
        str: Words(),
        SnapshotRef: SnapshotLocation(),
        datetime: UtcTime(),
        date: Date(),
        list[Any]: JSON(),
        dict[str, Any]: JSON(),
    }
