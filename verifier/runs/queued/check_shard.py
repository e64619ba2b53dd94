"""One job of the web: due addresses of one shard, for some minutes, each kept under the shard's token."""

import threading
import time
from collections.abc import Callable, Collection
from contextlib import closing
from datetime import datetime

from db.fenced_checks import KeptHost
from db.queue_jobs import JobTable
from verifier.deadlines import deadline
from verifier.engines import BatchWork, Emit
from verifier.model import HostBatch, LinkCheck, ShardToken
from verifier.pipeline import host_batches
from verifier.runs.circuit_breaker import FEWEST_HOSTS, HostSign, host_sign
from verifier.runs.context import Work, utc_now
from verifier.runs.queued.own_network import OwnNetwork, Reach
from verifier.runs.queued.worker_run import WorkerRun, notes_of
from verifier.runs.stages.links import batch_work
from verifier.runs.stages.links import due_at as next_due
from verifier.runs.stages.recording import record

MOST_BARREN = 60
"""Jobs of a shard, one after the other, that may keep no check: at least five minutes, in which a worker that was
stopped in the middle of a request holds its hosts, or every job fails. What is left then is the next run's.
"""

_WAIT_FOR_HOLDER = 5.0
"""Seconds before a shard of which all hosts are held is tried again."""


_LONGEST_UNKNOWN = 30.0
"""Seconds for which the first answer in the run, to any worker, is waited for before silent hosts count as such."""

_OWN_ANSWER = 1.0
"""Seconds for which an answer to another job of this worker is waited for before a host is asked for the purpose."""

_POLL = 0.1


def check_shard(here: WorkerRun, token: ShardToken, jobs: JobTable, stopping: threading.Event) -> None:
    """Check what is due in a shard until nothing is left, the job's time is up, or the worker is asked to end.

    Then the shard is closed, or the rest is handed on: to other workers, where this one's own network is away. Raises
    LeaseLostError where another worker went on with it: what was in flight then is not kept.
    """
    store = here.store
    if here.network.is_offline:
        stopping.wait(_WAIT_FOR_HOLDER)
        store.shards.hand_on(token, jobs)
        return
    barren = store.shards.open(token, utc_now())
    budget = here.settings.night.host_budget
    due = store.shards.due(token.run_id, token.shard, here.shared.planned_at, budget)
    if not due.addresses or barren > MOST_BARREN:
        store.shards.close(token)
        return
    time_is_up = deadline(here.settings.queue.job_seconds)

    def over() -> bool:
        return (
            stopping.is_set()
            or time_is_up()
            or here.ended()
            or here.network_is_plainly_down()
            or here.network.is_offline
        )

    work = here.work()
    keeping = _Keeping(here, work, token, due.printed, over)
    batches = host_batches([(address.host, address.url) for address in due.addresses])
    checking = _until(over, _timed(here.network, batch_work(work, here.readers, due.addresses, due.new)))
    with closing(work.engine.check(batches, checking)) as checks:
        for check in checks:
            keeping.keep(check)
    keeping.settle()
    if notes := notes_of(work):
        store.shared_runs.add_notes(token.run_id, notes)
    if here.ended() or here.network_is_plainly_down() or (keeping.kept == len(due.addresses) and due.is_all):
        store.shards.close(token)
    elif keeping.kept or stopping.is_set():
        store.shards.hand_on(token, jobs)
    elif keeping.dropped or here.limiter.is_held({address.host for address in due.addresses}):
        stopping.wait(_WAIT_FOR_HOLDER)
        store.shards.hand_on(token, jobs)
    else:  # every host left asks to be left alone for longer than we wait
        store.shards.close(token)


def _until(over: Callable[[], bool], work: BatchWork) -> BatchWork:
    """The same work, which begins nothing more once it is over: what is in flight then comes to its end."""

    def check(batch: HostBatch, emit: Emit) -> None:
        if not over():
            work(batch, lambda check: emit(check) and not over())

    return check


def _timed(network: OwnNetwork, work: BatchWork) -> BatchWork:
    """The same work; the worker's network learns when each check began that came to its end."""

    def check(batch: HostBatch, emit: Emit) -> None:
        began = network.clock()

        def seen(check: LinkCheck) -> bool:
            nonlocal began
            network.saw(check, began)
            wanted = emit(check)
            began = network.clock()
            return wanted

        work(batch, seen)

    return check


class _Keeping:
    """Keeps the checks of one job; that a host is silent only once it is known that this worker is not."""

    def __init__(
        self, here: WorkerRun, work: Work, token: ShardToken, printed: Collection[str], over: Callable[[], bool]
    ) -> None:
        self._here = here
        self._work = work
        self._token = token
        self._printed = printed
        self._over = over
        self._signs: dict[str, HostSign] = {}
        self._silent: list[tuple[LinkCheck, float]] = []
        self.kept = 0
        self.dropped = 0

    def keep(self, check: LinkCheck) -> None:
        """Keep a check, in one transaction with the proof that the shard is still ours; a silent one later."""
        if host_sign(check) in (HostSign.SILENT, HostSign.UNRESOLVED):
            self._silent.append((check, self._here.network.clock()))
        else:
            self._keep(check)
        self._keep_proven()
        if len({silent.host for silent, _ in self._silent}) >= FEWEST_HOSTS:
            self.settle()

    def settle(self) -> None:
        """Keep the silent ones, or drop them where it is this worker that reaches nobody: others will ask again."""
        if not self._silent:
            return
        hosts = {check.host for check, _ in self._silent}
        latest = max(moment for _, moment in self._silent)
        if self._reach(latest, hosts) in (Reach.ONLINE, Reach.UNKNOWN):
            for check, _ in self._silent:
                self._keep(check)
        else:
            self.dropped += len(self._silent)
        self._silent = []

    def _reach(self, moment: float, hosts: Collection[str]) -> Reach:
        network = self._here.network
        until = network.clock() + _OWN_ANSWER
        while not network.is_offline and network.clock() < until and not self._over():
            if network.is_proven(moment):
                return Reach.ONLINE
            time.sleep(_POLL)
        until = network.clock() + _LONGEST_UNKNOWN
        reach = network.judge(moment, hosts)
        while reach in (Reach.UNKNOWN, Reach.BUSY) and network.clock() < until and not self._over():
            time.sleep(10 * _POLL)
            reach = network.judge(moment, hosts)
        return reach

    def _keep_proven(self) -> None:
        proven = [(check, moment) for check, moment in self._silent if self._here.network.is_proven(moment)]
        self._silent = [silent for silent in self._silent if silent not in proven]
        for check, _ in proven:
            self._keep(check)

    def _keep(self, check: LinkCheck) -> None:
        record(self._work, check, next_due(self._work, check), self._write)
        self.kept += 1
        if check.text_failure:
            self._work.notes.append(f"The text of {check.address} was not read: {check.text_failure}.")

    def _write(self, check: LinkCheck, due_at: datetime | None) -> None:
        self._here.store.shards.keep_check(
            self._token, check, due_at, utc_now(), host=self._news(check), kept_bytes=self._here.newly_kept()
        )

    def _news(self, check: LinkCheck) -> KeptHost | None:
        """What this check says of its host that an earlier one of this job did not."""
        sign = host_sign(check)
        if sign is None or self._signs.get(check.host) in (sign, HostSign.ANSWERED):
            return None
        self._signs[check.host] = sign
        return KeptHost(sign is HostSign.ANSWERED, sign is HostSign.UNRESOLVED, check.address in self._printed)
