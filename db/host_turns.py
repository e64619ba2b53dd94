"""A host's turn over all workers: PostgreSQL's advisory lock while it is asked, and a row with the time of the next.

The lock belongs to the connection, so that it is free at once when its worker dies. While a worker is only stopped it
is kept, until the worker has given no sign of life for so long that others end its session: who wakes up in the middle
of a turn has to look whether it is still its own before anything is sent. The row is written when a request
begins as well as when it ends, and is not waited for until it is on the disk: after the server has crashed, which frees
every lock and may lose the last rows, no host is asked for a while.
"""

import hashlib
import threading
import time
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from db.sessions import Sessions, as_store_errors
from verifier.errors import StoreError

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
_SERVER_AGE = "SELECT extract(epoch FROM clock_timestamp() - pg_postmaster_start_time())"
_POSTPONE = """
INSERT INTO host_turn AS turn (host, next_at)
VALUES (%(host)s, clock_timestamp() + %(pause)s * interval '1 second')
ON CONFLICT (host) DO UPDATE SET next_at = greatest(turn.next_at, excluded.next_at)
"""
_HELD_BY = """
held.locktype = 'advisory' AND held.granted AND held.objsubid = 1
AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())
AND ((held.classid::bigint << 32) | held.objid::bigint) = %(key)s::bigint
"""
_CONFIRM = f"""
UPDATE host_turn SET next_at = clock_timestamp() + %(pause)s * interval '1 second', asked_at = clock_timestamp()
WHERE host = %(host)s AND EXISTS (SELECT 1 FROM pg_locks AS held WHERE {_HELD_BY} AND held.pid = pg_backend_pid())
RETURNING 1
"""
_FREE = f"""
SELECT count(*) FROM (
    SELECT pg_terminate_backend(held.pid) FROM pg_locks AS held JOIN pg_stat_activity AS session USING (pid)
    WHERE {_HELD_BY} AND held.pid <> pg_backend_pid() AND session.state = 'idle'
        AND session.state_change < clock_timestamp() - %(silent)s * interval '1 second'
) AS ended
"""


class HostTurns:
    """The turns that one worker takes: all on one connection of its own; thread-safe.

    After the server has begun anew, or the connection was lost, no host is asked for `settle` seconds.

    Raises StoreError where the server cannot be reached, but not at the end of a turn: a lost connection ends it, too.
    """

    def __init__(self, sessions: Sessions, settle: float) -> None:
        self._sessions = sessions
        self._settle = settle
        self._was_lost = False
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
        with suppress(StoreError):
            if pause is not None:
                self._asked(_POSTPONE, {"host": host, "pause": pause})
            self._asked("SELECT pg_advisory_unlock(%(key)s)", {"key": _key(host)})

    def confirm(self, host: str, pause: float) -> bool:
        """Whether a host that was taken is still ours; if so, its pause begins anew, now that the request is sent."""
        return bool(self._asked(_CONFIRM, {"host": host, "key": _key(host), "pause": pause}))

    def beat(self) -> None:
        """Give a sign of life, where anything is taken: who gives none for long may lose its hosts to others."""
        if self._connection is not None:
            with suppress(StoreError):
                self._asked("SELECT 1", {})

    def free(self, host: str, silent: float) -> bool:
        """End the session of a worker that has a host and gave no sign of life for so many seconds; whether one was.

        All its hosts are free then. It may go on: what it sends it has to `confirm` before.
        """
        return self._first(_FREE, {"key": _key(host), "silent": silent}) > 0

    def _first(self, statement: str, values: dict[str, Any]) -> int:
        found = self._asked(statement, values)
        return int(found[0] if isinstance(found, tuple) else found)

    def close(self) -> None:
        """Let go of every host."""
        with self._guard:
            self._forget()

    def _asked(self, statement: str, values: dict[str, Any]) -> Any:
        with self._guard:
            try:
                with as_store_errors(self._sessions.url):
                    return self._ask(statement, values)
            except StoreError:
                self._forget()
                self._was_lost = True
                raise

    def _ask(self, statement: str, values: dict[str, Any]) -> Any:
        if self._connection is None:
            self._connection = self._connect()
        result = self._connection.exec_driver_sql(statement, values)
        return result.scalar() if result.returns_rows else None

    def _connect(self) -> Connection:
        connection = self._sessions.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        connection.exec_driver_sql("SET synchronous_commit TO off")
        age = float(connection.exec_driver_sql(_SERVER_AGE).scalar_one())
        if self._was_lost or age < self._settle:
            time.sleep(self._settle)
        self._was_lost = False
        return connection

    def _forget(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(SQLAlchemyError):
                connection.invalidate()
                connection.close()


def _key(host: str) -> int:
    """The number of a host among PostgreSQL's advisory locks."""
    return int.from_bytes(hashlib.sha256(f"verifier host {host}".encode()).digest()[:8], "big", signed=True)
