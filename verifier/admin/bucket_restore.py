"""Archive and documents of a backup, sent into a bucket that is empty or holds a part of them already."""

import tempfile
import threading
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

from verifier.admin.tar_objects import TarObjects
from verifier.errors import SettingsError
from verifier.objects import ObjectStore
from verifier.resolver.archive.object_names import SWEPT

_AT_ONCE = 8
"""Objects that are sent at the same time."""

_IN_MEMORY = 4 << 20
"""Bytes of an object that is sent from memory; a larger one goes by a file, one at a time."""

_PIECE = 1 << 20


def to_be_sent(kept: TarObjects, target: ObjectStore) -> list[str]:
    """The names that are not in the bucket yet: an interrupted restore goes on where it was.

    Raises SettingsError where the bucket holds anything else, ArchiveError.
    """
    left = {one.name: one.bytes for one in kept.list()}
    for one in target.list():
        if one.name != SWEPT and left.pop(one.name, None) != one.bytes:
            raise SettingsError(
                f"{target.place}: holds {one.name}, which is not this backup's; name a prefix of the bucket that is "
                "empty with objects.url"
            )
    return list(left)


def mark_as_swept(archive: ObjectStore, now: datetime) -> None:
    """Say that what came into an archive until now is no orphan, whether a row names it or not. Raises ArchiveError.

    What a finding or a younger object needs may be named by no row any more.
    """
    archive.put(SWEPT, now.isoformat().encode())


def send(kept: TarObjects, names: list[str], target: ObjectStore, scratch: Path) -> None:
    """Send objects of a backup; `scratch` is a folder for files on their way. Raises ArchiveError, OSError."""
    one_large = threading.Lock()

    def send_one(name: str) -> None:
        if (kept.size(name) or 0) <= _IN_MEMORY:
            target.put(name, kept.get(name))
            return
        with one_large, tempfile.NamedTemporaryFile(dir=scratch) as file:
            with kept.open(name) as content:
                while piece := content.read(_PIECE):
                    file.write(piece)
            file.flush()
            target.put_file(name, Path(file.name))

    on_the_way: deque[Future[None]] = deque()
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="restore") as pool:
        try:
            for name in names:
                if len(on_the_way) == 2 * _AT_ONCE:
                    on_the_way.popleft().result()
                on_the_way.append(pool.submit(send_one, name))
            while on_the_way:
                on_the_way.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)
