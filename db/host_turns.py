"""A host's turn over all workers: PostgreSQL's advisory lock while it is asked, and a row with the time of the next.

The lock belongs to the connection, so that it is free at once when its worker dies, and is kept while its worker is
only stopped: who wakes up in the middle of a request is still alone with its host. The row is written when a request
begins as well as when it ends: should the server restart meanwhile, the pause is kept all the same.
"""

import hashlib
import threading
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from db.sessions import Sessions, as_store_errors

_START = """
INSERT INTO host_turn AS turn (host, next_at, asked_at)
VALUES (%(host)s, clock_timestamp() + %(pause)s * interval '1 second', clock_timestamp())
ON CONFLICT (host) DO UPDATE SET
    next_at = excluded.next_at,
    asked_at = excluded.asked_at,
    smallest_gap = least(turn.smallest_gap, extract(epoch FROM excluded.asked_at - turn.asked_at))
WHERE turn.next_at <= excluded.asked_at
RETURNING 1
"""
_WAIT = "SELECT extract(epoch FROM next_at - clock_timestamp()) FROM host_turn WHERE host = %(host)s"
_POSTPONE = """
INSERT INTO host_turn AS turn (host, next_at)
VALUES (%(host)s, clock_timestamp() + %(pause)s * interval '1 second')
ON CONFLICT (host) DO UPDATE SET next_at = greatest(turn.next_at, excluded.next_at)
"""


class HostTurns:
    """The turns that one worker takes: all on one connection of its own; thread-safe.

    Raises StoreError where the server cannot be reached, but not at the end of a turn: a lost connection ends it, too.
    """

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self._connection: Connection | None = None
        self._guard = threading.Lock()

    def take(self, host: str) -> bool:
        """Try to be the only one to ask a host; False while another worker does."""
        return bool(self._asked("SELECT pg_try_advisory_lock(%(key)s)", {"key": _key(host)}))

    def start(self, host: str, pause: float) -> float:
        """Begin a request, while the host is taken: 0.0, or the seconds that the host has to be left alone still."""
        if self._asked(_START, {"host": host, "pause": pause}) is not None:
            return 0.0
        return max(0.0, float(self._asked(_WAIT, {"host": host}) or 0.0))

    def postpone(self, host: str, seconds: float) -> None:
        """Let no worker ask the host for so many seconds."""
        self._asked(_POSTPONE, {"host": host, "pause": seconds})

    def end(self, host: str, pause: float | None) -> None:
        """Let others in, a pause from now; None: it was not asked."""
        with suppress(SQLAlchemyError):
            if pause is not None:
                self._ask(_POSTPONE, {"host": host, "pause": pause})
            self._ask("SELECT pg_advisory_unlock(%(key)s)", {"key": _key(host)})

    def close(self) -> None:
        """Let go of every host."""
        with self._guard:
            self._forget()

    def _asked(self, statement: str, values: dict[str, Any]) -> Any:
        with as_store_errors(self._sessions.url):
            return self._ask(statement, values)

    def _ask(self, statement: str, values: dict[str, Any]) -> Any:
        with self._guard:
            try:
                if self._connection is None:
                    self._connection = self._sessions.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
                result = self._connection.exec_driver_sql(statement, values)
                return result.scalar() if result.returns_rows else None
            except SQLAlchemyError:
                self._forget()
                raise

    def _forget(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(SQLAlchemyError):
                connection.invalidate()
                connection.close()


def _key(host: str) -> int:
    """The number of a host among PostgreSQL's advisory locks."""
    return int.from_bytes(hashlib.sha256(f"verifier host {host}".encode()).digest()[:8], "big", signed=True)
