"""Which documents a run looks at, and how a document is named."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR

from verifier.errors import SettingsError
from verifier.model import DOCUMENT_SUFFIXES
from verifier.parser.drafts.named_parts import included_files


@dataclass(frozen=True, slots=True)
class WatchedFile:
    """A document on disk: its collection is the folder that was named (or holds the file), its path relative to it."""

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
    """What a search came to: documents in a stable order, and the folders that it could not look into."""

    files: tuple[WatchedFile, ...]
    unread: tuple[UnreadFolder, ...]


def watched_files(paths: Sequence[Path], leave_out: Path) -> Found:
    """The documents that paths name, each once; folders are searched to the bottom.

    Hidden files and folders and `leave_out` (our own data folder) are passed over.

    Raises SettingsError when a path is not there or cannot be looked at, or when there is no document at all.
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
        raise SettingsError(f"no document in {', '.join(map(str, paths))}{closed}")
    files = sorted(found.values(), key=lambda watched: (str(watched.collection), watched.path))
    return Found(tuple(files), tuple(unread))


def files_in(folder: Path, leave_out: Path) -> Found:
    """The documents of one watched folder; none where it is not there or not readable."""
    path = Path(os.path.abspath(folder))  # noqa: PTH100 - as above
    errors: list[OSError] = []
    found = list(_documents_in(path, leave_out.resolve(), errors.append))
    is_ours = path.resolve().is_relative_to(leave_out.resolve())  # uploads: each is a document of its own
    parts = _parts_of_others([] if is_ours else [file for file in found if file.suffix.lower() == ".tex"])
    files = [WatchedFile(path, file.relative_to(path).as_posix()) for file in found if file not in parts]
    unread = (UnreadFolder(os.path.relpath(error.filename, path), error.strerror or str(error)) for error in errors)
    return Found(tuple(files), tuple(unread))


def _documents_in(folder: Path, leave_out: Path, unread: Callable[[OSError], None]) -> Iterator[Path]:
    """The PDFs and drafts of a folder; of a document that is there in several forms the final one."""
    for parent, folders, files in os.walk(folder, onerror=unread):
        here = Path(parent)
        folders[:] = sorted(n for n in folders if not n.startswith(".") and (here / n).resolve() != leave_out)
        chosen: dict[str, str] = {}
        for name in sorted(files):
            stem, suffix = os.path.splitext(name)  # noqa: PTH122 - of a name, many times
            if suffix.lower() not in DOCUMENT_SUFFIXES or name.startswith(_PASSED_OVER):
                continue
            if suffix.lower() == ".tex" and not _is_whole(here / name):
                continue
            known = chosen.get(stem)
            if known is not None and suffix.lower() == ".pdf" == os.path.splitext(known)[1].lower():  # noqa: PTH122
                yield here / name
            elif known is None or _rank(name) < _rank(known):
                chosen[stem] = name
        yield from (here / name for name in sorted(chosen.values()))


def _parts_of_others(sources: Sequence[Path]) -> set[Path]:
    """Those of the LaTeX documents of a folder that another of them reads in: chapters that may be printed alone."""
    parts: set[Path] = set()
    for source in sorted(sources, key=lambda file: (len(file.parts), file)) if len(sources) > 1 else ():
        if source not in parts:
            parts |= included_files(source) - {source}
    return parts


_PASSED_OVER = (".", "~$")
"""How the names of hidden files begin, and of those by which Word says that a document is open."""
_TEX_HEAD = 20_000


def _rank(name: str) -> int:
    """Where a document's form comes among the forms: a PDF is final."""
    return DOCUMENT_SUFFIXES.index(os.path.splitext(name)[1].lower())  # noqa: PTH122 - as above


def _is_whole(file: Path) -> bool:
    """Whether a LaTeX file is a document and not a part that others read in."""
    try:
        with file.open("rb") as opened:
            head = opened.read(_TEX_HEAD)
    except OSError:
        return True
    return b"\\documentclass" in head or b"\\begin{document}" in head
