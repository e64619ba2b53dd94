"""A shared run from phase to phase: each job may be done again, and only one of those who do it moves the run on."""

from db.queue_jobs import JobTable
from db.store import Store
from verifier.model import RunNote, RunNoteKind, RunPhase
from verifier.parser import PARSER_VERSION
from verifier.reports.labels import counted
from verifier.runs.circuit_breaker import is_down
from verifier.runs.context import utc_now
from verifier.runs.notify.log import Event, log_event
from verifier.runs.queued.worker_run import WorkerRun, notes_of
from verifier.runs.stages.compare import documents_to_compare
from verifier.runs.stages.extract import settle_editions
from verifier.runs.stages.registries import read_records

OFFLINE_SECONDS = 600.0
"""Seconds without any web, on every worker, after which a night ends as one on a machine without network does."""

_TIMED = (RunPhase.READING, RunPhase.CHECKING, RunPhase.COMPARING)


def see_to_run(store: Store, jobs: JobTable, lease_seconds: float, reaped: int = 0) -> None:
    """Put in what the run under way has lost, and what comes next; renew its lease. Raises StoreError."""
    shared = store.shared_runs.under_way()
    if shared is None or not store.lease.renew_for(shared.run_id, lease_seconds):
        return
    if shared.ends_at is not None and utc_now() >= shared.ends_at and shared.phase in _TIMED:
        unread, uncompared = store.shared_runs.give_up(shared.run_id, jobs)
        left = [f"{counted(unread, 'document')} not read yet"] * bool(unread)
        left += [f"{counted(uncompared, 'document')} not compared yet"] * bool(uncompared)
        store.shared_runs.add_notes(shared.run_id, [RunNote(RunNoteKind.LEFT, words) for words in left])
    if shared.phase is RunPhase.CHECKING and not shared.network_down and _nobody_is_online(store, lease_seconds):
        log_event(Event.NETWORK_DOWN, run=shared.run_id)
        store.shared_runs.network_is_down(shared.run_id, jobs)
    store.shared_runs.refill(shared, jobs, PARSER_VERSION, reaped)
    store.shared_runs.move_on(shared, jobs)


def _nobody_is_online(store: Store, lease_seconds: float) -> bool:
    """Whether every worker that asks the web has been offline for so long that the night should end."""
    alive = store.worker_networks.alive(lease_seconds)
    return bool(alive) and all(
        worker.offline_seconds is not None and worker.offline_seconds >= OFFLINE_SECONDS for worker in alive
    )


def see_what_is_next(store: Store, run_id: int, jobs: JobTable) -> None:
    """At the end of a job: begin the next phase, if it was the last of its own. Raises StoreError."""
    shared = store.shared_runs.state(run_id)
    if shared is not None:
        store.shared_runs.move_on(shared, jobs)


def next_phase(here: WorkerRun, jobs: JobTable) -> None:
    """Take a run in whose phase nothing waits any more to the next one."""
    if here.shared.phase is RunPhase.READING:
        _begin_checking(here, jobs)
    elif here.shared.phase is RunPhase.CHECKING:
        _begin_comparing(here, jobs)
    elif here.shared.phase is RunPhase.COMPARING:
        here.store.shared_runs.begin_closing(here.run.id, RunPhase.COMPARING, jobs)


def _begin_checking(here: WorkerRun, jobs: JobTable) -> None:
    documents = here.store.shared_runs.documents(here.run.id, seen_only=True)
    settle_editions(here.work(), here.store.documents.current(documents))
    here.store.shared_runs.begin_checking(here.run.id, jobs, utc_now())


def _begin_comparing(here: WorkerRun, jobs: JobTable) -> None:
    runs = here.store.shared_runs
    if here.shared.network_down or is_down(here.store.shards.hosts_seen(here.run.id)):
        runs.begin_closing(here.run.id, RunPhase.CHECKING, jobs)
        return
    work = here.work()
    documents = here.store.documents.current(runs.documents(here.run.id, seen_only=True))
    read_records(work, documents)
    due = documents_to_compare(work, documents)
    here.store.comparisons.up_to_date(due.settled, due.basis, due.last_fetch)
    if due.waiting and here.time_is_up():
        work.left.append(f"{counted(len(due.waiting), 'document')} not compared yet")
    waiting = [] if here.time_is_up() else [document.id for document in due.waiting]
    runs.add_notes(here.run.id, notes_of(work))
    runs.begin_comparing(here.run.id, waiting, due.basis, due.last_fetch, jobs)
