"""How the objects of an archive are named: what they are and what they rest on is known from a list of names alone.

`fetch-<time>-<random>` holds at least one body, `visit-<time>-<random>` none, since all were kept already or empty.
Behind that are the same two parts of the name of every other object that holds a body which this one leaves out.
"""

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

FETCH = "fetch-"
VISIT = "visit-"

SWEPT = "swept"
"""Names the object that says (ISO 8601) up to when orphans were looked for: what is older is known to be none."""

_ENDING = ".warc.gz"
_STAMP = "%Y%m%dT%H%M%S%fZ"
_ID = re.compile(r"\d{8}T\d{12}Z-[0-9a-f]{8}")
_COPIED = re.compile(rf"verifier-({_ID.pattern})(?:-r(\d{{6}})-[0-9a-f]{{8}})?\.warc\.gz")
_NAME = re.compile(rf"(fetch-|visit-)({_ID.pattern}(?:-{_ID.pattern})*)\.warc\.gz")


@dataclass(frozen=True, slots=True)
class ObjectName:
    """The parts of a name; `id` is its time and random part, `rests_on` the ids of objects that hold its bodies."""

    kind: str
    id: str
    rests_on: tuple[str, ...] = ()

    @classmethod
    def new(cls, kind: str, rests_on: Iterable[str] = ()) -> Self:
        """A name that nothing has yet; `rests_on` are names of objects (or files) of the archive."""
        stamp = f"{datetime.now(UTC):{_STAMP}}-{secrets.token_hex(4)}"
        ids = dict.fromkeys(found[0] for name in rests_on if (found := _ID.search(name)))
        return cls(kind, stamp, tuple(ids))

    @classmethod
    def parse(cls, name: str) -> Self | None:
        """The parts of a name of ours; None for any other."""
        found = _NAME.fullmatch(name)
        if found is None:
            return None
        first, *others = _ID.findall(found[2])
        return cls(found[1], first, tuple(others))

    @classmethod
    def first(cls, kind: str, moment: datetime) -> str:
        """What sorts before every name of a kind that is made from a moment on, and behind all made before."""
        return f"{kind}{moment.astimezone(UTC):{_STAMP}}"

    @property
    def made(self) -> datetime:
        """When it was named."""
        return datetime.strptime(self.id.partition("-")[0], _STAMP).replace(tzinfo=UTC)

    def __str__(self) -> str:
        return f"{self.kind}{'-'.join((self.id, *self.rests_on))}{_ENDING}"


@dataclass(frozen=True, slots=True)
class CopiedName:
    """The name of a file of many records that was copied into a bucket, or of what was written in its place.

    `id` is the same for all of them, so that what rests on the first rests on the last; `times` counts how often it was
    written anew.
    """

    id: str
    times: int

    @classmethod
    def parse(cls, name: str) -> Self | None:
        """The parts of such a name; None for any other."""
        found = _COPIED.fullmatch(name)
        return None if found is None else cls(found[1], int(found[2] or 0))

    def next(self) -> str:
        """A name that nothing has yet for what is written in its place."""
        return f"verifier-{self.id}-r{self.times + 1:06d}-{secrets.token_hex(4)}{_ENDING}"
