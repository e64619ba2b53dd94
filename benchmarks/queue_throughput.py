"""How many addresses one and two workers check in a second, how politely, and what of their time the queue takes.

    VERIFIER_STORE=postgresql+psycopg://... python -m benchmarks.queue_throughput --hosts 20000 --of-host 10
    VERIFIER_STORE=...                      python -m benchmarks.queue_throughput --big 100000 --hosts 500 --of-host 10

The web is on loopback, each answer takes `--latency` seconds, and each worker asks `--at-once` hosts at a time: the
web's latency is the limit, not the processor, as on a real night. The addresses are put into the store as documents
that were read; measured is the phase of checking. One worker checks the first `--one-of` addresses of such a night,
then two check all of another one. What must hold: two workers check at least 1.8 times as many a second, no host is
asked within its pause by the web's own log, and, with `--overhead`, the queue takes 1% of a worker's time at most: of
the time of all its threads that check, from its start to the end of the night (`benchmarks.queue_timed_worker`).

With `--big N` one host has N addresses more than all others: what must hold is that the others are done no later than
without it, all in one shard, or `--spread` over all.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import create_engine

from benchmarks.processes import ServerUse, Used, used_by_tree
from benchmarks.queue_seed import share_night
from benchmarks.queue_web import LatentWeb, survey
from db.store import Store
from tests.support.commandline import environment_with
from tests.support.queue_nights import Installation, empty_store

FEWEST_TIMES = 1.8
MOST_OVERHEAD = 0.01
_EVERY = 10.0
_BIG = "h0.site.test"


@dataclass(frozen=True, slots=True)
class Sample:
    """How far a night is, so many seconds after it began, and what it has used until then, in processor seconds."""

    seconds: float
    kept: int
    requests: int
    workers: tuple[Used, ...]
    web: float
    server: float


@dataclass
class Measured:
    """A night's samples, in order."""

    samples: list[Sample] = field(default_factory=list)

    def rate(self, sooner: float, later: float) -> float:
        """Addresses a second between two shares of what was kept in the end."""
        last = self.samples[-1].kept
        first = next(sample for sample in self.samples if sample.kept >= sooner * last)
        until = next(sample for sample in self.samples if sample.kept >= later * last)
        return (until.kept - first.kept) / max(1e-9, until.seconds - first.seconds)


def main() -> int:
    """Print what was measured; 1 where it does not hold."""
    options = _options()
    if options.big:
        return _starvation(options)
    rates, fine = [], True
    for workers in (1, 2) if options.workers is None else options.workers:
        most = options.one_of if workers == 1 else options.two_of
        with _checking(options, options.hosts, big=0) as night:
            measured = _measure(night, workers, most or options.hosts * options.of_host, options.overhead)
            rates.append(measured.rate(0.1, 0.9))
            fine = _say(measured, night, options.pause) and fine
            if options.overhead:
                fine = _say_overhead(night, workers * options.at_once * measured.samples[-1].seconds) and fine
    if len(rates) == 2:
        print(f"two workers are {rates[1] / rates[0]:.2f} times one in the steady state")
        fine = fine and rates[1] >= FEWEST_TIMES * rates[0]
    return 0 if fine else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--hosts", type=int, default=120)
    parser.add_argument("--of-host", type=int, default=10)
    parser.add_argument("--latency", type=float, default=0.5)
    parser.add_argument("--pause", type=float, default=0.5)
    parser.add_argument("--at-once", type=int, default=16, help="hosts that a worker asks at a time")
    parser.add_argument("--concurrency", type=int, default=4, help="shards that a worker checks at a time")
    parser.add_argument("--job-seconds", type=float, default=300.0)
    parser.add_argument("--one-of", type=int, default=0, help="end the night of one worker after so many addresses")
    parser.add_argument("--two-of", type=int, default=0, help="end the night of two workers after so many addresses")
    parser.add_argument("--workers", type=int, nargs="+", help="nights of so many workers, instead of one and two")
    parser.add_argument("--overhead", action="store_true", help="add up the time that the queue takes of the workers'")
    parser.add_argument("--big", type=int, default=0)
    parser.add_argument("--spread", action="store_true", help="with --big: over all shards")
    return parser.parse_args()


@dataclass
class Night:
    """A night that is about to begin, with its web."""

    installation: Installation
    folder: Path
    web: LatentWeb
    database: ServerUse

    def start_worker(self, timed: bool) -> None:
        """One more worker; a timed one leaves its sums in the folder."""
        if not timed:
            self.installation.worker("--queues", "web")
            return
        sums = self.folder / f"sums-{len(self.installation.workers)}.json"
        line = ("worker", "--queues", "web", "--config", str(self.folder / "verifier.toml"))
        process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.queue_timed_worker", str(sums), *line],
            env=environment_with(None),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.installation.workers.append(process)


@contextmanager
def _checking(options: argparse.Namespace, hosts: int, big: int) -> Iterator[Night]:
    """A night that is about to check so many addresses; of host 0 `big` more."""
    one_shard = options.big and not options.spread
    names = [f"h{host}.site.test" if one_shard or host == 0 else f"h{host}.test" for host in range(hosts)]
    urls = [f"http://{name}/surveys/{n}" for name in names for n in range(options.of_host)]
    urls += [f"http://{names[0]}/surveys/{n}" for n in range(options.of_host, options.of_host + big)]
    with (
        tempfile.TemporaryDirectory() as folder,
        LatentWeb(options.latency, survey) as web,
        empty_store(os.environ["VERIFIER_STORE"]) as (store, queue),
        Installation(
            Path(folder),
            Path(folder),
            web.names,
            store,
            queue,
            pause=options.pause,
            workers=options.at_once,
            settings=("[night]", "host_budget = 1000000"),
            of_queue=(
                f"concurrency = {1 if one_shard else options.concurrency}",
                "lease_seconds = 60",
                f"job_seconds = {options.job_seconds}",
            ),
        ) as installation,
    ):
        began = time.monotonic()
        with Store.open(store) as opened:
            share_night(opened, queue, urls)
        print(f"{len(urls):,} addresses of {hosts:,} hosts put in within {time.monotonic() - began:.0f} s", flush=True)
        yield Night(installation, Path(folder), web, _server_of(store))


def _server_of(store: str) -> ServerUse:
    engine = create_engine(store)
    with engine.connect() as connection:
        pid, database = connection.exec_driver_sql("SELECT pg_backend_pid(), current_database()").one()
        server = ServerUse(pid, database)
    engine.dispose()
    return server


def _measure(night: Night, workers: int, most: int, timed: bool) -> Measured:
    """Check until so many addresses are kept, and say every few seconds how it goes."""
    print(
        f"{workers} worker(s), until {most:,} addresses are kept\n"
        f"{'s':>6} {'kept':>8} {'requests':>9} {'kept/s':>7}  cores: each worker, web, PostgreSQL; MB of each worker",
        flush=True,
    )
    measured = Measured()
    began, web_began = time.monotonic(), time.process_time()
    for _ in range(workers):
        night.start_worker(timed)
    said = Sample(0.0, 0, 0, (Used(),) * workers, 0.0, 0.0)
    while True:
        time.sleep(1.0)
        ((kept, left),) = night.installation.ask("SELECT sum(fetched), count(*) FILTER (WHERE is_open) FROM run_shard")
        sample = Sample(
            time.monotonic() - began,
            int(kept),
            night.web.log.requests,
            tuple(used_by_tree(process.pid) for process in night.installation.workers),
            time.process_time() - web_began,
            night.database.seconds(),
        )
        measured.samples.append(sample)
        over = not left or kept >= most
        if over or sample.seconds - said.seconds >= _EVERY:
            _say_progress(said, sample)
            said = sample
        if over:
            return measured


def _say_progress(before: Sample, now: Sample) -> None:
    seconds = now.seconds - before.seconds
    cores = [(new.seconds - old.seconds) / seconds for old, new in zip(before.workers, now.workers, strict=True)]
    cores += [(now.web - before.web) / seconds, (now.server - before.server) / seconds]
    print(
        f"{now.seconds:>6.0f} {now.kept:>8,} {now.requests:>9,} {(now.kept - before.kept) / seconds:>7.1f}  "
        f"{' '.join(f'{core:.2f}' for core in cores)}; {' '.join(f'{used.megabytes:.0f}' for used in now.workers)}",
        flush=True,
    )


def _say(measured: Measured, night: Night, pause: float) -> bool:
    """Print a night's sums; whether it was polite."""
    last, log = measured.samples[-1], night.web.log
    workers = sum(used.seconds for used in last.workers)
    each = 1000 / max(1, last.kept)
    print(
        f"{len(last.workers)} worker(s): {last.kept:,} addresses, {last.requests:,} requests to {len(log.by_host):,} "
        f"hosts in {last.seconds:.0f} s; {measured.rate(0.1, 0.9):.1f} addresses/s in the steady state (from 10% to "
        f"90%), {measured.rate(0.0, 1.0):.1f}/s from the first to the last\n"
        f"  an address costs {each * workers:.1f} ms of the processor in the workers, {each * last.server:.1f} in "
        f"PostgreSQL, {each * last.web:.1f} in the web\n"
        f"  by the web's log, over all hosts: smallest gap {log.smallest_gap:.3f} s, smallest from an answer to "
        f"the next request {log.smallest_pause:.3f} s (pause {pause:g} s), {log.overlaps} requests beside another of "
        "their host",
        flush=True,
    )
    return log.smallest_pause >= pause and not log.overlaps


def _say_overhead(night: Night, thread_seconds: float) -> bool:
    """Print what the queue took of the workers' time; whether it was little enough."""
    seconds: Counter[str] = Counter()
    calls: Counter[str] = Counter()
    for file in night.folder.glob("sums-*.json"):
        for kind, (spent, many) in json.loads(file.read_text(encoding="utf-8")).items():
            seconds[kind] += spent
            calls[kind] += many
    keeping = seconds.pop("keeping", 0.0)
    share = seconds.total() / thread_seconds
    kinds = ", ".join(f"{kind} {seconds[kind] / thread_seconds:.3%} ({calls[kind]:,} calls)" for kind in seconds)
    print(
        f"  the queue took {share:.2%} of {thread_seconds:,.0f} s of the threads that check: {kinds}; keeping checks, "
        f"which a local night does, too, {keeping / thread_seconds:.3%} ({calls['keeping']:,} calls)",
        flush=True,
    )
    return share <= MOST_OVERHEAD


def _starvation(options: argparse.Namespace) -> int:
    """When the last address of all other hosts was kept, without and with a host of very many."""
    ends = []
    small = f"SELECT count(*) FROM address JOIN \"fetch\" ON address_id = address.id WHERE host <> '{_BIG}'"
    for big in (0, options.big):
        with _checking(options, options.hosts, big) as night:
            began = time.monotonic()
            night.installation.worker("--queues", "web")
            others = options.of_host * (options.hosts - 1)
            while night.installation.ask(small)[0][0] < others:
                time.sleep(0.5)
            ends.append(time.monotonic() - began)
            print(
                f"one host with {big:,} addresses more: the {others:,} of all others were kept within {ends[-1]:.1f} "
                f"s, {night.web.log.by_host.get(_BIG, 0)} requests to that host meanwhile",
                flush=True,
            )
    print(f"the others take {ends[1] / ends[0]:.2f} times as long beside it")
    return 0 if ends[1] <= 1.5 * ends[0] else 1


if __name__ == "__main__":
    sys.exit(main())
