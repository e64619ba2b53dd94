"""`verifier restore`: a backup becomes an installation again, once it is proven: in files, a database, a bucket."""

import os
import shutil
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from db.checksums import write_checksums
from db.copy_store import copy_store, require_empty
from db.private import private_folder
from db.referenced_files import ReferencedFiles
from db.seal import seal
from db.sqlite_backup import damage_of
from db.store import Store
from verifier.admin.backup import lengths_in_bucket, missing_files
from verifier.admin.backup_format import MANIFEST, STORE, Manifest, copied, members_of, prove
from verifier.admin.backup_sources import ARCHIVE, DOCUMENTS
from verifier.admin.bucket_restore import mark_as_swept, send, to_be_sent
from verifier.admin.evidence import missing_responses, named_responses
from verifier.admin.integrity import damaged_documents
from verifier.admin.tar_objects import TarObjects
from verifier.errors import BackupError, SettingsError, StoreBusyError
from verifier.files import FILE_MODE
from verifier.model import DOCUMENT_SUFFIXES
from verifier.objects import FileObjects, ObjectStore, open_objects
from verifier.resolver import check_objects
from verifier.settings import Settings

_UNPACKED = "restoring.part"
"""The folder in the data folder where a backup is unpacked and proven; what an interrupted restore left gives way."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore brought: the backup's manifest, and what was damaged before it was backed up."""

    manifest: Manifest
    problems: tuple[str, ...]


def restore(backup: Path, settings: Settings) -> Restored:
    """Prove all of a backup, then put it in its place: an empty data folder, database and bucket.

    Proven are every digest, that the store opens (an older one is upgraded) and is sound, every record of the archive,
    and that the store's responses and editions are there. The store comes last: until then nobody takes what is there
    for an installation. What was sent into a bucket before an interruption is not sent again.

    Raises SettingsError when one of the places holds something, BackupError when the backup is damaged (nothing is put
    in place then), StoreBusyError when a run holds the folder, StoreError, ArchiveError.
    """
    if settings.store and not settings.store_is_shared:
        raise SettingsError("a backup brings its own store: take `store` out of the settings while restoring")
    if not backup.is_file():
        raise SettingsError(f"{backup}: no such backup")
    try:
        private_folder(settings.data)
        with FileLock(settings.data / "run.lock").acquire(timeout=0):
            return _restore(backup, settings)
    except Timeout:
        raise StoreBusyError(f"a run is at work in {settings.data}; restore into another folder") from None
    except OSError as error:
        raise BackupError(
            f"{backup}: cannot be restored into {settings.data}: {error}; see that there is room"
        ) from error


def _restore(backup: Path, settings: Settings) -> Restored:
    data = settings.data
    there = sorted({path.name for path in data.iterdir()} - {"run.lock", _UNPACKED})
    if there:
        raise SettingsError(f"{data}: is not empty ({', '.join(there[:3])}); restore into an empty folder with --data")
    if settings.store_is_shared:
        require_empty(settings.store)
    unpacked = data / _UNPACKED
    shutil.rmtree(unpacked, ignore_errors=True)
    try:
        manifest = _unpack(backup, unpacked, (ARCHIVE, DOCUMENTS) if settings.objects.url else ())
        if manifest.objects and not settings.objects.url:
            raise SettingsError(
                f"{backup}: archive and documents are not in it but in {manifest.objects}; name that, or a copy of it, "
                "with objects.url"
            )
        bucket = _Bucket(backup, settings) if settings.objects.url and not manifest.objects else None
        problems = tuple(_problems(unpacked, settings, bucket, manifest))
        if bucket is not None:
            bucket.send(unpacked)
        _put_in_place(unpacked, settings)
        write_checksums(data)
    finally:
        shutil.rmtree(unpacked, ignore_errors=True)
    return Restored(manifest, problems)


class _Bucket:
    """Archive and documents of a backup, and where they are to go. Raises SettingsError where other objects are."""

    def __init__(self, backup: Path, settings: Settings) -> None:
        self.archive, self.documents = TarObjects.of(backup, ARCHIVE, DOCUMENTS)
        folders = (settings.archive_folder, settings.documents_folder)
        self._parts = [
            (kept, target, to_be_sent(kept, target))
            for kept, folder in zip((self.archive, self.documents), folders, strict=True)
            for target in (open_objects(folder, settings.objects),)
        ]

    def send(self, scratch: Path) -> None:
        """Send what is not there yet. Raises ArchiveError, OSError."""
        for kept, target, names in self._parts:
            send(kept, names, target, scratch)
        mark_as_swept(self._parts[0][1], datetime.now(UTC))


def _put_in_place(unpacked: Path, settings: Settings) -> None:
    """Give everything its place, the store last; where a database does not take it, nothing has its place."""
    parts = sorted(path.name for path in unpacked.iterdir() if not path.name.startswith(STORE))
    moved = []
    try:
        for name in parts:
            (unpacked / name).rename(settings.data / name)
            moved.append(name)
        if settings.store_is_shared:
            copy_store(f"sqlite:///{unpacked / STORE}", settings.store, _no_progress, _no_progress)
            return
    except BaseException:
        for name in moved:
            (settings.data / name).rename(unpacked / name)
        raise
    for path in sorted(unpacked.glob(f"{STORE}*"), reverse=True):
        path.rename(settings.data / path.name)


def _no_progress(*_: object) -> None:
    """Nobody is told how far it is."""


def _unpack(backup: Path, folder: Path, elsewhere: Collection[str]) -> Manifest:
    """Unpack a backup but for what is below the folders `elsewhere`, which is only proven."""
    found, manifest = [], None
    for part in {ARCHIVE, DOCUMENTS, "uploads", "supplied", "log"}.difference(elsewhere):
        (folder / part).mkdir(parents=True)
    with members_of(backup) as members:
        for name, content in members:
            if name == MANIFEST:
                manifest = Manifest.from_json(content.read())
                continue
            if name.partition("/")[0] in elsewhere:
                found.append(copied(name, content))
                continue
            with open(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE), "wb") as file:  # noqa: PTH123 - pathlib cannot create with a mode
                found.append(copied(name, content, file))
    if not (folder / STORE).is_file():
        raise BackupError(f"{backup}: holds no store; take another backup")
    return prove(backup, found, manifest)


def _problems(folder: Path, settings: Settings, bucket: _Bucket | None, manifest: Manifest) -> Iterator[str]:
    """What is wrong in an unpacked backup although its digests hold: it was so when it was backed up."""
    store = folder / STORE
    Store.open(f"sqlite:///{store}").close()
    yield from (f"{STORE}: {problem}" for problem in damage_of(store))
    seal(store)
    if manifest.objects:
        yield from missing_files(store, lengths_in_bucket(settings))
        return
    archive: ObjectStore = bucket.archive if bucket else FileObjects(folder / ARCHIVE)
    documents: ObjectStore = bucket.documents if bucket else FileObjects(folder / DOCUMENTS)
    report = check_objects(archive)
    yield from (f"archive/{problem}" for problem in report.problems)
    yield from (f"archive/{problem}" for problem in missing_responses(named_responses(f"sqlite:///{store}"), report))
    yield from damaged_documents(documents)
    kept = {one.name for one in documents.list()}
    with ReferencedFiles(f"sqlite:///{store}") as referenced:
        for digest in referenced.editions():
            if not any(f"{digest}{suffix}" in kept for suffix in DOCUMENT_SUFFIXES):
                yield f"documents/{digest}.pdf: is not there"
