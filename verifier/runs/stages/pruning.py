"""Snapshots that nothing needs any more, taken out of the archive after a time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from db.store import Store
from verifier.deadlines import no_deadline
from verifier.errors import ArchiveError
from verifier.objects import ObjectStore
from verifier.resolver import commit, finished_files, pending, replace_file, rollback, young_references
from verifier.runs.context import NullObserver, Observer

STAGE = "archive files"

EVERY = timedelta(days=30)
"""How often nights do it: each time the whole archive is read."""

STAMP = "pruned"

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Pruned:
    """What a pruning came to: bytes that are free now, files that went or were written anew, and what went wrong."""

    freed: int
    files: int
    problems: tuple[str, ...] = ()


def prune(
    store: Store,
    folder: Path,
    before: datetime,
    observer: Observer | None = None,
    time_is_up: Callable[[], bool] = no_deadline,
) -> Pruned:
    """Remove from an archive what was recorded before a moment and is needed by nothing any more.

    Needed is what a snapshot or a finding of the store names, and what younger records rest on. To be called while
    the data folder is held for a run. Killed at any moment, or stopped as time is up, nothing needed is lost; the next
    pruning goes on. A file that is damaged or cannot be written anew stays as it is and is told among the problems.

    Raises ArchiveError when the archive cannot be read, StoreError.
    """
    observer = observer or NullObserver()
    named = store.places.named()
    for left in pending(folder):
        (rollback if left.old.name in named else commit)(left)
    paths = finished_files(folder)
    referenced = young_references(paths, before)
    observer.stage(STAGE, len(paths))
    freed, files, problems = 0, 0, []
    for path in paths:
        if time_is_up():
            break
        observer.step(STAGE, path.name)
        try:
            replacement = replace_file(path, named.get(path.name, set()), referenced, before)
        except ArchiveError as error:
            problems.append(str(error))
            continue
        if replacement.new == path:
            continue
        if replacement.new is not None:
            store.places.move(path.name, replacement.new.name, replacement.moved)
        commit(replacement)
        freed += replacement.freed
        files += 1
    return Pruned(freed, files, tuple(problems))


def prune_when_due(
    archive: ObjectStore,
    pruning: Callable[[datetime], Pruned],
    days: int,
    now: datetime,
    time_is_up: Callable[[], bool] = no_deadline,
) -> Pruned | None:
    """Prune what is older than so many days (0: never), unless a night did it lately; None where it did not.

    `pruning` is done of all before a moment. Raises as it does.
    """
    if not days or stamped_at(archive, STAMP) > now - EVERY:
        return None
    result = pruning(now - timedelta(days=days))
    if not time_is_up():
        archive.put(STAMP, now.isoformat().encode())
    return result


def stamped_at(archive: ObjectStore, stamp: str) -> datetime:
    """The moment that a stamp in an archive says; long ago where there is none, or it cannot be read.

    Raises ArchiveError.
    """
    if archive.size(stamp) is None:
        return LONG_AGO
    try:
        return datetime.fromisoformat(archive.get(stamp).decode("ascii", "replace"))
    except ValueError:
        return LONG_AGO
