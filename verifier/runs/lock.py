"""Opening what an installation consists of: the data folder's lock and the store."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db.store import Store
from verifier.errors import SettingsError, StoreBusyError
from verifier.settings import Settings

FOLDER_MODE = 0o750
"""The rights of a data folder: it holds drafts, other people's texts and the names of editors."""


def open_existing_store(settings: Settings) -> Store:
    """The store of an installation that has one. Raises SettingsError when nothing was ever run there."""
    if not settings.store and not (settings.data / "verifier.db").is_file():
        raise SettingsError(
            f"{settings.data}: holds no store yet; start with: verifier run PATH... --data {settings.data}"
        )
    close_to_others(settings.data)
    return Store.open(settings.store_url)


def close_to_others(folder: Path) -> None:
    """Let nobody but its owner (and the group, reading) into a data folder, however it was made.

    A folder that others share by design (sticky, as `/tmp`) or that is somebody else's is left as it is. Raises
    SettingsError when its rights cannot be changed.
    """
    try:
        found = folder.stat()
        mode = stat.S_IMODE(found.st_mode)
        if found.st_uid == os.geteuid() and not mode & stat.S_ISVTX and mode & ~FOLDER_MODE & 0o777:
            folder.chmod(mode & ~0o777 | mode & FOLDER_MODE)
    except FileNotFoundError:  # a store elsewhere, and nothing kept here yet
        return
    except OSError as error:
        raise SettingsError(f"{folder}: its rights cannot be narrowed: {error.strerror or error}") from None


@contextmanager
def only_run(settings: Settings) -> Iterator[None]:
    """Hold the data folder for one run; the system lets go of it when the process ends, however it ends.

    Raises SettingsError when the folder cannot be written, StoreBusyError when another run holds it.
    """
    from filelock import FileLock, Timeout

    try:
        settings.data.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        close_to_others(settings.data)
        lock = FileLock(settings.data / "run.lock", timeout=0)
        lock.acquire()
    except Timeout:
        raise StoreBusyError(
            f"another run is at work in {settings.data}; wait for it or choose another --data"
        ) from None
    except OSError as error:
        raise SettingsError(f"{settings.data}: cannot be written: {error.strerror or error}") from None
    try:
        yield
    finally:
        lock.release()
