"""Files of many records that `migrate-store` (or a restore) copied into a bucket, without what nothing needs any more.

A file is read, and where enough of it is superfluous, written anew under a name with the same id, which is what younger
objects rest on. The new one is whole before the store names its places, and the old one goes after that. Killed in
between, both are there, and the next pruning keeps the one that the store names.
"""

import shutil
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from db.store import Store
from verifier.deadlines import no_deadline
from verifier.errors import ArchiveError
from verifier.objects import ObjectStore
from verifier.resolver import CopiedName, ObjectName, RecordGroup, record_groups, replace_file
from verifier.resolver.archive.warc_prune import LEAST_FREED
from verifier.runs.context import NullObserver, Observer
from verifier.runs.stages.pruning import STAGE, Pruned

_SCRATCH = "pruning"
"""The folder in the data folder where one file at a time is written anew; what a killed pruning left gives way."""

_ENDING = ".warc.gz"
_AHEAD = 8
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class CopiedFiles:
    """The copied files of a bucket; `young_references` are the ids of records that their younger ones rest on.

    `outside` are those of them that are in none of these files. `problems` name files that are left as they are.
    """

    names: tuple[str, ...]
    young_references: frozenset[str] = frozenset()
    outside: frozenset[str] = frozenset()
    problems: tuple[str, ...] = ()


def scan_copied_files(store: Store, archive: ObjectStore, before: datetime) -> CopiedFiles:
    """Find the copied files, settle what a killed pruning left, and read what they rest on.

    Raises ArchiveError, StoreError.
    """
    versions: dict[str, list[tuple[CopiedName, str]]] = defaultdict(list)
    problems = []
    for one in archive.list():
        if (copied := CopiedName.parse(one.name)) is not None:
            versions[copied.id].append((copied, one.name))
        elif one.name.endswith(_ENDING) and ObjectName.parse(one.name) is None:
            problems.append(f"{one.name}: what rests on it is not known by its name")
    names = [name for found in versions.values() for name in _settled(store, archive, found)]
    references: set[str] = set()
    ids: set[str] = set()
    for name in names:
        try:
            for group in _groups(archive, name):
                ids.add(group.record_id)
                if group.made >= before and group.refers_to is not None:
                    references.add(group.refers_to)
        except ArchiveError as error:
            raise ArchiveError(f"{archive.place}/{name}: nothing is taken out of the archive: {error}") from error
    return CopiedFiles(tuple(names), frozenset(references), frozenset(references - ids), tuple(problems))


def _settled(store: Store, archive: ObjectStore, versions: Sequence[tuple[CopiedName, str]]) -> list[str]:
    """The versions of one file that stay: those that the store names, else the last."""
    if len(versions) > 1:
        names = [name for _, name in sorted(versions, key=lambda version: version[0].times)]
        named = [name for name in names if store.places.offsets_in(name)] or names[-1:]
        archive.delete(*(name for name in names if name not in named))
        return named
    return [name for _, name in versions]


def prune_copied_files(
    store: Store,
    archive: ObjectStore,
    files: CopiedFiles,
    before: datetime,
    data: Path,
    observer: Observer | None = None,
    time_is_up: Callable[[], bool] = no_deadline,
) -> Pruned:
    """Take out of the copied files what was recorded before a moment and is needed by nothing any more.

    Needed is what a snapshot or a finding names, and what a younger record or object rests on. `data` is the data
    folder, which has to have room for a copy of the largest file. To be called after `prune_objects`, while the store
    is held for a run. Killed at any moment, or stopped as time is up, nothing needed is lost.

    Raises ArchiveError, StoreError, OSError.
    """
    observer = observer or NullObserver()
    observer.stage(STAGE, len(files.names))
    scratch = data / _SCRATCH
    pruned = Pruned(0, 0, files.problems)
    resting = _Resting(archive)
    try:
        for name in files.names:
            if time_is_up():
                break
            observer.step(STAGE, name)
            shutil.rmtree(scratch, ignore_errors=True)
            scratch.mkdir(parents=True)
            one = _prune(store, archive, name, _Needs(files, resting, before, time_is_up), scratch)
            pruned = Pruned(pruned.freed + one.freed, pruned.files + one.files, pruned.problems + one.problems)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return pruned


@dataclass(frozen=True, slots=True)
class _Needs:
    """What is needed besides what the store names."""

    files: CopiedFiles
    resting: "_Resting"
    before: datetime
    time_is_up: Callable[[], bool]


def _prune(store: Store, archive: ObjectStore, name: str, needs: _Needs, scratch: Path) -> Pruned:
    copied = CopiedName.parse(name)
    size = archive.size(name)
    if copied is None or size is None:
        return Pruned(0, 0)
    named = store.places.offsets_in(name)
    lengths: dict[str, int] = {}  # of what may go
    others: set[str] = set()
    for group in _groups(archive, name):
        if group.made >= needs.before or group.offset in named or group.record_id in needs.files.young_references:
            others.add(group.record_id)
        else:
            lengths[group.record_id] = group.end - group.offset
    superfluous = sum(lengths.values())
    if superfluous < LEAST_FREED * size and (others or not size):
        return Pruned(0, 0)
    for record_id in needs.resting.references(copied.id, needs.time_is_up):
        if record_id in lengths:
            superfluous -= lengths.pop(record_id)
            others.add(record_id)
            if superfluous < LEAST_FREED * size:
                return Pruned(0, 0)
    if needs.time_is_up():  # not all that rests on it was read
        return Pruned(0, 0)
    try:
        return _write_anew(store, archive, name, copied.next(), (named, others, needs.before), scratch)
    except ArchiveError as error:
        return Pruned(0, 0, (str(error),))


def _write_anew(
    store: Store,
    archive: ObjectStore,
    name: str,
    new: str,
    needed: tuple[set[int], set[str], datetime],
    scratch: Path,
) -> Pruned:
    """Have what is needed of a file in another, and remove it; `needed` are offsets, ids, and from when on all is."""
    copy = scratch / name
    with archive.open(name) as content, copy.open("wb") as file:
        shutil.copyfileobj(content, file, _PIECE)
    named, ids, before = needed
    replacement = replace_file(copy, named, ids, before, new)
    if replacement.new == copy:
        return Pruned(0, 0)
    if replacement.new is not None:
        archive.put_file(new, replacement.new)
        store.places.move(name, new, replacement.moved)
    archive.delete(name)
    return Pruned(replacement.freed, 1)


class _Resting:
    """What the objects that are fetches of their own leave to copied files."""

    def __init__(self, archive: ObjectStore) -> None:
        self._archive = archive
        self._known: tuple[dict[str, list[str]], list[str]] | None = None

    def references(self, file_id: str, time_is_up: Callable[[], bool]) -> Iterator[str]:
        """The ids of the records that objects rest on, of those whose names say that it is this file, or none here.

        Each is read, some at a time; ends when time is up. Raises ArchiveError.
        """
        found, astray = self._known or self._look()
        self._known = found, astray
        for groups in _read_ahead(self._archive, [*found.get(file_id, ()), *astray]):
            if time_is_up():
                return
            yield from (group.refers_to for group in groups if group.refers_to is not None)

    def _look(self) -> tuple[dict[str, list[str]], list[str]]:
        """(the names of objects by the id that they rest on, those that rest on an id which nothing here has).

        The latter were files for a time, and what they rest on was written into another one there.
        """
        found: dict[str, list[str]] = defaultdict(list)
        ids: set[str] = set()
        for one in self._archive.list():
            parts, copied = ObjectName.parse(one.name), CopiedName.parse(one.name)
            ids.update(known.id for known in (parts, copied) if known is not None)
            for rested_on in parts.rests_on if parts is not None else ():
                found[rested_on].append(one.name)
        return found, [name for rested_on, names in found.items() if rested_on not in ids for name in names]


def record_ids(archive: ObjectStore, names: Sequence[str]) -> Iterator[tuple[str, set[str]]]:
    """The ids of the records in each of these objects. Raises ArchiveError."""
    for name, groups in zip(names, _read_ahead(archive, names), strict=True):
        yield name, {group.record_id for group in groups}


def _read_ahead(archive: ObjectStore, names: Iterable[str]) -> Iterator[list[RecordGroup]]:
    """The records of each object, some of which are asked for at the same time."""
    asked: deque[Future[list[RecordGroup]]] = deque()
    with ThreadPoolExecutor(_AHEAD, thread_name_prefix="pruning") as pool:
        try:
            for name in names:
                if len(asked) == _AHEAD:
                    yield asked.popleft().result()
                asked.append(pool.submit(lambda name: list(_groups(archive, name)), name))
            while asked:
                yield asked.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)


def _groups(archive: ObjectStore, name: str) -> Iterator[RecordGroup]:
    try:
        with archive.open(name) as file:
            yield from record_groups(file, f"{archive.place}/{name}")
    except OSError as error:
        raise ArchiveError(f"{archive.place}/{name}: cannot be read: {error}") from error
