"""What a server's pooled connections are prepared with, and how one that has died is found before it is used."""

import time
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import InvalidatePoolError

_LAST_USED = "verifier_last_used"

_IDLE_SECONDS = 1.0
"""A pooled connection that was idle for longer is looked at before it is used: its server may have gone meanwhile.

SQLAlchemy's own way, to ask the server before every use, is a journey more for each of some statements an address.
"""


def replace_dead(engine: Engine) -> None:
    """Let a connection of the pool that has died while it was idle be replaced before anybody uses it."""

    def note(_connection: Any, record: Any) -> None:
        record.info[_LAST_USED] = time.monotonic()

    def look(connection: Any, record: Any, _proxy: Any) -> None:
        last_used = record.info.get(_LAST_USED)
        if last_used is None or time.monotonic() - last_used < _IDLE_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error

    event.listen(engine, "checkin", note)
    event.listen(engine, "checkout", look)


class Prepared:
    """Makes a new connection to PostgreSQL give up waiting for locks when SQLite would, and compile no statement.

    Compiling pays for statements of many seconds; ours are short, and those for which the planner fears more took
    several times as long with it.
    """

    def __init__(self, seconds: float) -> None:
        self.milliseconds = max(1, round(seconds * 1000))

    def __call__(self, connection: Any, _record: Any) -> None:
        """As the pool's `connect` event."""
        cursor = connection.cursor()
        cursor.execute(f"SET lock_timeout = {self.milliseconds}")
        cursor.execute("SET jit = off")
        cursor.close()
        connection.commit()
