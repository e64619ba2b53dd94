"""Which PDFs a run looks at, and how a document is named."""

import errno
import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import IO

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


@dataclass(frozen=True, slots=True)
class UnreadFolder:
    """A folder below a collection that could not be looked into: what it holds is not known."""

    path: str
    reason: str

    def holds(self, path: str) -> bool:
        """Whether a document of this path, relative to the collection, would be in it."""
        return path.startswith(f"{self.path}/")


@dataclass(frozen=True, slots=True)
class Found:
    """What a search came to: PDFs in a stable order, and the folders that it could not look into."""

    files: tuple[WatchedFile, ...]
    unread: tuple[UnreadFolder, ...]


def watched_files(paths: Sequence[Path], leave_out: Path) -> Found:
    """The PDFs that paths name, each once; folders are searched to the bottom.

    Hidden files and folders and `leave_out` (our own data folder) are passed over.

    Raises SettingsError when a path is not there or cannot be looked at, or when there is no PDF at all.
    """
    found: dict[Path, WatchedFile] = {}
    unread: dict[UnreadFolder, None] = {}
    for given in paths:
        path = Path(os.path.abspath(given))  # noqa: PTH100 - a link keeps the name that people know it by
        try:
            is_folder = S_ISDIR(path.stat().st_mode)
        except PermissionError as error:
            raise SettingsError(f"{given}: cannot be read: {error.strerror}") from None
        except OSError:
            raise SettingsError(f"{given}: no such file or folder") from None
        if is_folder:
            inside = files_in(path, leave_out)
            unread |= dict.fromkeys(inside.unread)
            for file in inside.files:
                found.setdefault(file.file, file)
        else:
            found.setdefault(path, WatchedFile(path.parent, path.name))
    if not found:
        closed = "".join(f"; {folder.path}: cannot be read: {folder.reason}" for folder in unread)
        raise SettingsError(f"no PDF in {', '.join(map(str, paths))}{closed}")
    files = sorted(found.values(), key=lambda watched: (str(watched.collection), watched.path))
    return Found(tuple(files), tuple(unread))


def files_in(folder: Path, leave_out: Path) -> Found:
    """The PDFs of one watched folder; none where it is not there or not readable."""
    path = Path(os.path.abspath(folder))  # noqa: PTH100 - as above
    errors: list[OSError] = []
    files = [
        WatchedFile(path, file.relative_to(path).as_posix())
        for file in _pdfs_in(path, leave_out.resolve(), errors.append)
    ]
    unread = (UnreadFolder(os.path.relpath(error.filename, path), error.strerror or str(error)) for error in errors)
    return Found(tuple(files), tuple(unread))


def _pdfs_in(folder: Path, leave_out: Path, unread: Callable[[OSError], None]) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder, onerror=unread):
        here = Path(parent)
        folders[:] = sorted(n for n in folders if not n.startswith(".") and (here / n).resolve() != leave_out)
        for name in sorted(files):
            if name.lower().endswith(".pdf") and not name.startswith("."):
                yield here / name


MOST_BYTES = 2 * 1024**3
"""The largest document that is copied: some ten times the largest report; what grows while it is read ends too."""


def _copy(source: IO[bytes], copy: IO[bytes]) -> None:
    left = MOST_BYTES
    while piece := source.read(1024**2):
        left -= len(piece)
        if left < 0:
            raise OSError(errno.EFBIG, f"is larger than {MOST_BYTES // 1024**3} GB")
        copy.write(piece)


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
        if not S_ISREG(before.st_mode):  # a device or pipe has no end
            raise OSError(errno.EINVAL, "is no regular file")
        with file.open("rb") as source, draft.open("wb") as copy:
            _copy(source, copy)
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
