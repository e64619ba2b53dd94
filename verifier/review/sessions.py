"""Who is logged in: a register on the server, so that a session that ended is over for every copy of its cookie."""

import hashlib
import json
import secrets
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout

from verifier.errors import SettingsError, StoreBusyError
from verifier.review.users import write_private

LIFETIME = timedelta(days=14)
"""How long a session lasts after logging in."""

_MOST_OF_A_USER = 20
"""Sessions of one user; the oldest ends when another begins."""

_LOCK_SECONDS = 10.0


def _now() -> datetime:
    return datetime.now(UTC)


class SessionRegister:
    """The file of sessions: of each the hash of its secret key, its user and its end; for threads and processes.

    The key itself is in the browser's cookie alone: who reads the file (or a backup of it) cannot log in by it.
    """

    def __init__(self, file: Path, now: Callable[[], datetime] = _now) -> None:
        self._file = file
        self._now = now
        self._lock = threading.Lock()
        self._read_at: tuple[int, int, int] | None = None
        self._known: dict[str, tuple[str, datetime]] = {}

    @property
    def was_used(self) -> bool:
        """Whether anybody ever logged in here, or might have."""
        return self._file.is_file()

    def mark(self) -> None:
        """Make the file, if there is none: from now on the register counts as used. Raises SettingsError."""
        self._change(lambda _: None)

    def begin(self, user: str) -> str:
        """Begin a session of a user; returns its secret key. Raises SettingsError, StoreBusyError."""
        key = secrets.token_urlsafe(32)

        def add(known: dict[str, tuple[str, datetime]]) -> None:
            own = sorted((end, name) for name, (whose, end) in known.items() if whose == user)
            for _, name in own[: max(0, len(own) - _MOST_OF_A_USER + 1)]:
                del known[name]
            known[_hashed(key)] = (user, self._now() + LIFETIME)

        self._change(add)
        return key

    def user_of(self, key: str) -> str | None:
        """Whose session it is; None for one that ended or never was. Raises SettingsError."""
        with self._lock:
            user, end = self._current().get(_hashed(key), ("", self._now()))
        return user if end > self._now() else None

    def end(self, key: str) -> None:
        """End a session. Raises SettingsError, StoreBusyError."""
        self._change(lambda known: known.pop(_hashed(key), None))

    def _change(self, change: Callable[[dict[str, tuple[str, datetime]]], object]) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        try:
            with self._lock, FileLock(self._file.with_name(f"{self._file.name}.lock"), timeout=_LOCK_SECONDS):
                known = {name: one for name, one in self._current().items() if one[1] > self._now()}
                change(known)
                stored = {name: [user, end.isoformat()] for name, (user, end) in known.items()}
                write_private(self._file, json.dumps({"sessions": stored}, ensure_ascii=False) + "\n")
                self._read_at = None
        except Timeout:
            raise StoreBusyError(f"{self._file}: another process holds it; try again") from None

    def _current(self) -> dict[str, tuple[str, datetime]]:
        try:
            found = self._file.stat()
            stamp = (found.st_ino, found.st_mtime_ns, found.st_size)
            if stamp != self._read_at:
                stored = json.loads(self._file.read_text(encoding="utf-8"))["sessions"]
                self._known = {name: (user, datetime.fromisoformat(end)) for name, (user, end) in stored.items()}
                self._read_at = stamp
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise SettingsError(f"{self._file}: is no file of sessions ({error}); remove it") from None
        return self._known


def _hashed(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()
