"""Who has which finding on the screen: a courtesy between editors, told for some seconds after each sign of them."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import bindparam, delete, select

from db.sessions import Sessions, insert_for
from db.tables import Base, FindingRow, PresenceRow

PRESENT_FOR = timedelta(seconds=90)
"""So long after the last sign of a person they count as looking at a finding."""

_TOGETHER = timedelta(seconds=1)
"""Signs within this time are written together: with many readers, each writing its own would be most of the work."""

_MOST_TOLD = 200
"""Findings on screens that are told together."""


@dataclass(frozen=True, slots=True)
class Presence:
    """Someone who has a finding on the screen."""

    reviewer: str
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class OpenFinding:
    """A finding that someone has on the screen."""

    reviewer: str
    finding_id: int
    fingerprint: str
    message: str


class Presences:
    """The verbs about who looks at what; signs of other processes are seen when those have written them."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self._lock = threading.Lock()
        self._unwritten: dict[tuple[int, str], datetime] = {}
        self._wrote_at: datetime | None = None

    def look(self, finding_id: int, reviewer: str, now: datetime) -> list[Presence]:
        """Say that a person has a finding on the screen; returns who else has, by name."""
        with self._lock:
            self._unwritten[(finding_id, reviewer)] = now
        self._write_what_is_due(now)
        with self._sessions.reading() as session:
            rows = session.execute(_PRESENT, {"finding_id": finding_id, "since": now - PRESENT_FOR})
            seen: dict[str, datetime] = {row.reviewer: row.seen_at for row in rows}
        with self._lock:
            seen |= {name: at for (number, name), at in self._unwritten.items() if number == finding_id}
        return [Presence(name, seen[name]) for name in sorted(seen) if name != reviewer]

    def everywhere(self, now: datetime, but: str = "") -> "list[OpenFinding]":
        """Who has which finding on the screen, by name, without one person; what other processes have not written yet
        is not seen.
        """
        self._write_what_is_due(now)
        with self._lock:
            signs = [sign for sign in self._unwritten.items() if sign[0][1] != but]
        with self._sessions.reading() as session:
            rows = session.execute(_EVERYWHERE, {"since": now - PRESENT_FOR, "but": but})
            seen = {(row.reviewer, row.id): (row.seen_at, OpenFinding(*row[:4])) for row in rows}
            if signs:
                told = session.execute(_TOLD, {"ids": sorted({number for (number, _), _ in signs})})
                words = {row.id: (row.fingerprint, row.message) for row in told}
                for (number, name), at in signs:
                    if number in words:
                        seen[(name, number)] = (at, OpenFinding(name, number, *words[number]))
        newest_first = sorted(seen.values(), key=lambda one: one[0], reverse=True)
        return [found for _, found in sorted(newest_first, key=lambda one: one[1].reviewer)][:_MOST_TOLD]

    def _write_what_is_due(self, now: datetime) -> None:
        with self._lock:
            due = self._wrote_at is None or abs(now - self._wrote_at) >= _TOGETHER
            to_write = dict(self._unwritten) if due else {}
            if to_write:
                self._wrote_at = now
        if to_write:
            self._write(to_write, now)

    def _write(self, signs: dict[tuple[int, str], datetime], now: datetime) -> None:
        rows: Sequence[dict[str, Any]] = [
            {"finding_id": number, "reviewer": name, "seen_at": at} for (number, name), at in sorted(signs.items())
        ]
        with self._sessions.writing() as session:
            session.connection().execute(_seen(session.get_bind().dialect.name), rows)
            session.execute(delete(PresenceRow).where(PresenceRow.seen_at < now - PRESENT_FOR))
        with self._lock:
            for key, at in signs.items():
                if self._unwritten.get(key) == at:
                    del self._unwritten[key]


_EVERYWHERE = (
    select(PresenceRow.reviewer, FindingRow.id, FindingRow.fingerprint, FindingRow.message, PresenceRow.seen_at)
    .join(FindingRow, FindingRow.id == PresenceRow.finding_id)
    .where(PresenceRow.seen_at >= bindparam("since"), PresenceRow.reviewer != bindparam("but"))
    .order_by(PresenceRow.reviewer, PresenceRow.seen_at.desc())
    .limit(_MOST_TOLD)
)

_TOLD = select(FindingRow.id, FindingRow.fingerprint, FindingRow.message).where(
    FindingRow.id.in_(bindparam("ids", expanding=True))
)

_PRESENT = select(PresenceRow.reviewer, PresenceRow.seen_at).where(
    PresenceRow.finding_id == bindparam("finding_id"), PresenceRow.seen_at >= bindparam("since")
)


@cache
def _seen(dialect: str) -> Any:
    """A statement, made once: the presence of a reviewer, or a newer time for it."""
    new = insert_for(dialect, Base.metadata.tables[PresenceRow.__tablename__])
    return new.on_conflict_do_update(
        index_elements=["finding_id", "reviewer"], set_={"seen_at": new.excluded["seen_at"]}
    )
