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


SETTLED_NS = 2 * 10**9
"""A file that was changed less than this before its copy was made may have been changed after it, within one tick of a
coarse file system's clock (FAT counts in two seconds)."""


def keep_copy(file: Path, folder: Path) -> str:
    """Keep the exact bytes of an edition as `<sha256>.pdf` in a folder; returns the digest.

    The copy appears under its name only when it is whole, with the file's time of change. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".{os.getpid()}.part"
    try:
        before = file.stat()
        shutil.copyfile(file, draft)
        with draft.open("rb") as copied:
            digest = hashlib.file_digest(copied, "sha256").hexdigest()
        os.utime(draft, ns=(before.st_atime_ns, before.st_mtime_ns))
        draft.replace(folder / f"{digest}.pdf")
    finally:
        draft.unlink(missing_ok=True)
    return digest


def is_kept(file: Path, folder: Path, digest: str) -> bool:
    """Whether a file is surely still the one whose copy `keep_copy` made, judged without reading it.

    Size and time of change are the copy's, and the system has noted no change to the file (content, name, rights:
    its ctime, which no program can set) since before the copy was made.
    """
    try:
        now, kept = file.stat(), (folder / f"{digest}.pdf").stat()
    except OSError:
        return False
    same = (now.st_size, now.st_mtime_ns) == (kept.st_size, kept.st_mtime_ns)
    return same and now.st_ctime_ns + SETTLED_NS < kept.st_ctime_ns


def clear_drafts(folder: Path) -> None:
    """Remove what a killed run left of copies it had begun. To be called while the data folder is held for a run."""
    for draft in folder.glob(".*.part"):
        draft.unlink(missing_ok=True)
