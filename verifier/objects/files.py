"""Objects as files of one folder."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from verifier.errors import ArchiveError
from verifier.files import whole_file, write_file
from verifier.objects.base import StoredObject, checked_name


class FileObjects:
    """The files of `folder`; hidden ones (drafts) are no objects. The folder is made when something is put there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def place(self) -> str:
        """The folder."""
        return str(self._folder)

    def put(self, name: str, content: bytes) -> None:
        """Write a file whole, and have it on the disk."""
        file = self._file(name)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_file(file, content)
        except OSError as error:
            raise self._failure(name, "written", error) from error

    def put_file(self, name: str, file: Path) -> None:
        """Copy a file whole, and have it on the disk."""
        target = self._file(name)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with whole_file(target) as draft:
                shutil.copyfile(file, draft)
        except OSError as error:
            raise self._failure(name, "written", error) from error

    def get(self, name: str) -> bytes:
        """All bytes of a file."""
        try:
            return self._file(name).read_bytes()
        except OSError as error:
            raise self._failure(name, "read", error) from error

    def get_range(self, name: str, start: int, length: int) -> bytes:
        """Some bytes of a file."""
        try:
            with self._file(name).open("rb") as file:
                file.seek(start)
                return file.read(length)
        except OSError as error:
            raise self._failure(name, "read", error) from error

    def open(self, name: str) -> BinaryIO:
        """The file, opened."""
        try:
            return self._file(name).open("rb")
        except OSError as error:
            raise self._failure(name, "read", error) from error

    def list(self, after: str = "") -> Iterator[StoredObject]:
        """The files of the folder by name."""
        try:
            files = [file for file in self._folder.iterdir() if file.name > after and file.name[0] != "."]
            for file in sorted(files):
                if file.is_file():
                    yield StoredObject(file.name, file.stat().st_size)
        except FileNotFoundError:
            return
        except OSError as error:
            raise ArchiveError(f"{self._folder}: cannot be read: {error.strerror or error}") from error

    def size(self, name: str) -> int | None:
        """The length of a file."""
        try:
            return self._file(name).stat().st_size
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._failure(name, "read", error) from error

    def delete(self, *names: str) -> None:
        """Remove files."""
        for name in names:
            try:
                self._file(name).unlink(missing_ok=True)
            except OSError as error:
                raise self._failure(name, "removed", error) from error

    def _file(self, name: str) -> Path:
        return self._folder / checked_name(name)

    def _failure(self, name: str, what: str, error: OSError) -> ArchiveError:
        return ArchiveError(f"{self._folder / name}: cannot be {what}: {error.strerror or error}")
