"""A worker: takes jobs from the queue until it is asked to end, whatever becomes of the database meanwhile."""

import asyncio
import os
import signal
import threading
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import psycopg
from procrastinate.exceptions import ProcrastinateException
from procrastinate.job_context import JobContext
from procrastinate.worker import Worker

from db.queue_jobs import CPU, WEB
from db.store import Store
from verifier.engines.queue.connection import queue_connector, store_schema
from verifier.engines.queue.handlers import JobHandlers
from verifier.engines.queue.reaper import end_abandoned_sessions, reap, take_away
from verifier.engines.queue.tasks import queue_app
from verifier.errors import StoreError, StoreReplacedError

_QUEUE_FAILED = (ProcrastinateException, psycopg.Error, OSError)
"""What may come out of the queue when its database is away: it is waited for."""

_AGAIN = 1.0
"""Seconds before the queue is asked again after it failed."""

_IDLE_LOOKS = 3
"""Looks without a job after which a worker counts as idle."""


@dataclass(frozen=True, slots=True)
class WorkerPlan:
    """What a worker does: `queues`, so many jobs of the web at a time, so many that need a processor.

    `lease` is after how many seconds without a sign of life a worker counts as dead.
    """

    queues: Sequence[str]
    concurrency: int
    processes: int
    lease: float

    @property
    def upkeep_seconds(self) -> float:
        """How often is seen to what died and what is next."""
        return min(5.0, max(0.5, self.lease / 10))


class QueueWorker:
    """Runs jobs in threads of this process; `run` returns once it was asked to end and all jobs have."""

    def __init__(self, store: Store, schema: str, plan: WorkerPlan, handlers: JobHandlers) -> None:
        self._plan = plan
        self._handlers = handlers
        self._store_schema = store_schema(store)
        self._app = queue_app(queue_connector(store, schema, connections=6), handlers)
        self._stopping = threading.Event()
        self._running: set[int] = set()
        self._workers: set[Worker] = set()
        self._orphans: set[int] = set()
        self._asks_web = True
        self._failure: StoreError | None = None

    def run(self) -> None:
        """Work until SIGTERM or SIGINT.

        Raises StoreError where the queue cannot be reached at all, StoreReplacedError where the store was upgraded.
        """
        asyncio.run(self._main())

    def stop(self) -> None:
        """Take no more jobs; those that run come to their end. To be called in the worker's own loop."""
        self._stopping.set()
        self._handlers.stop()
        for worker in self._workers:
            worker.stop()  # type: ignore[no-untyped-call]

    async def _main(self) -> None:
        loop = asyncio.get_running_loop()
        many = self._plan.concurrency + self._plan.processes
        loop.set_default_executor(ThreadPoolExecutor(many + 4, thread_name_prefix="job"))
        for asked in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(asked, self.stop)
        try:
            async with self._app.open_async():
                others = [queue for queue in self._plan.queues if queue != CPU]
                work: list[Awaitable[None]] = [self._see_to_upkeep(), self._end_abandoned_sessions()]
                if others:
                    work.append(self._serve(others, self._plan.concurrency))
                if CPU in self._plan.queues:
                    work.append(self._serve([CPU], self._plan.processes))
                await asyncio.gather(*work)
        except psycopg.Error as error:
            raise StoreError(f"the queue cannot be reached: {error}") from None
        if self._failure is not None:
            raise self._failure

    async def _serve(self, queues: Sequence[str], concurrency: int) -> None:
        """Take jobs of some queues; a worker that fails or is told to end by the queue is followed by another."""
        while not self._stopping.is_set():
            served = [queue for queue in queues if queue != WEB or self._handlers.asks_web()]
            if not served:
                await self._pause(self._plan.upkeep_seconds)
                continue
            worker = Worker(
                self._app,
                queues=served,
                concurrency=concurrency,
                delete_jobs="always",
                install_signal_handlers=False,
                update_heartbeat_interval=self._plan.lease / 4,
                stalled_worker_timeout=self._plan.lease,
                fetch_job_polling_interval=self._plan.upkeep_seconds,
                worker_middleware=[self._note_running],
            )
            self._workers.add(worker)
            try:
                await worker.run()  # type: ignore[no-untyped-call]
            except _QUEUE_FAILED:
                await self._pause(_AGAIN)
            finally:
                self._workers.discard(worker)

    async def _note_running(self, call_next: Callable[[], Awaitable[Any]], context: JobContext, _worker: Worker) -> Any:
        job_id = context.job.id or 0
        self._running.add(job_id)
        try:
            return await call_next()
        finally:
            self._running.discard(job_id)

    async def _see_to_upkeep(self) -> None:
        idle = 0
        while not self._stopping.is_set():
            await self._pause(self._plan.upkeep_seconds)
            try:
                reaped = await reap(self._app, self._plan.lease) + await self._take_away_orphans()
                await asyncio.to_thread(self._handlers.upkeep, reaped)
            except StoreReplacedError as error:
                self._failure = error
                self.stop()
                return
            except (*_QUEUE_FAILED, StoreError):
                continue
            self._heed_network()
            idle = 0 if self._running else idle + 1
            if idle == _IDLE_LOOKS:
                await asyncio.to_thread(self._handlers.idle)

    async def _end_abandoned_sessions(self) -> None:
        """Beside the upkeep, which may be one of those that wait for them."""
        while not self._stopping.is_set():
            await self._pause(self._plan.upkeep_seconds)
            with suppress(*_QUEUE_FAILED):
                await end_abandoned_sessions(self._app, self._plan.lease, self._store_schema)

    def _heed_network(self) -> None:
        """Take jobs of other queues, once the worker's network came or went: what runs comes to its end before."""
        if self._asks_web is not self._handlers.asks_web():
            self._asks_web = not self._asks_web
            for worker in [worker for worker in self._workers if set(worker.queues or ()) != {CPU}]:
                worker.stop()  # type: ignore[no-untyped-call]

    async def _take_away_orphans(self) -> int:
        """Jobs that are ours by the queue's tables and that nobody runs here: word of them was lost on the way."""
        found: set[int] = set()
        for worker in [worker for worker in self._workers if worker.worker_id is not None]:
            jobs = await self._app.job_manager.list_jobs_async(status="doing", worker_id=worker.worker_id)
            found.update(job.id for job in jobs if job.id is not None and job.id not in self._running)
        lost = found & self._orphans
        self._orphans = found - lost
        return sum([await take_away(self._app, job_id) for job_id in lost])

    async def _pause(self, seconds: float) -> None:
        """Wait, but not once it is asked to end."""
        for _ in range(max(1, round(seconds / 0.1))):
            if self._stopping.is_set():
                return
            await asyncio.sleep(0.1)


def cores() -> int:
    """How many processors this machine has."""
    return os.cpu_count() or 1
