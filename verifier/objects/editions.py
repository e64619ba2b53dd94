"""Copies of every edition of every document, named by their SHA-256.

They lie in a folder, since what reads a PDF reads a file. Where objects are kept in a bucket, an edition is there
before the store names it, and the folder is a cache of it: what is missing is fetched, and proven by its name.
"""

import hashlib
from pathlib import Path

from verifier.errors import ArchiveError
from verifier.files import draft_for, publish
from verifier.objects import ObjectSettings, ObjectStore, open_objects
from verifier.objects.files import FileObjects

_COPIED_AT_ONCE = 1 << 20


class Editions:
    """The editions of an installation; `folder` is where copies lie on this machine."""

    def __init__(self, folder: Path, settings: ObjectSettings) -> None:
        self.folder = folder
        self._cache_bytes = settings.cache_bytes
        kept = open_objects(folder, settings)
        self._remote: ObjectStore | None = None if isinstance(kept, FileObjects) else kept

    def keep(self, name: str) -> None:
        """Have the edition of this name, a file of the folder, wherever editions are kept. Raises ArchiveError."""
        if self._remote is None:
            return
        file = self.folder / name
        if self._remote.size(name) != file.stat().st_size:
            self._remote.put_file(name, file)

    def file(self, name: str) -> Path:
        """Where the edition of this name can be read; there is no such file where it is kept nowhere.

        Raises ArchiveError when the store does not answer, or has other bytes than the name says.
        """
        file = self.folder / name
        if self._remote is None:
            return file
        if not file.is_file() and self._remote.size(name) is not None:
            self._fetch(self._remote, name, file)
        return file

    def trim(self) -> None:
        """Remove the oldest copies until the cache has its size; none where they are kept nowhere else.

        By when they were made (ctime), which reading never changes: `is_kept` relies on it. Not to be called while
        copies are being read.
        """
        if self._remote is None or not self.folder.is_dir():
            return
        copies = [(file.stat(), file) for file in self.folder.glob("[!.]*") if file.is_file()]
        over = sum(found.st_size for found, _ in copies) - self._cache_bytes
        for found, file in sorted(copies, key=lambda copy: copy[0].st_ctime_ns):
            if over <= 0:
                return
            if self._remote.size(file.name) == found.st_size:
                file.unlink(missing_ok=True)
                over -= found.st_size

    def _fetch(self, remote: ObjectStore, name: str, file: Path) -> None:
        digest = hashlib.sha256()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with draft_for(file) as draft:
                with remote.open(name) as source, draft.open("wb") as copy:
                    while piece := source.read(_COPIED_AT_ONCE):
                        digest.update(piece)
                        copy.write(piece)
                if digest.hexdigest() != file.stem:
                    raise ArchiveError(f"{remote.place}/{name}: is not the bytes that it is named by")
                publish(draft, file)
        except OSError as error:
            raise ArchiveError(f"{file}: cannot be written: {error.strerror or error}") from error
