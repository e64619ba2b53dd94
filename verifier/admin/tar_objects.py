"""The archive or the documents in a backup, read where they are in its tar file."""

import io
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Self

from verifier.errors import ArchiveError, BackupError
from verifier.objects import StoredObject

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    bytes: int


class TarObjects:
    """`verifier.objects.ObjectStore` of the members of a backup below `folder`/, to be read only."""

    def __init__(self, backup: Path, folder: str, places: dict[str, _Place]) -> None:
        self._backup = backup
        self._folder = folder
        self._places = places

    @classmethod
    def of(cls, backup: Path, *folders: str) -> tuple[Self, ...]:
        """One for each of these folders. Raises BackupError where the file is no tar file, OSError."""
        places: dict[str, dict[str, _Place]] = {folder: {} for folder in folders}
        try:
            with tarfile.open(backup, "r:") as tar:
                while (member := tar.next()) is not None:
                    tar.members.clear()  # type: ignore[attr-defined]  # else a backup of many objects fills the memory
                    folder, _, name = member.name.partition("/")
                    if folder in places:
                        places[folder][name] = _Place(member.offset_data, member.size)
        except (tarfile.TarError, EOFError) as error:
            raise BackupError(f"{backup}: is no whole backup ({error}); take another") from error
        return tuple(cls(backup, folder, dict(sorted(found.items()))) for folder, found in places.items())

    @property
    def place(self) -> str:
        """The backup and the folder in it."""
        return f"{self._backup}:{self._folder}"

    def get(self, name: str) -> bytes:
        """All bytes of a member."""
        return self.get_range(name, 0, self._place(name).bytes)

    def get_range(self, name: str, start: int, length: int) -> bytes:
        """Some bytes of a member."""
        place = self._place(name)
        try:
            with self._backup.open("rb") as file:
                file.seek(place.start + start)
                return file.read(max(0, min(length, place.bytes - start)))
        except OSError as error:
            raise ArchiveError(f"{self.place}/{name}: cannot be read: {error.strerror or error}") from error

    def open(self, name: str) -> BinaryIO:
        """A reader of a member."""
        return io.BufferedReader(_Part(self._backup, self._place(name)), _PIECE)

    def list(self, after: str = "") -> Iterator[StoredObject]:
        """The members by name."""
        for name, place in self._places.items():
            if name > after:
                yield StoredObject(name, place.bytes)

    def size(self, name: str) -> int | None:
        """The length of a member."""
        place = self._places.get(name)
        return None if place is None else place.bytes

    def put(self, name: str, content: bytes) -> None:
        """A backup is never changed."""
        raise ArchiveError(f"{self.place}/{name}: a backup is not written to")

    def put_file(self, name: str, file: Path) -> None:
        """A backup is never changed."""
        raise ArchiveError(f"{self.place}/{name}: a backup is not written to")

    def delete(self, *names: str) -> None:
        """A backup is never changed."""
        raise ArchiveError(f"{self.place}: a backup is not written to")

    def _place(self, name: str) -> _Place:
        if name not in self._places:
            raise ArchiveError(f"{self.place}/{name}: is not there")
        return self._places[name]


class _Part(io.RawIOBase):
    """A part of a file, as a file."""

    def __init__(self, file: Path, place: _Place) -> None:
        super().__init__()
        self._file = file.open("rb")
        self._place = place
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._place.bytes}[whence]
        self._at = base + offset
        return self._at

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]  # whatever has a buffer
        self._file.seek(self._place.start + self._at)
        piece = self._file.read(max(0, min(len(view), self._place.bytes - self._at)))
        view[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def close(self) -> None:
        self._file.close()
        super().close()
