"""The seam: what is asked of a place where bytes are kept under a name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from verifier.errors import ArchiveError

_NAME = re.compile(r"[A-Za-z0-9_+][A-Za-z0-9_.+-]*")


@dataclass(frozen=True, slots=True)
class StoredObject:
    """One object: its name and its length in bytes."""

    name: str
    bytes: int


class ObjectStore(Protocol):
    """Bytes under names, in one flat order; every verb raises ArchiveError when the store fails or is not there."""

    @property
    def place(self) -> str:
        """Where it is, in words for an operator."""
        ...

    def put(self, name: str, content: bytes) -> None:
        """Keep bytes; when it returns they are durable, and proven by their SHA-256 where the store can."""
        ...

    def put_file(self, name: str, file: Path) -> None:
        """As `put`, of a file's content, of any length."""
        ...

    def get(self, name: str) -> bytes:
        """All bytes of an object."""
        ...

    def get_range(self, name: str, start: int, length: int) -> bytes:
        """At most `length` bytes from `start` on; fewer at the object's end, none beyond it."""
        ...

    def open(self, name: str) -> BinaryIO:
        """A reader of an object, that can seek; objects that are large are read piece by piece."""
        ...

    def list(self, after: str = "") -> Iterator[StoredObject]:
        """The objects with names greater than `after`, in the order of their names (by code point)."""
        ...

    def size(self, name: str) -> int | None:
        """The length of an object; None where there is none."""
        ...

    def delete(self, *names: str) -> None:
        """Remove objects; those that are not there are gone already."""
        ...


def checked_name(name: str) -> str:
    """A name as it is. Raises ArchiveError for what names no object: with a slash, hidden, empty."""
    if not _NAME.fullmatch(name):
        raise ArchiveError(f"{name!r}: names nothing that is kept")
    return name
