"""Taking out of an archive what nothing needs any more, file by file, so that a crash at any moment loses nothing.

A file is written anew with what is needed of it, its members copied byte for byte; a note beside the new file says
whose place it takes. Only when the store names the new places does the old file go. Whoever finds such a note asks
the store which of the two it names, and removes the other.
"""

import re
import secrets
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from verifier._version import __version__
from verifier.errors import ArchiveError
from verifier.files import clear_drafts, whole_file, write_file
from verifier.resolver.archive.warc import is_being_written
from verifier.resolver.archive.warc_members import Member, members
from verifier.resolver.archive.warc_records import info_record

LEAST_FREED = 0.05
"""The part of a file that has to be superfluous before it is written anew: a large file is not copied for one page."""

_REPLACES = ".replaces"  # suffix of the note beside a new file; it holds the old one's name
_HEADER = re.compile(rb"^(WARC-[\w-]+):[ \t]*(.*?)\r?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Replacement:
    """A file of the archive and the one that takes its place (None: nothing of it is needed).

    `moved` maps the offsets of records in the old file to those in the new one; `freed` counts bytes.
    """

    old: Path
    new: Path | None
    freed: int
    moved: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RecordGroup:
    """A record with those that are about it (its request, who supplied it), and what its head says.

    `refers_to` is the id of the record whose body it leaves out.
    """

    offset: int
    end: int
    record_id: str
    refers_to: str | None
    made: datetime


def finished_files(folder: Path) -> list[Path]:
    """The files of an archive that nobody is writing, in order."""
    return [path for path in sorted(folder.glob("*.warc.gz")) if not is_being_written(path)]


def young_references(paths: Collection[Path], before: datetime) -> set[str]:
    """The ids of the records whose bodies those made since `before` leave out. Raises ArchiveError."""
    return {
        target
        for path in paths
        for group in _groups(path)
        if group.made >= before and (target := group.refers_to) is not None
    }


def replace_file(
    path: Path, named: Collection[int], referenced: Collection[str], before: datetime, name: str = ""
) -> Replacement:
    """Write what is needed of a file into a new one, beside it; the same file where (nearly) all of it is.

    `name` is that of the new file, one that says when it was made where none is given.

    Needed are the records at the offsets `named`, those with an id that is `referenced`, and all made since `before`;
    a request and what is about a record stay with it.

    Raises ArchiveError when the file is damaged (its offsets could not be trusted) or the new one cannot be written.
    """
    size = path.stat().st_size
    kept: list[RecordGroup] = []
    end = 0
    for group in _groups(path):
        end = group.end
        if group.made >= before or group.offset in named or group.record_id in referenced:
            kept.append(group)
    if end != size:
        raise ArchiveError(f"{path}: is damaged at {end}; see `verifier archive check`")
    if not kept:
        return Replacement(path, None, size)
    new = path.with_name(name or f"verifier-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}-{secrets.token_hex(4)}.warc.gz")
    head = info_record(new.name, f"Verifier/{__version__}")
    freed = size - len(head) - sum(group.end - group.offset for group in kept)
    if freed < LEAST_FREED * size:
        return Replacement(path, path, 0)
    try:
        moved = _copy(path, kept, head, new)
    except OSError as error:
        raise ArchiveError(f"{new}: cannot be written: {error}") from error
    return Replacement(path, new, freed, moved)


def commit(replacement: Replacement) -> None:
    """Remove the old file, now that the store names the new one's places. Raises ArchiveError."""
    if replacement.new == replacement.old:
        return
    try:
        replacement.old.unlink(missing_ok=True)
        if replacement.new is not None:
            _note_of(replacement.new).unlink(missing_ok=True)
    except OSError as error:
        raise ArchiveError(f"{replacement.old}: cannot be removed: {error}") from error


def pending(folder: Path) -> Iterator[Replacement]:
    """What a killed pruning left: of each pair, the store names places in one only. Drafts are removed at once."""
    clear_drafts(folder)
    for note in sorted(folder.glob(f"*.warc.gz{_REPLACES}")):
        new = note.with_name(note.name.removesuffix(_REPLACES))
        yield Replacement(folder / note.read_text(encoding="utf-8"), new, 0)


def rollback(replacement: Replacement) -> None:
    """Remove the new file: the store still names the old one's places."""
    if replacement.new is not None:
        replacement.new.unlink(missing_ok=True)
        _note_of(replacement.new).unlink(missing_ok=True)


def record_groups(file: BinaryIO, place: str) -> Iterator[RecordGroup]:
    """The records of an open file but its `warcinfo`, each with those concurrent to it; `place` is its name in words.

    Ends before the first record that is not whole. Raises ArchiveError, OSError.
    """
    group: RecordGroup | None = None
    for member in members(file):
        head = _head(member)
        if group is not None and head.get("WARC-Concurrent-To") == group.record_id:
            group = replace(group, end=member.end)
            continue
        if group is not None:
            yield group
        group = None if head.get("WARC-Type") == "warcinfo" else _group(place, member, head)
    if group is not None:
        yield group


def _groups(path: Path) -> Iterator[RecordGroup]:
    try:
        with path.open("rb") as file:
            yield from record_groups(file, str(path))
    except OSError as error:
        raise ArchiveError(f"{path}: cannot be read: {error}") from error


def _head(member: Member) -> dict[str, str]:
    head, _, _ = member.data.partition(b"\r\n\r\n")
    return {name.decode("ascii"): value.decode("utf-8", "replace") for name, value in _HEADER.findall(head)}


def _group(place: str, member: Member, head: Mapping[str, str]) -> RecordGroup:
    try:
        made = datetime.fromisoformat(head["WARC-Date"].replace("Z", "+00:00"))
        return RecordGroup(member.offset, member.end, head["WARC-Record-ID"], head.get("WARC-Refers-To"), made)
    except (KeyError, ValueError) as error:
        raise ArchiveError(f"{place}:{member.offset}: no record of ours; see `verifier archive check`") from error


def _copy(path: Path, groups: Collection[RecordGroup], head: bytes, new: Path) -> dict[int, int]:
    """Write the new file and the note beside it; the file appears under its name only when both are on the disk."""
    moved = {}
    try:
        with whole_file(new) as draft:
            with path.open("rb") as source, draft.open("wb") as target:
                target.write(head)
                for group in groups:
                    moved[group.offset] = target.tell()
                    source.seek(group.offset)
                    target.write(source.read(group.end - group.offset))
            write_file(_note_of(new), path.name)
    except OSError:
        _note_of(new).unlink(missing_ok=True)
        raise
    return moved


def _note_of(new: Path) -> Path:
    return new.with_name(new.name + _REPLACES)
