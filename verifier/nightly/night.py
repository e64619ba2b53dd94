"""A night: every watched folder, until the work is done or the time is up."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from db.store import Store
from verifier.engines import Engine, LocalEngine
from verifier.errors import SettingsError, StoreBusyError
from verifier.nightly.log import log_to
from verifier.nightly.opening import only_run
from verifier.nightly.run import RunOutcome, complete
from verifier.nightly.telling import tell, tell_failure
from verifier.nightly.watched import WatchedFile, files_in
from verifier.nightly.work import Nobody, Observer, Work, after, never, utc_now
from verifier.reports.contents import FailedDocument
from verifier.settings import NightSettings, Settings


def nightly(settings: Settings, *, observer: Observer | None = None, engine: Engine | None = None) -> RunOutcome:
    """Look after the watched folders once: new, changed and removed PDFs, and every address that is due.

    A folder that is not there, or holds no PDF any more, is told as something that could not be done; what is known of
    its documents stays as it is, since a drive that is not mounted looks just so.

    Raises SettingsError when no folder is watched, and as `run` does.
    """
    if not settings.watch:
        raise SettingsError(
            'no folder is watched; add to verifier.toml: [[watch]] and below it path = "/srv/publications"'
        )
    folders = [Path(folder.path).absolute() for folder in settings.watch]
    engine = engine or LocalEngine(workers=settings.fetch.workers)
    with only_run(settings), Store.open(settings.store_url) as store:
        begun = store.runs.begin("nightly", sorted(map(str, folders)), utc_now())
        work = Work(settings, store, engine, observer or Nobody(), begun, time_limit(settings.night, datetime.now()))
        work.unfetched = frozenset(str(path) for path, f in zip(folders, settings.watch, strict=True) if not f.fetch)
        watched: dict[Path, WatchedFile] = {}
        for folder in folders:
            found = files_in(folder, leave_out=settings.data)
            if found:
                watched.update({file.file: file for file in found if file.file not in watched})
                store.documents.mark_missing(str(folder), [file.path for file in found])
            else:
                reason = "holds no PDF" if folder.is_dir() else "is not there or cannot be read"
                work.failed.append(
                    FailedDocument(str(folder), f"the watched folder {reason}; its documents stay as known")
                )
        return complete(work, list(watched.values()))


def unattended(
    settings: Settings, *, observer: Observer | None = None, engine: Engine | None = None
) -> tuple[RunOutcome, tuple[str, ...]]:
    """A night as cron runs it: logged, and told by mail, metrics and monitor; also that it failed.

    Returns the outcome and a sentence for each thing that could not be told. A night that finds another at work tells
    nobody: that one will. Raises as `nightly` does.
    """
    with log_to(settings.log_file):
        try:
            outcome = nightly(settings, observer=observer, engine=engine)
        except StoreBusyError:
            raise
        except Exception as error:
            for sentence in tell_failure(error, settings):
                error.add_note(sentence)
            raise
        untold = tell(
            outcome.report, outcome.exit_code, settings, outcome.healed, confidential=confidential_paths(settings)
        )
        return outcome, untold


def confidential_paths(settings: Settings) -> frozenset[str]:
    """The documents, as reports name them, of which nothing but counts is told outside."""
    drafts = [folder.path for folder in settings.watch if folder.confidential]
    return frozenset(file.path for folder in drafts for file in files_in(folder, leave_out=settings.data))


def time_limit(night: NightSettings, now: datetime) -> Callable[[], bool]:
    """When a night that begins now (local time) has to stop: after its hours or at its hour, whichever is sooner."""
    limits = []
    if night.limit_hours:
        limits.append(night.limit_hours * 3600)
    if night.until is not None:
        end = now.replace(hour=night.until.hour, minute=night.until.minute, second=0, microsecond=0)
        limits.append(((end if end > now else end + timedelta(days=1)) - now).total_seconds())
    return after(min(limits)) if limits else never
