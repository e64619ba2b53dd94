"""The index of an archive: CDXJ lines (CDXJ 0.1.0), sorted, in compressed blocks with an index of their own (ZipNum).

A replay tool finds a capture by two binary searches and reads one block, however large the archive.
"""

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from warcio.recordloader import ArcWarcRecord

from verifier.resolver.archive.surt import surt
from verifier.resolver.archive.warc_members import Member

LINES_IN_BLOCK = 1024  # as py-wacz has it: some 50 KB compressed, one request of a replay over HTTP

_REVISIT = "warc/revisit"  # the media type that replay tools know a revisit by in an index


@dataclass(frozen=True, slots=True)
class Block:
    """A compressed run of index lines: its bytes and the line of the secondary index that leads to it."""

    data: bytes
    pointer: str


def index_line(warc_file: str, member: Member, record: ArcWarcRecord) -> str | None:
    """The index's line for a record; None for one that answers no request (a request, a note of ours)."""
    if record.rec_type not in ("response", "revisit") or record.http_headers is None:
        return None
    headers = record.rec_headers
    url = headers.get_header("WARC-Target-URI") or ""
    stated = (record.http_headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()
    entry = {
        "url": url,
        "mime": _REVISIT if record.rec_type == "revisit" else stated or "unk",
        "status": record.http_headers.get_statuscode(),
        "digest": headers.get_header("WARC-Payload-Digest") or "-",
        "length": str(member.end - member.offset),
        "offset": str(member.offset),
        "filename": warc_file,
    }
    return f"{surt(url)} {timestamp(headers.get_header('WARC-Date') or '')} {json.dumps(entry)}"


def timestamp(warc_date: str) -> str:
    """The fourteen digits of a `WARC-Date`, to the second."""
    return "".join(char for char in warc_date if char.isdigit())[:14].ljust(14, "0")


def blocks(lines: Iterable[str]) -> Iterator[Block]:
    """Sorted lines as gzip members, each with its pointer."""
    offset = 0
    pending: list[str] = []
    for line in lines:
        pending.append(line)
        if len(pending) == LINES_IN_BLOCK:
            yield (block := _block(pending, offset))
            offset += len(block.data)
            pending = []
    if pending:
        yield _block(pending, offset)


def _block(lines: list[str], offset: int) -> Block:
    compressor = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    data = compressor.compress("".join(f"{line}\n" for line in lines).encode("utf-8")) + compressor.flush()
    place = {"offset": offset, "length": len(data), "digest": f"sha256:{hashlib.sha256(data).hexdigest()}"}
    key, when, _ = lines[0].split(" ", 2)
    return Block(data, f"{key} {when} {json.dumps(place)}")
