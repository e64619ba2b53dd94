"""The engine of one machine: a process per core for PDFs, a thread per host for the network."""

import os
import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path

from verifier.deadlines import no_deadline
from verifier.engines.base import BatchWork, Emit, ReadDocument
from verifier.engines.child import STOP_GRACE
from verifier.engines.document_child import DEADLINE
from verifier.engines.reader import DocumentReader
from verifier.model import HostBatch, LinkCheck


class LocalEngine:
    """Threads and processes of this machine. `workers` hosts are asked at a time."""

    def __init__(self, workers: int = 32, processes: int | None = None, document_deadline: float = DEADLINE) -> None:
        self._workers = workers
        self._processes = processes or os.cpu_count() or 1
        self._deadline = document_deadline

    def read_documents(self, paths: Iterable[Path], stop: Callable[[], bool] = no_deadline) -> Iterator[ReadDocument]:
        """Read PDFs in child processes, as many as there are cores; from `stop` on, for STOP_GRACE more seconds."""
        paths = list(paths)
        readers: queue.SimpleQueue[DocumentReader] = queue.SimpleQueue()
        started = [DocumentReader(self._deadline) for _ in range(min(self._processes, len(paths)))]
        for reader in started:
            readers.put(reader)

        def read(path: Path) -> ReadDocument:
            reader = readers.get()
            try:
                return reader.read(path)
            finally:
                readers.put(reader)

        if not paths:
            return
        pool = ThreadPoolExecutor(len(started), thread_name_prefix="read")
        try:
            yield from _as_read({pool.submit(read, path) for path in paths}, stop)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            for reader in started:
                reader.stop()

    def check(self, batches: Iterable[HostBatch], work: BatchWork) -> Generator[LinkCheck, None, None]:
        """Run host batches in threads: several hosts at a time, the batches of one host in order.

        A host is asked again only when its last check was taken and the next one asked for, so that a caller who
        keeps each check before that has at most one a host in flight, whenever the process dies.
        """
        results: queue.SimpleQueue[_Handed] = queue.SimpleQueue()  # a worker has one check in it at most
        stop = threading.Event()

        def emit(check: LinkCheck) -> bool:
            handed = _Handed(check)
            results.put(handed)
            return handed.is_kept(stop)

        planner = _Planner(batches, work, emit, stop, self._workers)

        thread = threading.Thread(target=planner.run, name="plan", daemon=True)
        thread.start()
        try:
            while thread.is_alive() or not results.empty():
                try:
                    handed = results.get(timeout=0.1)
                except queue.Empty:
                    continue
                yield handed.check
                handed.keep()
            planner.raise_failure()
        finally:
            stop.set()


def _as_read(reading: set[Future[ReadDocument]], stop: Callable[[], bool]) -> Iterator[ReadDocument]:
    """What is read, as it comes; from when `stop` says so, what still comes within STOP_GRACE."""
    until: float | None = None
    while reading and (until is None or time.monotonic() < until):
        done, reading = wait(reading, timeout=0.5, return_when=FIRST_COMPLETED)
        for read in done:
            if not read.cancelled():
                yield read.result()
        if until is None and stop():
            until = time.monotonic() + STOP_GRACE
            reading = {read for read in reading if not read.cancel()}


class _Planner:
    """Feeds the threads so that one host never has two batches at a time."""

    def __init__(
        self,
        batches: Iterable[HostBatch],
        work: BatchWork,
        emit: Emit,
        stop: threading.Event,
        workers: int,
    ) -> None:
        self._queues: dict[str, deque[HostBatch]] = {}
        for batch in batches:
            self._queues.setdefault(batch.host, deque()).append(batch)
        self._work = work
        self._emit = emit
        self._stop = stop
        self._workers = workers
        self._failure: BaseException | None = None
        # Waiting for any of all futures would look at each of them for every host that is done.
        self._done: queue.SimpleQueue[tuple[str, Future[None]]] = queue.SimpleQueue()

    def run(self) -> None:
        with ThreadPoolExecutor(self._workers, thread_name_prefix="host") as pool:
            for host in self._queues:
                self._submit(pool, host)
            left = len(self._queues)
            while left and not self._stop.is_set():
                try:
                    host, future = self._done.get(timeout=0.5)
                except queue.Empty:
                    continue
                if error := future.exception():
                    self._failure = error
                    self._stop.set()
                elif self._queues[host]:
                    self._submit(pool, host)
                else:
                    left -= 1
            pool.shutdown(wait=False, cancel_futures=True)

    def _submit(self, pool: ThreadPoolExecutor, host: str) -> None:
        future = pool.submit(self._work, self._queues[host].popleft(), self._emit)
        future.add_done_callback(lambda done: self._done.put((host, done)))

    def raise_failure(self) -> None:
        if self._failure is not None:
            raise self._failure


class _Handed:
    """A check on its way to the caller, and whether he came for the next: a bare lock, far cheaper than an event."""

    __slots__ = ("_kept", "check")

    def __init__(self, check: LinkCheck) -> None:
        self.check = check
        self._kept = threading.Lock()
        self._kept.acquire()

    def keep(self) -> None:
        """Let the worker go on."""
        self._kept.release()

    def is_kept(self, stop: threading.Event) -> bool:
        """Wait until the check is kept; False when nobody will."""
        while not self._kept.acquire(timeout=0.2):
            if stop.is_set():
                return False
        return True
