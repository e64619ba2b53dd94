"""Proving an archive: every record whole, every digest right, every body that is left out kept elsewhere."""

import base64
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from verifier.errors import ArchiveError
from verifier.objects import FileObjects, ObjectStore
from verifier.resolver.archive.gzip_headers import odd_headers
from verifier.resolver.archive.warc_members import Member, ends_in_half_a_member, members


@dataclass(frozen=True, slots=True)
class ArchiveProblem:
    """One thing that is wrong: the file, the record's place in it, and what.

    `torn` is a record that is only half written, at the end of a file: what a killed run leaves, or one at work.
    """

    warc_file: str
    offset: int
    message: str
    torn: bool = False

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
    """As `check_objects`, of the files of a folder. Raises ArchiveError where there is no such folder, too."""
    if not folder.is_dir():
        raise ArchiveError(f"{folder}: no archive there; check --data")
    return check_objects(FileObjects(folder))


def check_objects(archive: ObjectStore) -> ArchiveReport:
    """Read every record of an archive's files and prove its digests, and that what a record refers to is there.

    Raises ArchiveError when the archive or a file of it cannot be read at all.
    """
    proof = _Proof()
    files = 0
    for file in archive.list():
        if file.name.endswith(".warc.gz"):
            files += 1
            _prove_file(archive, file.name, proof)
    proof.follow_references()
    return ArchiveReport(files, proof.records, tuple(proof.responses), tuple(proof.problems))


def _prove_file(archive: ObjectStore, name: str, proof: "_Proof") -> None:
    end, heads = 0, {}
    try:
        with archive.open(name) as file:
            for member in members(file):
                end = member.end
                heads[member.offset] = member.head
                proof.see(name, member)
            left = file.seek(0, os.SEEK_END) - end
            torn = left > 0 and ends_in_half_a_member(file, end)
    except OSError as error:
        raise ArchiveError(f"{archive.place}/{name}: cannot be read: {error}") from error
    proof.problems += [ArchiveProblem(name, at, "its gzip header has changed") for at in odd_headers(heads)]
    if left > 0:
        proof.problems.append(ArchiveProblem(name, end, f"{left} bytes that are no whole record", torn))


def digest_holds(stated: str | None, data: bytes) -> bool:
    """Whether `algorithm:BASE32` (or base16) is the digest of the data; also where none or an unknown one is stated."""
    algorithm, _, value = (stated or "").partition(":")
    if algorithm not in ("sha1", "sha256", "sha512", "md5"):
        return True
    digest = hashlib.new(algorithm, data).digest()
    return value.upper() == base64.b32encode(digest).decode("ascii") or value.lower() == digest.hex()


@dataclass(frozen=True, slots=True)
class _Reference:
    """A record that leaves a body out: where it stands, and the record and payload digest that it names."""

    warc_file: str
    offset: int
    record_id: str
    payload_digest: str | None


class _Proof:
    """What has been proven so far; references are followed at the end, since files are in no order."""

    def __init__(self) -> None:
        self.records = 0
        self.responses: list[tuple[str, int, str]] = []
        self.problems: list[ArchiveProblem] = []
        self._digests: dict[str, str | None] = {}
        self._references: list[_Reference] = []

    def see(self, name: str, member: Member) -> None:
        """Prove one record by itself."""
        self.records += 1
        problems = list(self._prove(name, member))
        self.problems += [ArchiveProblem(name, member.offset, problem) for problem in problems]

    def follow_references(self) -> None:
        """Prove that every body that was left out is kept."""
        for reference in self._references:
            if reference.record_id not in self._digests:
                problem = f"leaves its body to {reference.record_id}, which is damaged or not there"
            elif reference.payload_digest not in (None, self._digests[reference.record_id]):
                problem = f"leaves its body to {reference.record_id}, which holds another"
            else:
                continue
            self.problems.append(ArchiveProblem(reference.warc_file, reference.offset, problem))

    def _prove(self, name: str, member: Member) -> Iterator[str]:
        _, blank, block = member.data.partition(b"\r\n\r\n")
        try:
            record = next(iter(ArchiveIterator(BytesIO(member.data))), None)
            if record is None or not blank:
                yield "no WARC record"
                return
            payload = record.content_stream().read()
        except ArchiveLoadFailed as error:
            yield str(error)
            return
        headers = record.rec_headers
        length = headers.get_header("Content-Length", "")
        if not length.isdigit() or len(block) != int(length) + 4:
            yield f"states {length} bytes and holds {len(block) - 4}"
        if not digest_holds(headers.get_header("WARC-Block-Digest"), block[:-4]):
            yield "block digest does not match"
        stated = headers.get_header("WARC-Payload-Digest")
        if record.rec_type in ("revisit", "metadata"):
            target = headers.get_header("WARC-Refers-To")
            if target is not None or record.rec_type == "revisit":
                same = stated if record.rec_type == "revisit" else None
                self._references.append(_Reference(name, member.offset, target or "no record", same))
        elif record.rec_type in ("response", "resource") and digest_holds(stated, payload):
            self.responses.append((name, member.offset, hashlib.sha256(payload).hexdigest()))
            self._digests[headers.get_header("WARC-Record-ID", "")] = stated
        elif record.rec_type in ("response", "resource"):
            yield "payload digest does not match"
