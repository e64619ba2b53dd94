"""What is to be watched of a queue and its workers, for Prometheus' textfile collector."""

from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge

from db.queue_jobs import JobTable
from db.queue_state import QueueState
from db.store import Store
from verifier.model import RunPhase
from verifier.runs.context import utc_now
from verifier.runs.notify.metrics import write_metrics


def write_queue_metrics(store: Store, jobs: JobTable, file: Path) -> None:
    """Write them anew. Raises StoreError, and NotificationError when the file cannot be written."""
    write_metrics(queue_metrics(store.queue_state(jobs)), file)


def queue_metrics(state: QueueState) -> CollectorRegistry:
    """A queue's state as metrics."""
    metrics = CollectorRegistry()
    now = utc_now()
    depth = Gauge("verifier_queue_depth", "Jobs that wait, by queue.", ["queue"], registry=metrics)
    for name, count in state.depths.items():
        depth.labels(name).set(count)
    phase = Gauge("verifier_queue_phase", "1 for the phase that the run is in.", ["phase"], registry=metrics)
    for one in RunPhase:
        phase.labels(one.value).set(state.phase is one)
    _gauge(metrics, "verifier_queue_open_shards", "Shards with work left.", state.open_shards)
    _gauge(
        metrics,
        "verifier_queue_oldest_shard_seconds",
        "How long ago the open shard that waits longest was worked at.",
        (now - state.oldest_shard).total_seconds() if state.oldest_shard else 0.0,
    )
    _gauge(
        metrics,
        "verifier_queue_oldest_due_seconds",
        "How long the address that waits longest has been due; those never checked have no age.",
        (now - state.oldest_due).total_seconds() if state.oldest_due else 0.0,
    )
    _gauge(metrics, "verifier_queue_workers", "Workers with a heartbeat in the last minute.", state.workers)
    _gauge(metrics, "verifier_queue_workers_offline", "Workers whose own network is away.", state.offline)
    _gauge(
        metrics,
        "verifier_queue_oldest_heartbeat_seconds",
        "How long ago the worker that is silent longest gave a sign of life.",
        state.oldest_heartbeat or 0.0,
    )
    _gauge(
        metrics,
        "verifier_queue_smallest_gap_seconds",
        "The least time between the starts of two requests to one host, over all workers.",
        state.smallest_gap or 0.0,
    )
    _count(metrics, "verifier_queue_fetches", "Checks that the run has kept.", state.fetched)
    _count(metrics, "verifier_queue_throttled", "Checks of it that a host answered with 429.", state.throttled)
    _count(metrics, "verifier_queue_reaped", "Jobs of dead workers that were put in anew.", state.reaped)
    return metrics


def _gauge(metrics: CollectorRegistry, name: str, meaning: str, number: float) -> None:
    Gauge(name, meaning, registry=metrics).set(number)


def _count(metrics: CollectorRegistry, name: str, meaning: str, number: int) -> None:
    Counter(name, meaning, registry=metrics).inc(number)
