"""A reader of a large object that asks for it piece by piece."""

import io
from typing import Protocol

PIECE = 4 << 20
"""Bytes asked for at a time by who reads through: some tenths of a second at 100 Mbit/s."""


class _Ranged(Protocol):
    def get_range(self, name: str, start: int, length: int) -> bytes: ...

    def size(self, name: str) -> int | None: ...


class RangedReader(io.RawIOBase):
    """An object as a file that can seek; each read asks the store once. Raises ArchiveError as the store does."""

    def __init__(self, store: _Ranged, name: str) -> None:
        super().__init__()
        self._store = store
        self.name = name
        self._at = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at}.get(whence)
        self._at = (base if base is not None else self._store.size(self.name) or 0) + offset
        return self._at

    def readinto(self, buffer: object) -> int:
        """Fill a buffer from where we are."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]  # whatever has a buffer
        piece = self._store.get_range(self.name, self._at, len(view))
        view[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)
