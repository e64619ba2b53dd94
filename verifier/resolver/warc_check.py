"""Proving an archive: every record whole, every digest right."""

import base64
import hashlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from verifier.errors import ArchiveError
from verifier.resolver.warc_members import Member, members


@dataclass(frozen=True, slots=True)
class ArchiveProblem:
    """One thing that is wrong: the file, the record's place in it, and what."""

    warc_file: str
    offset: int
    message: str

    def __str__(self) -> str:
        return f"{self.warc_file}:{self.offset}: {self.message}"


@dataclass(frozen=True, slots=True)
class ArchiveReport:
    """What a check of an archive found: `responses` are (file, offset, payload SHA-256) of the proven ones."""

    files: int
    records: int
    responses: tuple[tuple[str, int, str], ...]
    problems: tuple[ArchiveProblem, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def check_archive(folder: Path) -> ArchiveReport:
    """Read every record of an archive's files and prove its digests.

    Raises ArchiveError when the folder or a file cannot be read at all.
    """
    if not folder.is_dir():
        raise ArchiveError(f"{folder}: no archive there; check --data")
    records = 0
    responses: list[tuple[str, int, str]] = []
    problems: list[ArchiveProblem] = []
    paths = sorted(folder.glob("*.warc.gz"))
    for path in paths:
        end = 0
        try:
            with path.open("rb") as file:
                for member in members(file):
                    end = member.end
                    records += 1
                    _prove(path.name, member, responses, problems)
            size = path.stat().st_size
        except OSError as error:
            raise ArchiveError(f"{path}: cannot be read: {error}") from error
        if end < size:
            problems.append(ArchiveProblem(path.name, end, f"{size - end} bytes that are no whole record"))
    return ArchiveReport(len(paths), records, tuple(responses), tuple(problems))


def digest_holds(stated: str | None, data: bytes) -> bool:
    """Whether `algorithm:BASE32` (or base16) is the digest of the data; also where none or an unknown one is stated."""
    algorithm, _, value = (stated or "").partition(":")
    if algorithm not in ("sha1", "sha256", "sha512", "md5"):
        return True
    digest = hashlib.new(algorithm, data).digest()
    return value.upper() == base64.b32encode(digest).decode("ascii") or value.lower() == digest.hex()


def _prove(name: str, member: Member, responses: list[tuple[str, int, str]], problems: list[ArchiveProblem]) -> None:
    _, blank, block = member.data.partition(b"\r\n\r\n")
    try:
        record = next(iter(ArchiveIterator(BytesIO(member.data))), None)
        if record is None or not blank:
            problems.append(ArchiveProblem(name, member.offset, "no WARC record"))
            return
        payload = record.content_stream().read()
    except ArchiveLoadFailed as error:
        problems.append(ArchiveProblem(name, member.offset, str(error)))
        return
    headers = record.rec_headers
    length = headers.get_header("Content-Length", "")
    if not length.isdigit() or len(block) != int(length) + 4:
        problems.append(ArchiveProblem(name, member.offset, f"states {length} bytes and holds {len(block) - 4}"))
    if not digest_holds(headers.get_header("WARC-Block-Digest"), block[:-4]):
        problems.append(ArchiveProblem(name, member.offset, "block digest does not match"))
    if record.rec_type != "response":
        return
    if digest_holds(headers.get_header("WARC-Payload-Digest"), payload):
        responses.append((name, member.offset, hashlib.sha256(payload).hexdigest()))
    else:
        problems.append(ArchiveProblem(name, member.offset, "payload digest does not match"))
