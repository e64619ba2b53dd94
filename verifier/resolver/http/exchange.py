"""What went over the wire in one fetch: the material of the archive, beside the model's `Fetch`."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from verifier.model import Fetch
from verifier.resolver.http.time_budget import TimeBudget


class Truncation(StrEnum):
    """Why a body is not whole (the values of `WARC-Truncated`, WARC 1.1 section 5.13)."""

    LENGTH = "length"
    TIME = "time"
    DISCONNECT = "disconnect"


class MoreHeaders(Protocol):
    """What the requests of a fetch carry beyond the usual headers."""

    def headers_for(self, url: str) -> tuple[tuple[str, str], ...]:
        """The headers for one of its hops."""
        ...


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its response.

    `hop` is the index in the fetch's hops; `body` has transfer and content coding undone. `coding_kept` says that a
    content coding we do not know, or that was damaged, is still on it.
    """

    hop: int
    url: str
    ip: str
    sent_at: datetime
    request_line: str
    request_headers: tuple[tuple[str, str], ...]
    status_line: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    truncated: Truncation | None = None
    coding_kept: bool = False


@dataclass(frozen=True, slots=True)
class Fetched:
    """A fetch with its exchanges (retried ones too: each response that came is kept).

    `budget` is what was left of the seconds for its address.
    """

    fetch: Fetch
    exchanges: tuple[Exchange, ...] = ()
    budget: TimeBudget | None = field(default=None, compare=False, repr=False)
