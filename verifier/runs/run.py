"""One run from end to end: read documents, check what is due, compare, conclude.

Every step is idempotent and commits as it goes, so a run that was killed is taken up by the next with the same inputs.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from db.records import StoredDocument
from verifier.deadlines import no_deadline
from verifier.engines import Engine, LocalEngine
from verifier.exits import ExitCode
from verifier.model import RunState
from verifier.reports.contents import FailedDocument, ReportedFinding, RunReport
from verifier.reports.gather import closed_in, gather
from verifier.reports.labels import counted
from verifier.runs.context import NullObserver, Observer, Work, utc_now, web_session
from verifier.runs.discovery import WatchedFile, watched_files
from verifier.runs.lock import only_run, open_or_begin_store
from verifier.runs.stages.compare import compare_documents
from verifier.runs.stages.extract import read_documents
from verifier.runs.stages.links import check_sources, conclude_links
from verifier.runs.stages.registries import read_records
from verifier.runs.stages.tidy import tidy
from verifier.runs.stages.work_search import find_works
from verifier.settings import Settings, load_settings

NETWORK_DOWN = (
    "Our own network seems to be down: hardly any host could be resolved or reached. Nothing was concluded from it; "
    "run again when the network is back."
)

_MOST_TOLD = 20
"""Failed checks that a report names one by one."""


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """What a run came to; `healed` are the findings that closed by themselves."""

    report: RunReport
    exit_code: ExitCode
    healed: tuple[ReportedFinding, ...] = ()


def run(
    paths: Sequence[Path],
    settings: Settings,
    *,
    observer: Observer | None = None,
    engine: Engine | None = None,
    stop: Callable[[], bool] = no_deadline,
) -> RunOutcome:
    """Check documents: all that `verifier run` does but printing.

    As soon as `stop` says so, it finishes what it has begun and says what is left.

    Raises SettingsError (no such path, folder not writable), StoreBusyError (another run), StoreError, ArchiveError.
    """
    found = watched_files(paths, leave_out=settings.data)
    engine = engine or LocalEngine(workers=settings.fetch.workers)
    with only_run(settings), open_or_begin_store(settings) as store, web_session(settings, stop) as session:
        begun = store.runs.begin("run", [str(file.file) for file in found.files], utc_now())
        work = Work(settings, store, engine, observer or NullObserver(), begun, session, stop)
        work.failed += [FailedDocument(folder.path, f"cannot be read: {folder.reason}") for folder in found.unread]
        return complete(work, found.files)


def verify(paths: Sequence[Path | str], settings: Settings | None = None) -> RunOutcome:
    """Check documents (PDFs and drafts, or folders of them): findings out, everything stored.

    `settings` default to those of `verifier.toml` and the environment. Raises as `run` does.
    """
    return run([Path(path) for path in paths], settings or load_settings())


def complete(work: Work, watched: Sequence[WatchedFile]) -> RunOutcome:
    """Take a run through its stages to its end."""
    documents = read_documents(work, watched)
    find_works(work, documents)
    down = check_sources(work, documents)
    if not down:
        read_records(work, documents)
        compare_documents(work, documents)
    return conclude(work, documents, down)


def conclude(work: Work, documents: Sequence[StoredDocument], down: bool) -> RunOutcome:
    """End a run whose documents were compared: what its checks amount to, and what came of it all.

    `down` says that our own network was: nothing is concluded then.
    """
    if not down:
        work.store.documents.close_missing(utc_now())
        conclude_links(work)
        work.session.close()
        tidy(work)
    return _finish(work, documents, down)


def _finish(work: Work, documents: Sequence[StoredDocument], down: bool) -> RunOutcome:
    state = RunState.FINISHED
    messages = [f"Left for the next run: {'; '.join(work.left)}."] if work.left else []
    messages += [f"Not checked, since our own check failed: {failure}" for failure in work.failures[:_MOST_TOLD]]
    if len(work.failures) > _MOST_TOLD:
        messages.append(f"{len(work.failures) - _MOST_TOLD} more checks failed; the log names them.")
    messages += work.notes
    if work.failed or work.left or work.failures:
        state = RunState.INCOMPLETE
    if down:
        state = RunState.NETWORK_DOWN
        messages.insert(0, NETWORK_DOWN)
    documents = work.store.documents.current(sorted({document.id for document in [*documents, *work.not_looked_at]}))
    closed = closed_in(work.store, work.run)
    if closed.no_longer_cited:
        words = "to documents that are gone, or to addresses that are no longer cited"
        messages.append(f"{counted(closed.no_longer_cited, 'finding')} closed unchecked: they belong {words}.")
    desk = work.settings.review.address
    draft = gather(work.store, work.run, documents=documents, failed=work.failed, messages=messages, desk_address=desk)
    finished = work.store.runs.finish(work.run.id, state, draft.coverage, utc_now())
    report = replace(draft, state=finished.state, finished_at=finished.finished_at)
    healed = closed.healed
    if state is not RunState.FINISHED:
        return RunOutcome(report, ExitCode.INCOMPLETE, healed)
    accused = work.store.findings.new_accusations(work.run.id)
    return RunOutcome(report, ExitCode.NEW_ACCUSATIONS if accused else ExitCode.CLEAN, healed)
