"""The archive that the settings name: files of the data folder, or objects in a bucket."""

from types import TracebackType
from typing import Protocol, Self

from verifier.model import ArchivedResponse
from verifier.objects import FileObjects, open_objects
from verifier.resolver.archive.object_archive import ObjectArchive
from verifier.resolver.archive.store import ArchiveStore
from verifier.resolver.archive.warc import WarcArchive
from verifier.resolver.archive.warc_records import Supplied
from verifier.settings import Settings


class OpenArchive(ArchiveStore, Protocol):
    """An archive that also takes what people hand in; a context manager that finishes what is being written."""

    def write_supplied(self, supplied: Supplied) -> ArchivedResponse:
        """Keep what a person handed in as the content of an address. Raises ArchiveError."""
        ...

    def record(self, warc_file: str, offset: int) -> bytes:
        """The record of a snapshot as it is kept, compressed. Raises ArchiveError when there is none."""
        ...

    def __enter__(self) -> Self:
        """The archive itself."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        ...


def open_archive(settings: Settings) -> OpenArchive:
    """Open the archive for reading and writing. Raises ArchiveError where its folder cannot be used, SettingsError."""
    objects = open_objects(settings.archive_folder, settings.objects)
    return WarcArchive(settings.archive_folder) if isinstance(objects, FileObjects) else ObjectArchive(objects)
