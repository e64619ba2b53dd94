"""How many addresses one and two workers check in a second, how politely, and what the queue itself costs.

    VERIFIER_STORE=postgresql+psycopg://... python -m benchmarks.queue_throughput --hosts 120 --of-host 10
    VERIFIER_STORE=...                      python -m benchmarks.queue_throughput --big 2000 --hosts 40 --of-host 10
    VERIFIER_STORE=...                      python -m benchmarks.queue_throughput --overhead

The web is on loopback, each answer takes `--latency` seconds, and each worker asks `--at-once` hosts at a time: the
web's latency is the limit, not the processor, as on a real night. The addresses are put into the store as documents
that were read; measured is the phase of checking, from the first request to the last, by the web's own log. What must
hold: two workers check at least 1.8 times as many a second, and no host is asked within its pause.

With `--big N` all hosts are of one shard, and one has N addresses more than all others: what must hold is that the
others are done no later than without it. With `--overhead` the queue's own work is timed: one job from fetch to finish,
and what each request costs.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from db.queue_jobs import JobTable
from db.shared_runs import RunDocument
from db.store import Store
from tests.support.queue_nights import Installation, QueueWeb, empty_store
from tests.support.stores import checked, note, publish
from verifier.domains import shard_of
from verifier.engines.queue.schema import ensure_schema
from verifier.model import RunPhase, ShardToken, SharedRun

_OF_DOCUMENT = 100
FEWEST_TIMES = 1.8


def main() -> int:
    """Print what was measured; 1 where it does not hold."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--hosts", type=int, default=120)
    parser.add_argument("--of-host", type=int, default=10)
    parser.add_argument("--latency", type=float, default=0.5)
    parser.add_argument("--pause", type=float, default=0.5)
    parser.add_argument("--at-once", type=int, default=16)
    parser.add_argument("--big", type=int, default=0)
    parser.add_argument("--overhead", action="store_true")
    options = parser.parse_args()
    if options.overhead:
        return _overhead()
    if options.big:
        return _starvation(options)
    rates = []
    for workers in (1, 2):
        with _checking(options, options.hosts, big=0) as (night, web):
            rate, seconds = _rate(night, web, workers)
        rates.append(rate)
        gap = web.log.smallest_gap()
        print(
            f"{workers} worker(s): {web.log.requests} requests in {seconds:.1f} s, {rate:.1f}/s, smallest gap per host "
            f"{gap:.3f} s (pause {options.pause:g} s)",
            flush=True,
        )
        if gap < options.pause:
            return 1
    print(f"two workers are {rates[1] / rates[0]:.2f} times one")
    return 0 if rates[1] >= FEWEST_TIMES * rates[0] else 1


@contextmanager
def _checking(options: argparse.Namespace, hosts: int, big: int) -> Iterator[tuple[Installation, QueueWeb]]:
    """A night that is about to check so many addresses; of host 0 `big` more."""
    names = [f"h{host}.site.test" if options.big else f"h{host}.test" for host in range(hosts)]  # one shard, or many
    urls = [f"http://{name}/surveys/{n}0" for name in names for n in range(options.of_host)]
    urls += [f"http://{names[0]}/surveys/{n}0" for n in range(options.of_host, options.of_host + big)]
    latency, at_once = options.latency, options.at_once
    with (
        tempfile.TemporaryDirectory() as folder,
        QueueWeb(latency=latency) as web,
        empty_store(os.environ["VERIFIER_STORE"]) as (store, queue),
        Installation(
            Path(folder),
            Path(folder),
            web.names,
            store,
            queue,
            pause=options.pause,
            workers=at_once,
            settings=("[night]", "host_budget = 1000000"),
            of_queue=(f"concurrency = {1 if options.big else at_once}", "lease_seconds = 60", "job_seconds = 30"),
        ) as night,
    ):
        with Store.open(store) as opened:
            _share(opened, queue, urls)
        yield night, web


def _share(store: Store, queue: str, urls: list[str]) -> None:
    ensure_schema(store, queue)
    now = datetime.now(UTC)
    documents = []
    for first in range(0, len(urls), _OF_DOCUMENT):
        notes = [note(n, [url]) for n, url in enumerate(urls[first : first + _OF_DOCUMENT], 1)]
        documents.append(publish(store, f"{first}.pdf", f"{first:064}", *notes, now=now))
    run = store.runs.begin("nightly", ["benchmark"], now)
    lease = store.lease.acquire("benchmark", 600)
    shared = SharedRun(run.id, RunPhase.CHECKING, now, None, "", 0, 0)
    store.shared_runs.begin(shared, [RunDocument(one.id, True, True, False) for one in documents], [])
    store.lease.hand_over(lease, run.id, 600)
    store.shards.plan(run.id, JobTable(queue), now)


def _rate(night: Installation, web: QueueWeb, workers: int) -> tuple[float, float]:
    """Requests a second, and the seconds from the first to the last."""
    for _ in range(workers):
        night.worker("--queues", "web")
    _wait_until_checked(night)
    times = sorted(moment for of_host in web.log.times.values() for moment in of_host)
    return (len(times) - 1) / (times[-1] - times[0]), times[-1] - times[0]


def _wait_until_checked(night: Installation) -> None:
    while night.ask("SELECT count(*) FROM run_shard WHERE is_open")[0][0]:
        time.sleep(0.5)


def _starvation(options: argparse.Namespace) -> int:
    """When the last address of all other hosts was asked, without and with a host of very many."""
    ends = []
    for big in (0, options.big):
        with _checking(options, options.hosts, big) as (night, web):
            night.worker("--queues", "web")
            others = options.of_host * (options.hosts - 1)
            small = (
                "SELECT count(*) FROM address JOIN \"fetch\" ON address_id = address.id WHERE host <> 'h0.site.test'"
            )
            while night.ask(small)[0][0] < others:
                time.sleep(0.5)
            times = [moment for host, of_host in web.log.times.items() if host != "h0.site.test" for moment in of_host]
            first = min(moment for of_host in web.log.times.values() for moment in of_host)
            ends.append(max(times) - first)
            print(
                f"one host with {big} addresses more: the {others} of all others were asked within {ends[-1]:.1f} s, "
                f"{len(web.log.times['h0.site.test'])} of that host meanwhile",
                flush=True,
            )
    print(f"the others take {ends[1] / ends[0]:.2f} times as long beside it")
    return 0 if ends[1] <= 1.5 * ends[0] else 1


def _overhead() -> int:
    """The queue's own work: for a job, and for a request."""
    number = 100
    with empty_store(os.environ["VERIFIER_STORE"]) as (url, queue), Store.open(url) as store:
        _share(store, queue, ["http://h0.test/surveys/0"])
        under_way = store.shared_runs.under_way()
        assert under_way is not None
        run_id = under_way.run_id
        shard = shard_of("h0.test")
        jobs, epoch = JobTable(queue), 1
        began = time.perf_counter()
        for _ in range(number):
            token = ShardToken(run_id, shard, epoch)
            store.shards.open(token, datetime.now(UTC))
            store.shards.due(run_id, shard, datetime.now(UTC), 500)
            store.shards.hand_on(token, jobs)
            epoch += 1
        job = (time.perf_counter() - began) / number
        turns = store.host_turns(0.0)
        began = time.perf_counter()
        for _ in range(number):
            turns.take("h0.test")
            turns.start("h0.test", 0.0)
            turns.end("h0.test", 0.0)
        turn = (time.perf_counter() - began) / number
        began = time.perf_counter()
        for _ in range(number):
            store.links.record_check(run_id, checked("http://h0.test/surveys/0"), None, datetime.now(UTC))
        plain = (time.perf_counter() - began) / number
        token = ShardToken(run_id, shard, epoch)
        began = time.perf_counter()
        for _ in range(number):
            now = datetime.now(UTC)
            store.shards.keep_check(token, checked("http://h0.test/surveys/0"), None, now)
        fenced = (time.perf_counter() - began) / number
    print(f"a job, opened, listed and handed on: {1000 * job:.1f} ms, {job / 300:.4%} of its five minutes")
    print(f"a request's turn over all workers: {1000 * turn:.2f} ms, {turn / 1.2:.3%} of a second's pause and 200 ms")
    print(f"a check kept: {1000 * plain:.2f} ms without, {1000 * fenced:.2f} ms with its shard's token")
    return 0


if __name__ == "__main__":
    sys.exit(main())
