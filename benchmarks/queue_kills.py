"""Nights by the queue whose workers are killed and stopped, and whose database crashes, at random moments.

    python -m benchmarks.queue_kills --kills 100 --seed 1

Two workers share each night, on a PostgreSQL server of its own; one that was killed is followed by another at once.
Every few seconds one thing happens: a worker is killed (SIGKILL), one is stopped for longer than its lease and then
goes on, or the server crashes and comes back. What must hold of each night: `verifier dump` equals that of an
undisturbed local night, `archive check` is clean, and no address was asked for again but those in flight when something
happened.
The exit code is 1 when something does not hold.
"""

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.postgresql import Cluster, server_programs
from tests.support.queue_nights import Installation, QueueWeb, empty_store, write_surveys

LEASE = 3.0
KINDS = ("killed", "killed", "stopped", "database")
IN_FLIGHT = 4
"""Hosts that one worker asks at a time."""


@dataclass
class Night:
    """What happened in one night, and what does not hold; `resumed` are seconds from an event to the next request."""

    kills: Counter[str] = field(default_factory=Counter)
    asked_again: int = 0
    resumed: list[float] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def main() -> int:
    """Print a line for each night and a sum."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--hosts", type=int, default=20)
    parser.add_argument("--of-host", type=int, default=10)
    parser.add_argument("--only", choices=("killed", "stopped", "database"), help="one kind of event alone")
    parser.add_argument("--seconds", type=float, default=1e9, help="begin no new night after so many")
    options = parser.parse_args()
    programs = server_programs()
    if programs is None:
        raise SystemExit("there is no PostgreSQL server here")
    began = time.monotonic()
    chance, nights = random.Random(options.seed), []
    with tempfile.TemporaryDirectory() as folder, Cluster(programs) as cluster:
        papers = Path(folder) / "papers"
        urls = set(write_surveys(papers, options.hosts, options.of_host))
        with QueueWeb(latency=0.2) as web, Installation(Path(folder) / "local", papers, web.names) as local:
            local.run("nightly")
            expected, once = local.dump(), dict(web.log.asked)
        left = options.kills
        kinds = (options.only,) if options.only else KINDS
        while left > 0 and time.monotonic() - began < options.seconds:
            night = _night(Path(folder) / f"night-{len(nights)}", papers, cluster, chance, left, expected, kinds)
            with_urls = {url: count for url, count in night.web.log.asked.items() if url in urls}
            night.told.asked_again = sum(count - once[url] for url, count in with_urls.items())
            most = IN_FLIGHT * 2 * night.told.kills.total()
            if night.told.asked_again > most:
                night.told.problems.append(f"{night.told.asked_again} asked again, {most} may have been in flight")
            nights.append(night.told)
            left -= night.told.kills.total()
            for problem in night.told.problems:
                print(f"  {problem}", flush=True)
            print(
                f"night {len(nights)}: {dict(night.told.kills)}, {night.told.asked_again} asked again, next fetch in "
                f"{max(night.told.resumed, default=0):.0f} s at most; {len(night.told.problems) or 'no'} problems",
                flush=True,
            )
    kills = sum((night.kills for night in nights), Counter())
    problems = sum(len(night.problems) for night in nights)
    print(
        f"{kills.total()} events {dict(kills)} in {len(nights)} nights of {len(urls)} addresses, "
        f"{sum(night.asked_again for night in nights)} asked again, {problems} problems, "
        f"{time.monotonic() - began:.0f} s"
    )
    return 1 if problems else 0


@dataclass
class _Told:
    told: Night
    web: QueueWeb


def _night(
    folder: Path,
    papers: Path,
    cluster: Cluster,
    chance: random.Random,
    most: int,
    expected: list[str],
    kinds: Sequence[str],
) -> _Told:
    told = Night()
    with QueueWeb(latency=0.2) as web, empty_store(cluster.url) as (store, queue):
        settings = (f"concurrency = {IN_FLIGHT}", f"lease_seconds = {LEASE}")
        with Installation(
            folder, papers, web.names, store, queue, pause=0.5, workers=IN_FLIGHT, of_queue=settings
        ) as night:
            planned = night.run("nightly", "--engine", "queue", "--no-wait")
            if planned.returncode:
                told.problems.append(f"planning ended with {planned.returncode}: {planned.stderr[-300:]}")
                return _Told(told, web)
            at_work = [night.worker(), night.worker()]
            until = time.monotonic() + 900
            while not _has_ended(night):
                if time.monotonic() > until:
                    told.problems.append("did not come to its end within 900 s")
                    break
                time.sleep(chance.uniform(1.0, 4.0))
                if told.kills.total() < most and not _has_ended(night):
                    _strike(chance.choice(kinds), night, cluster, at_work, chance, told, web)
            for process in at_work:
                process.send_signal(signal.SIGCONT)
                process.send_signal(signal.SIGTERM)
            for process in at_work:
                process.wait(180)
            dump = night.dump()
            told.problems += [f"missing in the dump: {line[:300]}" for line in sorted(set(expected) - set(dump))]
            told.problems += [f"not in a local one: {line[:300]}" for line in sorted(set(dump) - set(expected))]
            if told.problems:
                told.problems.append(f"messages: {night.ask('SELECT kind, words FROM shared_run_note')}")
            checked = night.run("archive", "check")
            if checked.returncode:
                told.problems.append(f"archive check: {checked.stdout[-300:]}")
    return _Told(told, web)


def _strike(
    what: str,
    night: Installation,
    cluster: Cluster,
    at_work: list[subprocess.Popen[str]],
    chance: random.Random,
    told: Night,
    web: QueueWeb,
) -> None:
    """One thing happens."""
    number = chance.randrange(len(at_work))
    before, began = web.log.requests, time.monotonic()
    told.kills[what] += 1
    if what == "killed":
        at_work[number].kill()
        at_work[number].wait()
        at_work[number] = night.worker()
    elif what == "stopped":
        at_work[number].send_signal(signal.SIGSTOP)
        time.sleep(LEASE + chance.uniform(1.0, 5.0))
        at_work[number].send_signal(signal.SIGCONT)
    else:
        cluster.crash()
        time.sleep(chance.uniform(0.1, 3.0))
        cluster.start()
    while web.log.requests == before and time.monotonic() - began < 120 and night.phase() == "checking":
        time.sleep(0.1)
    if web.log.requests > before:
        told.resumed.append(time.monotonic() - began)


def _has_ended(night: Installation) -> bool:
    return night.phase() == "ended"


if __name__ == "__main__":
    sys.exit(main())
