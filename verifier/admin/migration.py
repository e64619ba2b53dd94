"""`verifier migrate-store`: an installation's store from SQLite to PostgreSQL, and its files into a bucket."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout

from db.copy_store import CopiedStore, copy_store
from db.sessions import file_of, parsed
from verifier.admin.bucket_restore import mark_as_swept
from verifier.errors import ArchiveError, SettingsError, StoreBusyError
from verifier.model import EDITION_NAME
from verifier.objects import FileObjects, ObjectSettings, ObjectStore, open_objects
from verifier.resolver.archive.warc import cut_torn_tails, is_being_written


class Progress(Protocol):
    """Who is told how far it is."""

    def stage(self, name: str, total: int) -> None:
        """A part begins, in so many steps."""
        ...

    def step(self, name: str, note: str = "") -> None:
        """One step of it is done."""
        ...


@dataclass(frozen=True, slots=True)
class Migrated:
    """What was moved; `objects` are the files that are in the bucket now, `sent` those that were not there before."""

    store: CopiedStore
    objects: int = 0
    sent: int = 0


def store_file(source: str) -> Path:
    """The file of a store that is named by its data folder, itself, or as `sqlite:///FILE`.

    Raises SettingsError where there is none, StoreError for an address that is none.
    """
    if "://" in source:
        file = file_of(parsed(source))
    else:
        file = Path(source) / "verifier.db" if Path(source).is_dir() else Path(source)
    if file is None or not file.is_file():
        raise SettingsError(f"{source}: no SQLite store there; name a data folder, or its verifier.db")
    return file.absolute()


def migrate_store(file: Path, target: str, objects: ObjectSettings | None, progress: Progress) -> Migrated:
    """Copy a store, and where `objects` is given its archive and documents before, so that no row is without bytes.

    The store comes whole or not at all; files that are in the bucket already are not sent again. So it may be
    interrupted, and is then begun anew. The source stays as it is.

    Raises SettingsError where `objects` names no bucket, StoreBusyError while a run or another writer is at work,
    StoreError, ArchiveError.
    """
    if objects is not None and not objects.url:
        raise SettingsError("objects.url names no bucket; set it, or leave --objects out")
    data = file.parent
    try:
        with FileLock(data / "run.lock").acquire(timeout=0):
            names = _send_all(data, objects, progress) if objects is not None else (0, 0)
            copied = copy_store(f"sqlite:///{file}", target, progress.stage, progress.step)
            return Migrated(copied, *names)
    except Timeout:
        raise StoreBusyError(f"a run is at work in {data}; wait for it, and stop the desk") from None


def _send_all(data: Path, objects: ObjectSettings, progress: Progress) -> tuple[int, int]:
    archive, documents = data / "archive", data / "documents"
    if archive.is_dir():
        cut_torn_tails(archive)
    for file in archive.glob("*.warc.gz"):
        if is_being_written(file):
            raise ArchiveError(f"{file}: is being written; wait for who does, then begin again")
    there, sent = 0, 0
    for folder, ending in ((archive, ".warc.gz"), (documents, "")):
        names = [
            one.name
            for one in FileObjects(folder).list()
            if (one.name.endswith(ending) if ending else EDITION_NAME.fullmatch(one.name))
        ]
        stage = f"{folder.name} to the bucket"
        progress.stage(stage, len(names))
        target = open_objects(folder, objects)
        for name in names:
            sent += _send(folder / name, target)
            there += 1
            progress.step(stage, name)
    mark_as_swept(open_objects(archive, objects), datetime.now(UTC))
    return there, sent


def _send(file: Path, target: ObjectStore) -> bool:
    """Whether a file had to be sent; what is kept under a name never changes but for growing."""
    if target.size(file.name) == file.stat().st_size:
        return False
    target.put_file(file.name, file)
    return True
