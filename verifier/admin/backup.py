"""`verifier backup`: all of a data folder that cannot be made again in one tar file, consistent, and read back.

The store is copied first, at one moment and also while a run writes to it; what it names was in the archive before it
named it, so the files that are copied afterwards hold all of it.
"""

import hashlib
import io
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from db.referenced_files import ReferencedFiles, sqlite_file
from db.sqlite_backup import copy_into
from verifier._version import __version__
from verifier.admin.backup_format import (
    MANIFEST,
    STORE,
    USERS,
    KeptFile,
    Manifest,
    copied,
    has_its_place,
    members_of,
    prove,
    write_digest,
)
from verifier.admin.integrity import prove_data_folder
from verifier.errors import BackupError, SettingsError
from verifier.files import OWNER_MODE, draft_for, whole_file
from verifier.model import DOCUMENT_SUFFIXES
from verifier.resolver import archive_length
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


def back_up(settings: Settings, target: Path, now: datetime) -> Backup:
    """Write a backup; it appears under its name only when it is whole and was read back, an older one gives way.

    Raises SettingsError when there is nothing to back up or no place for it, StoreError when the store is a server's or
    damaged, BackupError when the backup cannot be written or does not read back as it was written.
    """
    store = sqlite_file(settings.store_url)
    if not store.is_file():
        raise SettingsError(f"{settings.data}: holds no store yet, so there is nothing to back up")
    if target.is_dir() or not target.parent.is_dir():
        raise SettingsError(f"{target}: name a file in a folder that is there, such as /backup/verifier.tar")
    try:
        with (
            draft_for(target.with_name(f"{target.name}.db"), OWNER_MODE) as copy,
            whole_file(target, OWNER_MODE) as draft,
        ):
            copy_into(store, copy)
            manifest = _written(draft, copy, settings, now)
            write_digest(draft)
            prove_backup(draft)
            integrity = prove_data_folder(settings, f"sqlite:///{copy}")
            missing = tuple(_missing(copy, manifest))
    except (OSError, tarfile.TarError) as error:
        raise BackupError(f"{target}: cannot be written: {error}; see that there is room, then try again") from error
    return Backup(target, manifest, missing, integrity.damaged, integrity.changed)


def _written(draft: Path, copy: Path, settings: Settings, now: datetime) -> Manifest:
    kept = []
    with tarfile.open(draft, mode="w") as tar:
        for name, source in _sources(copy, settings):
            length = archive_length(source) if name.startswith("archive/") else source.stat().st_size
            with source.open("rb") as content:
                kept.append(_added(tar, name, content, length, now))
        manifest = Manifest(__version__, now.isoformat(), tuple(kept))
        said = manifest.as_json()
        _added(tar, MANIFEST, io.BytesIO(said), len(said), now)
    return manifest


def _sources(copy: Path, settings: Settings) -> Iterator[tuple[str, Path]]:
    """Name in the backup and file of everything that is kept."""
    yield STORE, copy
    folders = [(settings.archive_folder, "*.warc.gz"), (settings.documents_folder, "*.*")]
    folders += [(settings.data / name, "*") for name in ("uploads", "supplied", "log")]
    for folder, pattern in folders:
        for path in sorted(folder.glob(pattern)):
            name = f"{folder.name}/{path.name}"
            if path.is_file() and has_its_place(name):
                yield name, path
    users = settings.review.users or settings.data / USERS
    if users.is_file():
        yield USERS, users


def _added(tar: tarfile.TarFile, name: str, content: IO[bytes], length: int, now: datetime) -> KeptFile:
    member = tarfile.TarInfo(name)
    member.size, member.mtime, member.mode = length, int(now.timestamp()), 0o600
    through = _Through(content, length)
    tar.addfile(member, through)  # type: ignore[arg-type]  # addfile only ever calls read()
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


def _missing(copy: Path, manifest: Manifest) -> Iterator[str]:
    """What the store names and the backup does not hold, each file once."""
    lengths = {kept.name: kept.bytes for kept in manifest.files}
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
