"""The end of a night: what nothing needs any more goes, so that a year of nights does not fill the disk."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from db.store import Store
from verifier.deadlines import no_deadline
from verifier.errors import ArchiveError
from verifier.objects import FileObjects, open_objects
from verifier.reports.labels import counted
from verifier.runs.context import Observer, Work, utc_now
from verifier.runs.stages.copied_file_pruning import prune_copied_files, scan_copied_files
from verifier.runs.stages.object_pruning import prune_objects, sweep_orphans
from verifier.runs.stages.pruning import Pruned, prune, prune_when_due
from verifier.settings import Settings


def tidy(work: Work) -> None:
    """Roll up what a run fetched before, and prune the archive, as `retention` in the settings has it.

    To be called before the run is finished: a run that is taken up again then tidies again, and nothing is left over.
    Idempotent. Raises StoreError, ArchiveError.
    """
    retention = work.settings.retention
    sweep(work)
    work.store.retention.roll_up(work.run.id, retention.fetches)
    archive = open_objects(work.settings.archive_folder, work.settings.objects)
    pruning = partial(prune_archive, work.settings, work.store, time_is_up=work.time_is_up)
    pruned = prune_when_due(archive, pruning, retention.snapshot_days, utc_now(), work.time_is_up)
    if pruned is not None and pruned.files:
        files = counted(pruned.files, "archive file")
        work.notes.append(f"{pruned.freed / 1e6:.1f} MB that nothing needs any more were taken out of {files}.")
    if pruned is not None:
        work.notes += [f"Not taken out of the archive what nothing needs: {problem}." for problem in pruned.problems]


def sweep(work: Work) -> None:
    """Remove what killed runs left in a bucket, and copies of documents beyond the cache's size; of files, nothing."""
    archive = open_objects(work.settings.archive_folder, work.settings.objects)
    if not isinstance(archive, FileObjects):
        sweep_orphans(work.store, archive, utc_now())
        work.editions.trim()


def prune_archive(
    settings: Settings,
    store: Store,
    before: datetime,
    observer: Observer | None = None,
    time_is_up: Callable[[], bool] = no_deadline,
) -> Pruned:
    """Remove what was recorded before a moment and is needed by nothing any more, wherever the archive is.

    As `prune` of files; `prune_objects` and `prune_copied_files` of a bucket. Raises ArchiveError, StoreError.
    """
    archive = open_objects(settings.archive_folder, settings.objects)
    if isinstance(archive, FileObjects):
        return prune(store, settings.archive_folder, before, observer, time_is_up)
    copied = scan_copied_files(store, archive, before)
    own = prune_objects(store, archive, before, observer, time_is_up, copied.outside)
    try:
        of_copies = prune_copied_files(store, archive, copied, before, settings.data, observer, time_is_up)
    except OSError as error:
        raise ArchiveError(
            f"{settings.data}: cannot be written: {error.strerror or error}; see that there is room"
        ) from error
    return Pruned(own.freed + of_copies.freed, own.files + of_copies.files, own.problems + of_copies.problems)
