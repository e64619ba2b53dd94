"""Filters of the queue that somebody gave a name, for all who use the desk."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from db.sessions import Sessions, insert
from db.tables import SavedFilterRow


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A filter under its name; `query` is the query string of its address."""

    name: str
    query: str
    saved_by: str
    saved_at: datetime


class SavedFilters:
    """The verbs about saved filters."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def list(self) -> "tuple[SavedFilter, ...]":
        """All of them, by name."""
        with self._sessions.reading() as session:
            rows = session.scalars(select(SavedFilterRow).order_by(SavedFilterRow.name))
            return tuple(SavedFilter(row.name, row.query, row.saved_by, row.saved_at) for row in rows)

    def save(self, saved: SavedFilter) -> None:
        """Keep a filter under its name, in place of one that has it."""
        values = {"query": saved.query, "saved_by": saved.saved_by, "saved_at": saved.saved_at}
        with self._sessions.writing() as session:
            new = insert(session, SavedFilterRow).values(name=saved.name, **values)
            session.execute(new.on_conflict_do_update(index_elements=["name"], set_=values))

    def remove(self, name: str) -> None:
        """Forget a filter; nothing happens where there is none of that name."""
        with self._sessions.writing() as session:
            session.execute(delete(SavedFilterRow).where(SavedFilterRow.name == name))
