"""What one worker holds of the run that it works at: the session, the readers, what it has said of it so far."""

import threading
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from functools import partial
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

from db.records import Run
from db.store import Store
from verifier.engines import LocalEngine, SourceReaders
from verifier.engines.queue.host_turns import SharedRateLimiter
from verifier.model import RunNote, RunNoteKind, SharedRun
from verifier.resolver import WebSession
from verifier.runs.circuit_breaker import plainly_down
from verifier.runs.context import NullObserver, Work, utc_now, web_session
from verifier.runs.queued.own_network import OwnNetwork
from verifier.settings import Settings

_LOOK_AGAIN = 5.0
"""Seconds for which what all workers counted (quota, network) is taken as it was."""


class WorkerRun:
    """One run as one worker works at it; its session is shared by all jobs of the worker. A context manager."""

    def __init__(
        self, settings: Settings, store: Store, shared: SharedRun, run: Run, limiter: SharedRateLimiter
    ) -> None:
        self.settings = settings
        self.store = store
        self.shared = shared
        self.run = run
        self.limiter = limiter
        self._held = ExitStack()
        self._silent_archives: set[str] = set()
        self._counting = threading.Lock()
        self._reported = 0
        self._full = _Remembered(self._quota_met)
        self._down = _Remembered(self._network_plainly_down)
        self._hosts_due: int | None = None
        self.network = OwnNetwork(self._answers, partial(store.worker_networks.answered_in_run, run.id))

    def __enter__(self) -> Self:
        self.session: WebSession = self._held.enter_context(
            web_session(self.settings, self.ended, host_budget=0, limiter=self.limiter)
        )
        self._reported = self._kept()
        self.readers = self._held.enter_context(SourceReaders())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._held.close()

    def time_is_up(self) -> bool:
        """Whether the night has to stop."""
        return self.shared.ends_at is not None and utc_now() >= self.shared.ends_at

    def ended(self) -> bool:
        """Whether nothing more is asked: the night has to stop, or all workers together have filled the archive."""
        return self.time_is_up() or self._full()

    def network_is_plainly_down(self) -> bool:
        """Whether so many hosts failed, over all workers, that the run should stop now."""
        return self._down()

    def work(self, session: WebSession | None = None) -> Work:
        """The run as its stages know it, for one job."""
        work = Work(
            self.settings,
            self.store,
            LocalEngine(max(1, self.settings.fetch.workers // self.settings.queue.concurrency)),
            NullObserver(),
            self.run,
            session or self.session,
            self.time_is_up,
        )
        work.silent_archives = self._silent_archives
        return work

    def _answers(self, address: str) -> bool:
        """Whether the site of an address answers anything at all: its robots.txt is asked for."""
        fetched = self.session.probe(urljoin(address, "/robots.txt"))
        return bool(fetched.exchanges) or not fetched.fetch.outcome.never_connected

    def newly_kept(self) -> int:
        """Bytes that this worker has added to the archive since this was last asked; 0 where there is no quota."""
        with self._counting:
            kept = self._kept()
            new, self._reported = kept - self._reported, kept
            return new

    def _kept(self) -> int:
        """Bytes of the archive as this worker knows it; not asked where there is no quota, since a bucket is slow."""
        return self.session.kept if self.settings.archive.max_bytes else 0

    def _quota_met(self) -> bool:
        most = self.settings.archive.max_bytes
        return 0 < most <= self.shared.archived + self.store.shards.kept_bytes(self.run.id) if most else False

    def _network_plainly_down(self) -> bool:
        seen = self.store.shards.hosts_seen(self.run.id)
        if not plainly_down(seen, seen.tried):
            return False
        if self._hosts_due is None:
            self._hosts_due = self.store.shards.hosts_due(self.run.id, self.shared.planned_at)
        return plainly_down(seen, self._hosts_due)


def notes_of(work: Work) -> list[RunNote]:
    """What a job has to say of its run, for the store."""
    return [
        *(RunNote(RunNoteKind.FAILED, failed.reason, failed.document) for failed in work.failed),
        *_each(RunNoteKind.LEFT, work.left),
        *_each(RunNoteKind.NOTE, work.notes),
        *_each(RunNoteKind.FAILURE, work.failures),
    ]


def _each(kind: RunNoteKind, words: Iterable[str]) -> list[RunNote]:
    return [RunNote(kind, some) for some in words]


_SHARE_OF_ASKING = 0.01
"""Of a worker's time at most: what all workers counted takes longer to ask the more hosts a run has."""


class _Remembered:
    """An answer that is asked for again only after some seconds, more where asking takes long; thread-safe."""

    def __init__(self, ask: Callable[[], bool]) -> None:
        self._ask = ask
        self._answer = False
        self._until = 0.0
        self._lock = threading.Lock()

    def __call__(self) -> bool:
        with self._lock:
            if not self._answer and time.monotonic() >= self._until:
                began = time.monotonic()
                self._answer = self._ask()
                took = time.monotonic() - began
                self._until = began + max(_LOOK_AGAIN, took / _SHARE_OF_ASKING)
            return self._answer
