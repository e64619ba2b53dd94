"""A night by the queue: what is in the watched folders is looked at here, all else is done by the workers."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from db.queue_jobs import JobTable
from db.shared_runs import RunDocument
from db.store import Store
from verifier.deadlines import no_deadline
from verifier.engines import InlineEngine
from verifier.engines.queue.connection import require_extra, require_shared
from verifier.engines.queue.schema import ensure_schema
from verifier.model import RunPhase, SharedRun
from verifier.parser import PARSER_VERSION
from verifier.runs.context import NullObserver, Observer, Work, utc_now, web_session
from verifier.runs.lock import only_run, open_or_begin_store
from verifier.runs.nightly import begin_night, look_into_folders, must_watch, seconds_of_night
from verifier.runs.notify.log import log_to
from verifier.runs.notify.notify import failure_notified
from verifier.runs.queued.worker_run import notes_of
from verifier.runs.run import RunOutcome
from verifier.runs.stages.extract import record_editions
from verifier.runs.stopping import stop_on_termination
from verifier.runs.telling import outcome_of, tell_of_last_night
from verifier.settings import Settings

_LOOK = 0.5
"""Seconds between two looks how far the workers are."""


def plan_night(settings: Settings, observer: Observer | None = None) -> int:
    """Look into the watched folders, and leave the night to the workers; returns its run.

    Raises SettingsError where no folder is watched, or there can be no queue; StoreBusyError while another run is
    going on; StoreError, ArchiveError.
    """
    must_watch(settings)
    require_shared(settings.store_url)
    require_extra()
    with only_run(settings) as lease, open_or_begin_store(settings) as store, web_session(settings) as session:
        ensure_schema(store, settings.queue.schema_name)
        work = begin_night(settings, store, session, InlineEngine(), observer or NullObserver(), no_deadline)
        _share(work)
        if lease is not None:
            lease.hand_over(work.run.id)
        return work.run.id


def _share(work: Work) -> None:
    """Say what the workers have to do."""
    documents, unread = record_editions(work, look_into_folders(work))
    waiting = {document.id for of_copy in unread.values() for document in of_copy}
    of_run = {
        document.id: RunDocument(document.id, not document.collections <= work.unfetched, True, document.id in waiting)
        for document in documents
    }
    for document in work.not_looked_at:
        of_run.setdefault(document.id, RunDocument(document.id, fetched=False, seen=False, awaits_reading=False))
    now = utc_now()
    seconds = seconds_of_night(work.settings.night, datetime.now())
    shared = SharedRun(
        run_id=work.run.id,
        phase=RunPhase.READING,
        planned_at=now,
        ends_at=None if seconds is None else now + timedelta(seconds=seconds),
        basis="",
        last_fetch=0,
        archived=work.session.kept if work.settings.archive.max_bytes else 0,
    )
    work.store.shared_runs.begin(shared, of_run.values(), notes_of(work))
    jobs = JobTable(work.settings.queue.schema_name)
    work.store.shared_runs.refill(shared, jobs, PARSER_VERSION)


def wait_for_night(store: Store, run_id: int, stop: Callable[[], bool] = no_deadline) -> bool:
    """Wait until the workers have ended a run; False when `stop` came first: they go on."""
    while True:
        shared = store.shared_runs.state(run_id)
        if shared is None or shared.phase is RunPhase.ENDED:
            return True
        if stop():
            return False
        time.sleep(_LOOK)


def _say_when_nobody_works(store: Store, settings: Settings, say: Callable[[str], None]) -> None:
    state = store.queue_state(JobTable(settings.queue.schema_name))
    if not state.workers:
        say("no worker is at work yet; the night begins with the first: verifier worker")


def unattended_by_queue(
    settings: Settings,
    *,
    wait: bool = True,
    observer: Observer | None = None,
    say: Callable[[str], None] = lambda sentence: None,
) -> RunOutcome | None:
    """A night by the queue as cron runs it; None where it was not waited for.

    `say` is told what an operator should know at once. The worker that ends the night tells of it; that it could not
    even be planned is told here. Raises as `plan_night` does.
    """
    with log_to(settings.log_file), stop_on_termination() as stop:
        with failure_notified(settings):
            tell_of_last_night(settings)
            run_id = plan_night(settings, observer)
        with open_or_begin_store(settings) as store:
            _say_when_nobody_works(store, settings, say)
            if not wait:
                return None
            return outcome_of(store, run_id) if wait_for_night(store, run_id, stop) else None
