"""Opening what an installation consists of: the data folder's lock and the store."""

from collections.abc import Iterator
from contextlib import contextmanager

from db.store import Store
from verifier.errors import SettingsError, StoreBusyError
from verifier.settings import Settings


def open_existing_store(settings: Settings) -> Store:
    """The store of an installation that has one. Raises SettingsError when nothing was ever run there."""
    if not settings.store and not (settings.data / "verifier.db").is_file():
        raise SettingsError(
            f"{settings.data}: holds no store yet; start with: verifier run PATH... --data {settings.data}"
        )
    return Store.open(settings.store_url)


@contextmanager
def only_run(settings: Settings) -> Iterator[None]:
    """Hold the data folder for one run; the system lets go of it when the process ends, however it ends.

    Raises SettingsError when the folder cannot be written, StoreBusyError when another run holds it.
    """
    from filelock import FileLock, Timeout

    try:
        settings.data.mkdir(parents=True, exist_ok=True)
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
