"""Opening what an installation consists of: the data folder's lock and the store."""

import os
import platform
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from db.checksums import write_checksums
from db.private import FOLDER_MODE
from db.seal import broken_seal
from db.sessions import Fence, fenced
from db.store import Store
from verifier.errors import SettingsError, StoreBusyError, StoreError
from verifier.settings import Settings


def open_existing_store(settings: Settings) -> Store:
    """The store of an installation that has one. Raises SettingsError when nothing was ever run there."""
    _refuse_lost_store(settings)
    if not settings.store and not (settings.data / "verifier.db").is_file():
        raise SettingsError(
            f"{settings.data}: holds no store yet; start with: verifier run PATH... --data {settings.data}"
        )
    close_to_others(settings.data)
    return Store.open(settings.store_url)


def open_or_begin_store(settings: Settings) -> Store:
    """The store of an installation, a new one where nothing was ever run.

    Raises StoreError when there was one and it is lost: a new one would know of no finding and no decision, and say so
    of documents that have many.
    """
    _refuse_lost_store(settings)
    store = settings.data / "verifier.db"
    broken = broken_seal(store) if not settings.store and store.is_file() else None
    if broken is not None:
        raise StoreError(f"{broken}; nothing was done. Restore the last backup into an empty folder: verifier restore")
    return Store.open(settings.store_url)


def _refuse_lost_store(settings: Settings) -> None:
    """Only a run fills `documents/`, and no store of ours is ever left empty behind it.

    The archive alone is no sign: `verifier links --data` archives without a store.
    """
    if settings.store:
        return
    store = settings.data / "verifier.db"
    is_empty = store.is_file() and not store.stat().st_size
    kept = [(settings.documents_folder, "*.*")]
    if is_empty:
        kept.append((settings.archive_folder, "*.warc.gz"))
    elif store.is_file():
        return
    of_it = next((folder for folder, pattern in kept if next(folder.glob(pattern), None)), None)
    if of_it is not None:
        raise StoreError(
            f"store {store} is {'empty' if is_empty else 'not there'}, but {of_it} holds what one knew of; nothing was "
            f"done. Move {settings.data} away, and bring a backup back: verifier restore FILE.tar --data "
            f"{settings.data}; without a backup, begin anew in another folder"
        )


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
def only_run(settings: Settings) -> Iterator["StoreLease | None"]:
    """Hold an installation for one run: the data folder, or a store that several machines share.

    The system lets go of a folder when the process ends, however it ends; the lease of a store lapses when nobody
    renews it, and nothing that this thread writes is kept once another holds it. Yields that lease.

    Raises SettingsError when the folder cannot be written, StoreBusyError when another run holds it, StoreError when
    the digests of what the run left cannot be kept.
    """
    if settings.store_is_shared:
        with _only_run_of_store(settings) as lease:
            yield lease
        return
    with _only_run_of_folder(settings):
        yield None


@contextmanager
def _only_run_of_store(settings: Settings) -> Iterator["StoreLease"]:
    _make_folder(settings.data)
    with Store.open(settings.store_url) as store, StoreLease(store, settings.queue.lease_seconds) as lease:
        with fenced(lease.fence):
            yield lease
        _write_checksums(settings.data)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        close_to_others(folder)
    except OSError as error:
        raise SettingsError(f"{folder}: cannot be written: {error.strerror or error}") from None


class StoreLease:
    """The right to work in a shared store, renewed by a thread for as long as the context lasts.

    Raises StoreBusyError when another run holds it.
    """

    def __init__(self, store: Store, seconds: float) -> None:
        self._store = store
        self._seconds = seconds
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._renew, name="lease", daemon=True)

    def __enter__(self) -> Self:
        self._lease = self._store.lease.acquire(f"process {os.getpid()} of {platform.node()}", self._seconds)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop_renewing()
        with suppress(StoreError):  # it lapses by itself
            self._store.lease.release(self._lease)

    @property
    def fence(self) -> Fence:
        """What this run's writings are kept under."""
        return self._store.lease.fence(self._lease)

    def hand_over(self, run_id: int) -> None:
        """Leave the lease to the workers of a shared run."""
        self._stop_renewing()
        self._store.lease.hand_over(self._lease, run_id, self._seconds)

    def _stop_renewing(self) -> None:
        self._ended.set()
        self._thread.join()

    def _renew(self) -> None:
        while not self._ended.wait(self._seconds / 4):
            try:
                if not self._store.lease.renew(self._lease, self._seconds):
                    return
            except StoreError:  # the server is away for a moment: what the run writes says so, too
                continue


@contextmanager
def _only_run_of_folder(settings: Settings) -> Iterator[None]:
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
        _write_checksums(settings.data)
    finally:
        lock.release()


def _write_checksums(data: Path) -> None:
    try:
        write_checksums(data)
    except OSError as error:
        raise StoreError(f"{data}: the digests of its files cannot be written: {error.strerror or error}") from None
