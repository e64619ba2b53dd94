"""`verifier restore`: a backup becomes a data folder again, once it is proven."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from db.checksums import write_checksums
from db.private import private_folder
from db.referenced_files import ReferencedFiles
from db.seal import seal
from db.sqlite_backup import damage_of
from db.store import Store
from verifier.admin.backup_format import MANIFEST, STORE, Manifest, copied, members_of, prove
from verifier.admin.evidence import missing_responses, named_responses
from verifier.admin.integrity import damaged_documents
from verifier.errors import BackupError, SettingsError, StoreBusyError
from verifier.files import FILE_MODE
from verifier.model import DOCUMENT_SUFFIXES
from verifier.resolver import check_archive
from verifier.settings import Settings

_UNPACKED = "restoring.part"
"""The folder in the data folder where a backup is unpacked and proven; what an interrupted restore left gives way."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore brought: the backup's manifest, and what was damaged before it was backed up."""

    manifest: Manifest
    problems: tuple[str, ...]


def restore(backup: Path, settings: Settings) -> Restored:
    """Unpack a backup into an empty data folder, prove all of it there, then put it in its place.

    Proven are every digest, that the store opens (an older one is upgraded) and is sound, every record of the archive,
    and that the store's responses and editions are there.

    Raises SettingsError when the data folder holds something or `store` names another database, BackupError when the
    backup is damaged (nothing is put in place then), StoreBusyError when a run holds the folder, StoreError.
    """
    if settings.store:
        raise SettingsError("a backup brings its own store: take `store` out of the settings while restoring")
    if not backup.is_file():
        raise SettingsError(f"{backup}: no such backup")
    try:
        private_folder(settings.data)
        with FileLock(settings.data / "run.lock").acquire(timeout=0):
            return _restore(backup, settings.data)
    except Timeout:
        raise StoreBusyError(f"a run is at work in {settings.data}; restore into another folder") from None
    except OSError as error:
        raise BackupError(
            f"{backup}: cannot be restored into {settings.data}: {error}; see that there is room"
        ) from error


def _restore(backup: Path, data: Path) -> Restored:
    there = sorted({path.name for path in data.iterdir()} - {"run.lock", _UNPACKED})
    if there:
        raise SettingsError(f"{data}: is not empty ({', '.join(there[:3])}); restore into an empty folder with --data")
    unpacked = data / _UNPACKED
    shutil.rmtree(unpacked, ignore_errors=True)
    try:
        manifest = _unpack(backup, unpacked)
        problems = tuple(_problems(unpacked))
        # The store comes last: until then nobody takes the folder for an installation.
        for path in sorted(unpacked.iterdir(), key=lambda path: path.name.startswith(STORE)):
            path.rename(data / path.name)
        write_checksums(data)
    finally:
        shutil.rmtree(unpacked, ignore_errors=True)
    return Restored(manifest, problems)


def _unpack(backup: Path, folder: Path) -> Manifest:
    found, manifest = [], None
    for part in ("archive", "documents", "uploads", "supplied", "log"):
        (folder / part).mkdir(parents=True)
    with members_of(backup) as members:
        for name, content in members:
            if name == MANIFEST:
                manifest = Manifest.from_json(content.read())
                continue
            with open(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE), "wb") as file:  # noqa: PTH123 - pathlib cannot create with a mode
                found.append(copied(name, content, file))
    if not (folder / STORE).is_file():
        raise BackupError(f"{backup}: holds no store; take another backup")
    return prove(backup, found, manifest)


def _problems(folder: Path) -> Iterator[str]:
    """What is wrong in an unpacked backup although its digests hold: it was so when it was backed up."""
    store = folder / STORE
    Store.open(f"sqlite:///{store}").close()
    yield from (f"{STORE}: {problem}" for problem in damage_of(store))
    seal(store)
    report = check_archive(folder / "archive")
    yield from (f"archive/{problem}" for problem in report.problems)
    yield from (f"archive/{problem}" for problem in missing_responses(named_responses(f"sqlite:///{store}"), report))
    yield from damaged_documents(folder / "documents")
    with ReferencedFiles(f"sqlite:///{store}") as referenced:
        for digest in referenced.editions():
            if not any((folder / "documents" / f"{digest}{suffix}").is_file() for suffix in DOCUMENT_SUFFIXES):
                yield f"documents/{digest}.pdf: is not there"
