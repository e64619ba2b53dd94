"""How a queue and its workers are, as an operator watches them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from db.queue_jobs import JobTable
from db.tables import AddressRow, HostTurnRow, RunShardRow, SharedRunRow
from db.worker_networks import living_networks
from verifier.model import RunPhase

_ALIVE = 60.0
"""Seconds within which a worker that lives gives a sign of life."""


@dataclass(frozen=True, slots=True)
class QueueState:
    """The queue at one moment; `oldest_heartbeat` and `smallest_gap` are in seconds, None for none.

    `fetched`, `throttled` and `reaped` are of the run that was planned last; `offline` workers do not reach the web.
    """

    depths: Mapping[str, int]
    phase: RunPhase | None
    open_shards: int
    oldest_shard: datetime | None
    oldest_due: datetime | None
    workers: int
    oldest_heartbeat: float | None
    smallest_gap: float | None
    fetched: int
    throttled: int
    reaped: int
    offline: int


def read_queue_state(session: Session, jobs: JobTable) -> QueueState:
    """The state of a queue in this session's database."""
    run = session.scalars(select(SharedRunRow).order_by(SharedRunRow.run_id.desc()).limit(1)).first()
    number = None if run is None else run.run_id
    open_shards = func.count().filter(RunShardRow.is_open)
    oldest = func.min(func.coalesce(RunShardRow.opened_at, RunShardRow.progress_at)).filter(RunShardRow.is_open)
    sums = (func.coalesce(func.sum(RunShardRow.fetched), 0), func.coalesce(func.sum(RunShardRow.throttled), 0))
    shards = session.execute(select(open_shards, oldest, *sums).where(RunShardRow.run_id == number)).one()
    workers, heartbeat = session.execute(
        text(f"""
            SELECT count(*) FILTER (WHERE last_heartbeat > now() - interval '1 minute'),
                   extract(epoch FROM now() - min(last_heartbeat))
            FROM {jobs.workers}
        """)
    ).one()
    return QueueState(
        depths=jobs.depths(session),
        phase=None if run is None else RunPhase(run.phase),
        open_shards=int(shards[0]),
        oldest_shard=shards[1],
        oldest_due=session.scalar(select(func.min(AddressRow.due_at)).where(AddressRow.due_at <= func.now())),
        workers=int(workers),
        oldest_heartbeat=None if heartbeat is None else float(heartbeat),
        smallest_gap=session.scalar(select(func.min(HostTurnRow.smallest_gap))),
        fetched=int(shards[2]),
        throttled=int(shards[3]),
        reaped=0 if run is None else run.reaped,
        offline=sum(worker.offline_since is not None for worker in living_networks(session, _ALIVE)),
    )
