"""The gzip members of a WARC file: each record is one, so that it can be found by its offset and torn ones
recognised."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from verifier.errors import ArchiveError

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Member:
    """A whole gzip member: its place in the file and its inflated bytes."""

    offset: int
    end: int
    data: bytes


def members(file: BinaryIO) -> Iterator[Member]:
    """The whole members from the file's position on; ends before the first torn or damaged one."""
    offset = file.tell()
    pending = b""
    while True:
        member, pending = _next_member(file, offset, pending)
        if member is None:
            return
        yield member
        offset = member.end


def read_member(file: BinaryIO, offset: int) -> bytes:
    """The inflated member that begins at `offset`. Raises ArchiveError when none does."""
    file.seek(offset)
    member, _ = _next_member(file, offset, b"")
    if member is None:
        raise ArchiveError(f"{getattr(file, 'name', 'archive')}:{offset}: no whole record there")
    return member.data


def copy_member(file: BinaryIO, offset: int) -> bytes:
    """The member that begins at `offset` as it is in the file, deflated. Raises ArchiveError when none does."""
    file.seek(offset)
    member, _ = _next_member(file, offset, b"")
    if member is None:
        raise ArchiveError(f"{getattr(file, 'name', 'archive')}:{offset}: no whole record there")
    file.seek(offset)
    return file.read(member.end - offset)


def ends_in_half_a_member(path: Path, offset: int) -> bool:
    """Whether what begins at `offset` is sound as far as it goes, and only ends too early. Raises OSError."""
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
    with path.open("rb") as file:
        file.seek(offset)
        while data := file.read(_PIECE):
            try:
                inflater.decompress(data)
            except zlib.error:
                return False
    return not inflater.eof


def whole_length(file: BinaryIO) -> int:
    """How many bytes from the start are whole members: what follows is a torn tail."""
    file.seek(0)
    end = 0
    for member in members(file):
        end = member.end
    return end


def _next_member(file: BinaryIO, offset: int, pending: bytes) -> tuple[Member | None, bytes]:
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
    pieces = []
    read = 0
    while not inflater.eof:
        data = pending or file.read(_PIECE)
        pending = b""
        if not data:
            return None, b""
        read += len(data)
        try:
            pieces.append(inflater.decompress(data))
        except zlib.error:
            return None, b""
    rest = inflater.unused_data
    return Member(offset, offset + read - len(rest), b"".join(pieces)), rest
