"""A night: every watched folder, until the work is done or the time is up."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from db.records import StoredDocument
from db.store import Store
from verifier.deadlines import deadline, no_deadline
from verifier.engines import Engine, LocalEngine
from verifier.errors import SettingsError
from verifier.reports.contents import FailedDocument
from verifier.reports.labels import counted
from verifier.resolver import WebSession
from verifier.runs.confidential import confidential_documents
from verifier.runs.context import NullObserver, Observer, Work, utc_now, web_session
from verifier.runs.discovery import UnreadFolder, WatchedFile, files_in
from verifier.runs.lock import only_run, open_existing_store, open_or_begin_store
from verifier.runs.notify.log import Event, log_event, log_to
from verifier.runs.notify.notify import failure_notified, notify
from verifier.runs.run import RunOutcome, complete
from verifier.runs.stopping import stop_on_termination
from verifier.runs.telling import tell_of_last_night
from verifier.runs.watched import unfetched_folders, watched_folders
from verifier.settings import NightSettings, Settings


def nightly(
    settings: Settings,
    *,
    observer: Observer | None = None,
    engine: Engine | None = None,
    stop: Callable[[], bool] = no_deadline,
) -> RunOutcome:
    """Look after the watched folders once: new, changed and removed PDFs, and every address that is due.

    As soon as `stop` says so, or the time in the settings is up, it finishes what it has begun and says what is left.

    A folder that is not there, or holds no document any more, is reported as something that could not be done; what is
    known of its documents stays as it is, since a drive that is not mounted looks just so.

    Raises SettingsError when no folder is watched, and as `run` does.
    """
    must_watch(settings)
    engine = engine or LocalEngine(workers=settings.fetch.workers)
    time_is_up = time_limit(settings.night, datetime.now())

    def ended() -> bool:
        return stop() or time_is_up()

    with only_run(settings), open_or_begin_store(settings) as store, web_session(settings, ended) as session:
        work = begin_night(settings, store, session, engine, observer or NullObserver(), ended)
        return complete(work, look_into_folders(work))


def must_watch(settings: Settings) -> None:
    """Raises SettingsError when no folder is watched."""
    if not settings.watch:
        raise SettingsError(
            'no folder is watched; add to verifier.toml: [[watch]] and below it path = "/srv/publications"'
        )


def begin_night(
    settings: Settings,
    store: Store,
    session: WebSession,
    engine: Engine,
    observer: Observer,
    ended: Callable[[], bool],
) -> Work:
    """Take up the night that did not come to its end, or begin one."""
    folders = watched_folders(settings.watch)
    begun = store.runs.begin("nightly", sorted(str(folder.path) for folder in folders), utc_now())
    log_event(Event.RUN_BEGUN, run=begun.id, kind="nightly")
    work = Work(settings, store, engine, observer, begun, session, ended)
    work.unfetched = unfetched_folders(folders)
    return work


def look_into_folders(work: Work) -> list[WatchedFile]:
    """The documents in the watched folders; those that are gone are marked, what cannot be looked into is reported."""
    store = work.store
    watched: dict[Path, WatchedFile] = {}
    for folder in watched_folders(work.settings.watch):
        search = files_in(folder.path, leave_out=work.settings.data)
        found = [file for file in search.files if file.file not in watched]
        if found:
            watched.update({file.file: file for file in found})
            hidden = _hidden(store, folder.path, search.unread)
            store.documents.mark_missing(str(folder.path), [*(file.path for file in found), *hidden])
            work.not_looked_at += hidden.values()
            work.failed += [_unread(closed) for closed in search.unread]
        else:
            known = store.documents.present_in({str(folder.path)})
            work.not_looked_at += known.values()
            work.failed.append(FailedDocument(str(folder.path), _why_empty(folder.path, len(known))))
    return list(watched.values())


def _hidden(store: Store, folder: Path, unread: Sequence[UnreadFolder]) -> dict[str, StoredDocument]:
    """The documents, by path, that were in folders which cannot be looked into: whether they are gone is not known."""
    if not unread:
        return {}
    known = store.documents.present_in({str(folder)})
    return {path: found for (_, path), found in known.items() if any(closed.holds(path) for closed in unread)}


def _unread(closed: UnreadFolder) -> FailedDocument:
    return FailedDocument(closed.path, f"cannot be read: {closed.reason}; not looked at tonight: {_AS_KNOWN}")


_AS_KNOWN = "its documents stay as known, and count as they were"


def _why_empty(folder: Path, known: int) -> str:
    reason = "holds no document" if folder.is_dir() else "is not there or cannot be read"
    if not known:
        return f"the watched folder {reason}"
    return f"the watched folder {reason}; {counted(known, 'document')} not looked at tonight: {_AS_KNOWN}"


def unattended(
    settings: Settings, *, observer: Observer | None = None, engine: Engine | None = None
) -> tuple[RunOutcome, tuple[str, ...]]:
    """A night as cron runs it: logged, and told by mail, metrics and monitor; also that it failed.

    Returns the outcome and a sentence for each thing that could not be told. A night that finds another at work tells
    nobody: that one will. A night that is asked to terminate ends in order. Raises as `nightly` does.
    """
    with log_to(settings.log_file), stop_on_termination() as stop:
        with failure_notified(settings):
            tell_of_last_night(settings)
            outcome = nightly(settings, observer=observer, engine=engine, stop=stop)
        with open_existing_store(settings) as store:
            confidential = confidential_documents(store, settings)
        return outcome, notify(outcome.report, outcome.exit_code, settings, outcome.healed, confidential=confidential)


def time_limit(night: NightSettings, now: datetime) -> Callable[[], bool]:
    """When a night that begins now (local time) has to stop: after its hours or at its hour, whichever is sooner."""
    seconds = seconds_of_night(night, now)
    return no_deadline if seconds is None else deadline(seconds)


def seconds_of_night(night: NightSettings, now: datetime) -> float | None:
    """How long a night that begins now (local time) may take; None for any time."""
    limits = []
    if night.limit_hours:
        limits.append(night.limit_hours * 3600)
    if night.until is not None:
        end = now.replace(hour=night.until.hour, minute=night.until.minute, second=0, microsecond=0)
        limits.append(((end if end > now else end + timedelta(days=1)) - now).total_seconds())
    return min(limits) if limits else None
