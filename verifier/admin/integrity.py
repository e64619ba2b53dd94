"""Whether every file of a data folder is as it was left: what `archive check`, `backup` and `doctor` all prove."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from db.checksums import changed_files
from db.seal import broken_seal
from db.sessions import file_of, parsed
from verifier.admin.evidence import missing_responses, named_responses
from verifier.resolver import check_archive
from verifier.resolver.archive.warc_check import ArchiveProblem, ArchiveReport
from verifier.settings import Settings


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


def prove_data_folder(settings: Settings, store_url: str = "") -> Integrity:
    """Read every file of a data folder; `store_url` is a copy of its store to ask what it names, else itself is asked.

    Raises StoreError, ArchiveError, OSError when something cannot be read at all.
    """
    store = file_of(parsed(settings.store_url))
    broken = broken_seal(store) if store is not None and store.is_file() else None
    # A store that is not as it was left may not be readable, and says nothing that can be relied on.
    named = [] if broken else named_responses(store_url or settings.store_url)
    archive = check_archive(settings.archive_folder) if settings.archive_folder.is_dir() else None
    damaged = [broken] if broken else []
    changed: list[str] = []
    missing: list[ArchiveProblem] = []
    if archive is not None:
        missing = list(missing_responses(named, archive))
        for problem in archive.problems:
            (changed if problem.torn else damaged).append(f"archive/{problem}")
    damaged += damaged_documents(settings.documents_folder)
    changed += changed_files(settings.data)
    return Integrity(archive, tuple(damaged), tuple(f"archive/{one}" for one in missing), tuple(changed))


def damaged_documents(folder: Path) -> Iterator[str]:
    """The copies of editions that are not the bytes which they are named by. Raises OSError."""
    for path in sorted(folder.glob("*.pdf")):
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != path.stem:
                yield f"{folder.name}/{path.name}: is not the bytes that it is named by"
