"""The archive as objects: one small WARC file for every fetch, durable before the store names it.

A fetch is committed at once, so its bytes have to be durable by then; an object cannot be appended to, and records that
wait for a fuller file would be lost with the process. So each fetch is an object of its own, a valid WARC file, sent in
one request: it is there whole or not at all. What was sent but never named (a process killed in between) is an
orphan, which is known by its name (`object_names`): a fetch with a body that no row names.
"""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from types import TracebackType
from typing import BinaryIO, Self, cast

from verifier._version import __version__
from verifier.model import ArchivedResponse
from verifier.objects import ObjectStore
from verifier.objects.reader import RangedReader
from verifier.resolver.archive.object_names import FETCH, VISIT, ObjectName
from verifier.resolver.archive.store import ALL_NEW, ArchivedPage, Unchanged, payload_digest
from verifier.resolver.archive.warc import page_of
from verifier.resolver.archive.warc_members import copy_member, read_member
from verifier.resolver.archive.warc_records import Supplied, exchange_records, info_record, resource_records
from verifier.resolver.http.exchange import Fetched

ENDING = ".warc.gz"

_CACHED_BYTES = 32_000_000
"""Payloads kept in memory: an editor looks at one page in several ways, one after the other."""


class ObjectArchive:
    """Keeps responses in an object store; thread-safe, and any number of processes may share it.

    Raises ArchiveError when the store does not answer or does not take an object; nothing is half there then.
    """

    def __init__(self, objects: ObjectStore) -> None:
        self._objects = objects
        self._lock = threading.Lock()
        self._size: int | None = None
        self._recent = _Recent()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def size(self) -> int:
        """Bytes of all objects, those of other processes as they were when it was first asked: lists all of them."""
        with self._lock:
            if self._size is None:
                self._size = sum(one.bytes for one in self._objects.list() if one.name.endswith(ENDING))
            return self._size

    def write(self, fetched: Fetched, unchanged: Mapping[int, Unchanged] = ALL_NEW) -> tuple[ArchivedResponse, ...]:
        """Keep the responses of a fetch, each followed by its request, in one object."""
        if not fetched.exchanges:
            return ()
        holds_body = any(exchange.body and index not in unchanged for index, exchange in enumerate(fetched.exchanges))
        rests_on = [same.kept.warc_file for same in unchanged.values()]
        name = str(ObjectName.new(FETCH if holds_body else VISIT, rests_on))
        content = info_record(name, f"Verifier/{__version__}")
        kept = {}
        for index, exchange in enumerate(fetched.exchanges):
            digest = payload_digest(exchange.body)
            same = unchanged.get(index)
            kept[exchange.hop] = (
                ArchivedResponse(exchange.hop, exchange.url, name, len(content), digest)
                if same is None
                else replace(same.kept, hop=exchange.hop)
            )
            content += exchange_records(exchange, digest, same)
        self._put(name, content)
        return tuple(kept.values())

    def write_supplied(self, supplied: Supplied) -> ArchivedResponse:
        """Keep what a person handed in as the content of an address."""
        name = str(ObjectName.new(FETCH))
        info = info_record(name, f"Verifier/{__version__}")
        digest = payload_digest(supplied.payload)
        self._put(name, info + resource_records(supplied, digest))
        return ArchivedResponse(0, supplied.url, name, len(info), digest)

    def read(self, warc_file: str, offset: int) -> ArchivedPage:
        """Read a snapshot back, and prove its payload by its digest."""
        with self._lock:
            page = self._recent.find((warc_file, offset))
        if page is None:
            reader = cast(BinaryIO, RangedReader(self._objects, warc_file))
            page = page_of(read_member(reader, offset), f"{warc_file}:{offset}")
            with self._lock:
                self._recent.keep((warc_file, offset), page)
        return page

    def record(self, warc_file: str, offset: int) -> bytes:
        """The record of a snapshot as it is kept: one gzip member, which is a WARC file by itself."""
        return copy_member(cast(BinaryIO, RangedReader(self._objects, warc_file)), offset)

    def close(self) -> None:
        """Nothing to finish: what was written is durable."""

    def _put(self, name: str, content: bytes) -> None:
        self._objects.put(name, content)
        with self._lock:
            if self._size is not None:
                self._size += len(content)


class _Recent:
    """The pages that were read last."""

    def __init__(self) -> None:
        self._pages: OrderedDict[tuple[str, int], ArchivedPage] = OrderedDict()
        self._bytes = 0

    def find(self, place: tuple[str, int]) -> ArchivedPage | None:
        page = self._pages.get(place)
        if page is not None:
            self._pages.move_to_end(place)
        return page

    def keep(self, place: tuple[str, int], page: ArchivedPage) -> None:
        if place in self._pages or len(page.payload) > _CACHED_BYTES:
            return
        self._pages[place] = page
        self._bytes += len(page.payload)
        while self._bytes > _CACHED_BYTES:
            _, oldest = self._pages.popitem(last=False)
            self._bytes -= len(oldest.payload)
