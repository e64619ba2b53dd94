"""The number that every change of what the queue shows makes grow, and what is kept for as long as it stays the same.

Triggers of the database count (`alembic`, 0031), in the transaction that changes something: whoever reads the number
and then the queue in one transaction has both of one state, whichever thread, process or machine wrote it. So what was
counted at a number is still right wherever the same number is read, and no clock is needed. Who has what on the screen
(`db.presence`) is not counted.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from sqlalchemy import text
from sqlalchemy.orm import Session

CHANGES_TABLE = "queue_change"

FOLD_AT = 500
"""Rows of PostgreSQL's count that are folded into one."""

_VERSION = text(f"SELECT sum(amount), count(*) FROM {CHANGES_TABLE}")
_IN_SESSION = "verifier_queue_version"

T = TypeVar("T")


def queue_version(session: Session) -> int:
    """The number, as of the state that the session sees; asked once of a session that reads."""
    known: int | None = session.info.get(_IN_SESSION)
    if known is None:
        found, rows = session.connection().execute(_VERSION).one()
        known = session.info[_IN_SESSION] = int(found)
        session.info["verifier_queue_rows"] = int(rows)
    return known


def must_fold(session: Session) -> bool:
    """Whether the number is the sum of so many rows that reading it costs time."""
    queue_version(session)
    return bool(session.info["verifier_queue_rows"] >= FOLD_AT)


def fold(session: Session) -> None:
    """Put one row in the place of those that are seen; their sum, and so the number, stays the same.

    Two at once fold different rows: what one deletes, the other waits for and then does not find.
    """
    amounts = session.scalars(text(f"DELETE FROM {CHANGES_TABLE} RETURNING amount")).all()
    if amounts:
        session.execute(text(f"INSERT INTO {CHANGES_TABLE} (amount) VALUES (:amount)"), {"amount": sum(amounts)})


class VersionedCache:
    """What was made of the queue, each with the version that it was made of; thread-safe, the oldest use goes first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, tuple[object, Any]] = OrderedDict()

    def of(self, version: object, key: Hashable, make: Callable[[], T]) -> T:
        """What is kept for a key, where it was made of the same version; else it is made now, and kept."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None and kept[0] == version:
                self._kept.move_to_end(key)
                found: T = kept[1]
                return found
        made = make()
        with self._lock:
            self._kept[key] = (version, made)
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made
