"""The archive's seam: where responses are kept as evidence, and a fake that keeps them in memory."""

import hashlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from verifier.errors import ArchiveError
from verifier.model import ArchivedResponse
from verifier.resolver.http.exchange import Exchange, Fetched


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """A response as it is read back: headers as sent, the payload with its content coding undone.

    `record_id` and `date` are those of its record, as they are there; empty where there are no records.
    """

    url: str
    http_status: int | None
    headers: tuple[tuple[str, str], ...]
    payload: bytes
    payload_sha256: str
    record_id: str = ""
    date: str = ""


class Sameness(StrEnum):
    """In what a response is the same as one that is kept already."""

    PAYLOAD = "payload"
    NOT_MODIFIED = "not_modified"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class KeptHead:
    """Status and headers of a kept response, as they are in its record."""

    http_status: int
    headers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Why the body of a response need not be kept: `kept` is the snapshot that holds it.

    `record_id` and `date` are of the record it is in; `text_sha256` is the readable text's, where that is the same.
    `head` is the status and headers of the kept response, where the server sent none of its own (a 304).
    """

    sameness: Sameness
    kept: ArchivedResponse
    record_id: str
    date: str
    text_sha256: str = ""
    head: KeptHead | None = None


ALL_NEW: Mapping[int, Unchanged] = MappingProxyType({})
"""Nothing of a fetch is kept already."""


class ArchiveStore(Protocol):
    """Keeps every response of a fetch, redirects and errors too: a 404 is proof."""

    def write(self, fetched: Fetched, unchanged: Mapping[int, Unchanged] = ALL_NEW) -> tuple[ArchivedResponse, ...]:
        """Keep the responses; one snapshot per hop that was answered (of a retried hop, its last answer).

        `unchanged` names by their index the exchanges whose bodies are kept already: only that they were the same is
        recorded, and their snapshots are those that hold the bodies.

        Raises ArchiveError when they cannot be written.
        """
        ...

    def read(self, warc_file: str, offset: int) -> ArchivedPage:
        """Read a snapshot back. Raises ArchiveError when there is no such record or it is damaged."""
        ...

    @property
    def size(self) -> int:
        """Bytes that are kept."""
        ...

    def close(self) -> None:
        """Finish what is being written."""
        ...


def payload_digest(payload: bytes) -> str:
    """The hex SHA-256 under which a payload is known in the store and in the archive."""
    return hashlib.sha256(payload).hexdigest()


def status_of(exchange: Exchange) -> int:
    """The numeric status of an exchange's response."""
    return int(exchange.status_line.split(" ", 2)[1])


class MemoryArchive:
    """An archive that forgets everything at the end: for tests, and for work that keeps no evidence."""

    def __init__(self) -> None:
        self._exchanges: list[Exchange] = []
        self._lock = threading.Lock()

    def write(self, fetched: Fetched, unchanged: Mapping[int, Unchanged] = ALL_NEW) -> tuple[ArchivedResponse, ...]:
        """Keep the responses in memory."""
        kept = {}
        with self._lock:
            for index, exchange in enumerate(fetched.exchanges):
                if index in unchanged:
                    kept[exchange.hop] = replace(unchanged[index].kept, hop=exchange.hop)
                    continue
                place = len(self._exchanges)
                self._exchanges.append(exchange)
                kept[exchange.hop] = ArchivedResponse(
                    exchange.hop, exchange.url, "memory.warc", place, payload_digest(exchange.body)
                )
        return tuple(kept.values())

    def read(self, warc_file: str, offset: int) -> ArchivedPage:
        """Read a response back."""
        if warc_file != "memory.warc" or not 0 <= offset < len(self._exchanges):
            raise ArchiveError(f"{warc_file}:{offset}: no such record in memory")
        exchange = self._exchanges[offset]
        return ArchivedPage(
            exchange.url, status_of(exchange), exchange.headers, exchange.body, payload_digest(exchange.body)
        )

    @property
    def size(self) -> int:
        """Bytes of the bodies that are kept."""
        return sum(len(exchange.body) for exchange in self._exchanges)

    def close(self) -> None:
        """Nothing to finish."""
