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

_STARTED = """
INSERT INTO host_turn AS turn (host, next_at, asked_at)
SELECT %(host)s::text, clock_timestamp() + %(pause)s * interval '1 second', clock_timestamp() {taken}
ON CONFLICT (host) DO UPDATE SET
    next_at = excluded.next_at,
    asked_at = excluded.asked_at,
    smallest_gap = least(turn.smallest_gap, extract(epoch FROM excluded.asked_at - turn.asked_at))
WHERE turn.next_at <= excluded.asked_at
RETURNING 1
"""
_START = _STARTED.format(taken="")
_BEGIN = f"""
WITH taken AS MATERIALIZED (SELECT pg_try_advisory_lock(%(key)s::bigint) AS mine),
    started AS ({_STARTED.format(taken="FROM taken WHERE mine")})
SELECT mine, EXISTS (SELECT FROM started) FROM taken
"""
# Both in one journey. What the last turn wrote before it let go counts here, though it may be newer than the state
# that this statement sees: ON CONFLICT looks at the row as it is now, and waits for one that is being written.
_WAIT = "SELECT extract(epoch FROM next_at - clock_timestamp()) FROM host_turn WHERE host = %(host)s::text"
_SERVER_AGE = "SELECT extract(epoch FROM clock_timestamp() - pg_postmaster_start_time())"
_POSTPONE = """
INSERT INTO host_turn AS turn (host, next_at)
VALUES (%(host)s::text, clock_timestamp() + %(pause)s * interval '1 second')
ON CONFLICT (host) DO UPDATE SET next_at = greatest(turn.next_at, excluded.next_at)
RETURNING 1
"""
_LET_GO = "SELECT pg_advisory_unlock(%(key)s::bigint)"
_END = f"WITH postponed AS ({_POSTPONE}) {_LET_GO} FROM postponed"
# The row is written before the lock is free: who takes it at once waits for the row until this is committed.
_HELD_BY = """
held.locktype = 'advisory' AND held.granted AND held.objsubid = 1
AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())
AND ((held.classid::bigint << 32) | held.objid::bigint) = %(key)s::bigint
"""
_CONFIRM = f"""
UPDATE host_turn SET next_at = clock_timestamp() + %(pause)s * interval '1 second', asked_at = clock_timestamp()
WHERE host = %(host)s::text AND EXISTS (SELECT 1 FROM pg_locks AS held WHERE {_HELD_BY} AND held.pid = pg_backend_pid())
RETURNING 1
"""
_FREE = f"""
SELECT count(*) FROM (
    SELECT pg_terminate_backend(held.pid) FROM pg_locks AS held JOIN pg_stat_activity AS session USING (pid)
    WHERE {_HELD_BY} AND held.pid <> pg_backend_pid() AND session.state = 'idle'
        AND session.state_change < clock_timestamp() - %(silent)s * interval '1 second'
) AS ended
"""


_LEAST_WAIT = 0.001

_CONNECTIONS = 8
"""So many connections share a worker's hosts: on one, requests would wait for each other's turn to ask for theirs."""


class HostTurns:
    """The turns that one worker takes, each host's on one of a few connections of its own; thread-safe.

    After the server has begun anew, or a connection was lost, none of its hosts is asked for `settle` seconds.

    Raises StoreError where the server cannot be reached, but not at the end of a turn: a lost connection ends it, too.
    """

    def __init__(self, sessions: Sessions, settle: float) -> None:
        self._connections = [_OneConnection(sessions, settle) for _ in range(_CONNECTIONS)]

    def begin(self, host: str, pause: float) -> float | None:
        """Try to be the only one to ask a host, and begin a request: None while another worker has it.

        Else it is ours until `end`: 0.0 where the request has begun, or the seconds that it has to be left alone still.
        """
        mine, started = self._asked(_BEGIN, {"host": host, "pause": pause})
        if not mine:
            return None
        return 0.0 if started else self._left(host)

    def start(self, host: str, pause: float) -> float:
        """Begin a request of a host that is ours: 0.0, or the seconds that it has to be left alone still."""
        started = self._asked(_START, {"host": host, "pause": pause}) is not None
        return 0.0 if started else self._left(host)

    def _left(self, host: str) -> float:
        (seconds,) = self._asked(_WAIT, {"host": host}) or (0.0,)
        return max(_LEAST_WAIT, float(seconds))  # it may just have passed, and the request has not begun

    def postpone(self, host: str, seconds: float) -> None:
        """Let no worker ask the host for so many seconds."""
        self._asked(_POSTPONE, {"host": host, "pause": seconds})

    def end(self, host: str, pause: float | None) -> None:
        """Let others in, a pause from now; None: it was not asked."""
        with suppress(StoreError):
            statement = _LET_GO if pause is None else _END
            self._asked(statement, {"host": host, "pause": pause})

    def confirm(self, host: str, pause: float) -> bool:
        """Whether a host that was taken is still ours; if so, its pause begins anew, now that the request is sent."""
        return self._asked(_CONFIRM, {"host": host, "pause": pause}) is not None

    def beat(self) -> None:
        """Give a sign of life, where anything is taken: who gives none for long may lose its hosts to others."""
        for connection in self._connections:
            with suppress(StoreError):
                connection.beat()

    def free(self, host: str, silent: float) -> bool:
        """End the session of a worker that has a host and gave no sign of life for so many seconds; whether one was.

        All hosts that it has on this connection are free then. It may go on: what it sends it has to `confirm` before.
        """
        (ended,) = self._asked(_FREE, {"host": host, "silent": silent})
        return bool(ended)

    def close(self) -> None:
        """Let go of every host."""
        for connection in self._connections:
            connection.close()

    def _asked(self, statement: str, values: dict[str, Any]) -> Any:
        key = _key(values["host"])
        connection = self._connections[int(key) % _CONNECTIONS]
        return connection.asked(statement, values | {"key": key})


class _OneConnection:
    """Opened when it is needed, and anew once it was lost; its locks go with it."""

    def __init__(self, sessions: Sessions, settle: float) -> None:
        self._sessions = sessions
        self._settle = settle
        self._was_lost = False
        self._connection: Connection | None = None
        self._guard = threading.Lock()

    def close(self) -> None:
        """Let go of its hosts."""
        with self._guard:
            self._forget()

    def beat(self) -> None:
        """Say something to the server, if there is a connection."""
        if self._connection is not None:
            self.asked("SELECT 1", {})

    def asked(self, statement: str, values: dict[str, Any]) -> Any:
        """The first row that a statement gives."""
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
        # The driver's own cursor: there are two statements a request, and nothing in them needs SQLAlchemy.
        cursor = self._connection.connection.cursor()
        try:
            cursor.execute(statement, values)
            return cursor.fetchone()
        finally:
            cursor.close()

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


def _key(host: str) -> str:
    """The number of a host among PostgreSQL's advisory locks; as text, so that all are of one type to the driver."""
    return str(int.from_bytes(hashlib.sha256(f"verifier host {host}".encode()).digest()[:8], "big", signed=True))
