"""Runs that workers share: which documents they are about, how far they are, and what is to be said of them."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.orm import Session

from db.queue_jobs import CLOSE_RUN, COMPARE_DOCUMENT, PLAN_RUN, READ_DOCUMENT, JobTable
from db.records import Run
from db.run_lease import release_of_run
from db.runs import run_of
from db.sessions import Fence, Sessions, chunks, fenced, insert
from db.shards import plan_shards
from db.tables import (
    DocumentRow,
    RunHostRow,
    RunRow,
    RunShardRow,
    SharedRunDocumentRow,
    SharedRunNoteRow,
    SharedRunRow,
)
from verifier.errors import StoreError
from verifier.model import RunNote, RunNoteKind, RunPhase, SharedRun

_UPKEEP_LOCK = 7_306_081_448
"""Names the upkeep of shared runs among PostgreSQL's advisory locks."""

_OF_RUN: tuple[type[Any], ...] = (SharedRunDocumentRow, SharedRunNoteRow, RunShardRow, RunHostRow, SharedRunRow)


@dataclass(frozen=True, slots=True)
class RunDocument:
    """A document that a shared run is about; see `db.tables.scale.SharedRunDocumentRow`."""

    document_id: int
    fetched: bool
    seen: bool
    awaits_reading: bool


class SharedRuns:
    """The verbs about runs that workers share; only for PostgreSQL stores."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def begin(self, run: SharedRun, documents: Iterable["RunDocument"], notes: Sequence[RunNote]) -> None:
        """Share a run among workers, in place of what was known of earlier ones; a resumed run keeps its shards.

        What is known of a run of which nobody was told yet is kept, too.
        """
        untold = select(SharedRunRow.run_id).where(SharedRunRow.awaits_telling)
        with self._sessions.writing() as session:
            for table in _OF_RUN:
                session.execute(delete(table).where(table.run_id != run.run_id, table.run_id.not_in(untold)))
            for table in (SharedRunDocumentRow, SharedRunNoteRow, SharedRunRow):
                session.execute(delete(table).where(table.run_id == run.run_id))
            session.execute(
                insert(session, SharedRunRow).values(
                    run_id=run.run_id,
                    phase=run.phase.value,
                    planned_at=run.planned_at,
                    ends_at=run.ends_at,
                    basis=run.basis,
                    last_fetch=run.last_fetch,
                    archived=run.archived,
                    reaped=0,
                    network_down=False,
                    awaits_telling=False,
                )
            )
            for some in chunks(documents):
                session.execute(
                    insert(session, SharedRunDocumentRow),
                    [asdict(one) | {"run_id": run.run_id, "awaits_comparison": False} for one in some],
                )
            _add_notes(session, run.run_id, notes)

    def state(self, run_id: int) -> SharedRun | None:
        """What is known of a shared run, None where there is none."""
        with self._sessions.reading() as session:
            row = session.get(SharedRunRow, run_id)
            return None if row is None else _shared(row)

    def under_way(self) -> SharedRun | None:
        """The shared run that has not ended, if there is one."""
        with self._sessions.reading() as session:
            row = session.scalars(select(SharedRunRow).where(SharedRunRow.phase != RunPhase.ENDED.value)).first()
            return None if row is None else _shared(row)

    def run(self, run_id: int) -> Run:
        """The run itself. Raises StoreError when there is none."""
        with self._sessions.reading() as session:
            row = session.get(RunRow, run_id)
            if row is None:
                raise StoreError(f"there is no run {run_id} in the store")
            return run_of(row)

    def documents(self, run_id: int, *, fetched_only: bool = False, seen_only: bool = False) -> list[int]:
        """The numbers of a run's documents."""
        wanted = select(SharedRunDocumentRow.document_id).where(SharedRunDocumentRow.run_id == run_id)
        if fetched_only:
            wanted = wanted.where(SharedRunDocumentRow.fetched)
        if seen_only:
            wanted = wanted.where(SharedRunDocumentRow.seen)
        with self._sessions.reading() as session:
            return list(session.scalars(wanted.order_by(SharedRunDocumentRow.document_id)))

    def documents_of_edition(self, run_id: int, pdf_sha256: str) -> list[int]:
        """The numbers of a run's documents that are an edition."""
        with self._sessions.reading() as session:
            return list(
                session.scalars(
                    select(DocumentRow.id)
                    .join(SharedRunDocumentRow, SharedRunDocumentRow.document_id == DocumentRow.id)
                    .where(SharedRunDocumentRow.run_id == run_id, DocumentRow.pdf_sha256 == pdf_sha256)
                    .order_by(DocumentRow.id)
                )
            )

    def awaits_comparison(self, run_id: int, document_id: int) -> bool:
        """Whether a document is still to be compared in a run that is about to compare."""
        here = (SharedRunDocumentRow.run_id == run_id, SharedRunDocumentRow.document_id == document_id)
        with self._sessions.reading() as session:
            found = session.scalar(select(SharedRunDocumentRow.awaits_comparison).where(*here))
            return bool(found)

    def was_read(self, run_id: int, document_ids: Sequence[int], notes: Sequence[RunNote] = ()) -> None:
        """These documents wait to be read no more."""
        with self._sessions.writing() as session:
            _settle(session, run_id, document_ids, awaits_reading=False)
            _add_notes(session, run_id, notes)

    def was_compared(self, run_id: int, document_id: int, notes: Sequence[RunNote] = ()) -> None:
        """This document waits to be compared no more."""
        with self._sessions.writing() as session:
            _settle(session, run_id, [document_id], awaits_comparison=False)
            _add_notes(session, run_id, notes)

    def add_notes(self, run_id: int, notes: Sequence[RunNote]) -> None:
        """Keep what is to be said of a run."""
        with self._sessions.writing() as session:
            _add_notes(session, run_id, notes)

    def notes(self, run_id: int) -> list[RunNote]:
        """What is to be said of a run, each thing once, in the order it was first said."""
        with self._sessions.reading() as session:
            rows = session.scalars(
                select(SharedRunNoteRow).where(SharedRunNoteRow.run_id == run_id).order_by(SharedRunNoteRow.id)
            )
            said = (RunNote(RunNoteKind(row.kind), row.words, row.subject) for row in rows)
            return list(dict.fromkeys(said))

    def waiting(self, run_id: int) -> tuple[int, int]:
        """How many documents wait to be read, and how many to be compared."""
        with self._sessions.reading() as session:
            return _waiting(session, run_id)

    def fence(self, run_id: int, phase: RunPhase) -> AbstractContextManager[None]:
        """Inside it nothing that this thread writes is kept once the run has left a phase."""
        here = select(SharedRunRow.run_id).where(SharedRunRow.run_id == run_id, SharedRunRow.phase == phase.value)
        lost = f"run {run_id} is not {phase.value} any more; what this worker did for it is not kept"
        return fenced(Fence(here.with_for_update(read=True), lost))

    def begin_checking(self, run_id: int, jobs: JobTable, now: datetime) -> bool:
        """From reading to checking: every shard with due addresses gets its job. False when it was not reading."""
        with self._sessions.writing() as session:
            if not _advance(session, run_id, RunPhase.READING, RunPhase.CHECKING, planned_at=now):
                return False
            plan_shards(session, run_id, jobs, now)
            return True

    def begin_comparing(
        self, run_id: int, document_ids: Sequence[int], basis: str, last_fetch: int, jobs: JobTable
    ) -> bool:
        """From checking to comparing: these documents get their jobs. False when it was not checking."""
        with self._sessions.writing() as session:
            given = {"basis": basis, "last_fetch": last_fetch}
            if not _advance(session, run_id, RunPhase.CHECKING, RunPhase.COMPARING, **given):
                return False
            for some in chunks(document_ids):
                _settle(session, run_id, some, awaits_comparison=True)
            jobs.add_comparisons(session, run_id)
            return True

    def begin_closing(self, run_id: int, of: RunPhase, jobs: JobTable) -> bool:
        """From a phase to closing, and defer what closes the run. False when it was in another phase."""
        with self._sessions.writing() as session:
            if not _advance(session, run_id, of, RunPhase.CLOSING):
                return False
            jobs.add_control(session, CLOSE_RUN, run_id)
            return True

    def end(self, run_id: int) -> bool:
        """From closing to ended, to be told of, and let others in; True for the one caller who ends it."""
        with self._sessions.writing() as session:
            if not _advance(session, run_id, RunPhase.CLOSING, RunPhase.ENDED, awaits_telling=True):
                return False
            release_of_run(session, run_id)
            return True

    def give_up(self, run_id: int, jobs: JobTable) -> tuple[int, int]:
        """The time is up: nothing waits any more; how many documents were not read, and how many not compared.

        Shards close as their jobs end, those that nobody is at work in at once.
        """
        with self._sessions.writing() as session:
            left = _waiting(session, run_id)
            here = update(SharedRunDocumentRow).where(SharedRunDocumentRow.run_id == run_id)
            session.execute(here.values(awaits_reading=False, awaits_comparison=False))
            jobs.close_idle_shards(session, run_id)
            return left

    def network_is_down(self, run_id: int, jobs: JobTable) -> None:
        """No worker reaches the web any more: shards close, and nothing is to be concluded."""
        with self._sessions.writing() as session:
            session.execute(update(SharedRunRow).where(SharedRunRow.run_id == run_id).values(network_down=True))
            jobs.close_idle_shards(session, run_id)

    def move_on(self, run: SharedRun, jobs: JobTable) -> None:
        """Where nothing waits in the run's phase any more, put in the job that takes it to the next."""
        with self._sessions.writing() as session:
            if run.phase is RunPhase.CLOSING:
                jobs.add_control(session, CLOSE_RUN, run.run_id)
            elif run.phase is not RunPhase.ENDED and not _waits(session, run.run_id, run.phase):
                jobs.add_control(session, PLAN_RUN, run.run_id)

    def refill(self, run: SharedRun, jobs: JobTable, parser_version: str, reaped: int = 0) -> int:
        """Give a job to all that lost its own, after `reaped` jobs were or when the queue ran dry; returns how many."""
        with self._sessions.writing() as session:
            if not session.scalar(text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": _UPKEEP_LOCK}):
                return 0
            if reaped:
                here = update(SharedRunRow).where(SharedRunRow.run_id == run.run_id)
                session.execute(here.values(reaped=SharedRunRow.reaped + reaped))
            if run.phase is RunPhase.READING and (reaped or jobs.is_empty(session, READ_DOCUMENT)):
                return jobs.add_readings(session, run.run_id, parser_version)
            if run.phase is RunPhase.CHECKING:
                return jobs.add_shards(session, run.run_id)
            if run.phase is RunPhase.COMPARING and (reaped or jobs.is_empty(session, COMPARE_DOCUMENT)):
                return jobs.add_comparisons(session, run.run_id)
            return 0


def _waits(session: Session, run_id: int, phase: RunPhase) -> bool:
    """Whether anything of a phase of a run is not done yet."""
    here = select(SharedRunDocumentRow.run_id).where(SharedRunDocumentRow.run_id == run_id)
    waits: dict[RunPhase, Any] = {
        RunPhase.READING: here.where(SharedRunDocumentRow.awaits_reading),
        RunPhase.CHECKING: select(RunShardRow.shard).where(RunShardRow.run_id == run_id, RunShardRow.is_open),
        RunPhase.COMPARING: here.where(SharedRunDocumentRow.awaits_comparison),
    }
    return phase in waits and session.execute(waits[phase].limit(1)).first() is not None


def _waiting(session: Session, run_id: int) -> tuple[int, int]:
    row = SharedRunDocumentRow
    counts = (func.count().filter(row.awaits_reading), func.count().filter(row.awaits_comparison))
    read, compared = session.execute(select(*counts).where(row.run_id == run_id)).one()
    return int(read), int(compared)


def _shared(row: SharedRunRow) -> SharedRun:
    return SharedRun(
        row.run_id,
        RunPhase(row.phase),
        row.planned_at,
        row.ends_at,
        row.basis,
        row.last_fetch,
        row.archived,
        row.network_down,
    )


def _advance(session: Session, run_id: int, of: RunPhase, to: RunPhase, **values: Any) -> bool:
    """Compare and set the phase, once nothing of it waits: whoever was to do so may have been told so twice."""
    if _waits(session, run_id, of):
        return False
    moved = session.execute(
        update(SharedRunRow)
        .where(SharedRunRow.run_id == run_id, SharedRunRow.phase == of.value)
        .values(phase=to.value, **values)
        .returning(SharedRunRow.run_id)
        .execution_options(synchronize_session=False)
    )
    return moved.first() is not None


def _settle(session: Session, run_id: int, document_ids: Sequence[int], **values: bool) -> None:
    here = (SharedRunDocumentRow.run_id == run_id, SharedRunDocumentRow.document_id.in_(document_ids))
    session.execute(
        update(SharedRunDocumentRow).where(*here).values(**values).execution_options(synchronize_session=False)
    )


def _add_notes(session: Session, run_id: int, notes: Sequence[RunNote]) -> None:
    if notes:
        rows = [
            {"run_id": run_id, "kind": note.kind.value, "subject": note.subject, "words": note.words} for note in notes
        ]
        session.execute(insert(session, SharedRunNoteRow), rows)
