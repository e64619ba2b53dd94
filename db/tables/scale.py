"""What several workers share of one run: who may write, how far each shard is, when a host may be asked again.

Filled only where the store is a PostgreSQL database; the tables are there on both back ends, since there is one schema.
"""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import Base, RowId


class RunLeaseRow(Base):
    """Who is at work in the store: one row, `name` is `run`. It lapses at `expires_at` unless it is renewed.

    `acquired_at` is since when its holder has it, null where an earlier version took it. `token` counts up with every
    holder; `run_id` is the run whose workers renew it together, null for one process.
    """

    __tablename__ = "run_lease"

    name: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str]
    token: Mapped[int] = mapped_column(RowId)
    run_id: Mapped[int | None] = mapped_column(RowId)
    expires_at: Mapped[datetime]
    acquired_at: Mapped[datetime | None]


class SharedRunRow(Base):
    """A run that workers share: its `phase` (`verifier.model.RunPhase`), and what all of them need to know.

    `planned_at` is the moment by which an address has to be due; `ends_at` when the night has to stop, null for never.
    `basis` and `last_fetch` are what the comparisons of this run rest on. `archived` is how many bytes the archive
    held when it began, `reaped` how many jobs of dead workers were taken away. `network_down` says that no worker
    reached the web any more. A run that ended `awaits_telling` until somebody was told of it; whoever tells has until
    `telling_until`, then another may.
    """

    __tablename__ = "shared_run"

    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), primary_key=True)
    phase: Mapped[str]
    planned_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    basis: Mapped[str]
    last_fetch: Mapped[int] = mapped_column(RowId)
    archived: Mapped[int] = mapped_column(RowId)
    reaped: Mapped[int]
    network_down: Mapped[bool]
    awaits_telling: Mapped[bool]
    telling_until: Mapped[datetime | None]


class SharedRunDocumentRow(Base):
    """A document of a shared run; `fetched` says whether its sources are asked for, `seen` whether it was looked at.

    `awaits_reading` and `awaits_comparison` hold until a worker has done either, or found that it cannot.
    """

    __tablename__ = "shared_run_document"

    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), primary_key=True)
    document_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    fetched: Mapped[bool]
    seen: Mapped[bool]
    awaits_reading: Mapped[bool]
    awaits_comparison: Mapped[bool]


class SharedRunNoteRow(Base):
    """A sentence for the report of a shared run; `kind` says which list of `verifier.runs.context.Work` it is for."""

    __tablename__ = "shared_run_note"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), index=True)
    kind: Mapped[str]
    subject: Mapped[str]
    words: Mapped[str]


class RunShardRow(Base):
    """One shard of a run. Who checks its addresses writes only under the current `epoch` (a fencing token).

    `fetched` and `throttled` (429) count fetches, `kept_bytes` what they added to the archive; `progress_at` is when
    the last was kept, `opened_at` when the shard's work was last taken up, null before, and `barren` how many times it
    was since then. `is_open` ends once nothing is left to do.
    """

    __tablename__ = "run_shard"

    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), primary_key=True)
    shard: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    epoch: Mapped[int]
    is_open: Mapped[bool]
    fetched: Mapped[int]
    throttled: Mapped[int]
    kept_bytes: Mapped[int] = mapped_column(RowId)
    barren: Mapped[int]
    opened_at: Mapped[datetime | None]
    progress_at: Mapped[datetime]


class RunHostRow(Base):
    """Whether a host that a run asked ever answered, for the circuit breaker.

    `unresolved` says that its name could not be looked up, `tells` that it tells of our network.
    """

    __tablename__ = "run_host"

    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), primary_key=True)
    host: Mapped[str] = mapped_column(primary_key=True)
    answered: Mapped[bool]
    unresolved: Mapped[bool]
    tells: Mapped[bool]


class HostTurnRow(Base):
    """When a host may be asked next, over all workers; `asked_at` is when it was asked last.

    `smallest_gap` is the least time between the starts of two requests that was seen, in seconds.
    """

    __tablename__ = "host_turn"

    host: Mapped[str] = mapped_column(primary_key=True)
    next_at: Mapped[datetime]
    asked_at: Mapped[datetime | None]
    smallest_gap: Mapped[float | None]


class WorkerNetworkRow(Base):
    """A worker that asks the web: when it gave its last sign of life, and since when its own network is away."""

    __tablename__ = "worker_network"

    worker: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime]
    offline_since: Mapped[datetime | None]
