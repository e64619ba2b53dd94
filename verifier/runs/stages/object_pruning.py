"""What nothing names among the objects of an archive: orphans of killed runs, and what is no longer needed.

An object is one fetch and goes as a whole, so that nothing is written anew. All is decided from a list of names and
from the store; what was copied from files (`migrate-store`) is no fetch's own object: see `copied_file_pruning`.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice

from db.store import Store
from verifier.deadlines import no_deadline
from verifier.objects import ObjectStore, StoredObject
from verifier.resolver import ObjectName
from verifier.resolver.archive.object_names import FETCH, SWEPT, VISIT
from verifier.runs.context import NullObserver, Observer
from verifier.runs.stages.copied_file_pruning import record_ids
from verifier.runs.stages.pruning import STAGE, Pruned, stamped_at

GRACE = timedelta(days=1)
"""What was made so lately may be on its way into the store, from any machine; a fetch is committed within minutes."""

_AT_ONCE = 1000


def sweep_orphans(store: Store, archive: ObjectStore, now: datetime) -> int:
    """Remove the fetches that no row came to name; how many bytes they were.

    Looked at are those made since the last sweep; to be called before fetches are rolled up. Raises ArchiveError,
    StoreError.
    """
    until = now - GRACE
    since = ObjectName.first(FETCH, stamped_at(archive, SWEPT))
    freed = 0
    found = store.places.files_of_findings()
    for some in _lists(_between(archive, since, ObjectName.first(FETCH, until))):
        named = store.places.named_files(one.name for one in some) | found
        orphans = [one for one in some if one.name not in named]
        archive.delete(*(one.name for one in orphans))
        freed += sum(one.bytes for one in orphans)
    archive.put(SWEPT, until.isoformat().encode())
    return freed


def prune_objects(
    store: Store,
    archive: ObjectStore,
    before: datetime,
    observer: Observer | None = None,
    time_is_up: Callable[[], bool] = no_deadline,
    referenced: Collection[str] = (),
) -> Pruned:
    """Remove the objects that were made before a moment and are needed by nothing any more.

    Needed is what a snapshot or a finding names, and what a younger object leaves its bodies to, or what holds a record
    that is `referenced` by a copied file: where there are such, what may go is read first. Killed at any moment,
    or stopped as time is up, nothing needed is lost; the next pruning goes on. Raises ArchiveError, StoreError.
    """
    observer = observer or NullObserver()
    observer.stage(STAGE, 2)
    found = store.places.files_of_findings()
    candidates: dict[str, StoredObject] = {}
    result = _Removed(archive)
    for kind in (VISIT, FETCH):
        for some in _lists(_between(archive, kind, ObjectName.first(kind, before))):
            if time_is_up():
                return result.pruned
            named = store.places.named_files(one.name for one in some) | found
            unnamed = [one for one in some if one.name not in named]
            if kind == VISIT:
                result.remove(unnamed)
            else:
                candidates |= {parts.id: one for one in unnamed if (parts := ObjectName.parse(one.name))}
    observer.step(STAGE, "no longer named")
    for kind in (VISIT, FETCH):
        for one in _between(archive, kind, f"{kind}~"):
            if (parts := ObjectName.parse(one.name)) and parts.id not in candidates:
                _keep(candidates, parts.rests_on)
    for name, ids in record_ids(archive, [one.name for one in candidates.values()]) if referenced else ():
        if not ids.isdisjoint(referenced) and (parts := ObjectName.parse(name)):
            _keep(candidates, [parts.id])
    result.remove(candidates.values())
    observer.step(STAGE, "no longer rested on")
    return result.pruned


def _keep(candidates: dict[str, StoredObject], ids: Iterable[str]) -> None:
    """Take these out of what may go, and whatever they rest on themselves."""
    needed = list(ids)
    while needed:
        kept = candidates.pop(needed.pop(), None)
        if kept is not None and (parts := ObjectName.parse(kept.name)):
            needed += parts.rests_on


class _Removed:
    """Removes objects and counts them."""

    def __init__(self, archive: ObjectStore) -> None:
        self._archive = archive
        self.pruned = Pruned(0, 0)

    def remove(self, objects: Iterable[StoredObject]) -> None:
        for some in _lists(iter(objects)):
            self._archive.delete(*(one.name for one in some))
            freed = sum(one.bytes for one in some)
            self.pruned = Pruned(self.pruned.freed + freed, self.pruned.files + len(some))


def _between(archive: ObjectStore, first: str, end: str) -> Iterator[StoredObject]:
    for one in archive.list(after=first):
        if one.name >= end:
            return
        yield one


def _lists(objects: Iterator[StoredObject]) -> Iterator[list[StoredObject]]:
    while some := list(islice(objects, _AT_ONCE)):
        yield some
