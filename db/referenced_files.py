"""What a store says is kept outside of it: responses in the archive, and the documents' editions.

Read without touching the schema, so that a store of an older version can be backed up as it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Self

from sqlalchemy import func, select

from db.schema import HEAD, revision_of
from db.sessions import Sessions, as_store_errors
from db.sqlite_backup import BUSY_SECONDS
from db.tables import EditionRow, FetchRow, RunRow, SnapshotRow

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class NamedSnapshot:
    """An archived response that the store relies on: its file and place, and the hex SHA-256 of its payload."""

    warc_file: str
    offset: int
    payload_sha256: str


class ReferencedFiles:
    """What the store at an address names; a context manager. Raises StoreError when it cannot be opened or read."""

    def __init__(self, url: str, busy_seconds: float = BUSY_SECONDS) -> None:
        self._sessions = Sessions(url, busy_seconds)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._sessions.close()

    def revision(self) -> tuple[str | None, str]:
        """The schema's revision (None: no schema yet) and the one that this version of Verifier writes."""
        with as_store_errors(self._sessions.url):
            return revision_of(self._sessions), HEAD

    def snapshots(self) -> Iterator[NamedSnapshot]:
        """Every archived response that is named, each once, by file and place."""
        key = (SnapshotRow.warc_file, SnapshotRow.offset, SnapshotRow.payload_sha256)
        with self._sessions.reading() as session:
            for row in session.execute(select(*key).distinct().order_by(*key).execution_options(yield_per=_AT_ONCE)):
                yield NamedSnapshot(*row)

    def editions(self) -> list[str]:
        """The SHA-256 of every edition of every document, in order."""
        with self._sessions.reading() as session:
            return list(session.scalars(select(EditionRow.pdf_sha256).distinct().order_by(EditionRow.pdf_sha256)))

    def newest_time(self) -> datetime | None:
        """The latest moment that the store knows of: our clock has been there."""
        with self._sessions.reading() as session:
            last_run = select(RunRow.started_at, RunRow.finished_at).order_by(RunRow.id.desc()).limit(1)
            last_fetch = select(FetchRow.fetched_at).where(
                FetchRow.id == select(func.max(FetchRow.id)).scalar_subquery()
            )
            times = [moment for row in session.execute(last_run) for moment in row] + list(session.scalars(last_fetch))
            return max((moment for moment in times if moment is not None), default=None)
