"""The end of a night: what nothing needs any more goes, so that a year of nights does not fill the disk."""

from verifier.reports.labels import counted
from verifier.runs.context import Work, utc_now
from verifier.runs.stages.pruning import prune_when_due


def tidy(work: Work) -> None:
    """Roll up what a run fetched before, and prune the archive, as `retention` in the settings has it.

    To be called before the run is finished: a run that is taken up again then tidies again, and nothing is left over.
    Idempotent. Raises StoreError, ArchiveError.
    """
    retention = work.settings.retention
    work.store.retention.roll_up(work.run.id, retention.fetches)
    pruned = prune_when_due(
        work.store, work.settings.archive_folder, retention.snapshot_days, utc_now(), work.time_is_up
    )
    if pruned is not None and pruned.files:
        files = counted(pruned.files, "archive file")
        work.notes.append(f"{pruned.freed / 1e6:.1f} MB that nothing needs any more were taken out of {files}.")
    if pruned is not None:
        work.notes += [f"Not taken out of the archive what nothing needs: {problem}." for problem in pruned.problems]
