"""`verifier worker`: what one worker consists of."""

import logging
from collections.abc import Sequence
from pathlib import Path

from verifier.engines.queue.connection import require_extra, require_shared
from verifier.engines.queue.schema import ensure_schema
from verifier.runs.lock import open_or_begin_store
from verifier.runs.notify.log import Event, log_event, log_to
from verifier.runs.queued.handlers import RunHandlers
from verifier.settings import Settings


def work_at_queue(
    settings: Settings, queues: Sequence[str], concurrency: int | None = None, metrics: Path | None = None
) -> bool:
    """Work at the queue of an installation until SIGTERM or SIGINT; what is in flight then comes to its end.

    Returns whether this machine reached the web at the end.

    `concurrency` is how many shards are checked at a time, where it is another than the settings say. `metrics` is a
    file for Prometheus that is written anew every few seconds. Raises SettingsError where there can be no queue,
    StoreError where it cannot be reached.
    """
    require_shared(settings.store_url)
    require_extra()
    from verifier.engines.queue.worker import QueueWorker, WorkerPlan, cores

    if concurrency is not None:
        of_queue = settings.queue.model_copy(update={"concurrency": concurrency})
        settings = settings.model_copy(update={"queue": of_queue})
    plan = WorkerPlan(queues, settings.queue.concurrency, cores(), settings.queue.lease_seconds)
    logging.getLogger("procrastinate").setLevel(logging.CRITICAL)  # what fails is in our log, in our words
    with log_to(settings.log_file), open_or_begin_store(settings) as store:
        ensure_schema(store, settings.queue.schema_name)
        log_event(Event.WORKER_BEGUN, queues=", ".join(queues), concurrency=plan.concurrency)
        with RunHandlers(settings, store, queues, plan.processes, metrics) as handlers:
            QueueWorker(store, settings.queue.schema_name, plan, handlers).run()
            reaches_web = handlers.asks_web()
        log_event(Event.WORKER_ENDED)
        return reaches_web
