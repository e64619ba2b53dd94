"""What goes into a backup, wherever it is kept: each file or object with its name there, its length and its bytes."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from verifier.admin.backup_format import STORE, USERS, has_its_place
from verifier.errors import ArchiveError
from verifier.objects import FileObjects, ObjectStore, StoredObject, open_objects
from verifier.resolver import archive_length
from verifier.settings import Settings

ARCHIVE = "archive"
DOCUMENTS = "documents"

_AHEAD = 8
"""Objects that are asked for at the same time, so that a bucket's latency is waited for once for all of them; of each
the first piece (`verifier.objects.reader.PIECE`) is in memory at most."""


@dataclass(frozen=True, slots=True)
class Source:
    """One member of a backup to be: its name there, its length in bytes, and how it is opened."""

    name: str
    bytes: int
    open: Callable[[], BinaryIO]


def sources(store: Path, settings: Settings, with_objects: bool) -> Iterator[Source]:
    """All that is kept; `store` is the copy of the store. Archive and documents are left out unless `with_objects`.

    Raises ArchiveError, OSError.
    """
    yield _of_file(STORE, store)
    if with_objects:
        for folder in (settings.archive_folder, settings.documents_folder):
            yield from _of_objects(open_objects(folder, settings.objects), folder)
    for name in ("uploads", "supplied", "log"):
        yield from _of_folder(settings.data / name)
    users = settings.review.users or settings.data / USERS
    if users.is_file():
        yield _of_file(USERS, users)


def _of_folder(folder: Path) -> Iterator[Source]:
    for path in sorted(folder.glob("*")):
        name = f"{folder.name}/{path.name}"
        if path.is_file() and has_its_place(name):
            yield _of_file(name, path)


def _of_file(name: str, path: Path) -> Source:
    return Source(name, path.stat().st_size, lambda: path.open("rb"))


def _of_objects(kept: ObjectStore, folder: Path) -> Iterator[Source]:
    """What is kept in a folder, or below its name in a bucket; of a file of the archive only its whole records."""
    found = (one for one in kept.list() if has_its_place(f"{folder.name}/{one.name}"))
    if not isinstance(kept, FileObjects):
        for one, content in _asked_ahead(kept, found):
            yield Source(f"{folder.name}/{one.name}", one.bytes, content.result)
        return
    for one in found:
        length = archive_length(folder / one.name) if folder.name == ARCHIVE else one.bytes
        yield Source(f"{folder.name}/{one.name}", length, partial(kept.open, one.name))


def _asked_ahead(kept: ObjectStore, found: Iterator[StoredObject]) -> Iterator[tuple[StoredObject, "Future[BinaryIO]"]]:
    """Each object and its content, which was asked for some objects ahead; those that are gone by then are left out.

    A run may have removed what nothing needed any more since the list was made. Raises ArchiveError.
    """
    asked: deque[tuple[StoredObject, Future[BinaryIO]]] = deque()
    with ThreadPoolExecutor(_AHEAD, thread_name_prefix="backup") as pool:
        try:
            while True:
                while len(asked) < _AHEAD and (one := next(found, None)) is not None:
                    asked.append((one, pool.submit(kept.open, one.name)))
                if not asked:
                    return
                one, content = asked.popleft()
                if content.exception() is None or not _is_gone(kept, one):
                    yield one, content
        finally:
            pool.shutdown(cancel_futures=True)


def _is_gone(kept: ObjectStore, one: StoredObject) -> bool:
    try:
        return kept.size(one.name) is None
    except ArchiveError:  # it does not answer: the one who asks for the content is told
        return False
