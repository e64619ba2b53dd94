"""The archive on disk: WARC 1.1 files, written so that a crash at any moment costs at most a torn tail.

Each process writes a file of its own, which it holds a lock on while it writes; the lock's file outlives a crash and so
names the file whose tail is to be looked at by the next process that opens the folder.
"""

import os
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from filelock import FileLock, Timeout
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from verifier._version import __version__
from verifier.errors import ArchiveError
from verifier.model import ArchivedResponse
from verifier.resolver.archive.store import ALL_NEW, ArchivedPage, Unchanged, payload_digest
from verifier.resolver.archive.warc_check import digest_holds
from verifier.resolver.archive.warc_members import copy_member, read_member, whole_length
from verifier.resolver.archive.warc_records import Supplied, exchange_records, info_record, resource_records
from verifier.resolver.http.exchange import Fetched

_MARK = ".writing"  # suffix of the lock's file beside the file that is being written


class WarcArchive:
    """Keeps responses in `folder` as `*.warc.gz`; thread-safe, and several processes may share the folder.

    A file is closed and a new one begun when it has reached `max_file_bytes`.

    A context manager: `close` at the end finishes the file.

    Raises ArchiveError when the folder cannot be used or written (a full disk, say); what was written before stays
    whole.
    """

    def __init__(self, folder: Path, *, max_file_bytes: int = 1_000_000_000) -> None:
        self._folder = folder
        self._max_file_bytes = max_file_bytes
        self._lock = threading.Lock()
        self._file: BinaryIO | None = None
        self._name = ""
        self._mark: FileLock | None = None
        try:
            folder.mkdir(parents=True, exist_ok=True)
            cut_torn_tails(folder)
            self._size = sum(path.stat().st_size for path in folder.glob("*.warc.gz"))
        except OSError as error:
            raise ArchiveError(f"{folder}: cannot be used as an archive: {error}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def size(self) -> int:
        """Bytes of all files of the archive, those of other processes as they were when this one was opened."""
        return self._size

    def write(self, fetched: Fetched, unchanged: Mapping[int, Unchanged] = ALL_NEW) -> tuple[ArchivedResponse, ...]:
        """Append the responses of a fetch, each followed by its request."""
        kept = {}
        for index, exchange in enumerate(fetched.exchanges):
            digest = payload_digest(exchange.body)
            same = unchanged.get(index)
            name, offset = self._append(exchange_records(exchange, digest, same))
            kept[exchange.hop] = (
                ArchivedResponse(exchange.hop, exchange.url, name, offset, digest)
                if same is None
                else replace(same.kept, hop=exchange.hop)
            )
        return tuple(kept.values())

    def write_supplied(self, supplied: Supplied) -> ArchivedResponse:
        """Append what a person handed in as the content of an address."""
        digest = payload_digest(supplied.payload)
        name, offset = self._append(resource_records(supplied, digest))
        return ArchivedResponse(0, supplied.url, name, offset, digest)

    def read(self, warc_file: str, offset: int) -> ArchivedPage:
        """Read a snapshot back, and prove its payload by its digest."""
        return page_of(self._at(warc_file, offset, read_member), f"{warc_file}:{offset}")

    def record(self, warc_file: str, offset: int) -> bytes:
        """The record of a snapshot as it is kept: one gzip member, which is a WARC file by itself."""
        return self._at(warc_file, offset, copy_member)

    def _at(self, warc_file: str, offset: int, read: Callable[[BinaryIO, int], bytes]) -> bytes:
        path = self._folder / warc_file
        if path.parent != self._folder:
            raise ArchiveError(f"{warc_file}: not a file of this archive")
        try:
            with path.open("rb") as file:
                return read(file, offset)
        except OSError as error:
            raise ArchiveError(f"{warc_file}: cannot be read: {error}") from error

    def close(self) -> None:
        """Finish the file; the next write begins another."""
        with self._lock:
            self._finish()

    def _append(self, records: bytes) -> tuple[str, int]:
        with self._lock:
            try:
                file = self._file if self._file is not None else self._begin()
                offset = file.tell()
                self._write(file, offset, records)
                self._size += len(records)
                if file.tell() >= self._max_file_bytes:
                    self._finish()
            except OSError as error:
                raise ArchiveError(f"{self._folder}: cannot write the archive: {error}") from error
            return self._name, offset

    def _write(self, file: BinaryIO, offset: int, records: bytes) -> None:
        try:
            rest = memoryview(records)
            while rest:  # a disk that is nearly full takes a part and says so only by the count
                rest = rest[file.write(rest) :]
        except OSError:
            os.ftruncate(file.fileno(), offset)  # a full disk took half a record: the file must stay whole
            file.seek(offset)
            raise

    def _begin(self) -> BinaryIO:
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
        self._name = f"verifier-{stamp}-{secrets.token_hex(4)}.warc.gz"
        path = self._folder / self._name
        self._mark = FileLock(f"{path}{_MARK}", thread_local=False)
        self._mark.acquire(timeout=0)
        self._file = path.open("xb", buffering=0)
        try:
            self._write(self._file, 0, info_record(self._name, f"Verifier/{__version__}"))
        except OSError:
            self._finish()
            path.unlink()
            raise
        return self._file

    def _finish(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
        if self._mark is not None:
            Path(self._mark.lock_file).unlink(missing_ok=True)
            self._mark.release()
            self._mark = None


def is_being_written(path: Path) -> bool:
    """Whether a process writes to a file of the archive, or died while it did."""
    return path.with_name(path.name + _MARK).exists()


def archive_length(path: Path) -> int:
    """How many bytes of a file of the archive are whole records, also while it is being written. Raises OSError."""
    if not is_being_written(path):
        return path.stat().st_size
    with path.open("rb") as file:
        return whole_length(file)


def cut_torn_tails(folder: Path) -> tuple[Path, ...]:
    """Cut the half-written record off every file whose writer died; the files that were cut.

    Only files with a mark that nobody holds are looked at: never one that is being written.
    """
    cut = []
    for mark in sorted(folder.glob(f"*.warc.gz{_MARK}")):
        lock = FileLock(mark, thread_local=False)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            continue
        path = mark.with_name(mark.name.removesuffix(_MARK))
        if path.exists() and _cut(path):
            cut.append(path)
        mark.unlink(missing_ok=True)
        lock.release()
    return tuple(cut)


def page_of(member: bytes, place: str) -> ArchivedPage:
    """The response in one record, or what a person supplied instead of one.

    Raises ArchiveError when it is none, or its digest does not hold.
    """
    try:
        record = next(iter(ArchiveIterator(BytesIO(member))), None)
        if record is None or record.rec_type not in ("response", "resource"):
            raise ArchiveError(f"{place}: no archived response there")
        payload = record.content_stream().read()
    except ArchiveLoadFailed as error:
        raise ArchiveError(f"{place}: damaged record: {error}") from error
    headers, answer = record.rec_headers, record.http_headers
    page = ArchivedPage(
        url=headers.get_header("WARC-Target-URI"),
        http_status=int(answer.get_statuscode()) if answer is not None else None,
        headers=tuple(answer.headers) if answer is not None else (("Content-Type", record.content_type or ""),),
        payload=payload,
        payload_sha256=payload_digest(payload),
        record_id=headers.get_header("WARC-Record-ID") or "",
        date=headers.get_header("WARC-Date") or "",
    )
    if not digest_holds(headers.get_header("WARC-Payload-Digest"), payload):
        raise ArchiveError(f"{place}: the payload does not match its digest; run `verifier archive check`")
    return page


def _cut(path: Path) -> bool:
    with path.open("r+b") as file:
        whole = whole_length(file)
        torn = whole < os.fstat(file.fileno()).st_size
        if torn:
            file.truncate(whole)
    if whole == 0:
        path.unlink()
    return torn
