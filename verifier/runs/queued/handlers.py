"""The handlers of a worker: each job with what the worker holds of its run, and what becomes of it in the log."""

import os
import platform
import queue
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from db.queue_jobs import WEB, JobTable
from db.store import Store
from verifier.engines.queue.host_turns import SharedRateLimiter
from verifier.engines.reader import DocumentReader
from verifier.errors import ArchiveAwayError, LeaseLostError, StoreError
from verifier.model import RunPhase, ShardToken
from verifier.runs.notify.log import Event, error_words, log_event
from verifier.runs.queued.archive_health import ArchiveHealth
from verifier.runs.queued.background import Background
from verifier.runs.queued.check_shard import check_shard
from verifier.runs.queued.closing import close_run
from verifier.runs.queued.documents import compare_document, read_document
from verifier.runs.queued.metrics import write_queue_metrics
from verifier.runs.queued.phases import next_phase, see_to_run, see_what_is_next
from verifier.runs.queued.worker_run import WorkerRun
from verifier.runs.telling import tell_of_ended_runs
from verifier.settings import Settings


class RunHandlers:
    """`verifier.engines.queue.handlers.JobHandlers` for the runs of an installation; a context manager.

    `queues` are those that the worker serves; `processes` PDFs are read at a time. `metrics` is a file that is written
    anew with every upkeep.
    """

    def __init__(
        self, settings: Settings, store: Store, queues: Sequence[str], processes: int, metrics: Path | None = None
    ) -> None:
        self._settings = settings
        self._store = store
        self._jobs = JobTable(settings.queue.schema_name)
        turns = store.host_turns(settings.fetch.pause)
        self._limiter = SharedRateLimiter(settings.fetch, turns, settings.queue.lease_seconds)
        self._metrics = metrics
        self._stopping = threading.Event()
        self._archive = ArchiveHealth(settings)
        self._opening = threading.Lock()
        self._held = ExitStack()
        self._here: WorkerRun | None = None
        self._active = 0
        self._name = f"process {os.getpid()} of {platform.node()}" if WEB in queues else ""
        self._telling, self._looking = Background("telling"), Background("network")
        self._readers: queue.SimpleQueue[DocumentReader] = queue.SimpleQueue()
        self._all_readers = [DocumentReader() for _ in range(processes)]
        for reader in self._all_readers:
            self._readers.put(reader)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._telling.join()
        self._looking.join()
        self._held.close()
        self._limiter.close()
        if self._name:
            with suppress(StoreError):  # it counts as dead after a lease
                self._store.worker_networks.forget(self._name)
        for reader in self._all_readers:
            reader.stop()

    def check_shard(self, token: ShardToken) -> None:
        """Check due addresses of a shard, for some minutes at most."""
        with self._job(token.run_id, RunPhase.CHECKING, f"shard {token.shard}") as here:
            if here is not None:
                check_shard(here, token, self._jobs, self._stopping)

    def read_document(self, run_id: int, sha256: str, parser_version: str) -> None:
        """Read an edition."""
        with self._job(run_id, RunPhase.READING, f"edition {sha256}") as here:
            if here is None:
                return
            reader = self._readers.get()
            try:
                read_document(here, sha256, parser_version, reader)
            finally:
                self._readers.put(reader)

    def compare_document(self, run_id: int, document_id: int) -> None:
        """Compare a document with its sources."""
        with self._job(run_id, RunPhase.COMPARING, f"document {document_id}") as here:
            if here is not None:
                compare_document(here, document_id)

    def plan_run(self, run_id: int) -> None:
        """Take a run to its next phase."""
        for phase in (RunPhase.READING, RunPhase.CHECKING, RunPhase.COMPARING):
            with self._job(run_id, phase, "plan") as here:
                if here is not None:
                    next_phase(here, self._jobs)
                    return

    def close_run(self, run_id: int) -> None:
        """Conclude from a run, and tell of it."""
        with self._job(run_id, RunPhase.CLOSING, "close") as here:
            if here is not None:
                close_run(here)

    def upkeep(self, reaped: int) -> None:
        """Put in anew what was lost, begin what is next.

        Raises StoreError, and StoreReplacedError where a newer version has upgraded the store.
        """
        self._store.must_be_current()
        if reaped:
            log_event(Event.JOBS_REAPED, jobs=reaped)
        self._say_whether_online()
        self._telling.begin(partial(tell_of_ended_runs, self._store, self._settings))
        see_to_run(self._store, self._jobs, self._settings.queue.lease_seconds, reaped)
        if self._metrics is not None:
            write_queue_metrics(self._store, self._jobs, self._metrics)

    def asks_web(self) -> bool:
        """Whether this worker may take jobs of the web: not while its own network is away."""
        here = self._here
        return here is None or not here.network.is_offline

    def _say_whether_online(self) -> None:
        here = self._here
        if here is not None and here.network.is_offline:
            shared = self._store.shared_runs.state(here.run.id)
            if shared is None or shared.phase is not RunPhase.CHECKING:
                self._let_go_when_idle()  # the next run begins without a prejudice
            else:
                self._looking.begin(here.network.look_again)
        if self._name:
            self._store.worker_networks.report(self._name, offline=not self.asks_web())

    def stop(self) -> None:
        """The worker is asked to end."""
        self._stopping.set()

    def idle(self) -> None:
        """Finish the file of the archive that is being written, and let go of the run, unless our network is away."""
        if self.asks_web():
            self._let_go_when_idle()

    def _let_go_when_idle(self) -> None:
        with self._opening:
            if not self._active:
                self._let_go()

    @contextmanager
    def _job(self, run_id: int, phase: RunPhase, what: str) -> Iterator[WorkerRun | None]:
        """What the worker holds of a run, None where the run is in another phase by now; logs what fails in it."""
        try:
            here = self._take_up(run_id)
            try:
                wanted = here if here is not None and here.shared.phase is phase else None
                yield wanted if wanted and self._archive.wait(self._stopping, wanted.time_is_up) else None
            finally:
                with self._opening:
                    self._active -= 1
            self._move_on(run_id)
        except ArchiveAwayError as error:  # the store has what is not done: it is put in anew
            self._archive.failed(error)
        except LeaseLostError as error:
            log_event(Event.LEASE_LOST, run=run_id, job=what, reason=error_words(error))
        except Exception as error:
            log_event(Event.JOB_FAILED, run=run_id, job=what, reason=error_words(error))
            raise

    def _move_on(self, run_id: int) -> None:
        """The next upkeep does so, too, when the store is away."""
        with suppress(StoreError):
            see_what_is_next(self._store, run_id, self._jobs)

    def _take_up(self, run_id: int) -> WorkerRun | None:
        """What is held of a run, opened where it is not; one job more is at it. None where the run has ended."""
        with self._opening:
            shared = self._store.shared_runs.state(run_id)
            is_over = shared is None or shared.phase is RunPhase.ENDED
            if shared is not None and not is_over:
                if self._here is None or self._here.run.id != run_id:
                    self._let_go()
                    run = self._store.shared_runs.run(run_id)
                    here = WorkerRun(self._settings, self._store, shared, run, self._limiter)
                    self._here = self._held.enter_context(here)
                self._here.shared = shared
            self._active += 1
            return None if is_over else self._here

    def _let_go(self) -> None:
        self._here = None
        self._held.close()
