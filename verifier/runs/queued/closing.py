"""The end of a shared run: concluded by one worker, and told of."""

from collections.abc import Sequence

from verifier.model import RunNote, RunNoteKind, RunPhase
from verifier.reports.contents import FailedDocument
from verifier.reports.labels import counted
from verifier.resolver import PROXY_WARNING
from verifier.runs.circuit_breaker import is_down
from verifier.runs.context import Work, web_session
from verifier.runs.queued.worker_run import WorkerRun
from verifier.runs.quota import quota_notes
from verifier.runs.run import conclude
from verifier.runs.stages.compare import share_decisions
from verifier.runs.telling import tell_of_ended_runs


def close_run(here: WorkerRun) -> None:
    """Conclude from all that the workers did, and tell of it: by mail, metrics and monitor.

    It may be done again by another worker when this one dies; the run ends once, and is told of then.
    """
    store, run_id = here.store, here.run.id
    runs = store.shared_runs
    with (
        runs.fence(run_id, RunPhase.CLOSING),
        web_session(here.settings, here.time_is_up, limiter=here.limiter) as session,
    ):
        down = here.shared.network_down or is_down(store.shards.hosts_seen(run_id))
        if down:
            store.links.cancel_run_due(run_id)
        work = here.work(session)
        seen = runs.documents(run_id, seen_only=True)
        _take_up_notes(work, runs.notes(run_id))
        _say_what_is_left(work, here)
        if not down:
            share_decisions(work)
        known = store.documents.current(runs.documents(run_id))
        work.not_looked_at += [document for document in known if document.id not in set(seen)]
        outcome = conclude(work, [document for document in known if document.id in set(seen)], down)
        runs.add_notes(run_id, [RunNote(RunNoteKind.MESSAGE, words) for words in outcome.report.messages])
    if runs.end(run_id):
        tell_of_ended_runs(store, here.settings)


def _take_up_notes(work: Work, notes: Sequence[RunNote]) -> None:
    of_kind: dict[RunNoteKind, list[str]] = {kind: [] for kind in RunNoteKind}
    for note in notes:
        of_kind[note.kind].append(note.words)
    work.failed += [FailedDocument(note.subject, note.words) for note in notes if note.kind is RunNoteKind.FAILED]
    work.left += of_kind[RunNoteKind.LEFT]
    work.notes += of_kind[RunNoteKind.NOTE]
    work.failures += of_kind[RunNoteKind.FAILURE]


def _say_what_is_left(work: Work, here: WorkerRun) -> None:
    unchecked, over_budget = here.store.shards.left(
        here.run.id, here.shared.planned_at, here.settings.night.host_budget
    )
    if over_budget:
        work.left.append(f"{counted(over_budget, 'address', 'addresses')} over the budget of their hosts")
    if unchecked:
        work.left.append(f"{counted(unchecked, 'address', 'addresses')} not checked yet")
    if here.settings.fetch.proxy and here.store.shards.hosts_seen(here.run.id).tried:
        work.notes.append(PROXY_WARNING)
    if most := here.settings.archive.max_bytes:
        kept = here.shared.archived + here.store.shards.kept_bytes(here.run.id)
        work.notes += quota_notes(most, kept)
