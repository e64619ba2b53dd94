"""`verifier backup`: all of an installation that cannot be made again in one tar file, consistent, and read back.

Wherever store, archive and documents are kept, the backup has one form: an SQLite file, WARC files, documents. So what
was backed up from PostgreSQL and a bucket can be brought back into files, and the other way round.

The store is copied first, at one moment and also while a run writes to it; what it names was in the archive before it
named it, so the files that are copied afterwards hold all of it.
"""

import hashlib
import io
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from db.checksums import changed_files
from db.export_store import export_store
from db.referenced_files import ReferencedFiles
from db.sessions import file_of, parsed
from db.sqlite_backup import copy_into
from verifier._version import __version__
from verifier.admin.backup_format import (
    MANIFEST,
    KeptFile,
    Manifest,
    copied,
    members_of,
    prove,
    write_digest,
)
from verifier.admin.backup_sources import ARCHIVE, DOCUMENTS, sources
from verifier.admin.integrity import KeptObjects, prove_data_folder
from verifier.admin.tar_objects import TarObjects
from verifier.errors import BackupError, SettingsError
from verifier.files import OWNER_MODE, draft_for, whole_file
from verifier.model import DOCUMENT_SUFFIXES
from verifier.objects import open_objects
from verifier.settings import Settings


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made: its file, what is in it, and what was wrong in the data folder.

    `missing` is what the store names and the data folder does not hold, `damaged` what is not as it was left, `changed`
    what may have been changed for good reason since the last run; all of it is in the backup as it was found.
    """

    file: Path
    manifest: Manifest
    missing: tuple[str, ...]
    damaged: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    @property
    def bytes(self) -> int:
        """The length of everything in it."""
        return sum(kept.bytes for kept in self.manifest.files)


def back_up(settings: Settings, target: Path, now: datetime, with_objects: bool = True) -> Backup:
    """Write a backup; it appears under its name only when it is whole and was read back, an older one gives way.

    Without `with_objects` archive and documents stay in their bucket, and only that they are there is looked at.

    Raises SettingsError when there is nothing to back up or no place for it, StoreError when the store is damaged or
    cannot be copied, ArchiveError when a bucket does not answer, BackupError when the backup cannot be written or does
    not read back as it was written.
    """
    store = file_of(parsed(settings.store_url))
    if store is not None and not store.is_file():
        raise SettingsError(f"{settings.data}: holds no store yet, so there is nothing to back up")
    if not with_objects and not settings.objects.url:
        raise SettingsError("--without-objects leaves out what is in a bucket, and objects.url names none")
    if target.is_dir() or not target.parent.is_dir():
        raise SettingsError(f"{target}: name a file in a folder that is there, such as /backup/verifier.tar")
    try:
        with (
            draft_for(target.with_name(f"{target.name}.db"), OWNER_MODE) as copy,
            whole_file(target, OWNER_MODE) as draft,
        ):
            if store is not None:
                copy_into(store, copy)
            else:
                export_store(settings.store_url, copy)
            _write(draft, copy, settings, now, with_objects)
            write_digest(draft)
            manifest = prove_backup(draft)
            if with_objects:
                damaged, changed = _proven(draft, copy, settings)
                missing = tuple(missing_files(copy, {kept.name: kept.bytes for kept in manifest.files}))
            else:
                damaged, changed = (), tuple(changed_files(settings.data))
                missing = tuple(missing_files(copy, lengths_in_bucket(settings)))
    except (OSError, tarfile.TarError) as error:
        raise BackupError(f"{target}: cannot be written: {error}; see that there is room, then try again") from error
    return Backup(target, manifest, missing, damaged, changed)


def _proven(draft: Path, copy: Path, settings: Settings) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(what is damaged, what has changed); of a bucket the bytes in the backup are proven, as they were read once."""
    kept = KeptObjects(*TarObjects.of(draft, ARCHIVE, DOCUMENTS)) if settings.objects.url else None
    integrity = prove_data_folder(settings, f"sqlite:///{copy}", kept)
    return integrity.damaged, integrity.changed


def lengths_in_bucket(settings: Settings) -> dict[str, int]:
    """The length of every archived file and document of a bucket, by its name in a backup. Raises ArchiveError."""
    return {
        f"{folder.name}/{one.name}": one.bytes
        for folder in (settings.archive_folder, settings.documents_folder)
        for one in open_objects(folder, settings.objects).list()
    }


def _write(draft: Path, copy: Path, settings: Settings, now: datetime, with_objects: bool) -> None:
    kept = []
    with tarfile.open(draft, mode="w") as tar:
        for source in sources(copy, settings, with_objects):
            with source.open() as content:
                kept.append(_added(tar, source.name, content, source.bytes, now))
        left_out = "" if with_objects else settings.objects.url
        said = Manifest(__version__, now.isoformat(), tuple(kept), objects=left_out).as_json()
        _added(tar, MANIFEST, io.BytesIO(said), len(said), now)


def _added(tar: tarfile.TarFile, name: str, content: IO[bytes], length: int, now: datetime) -> KeptFile:
    member = tarfile.TarInfo(name)
    member.size, member.mtime, member.mode = length, int(now.timestamp()), 0o600
    through = _Through(content, length)
    tar.addfile(member, through)  # type: ignore[arg-type]  # addfile only ever calls read()
    tar.members.clear()  # type: ignore[attr-defined]  # else a backup of many objects fills the memory
    return through.kept(name)


class _Through:
    """A reader that learns the digest of what passes through it, and ends after so many bytes."""

    def __init__(self, content: IO[bytes], length: int) -> None:
        self._content, self._left, self._length, self._digest = content, length, length, hashlib.sha256()

    def read(self, size: int) -> bytes:
        piece = self._content.read(min(size, self._left))
        self._left -= len(piece)
        self._digest.update(piece)
        return piece

    def kept(self, name: str) -> KeptFile:
        return KeptFile(name, self._length - self._left, self._digest.hexdigest())


def prove_backup(backup: Path) -> Manifest:
    """Read a backup to its end: every byte of it is as it was written. Raises BackupError for what is not, OSError."""
    found, manifest = [], None
    with members_of(backup) as members:
        for name, content in members:
            if name == MANIFEST:
                try:
                    manifest = Manifest.from_json(content.read())
                except BackupError as error:
                    raise BackupError(f"{backup}: {error}") from None
            else:
                found.append(copied(name, content))
    return prove(backup, found, manifest)


def missing_files(copy: Path, lengths: Mapping[str, int]) -> Iterator[str]:
    """What the store names and is not kept in these lengths, each file once."""
    reported = set()
    with ReferencedFiles(f"sqlite:///{copy}") as referenced:
        for snapshot in referenced.snapshots():
            name = f"archive/{snapshot.warc_file}"
            if snapshot.offset >= lengths.get(name, 0) and name not in reported:
                reported.add(name)
                yield f"{name}: " + (
                    "ends before a response that the store names" if name in lengths else "is not there"
                )
        for digest in referenced.editions():
            if not any(f"documents/{digest}{suffix}" in lengths for suffix in DOCUMENT_SUFFIXES):
                yield f"documents/{digest}.pdf: is not there"
