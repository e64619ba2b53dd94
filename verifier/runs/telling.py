"""What a shared run came to, and telling of it: by the worker that ended it, or by whoever comes next if that one died.

That a run is to be told of is committed with its end. Whoever tells claims it for some minutes; a worker that dies
after the mail and before it has said so leaves the claim to lapse, and one mail more is sent. None is lost.
"""

from db.store import Store
from verifier.exits import ExitCode
from verifier.model import RunNoteKind, RunState
from verifier.reports.contents import FailedDocument
from verifier.reports.gather import closed_in, gather
from verifier.runs.confidential import confidential_documents
from verifier.runs.lock import open_or_begin_store
from verifier.runs.notify.notify import notify
from verifier.runs.run import RunOutcome
from verifier.settings import Settings

_TAKEN_OVER = "Another run took over before this one came to its end; what it did is kept."

CLAIM_LEASES = 5
"""So many leases a claim lasts: five minutes by default, longer than mail, channel and monitor may take together."""


def tell_of_ended_runs(store: Store, settings: Settings) -> None:
    """Tell of every run that ended and that nobody told of, unless somebody is at it. Raises StoreError."""
    while (run_id := store.untold_runs.claim(CLAIM_LEASES * settings.queue.lease_seconds)) is not None:
        outcome = outcome_of(store, run_id, settings.review.address)
        confidential = confidential_documents(store, settings)
        notify(outcome.report, outcome.exit_code, settings, outcome.healed, confidential=confidential)
        store.untold_runs.told(run_id)


def tell_of_last_night(settings: Settings) -> None:
    """Before another night begins: tell of one whose workers ended it and did not live to tell. Raises StoreError."""
    if settings.store_is_shared:
        with open_or_begin_store(settings) as store:
            tell_of_ended_runs(store, settings)


def outcome_of(store: Store, run_id: int, desk_address: str = "") -> RunOutcome:
    """What a shared run came to, once it has ended."""
    runs = store.shared_runs
    run = runs.run(run_id)
    notes = runs.notes(run_id)
    messages = [note.words for note in notes if note.kind is RunNoteKind.MESSAGE]
    if run.state is RunState.RUNNING:
        messages.append(_TAKEN_OVER)
    failed = [FailedDocument(note.subject, note.words) for note in notes if note.kind is RunNoteKind.FAILED]
    documents = store.documents.current(runs.documents(run_id))
    report = gather(store, run, documents=documents, failed=failed, messages=messages, desk_address=desk_address)
    healed = closed_in(store, run).healed
    if run.state is not RunState.FINISHED:
        return RunOutcome(report, ExitCode.INCOMPLETE, healed)
    accused = store.findings.new_accusations(run_id)
    return RunOutcome(report, ExitCode.NEW_ACCUSATIONS if accused else ExitCode.CLEAN, healed)
