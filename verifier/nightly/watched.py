"""Which PDFs a run looks at, and how a document is named."""

import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from verifier.errors import SettingsError


@dataclass(frozen=True, slots=True)
class WatchedFile:
    """A PDF on disk: its collection is the folder that was named (or that holds the file), its path relative to it."""

    collection: Path
    path: str

    @property
    def file(self) -> Path:
        """Where it is."""
        return self.collection / self.path


def watched_files(paths: Sequence[Path], leave_out: Path) -> list[WatchedFile]:
    """The PDFs that paths name, each once, in a stable order; folders are searched to the bottom.

    Hidden files and folders and `leave_out` (our own data folder) are passed over.

    Raises SettingsError when a path is not there, or when there is no PDF at all.
    """
    found: dict[Path, WatchedFile] = {}
    own = leave_out.resolve()
    for given in paths:
        path = Path(os.path.abspath(given))  # noqa: PTH100 - a link keeps the name that people know it by
        if path.is_dir():
            for file in _pdfs_in(path, own):
                found.setdefault(file, WatchedFile(path, file.relative_to(path).as_posix()))
        elif path.exists():
            found.setdefault(path, WatchedFile(path.parent, path.name))
        else:
            raise SettingsError(f"{given}: no such file or folder")
    if not found:
        raise SettingsError(f"no PDF in {', '.join(map(str, paths))}")
    return sorted(found.values(), key=lambda watched: (str(watched.collection), watched.path))


def files_in(folder: Path, leave_out: Path) -> list[WatchedFile]:
    """The PDFs of one watched folder, in a stable order; none where it is not there or not readable."""
    path = Path(os.path.abspath(folder))  # noqa: PTH100 - as above
    return [WatchedFile(path, file.relative_to(path).as_posix()) for file in _pdfs_in(path, leave_out.resolve())]


def _pdfs_in(folder: Path, leave_out: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):
        here = Path(parent)
        folders[:] = sorted(n for n in folders if not n.startswith(".") and (here / n).resolve() != leave_out)
        for name in sorted(files):
            if name.lower().endswith(".pdf") and not name.startswith("."):
                yield here / name


def keep_copy(file: Path, folder: Path) -> str:
    """Keep the exact bytes of an edition as `<sha256>.pdf` in a folder; returns the digest.

    The copy appears under its name only when it is whole. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".{os.getpid()}.part"
    try:
        shutil.copyfile(file, draft)
        with draft.open("rb") as copied:
            digest = hashlib.file_digest(copied, "sha256").hexdigest()
        draft.replace(folder / f"{digest}.pdf")
    finally:
        draft.unlink(missing_ok=True)
    return digest
