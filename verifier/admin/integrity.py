"""Whether every file of a data folder is as it was left: what `archive check`, `backup` and `doctor` all prove."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from db.checksums import changed_files
from db.seal import broken_seal
from db.sessions import file_of, parsed
from verifier.admin.evidence import missing_responses, named_editions, named_responses
from verifier.model import EDITION_NAME
from verifier.objects import FileObjects, ObjectStore, open_objects
from verifier.resolver import check_objects
from verifier.resolver.archive.warc_check import ArchiveProblem, ArchiveReport
from verifier.settings import Settings

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Integrity:
    """What a data folder was found to be.

    `damaged` and `missing` are sentences that begin with a file's name; `changed` are files that may have been changed
    for good reason since the last run, and archive files that end in half a record, as a killed run leaves them.
    `archive` is None where there is none.
    """

    archive: ArchiveReport | None
    damaged: tuple[str, ...]
    missing: tuple[str, ...]
    changed: tuple[str, ...]

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong for certain."""
        return self.damaged + self.missing


@dataclass(frozen=True, slots=True)
class KeptObjects:
    """Where archive and documents are read from."""

    archive: ObjectStore
    documents: ObjectStore


def prove_data_folder(settings: Settings, store_url: str = "", kept: KeptObjects | None = None) -> Integrity:
    """Read every file of a data folder; `store_url` is a copy of its store to ask what it names, else itself is asked.

    `kept` is a copy of archive and documents to be read in their place.

    Raises StoreError, ArchiveError, OSError when something cannot be read at all.
    """
    store = file_of(parsed(settings.store_url))
    broken = broken_seal(store) if store is not None and store.is_file() else None
    # A store that is not as it was left may not be readable, and says nothing that can be relied on.
    named = [] if broken else named_responses(store_url or settings.store_url)
    kept = kept or KeptObjects(
        open_objects(settings.archive_folder, settings.objects),
        open_objects(settings.documents_folder, settings.objects),
    )
    archive = _proven(kept.archive, settings.archive_folder)
    damaged = [broken] if broken else []
    changed: list[str] = []
    missing: list[ArchiveProblem] = []
    if archive is not None:
        missing = list(missing_responses(named, archive))
        for problem in archive.problems:
            (changed if problem.torn else damaged).append(f"archive/{problem}")
    damaged += damaged_documents(kept.documents)
    gone = [] if broken else missing_editions(store_url or settings.store_url, kept.documents)
    if not isinstance(kept.documents, FileObjects):
        damaged += (f"{problem} (here)" for problem in damaged_documents(FileObjects(settings.documents_folder)))
    changed += changed_files(settings.data)
    return Integrity(archive, tuple(damaged), (*(f"archive/{one}" for one in missing), *gone), tuple(changed))


def _proven(archive: ObjectStore, folder: Path) -> ArchiveReport | None:
    """What a check of the archive found; None where a folder holds none yet."""
    return None if isinstance(archive, FileObjects) and not folder.is_dir() else check_objects(archive)


def missing_editions(store_url: str, documents: ObjectStore) -> Iterator[str]:
    """The editions that the store names and that are not kept. Raises StoreError, ArchiveError."""
    kept = {one.name.partition(".")[0] for one in documents.list() if EDITION_NAME.fullmatch(one.name)}
    for digest in named_editions(store_url):
        if digest not in kept:
            yield f"documents/{digest}: is not there"


def damaged_documents(documents: ObjectStore) -> Iterator[str]:
    """The copies of editions that are not the bytes which they are named by. Raises ArchiveError, OSError."""
    for kept in documents.list():
        if EDITION_NAME.fullmatch(kept.name):
            with documents.open(kept.name) as file:
                if _digest(file) != kept.name.partition(".")[0]:
                    yield f"documents/{kept.name}: is not the bytes that it is named by"


def _digest(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    while piece := file.read(_PIECE):
        digest.update(piece)
    return digest.hexdigest()
