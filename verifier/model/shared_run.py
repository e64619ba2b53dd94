"""A run that several workers share: how far it is, and the right to work on a part of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class RunPhase(StrEnum):
    """How far a shared run is; each phase begins when nothing is left of the one before."""

    READING = "reading"
    CHECKING = "checking"
    COMPARING = "comparing"
    CLOSING = "closing"
    ENDED = "ended"


class RunNoteKind(StrEnum):
    """Which list of a run's report a sentence of a worker belongs to."""

    FAILED = "failed"
    LEFT = "left"
    NOTE = "note"
    FAILURE = "failure"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class RunNote:
    """What a worker has to say of a shared run; `subject` is the document of a `FAILED` one."""

    kind: RunNoteKind
    words: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class SharedRun:
    """A run that workers share; see `db.tables.scale.SharedRunRow`."""

    run_id: int
    phase: RunPhase
    planned_at: datetime
    ends_at: datetime | None
    basis: str
    last_fetch: int
    archived: int
    network_down: bool = False


@dataclass(frozen=True, slots=True)
class ShardToken:
    """The right to write what a shard of a run brings (a fencing token): void once a higher epoch was given out."""

    run_id: int
    shard: int
    epoch: int


@dataclass(frozen=True, slots=True)
class HostsSeen:
    """Of the hosts that a run asked and that tell of our network: how many there are, and how many are silent.

    `unresolved` of the silent ones could not even be looked up.
    """

    tried: int = 0
    silent: int = 0
    unresolved: int = 0
