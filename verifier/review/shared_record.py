"""What the processes of one desk know together: a small JSON object in a file, changed by one of them at a time."""

import atexit
import json
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from verifier.errors import StoreBusyError
from verifier.review.users import write_private

_LOCK_SECONDS = 10.0


def own_folder() -> Path:
    """A new folder for what the processes of one desk know together; nobody else may look into it.

    It is gone with the process that asked for it, and so is what it holds: a desk that is started again begins anew.
    """
    folder = Path(tempfile.mkdtemp(prefix="verifier-desk-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


class SharedRecord:
    """An object in a file of the desk's own folder, for threads and processes; empty before the first change."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._turn = threading.Lock()

    def read(self) -> dict[str, Any]:
        """The object as it is now."""
        try:
            found: dict[str, Any] = json.loads(self._file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        return found

    @contextmanager
    def changing(self) -> Iterator[dict[str, Any]]:
        """The object, to be changed in place; kept when the block ends well. Raises StoreBusyError, SettingsError."""
        try:
            with self._turn, FileLock(self._file.with_name(f"{self._file.name}.lock"), timeout=_LOCK_SECONDS):
                known = self.read()
                yield known
                write_private(self._file, json.dumps(known))
        except Timeout:
            raise StoreBusyError(f"{self._file}: another process holds it; try again") from None
