"""Nights by the queue whose workers are killed and stopped, whose database crashes, and whose bucket goes away.

    python -m benchmarks.queue_kills --kills 100 --seed 1

Two workers share each night, on a PostgreSQL server of its own; archive and documents are in a bucket (moto's server).
Every few seconds one thing happens: a worker, or both, is killed (SIGKILL) and followed by another at once, one is
stopped for longer than its lease (every fifth of these: for two minutes) and then goes on, the database crashes and
comes back, or the bucket refuses connections, or answers 503, for some seconds. What must hold of each night:
`verifier dump` equals that of an undisturbed local night on files, `archive check` is clean, no address was asked for
again but those in flight when something happened, and the web is asked again, unless nothing is left to ask, within
90 s of each event's end, less what `--lease` is shorter than its default. The exit code is 1 when something does not
hold.
"""

import argparse
import logging
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.postgresql import Cluster, server_programs
from tests.support.queue_nights import Installation, QueueWeb, empty_store, write_surveys
from tests.support.s3 import CREDENTIALS, S3Server
from verifier.queue_settings import QueueSettings

KINDS = ("killed", "all killed", "stopped", "database", "bucket")
IN_FLIGHT = 4
"""Hosts that one worker asks at a time."""

DEFAULT_LEASE = QueueSettings().lease_seconds
RESUMES_WITHIN = 90.0
"""Seconds, with the default lease."""

GIVES_UP = 300.0
"""Seconds after which work counts as not taken up again at all."""

_WHO_WAITS = """
    SELECT pid, state, wait_event_type, wait_event, pg_blocking_pids(pid), now() - xact_start, left(query, 200)
    FROM pg_stat_activity WHERE xact_start IS NOT NULL AND pid <> pg_backend_pid()
"""

LONG_STOP = 120.0
"""Seconds; every fifth stop is as long."""


@dataclass
class Night:
    """What happened in one night and what does not hold; `resumed` is of each event how long until all was taken up."""

    kills: Counter[str] = field(default_factory=Counter)
    asked_again: int = 0
    resumed: list[tuple[str, float]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@dataclass
class _Rig:
    """What all nights share."""

    folder: Path
    papers: Path
    cluster: Cluster
    bucket: S3Server
    chance: random.Random
    kinds: Sequence[str]
    lease: float
    expected: list[str] = field(default_factory=list)
    once: dict[str, int] = field(default_factory=dict)
    stops: int = 0
    requests: Callable[[], int] = lambda: 0


def main() -> int:
    """Print a line for each night and a sum."""
    options = _options()
    programs = server_programs()
    if programs is None:
        raise SystemExit("there is no PostgreSQL server here")
    os.environ.update(CREDENTIALS)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    began, nights = time.monotonic(), []
    with tempfile.TemporaryDirectory() as folder, Cluster(programs) as cluster:
        bucket, chance = S3Server(), random.Random(options.seed)
        kinds = (options.only,) if options.only else KINDS
        rig = _Rig(Path(folder), Path(folder) / "papers", cluster, bucket, chance, kinds, options.lease)
        urls = set(write_surveys(rig.papers, options.hosts, options.of_host))
        with QueueWeb(latency=0.2) as web, Installation(rig.folder / "local", rig.papers, web.names) as local:
            local.run("nightly")
            rig.expected, rig.once = local.dump(), {url: web.log.asked[url] for url in urls}
        left = options.kills
        while left > 0 and time.monotonic() - began < options.seconds:
            night = _night(rig, len(nights), left)
            nights.append(night)
            left -= night.kills.total()
            _say(len(nights), night)
        bucket.stop()
    kills = sum((night.kills for night in nights), Counter())
    problems = sum(len(night.problems) for night in nights)
    print(
        f"{kills.total()} events {dict(kills)} in {len(nights)} nights of {len(urls)} addresses, "
        f"{sum(night.asked_again for night in nights)} asked again, {problems} problems, "
        f"{time.monotonic() - began:.0f} s"
    )
    for kind in sorted(kills):
        seconds = sorted(took for night in nights for what, took in night.resumed if what == kind)
        if seconds:
            median = seconds[len(seconds) // 2]
            print(f"  {kind}: taken up again in {median:.1f} s (median), {seconds[-1]:.1f} s at most")
    return 1 if problems else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--hosts", type=int, default=20)
    parser.add_argument("--of-host", type=int, default=10)
    parser.add_argument("--lease", type=float, default=3.0, help="queue.lease_seconds")
    parser.add_argument("--only", choices=sorted(set(KINDS)), help="one kind of event alone")
    parser.add_argument("--seconds", type=float, default=1e9, help="begin no new night after so many")
    return parser.parse_args()


def _say(number: int, night: Night) -> None:
    for problem in night.problems:
        print(f"  {problem}", flush=True)
    print(
        f"night {number}: {dict(night.kills)}, {night.asked_again} asked again, taken up again in "
        f"{max((took for _, took in night.resumed), default=0):.0f} s at most; {len(night.problems) or 'no'} problems",
        flush=True,
    )


def _night(rig: _Rig, number: int, most: int) -> Night:
    seen = Night()
    with QueueWeb(latency=0.2) as web, empty_store(rig.cluster.url) as (store, queue):
        rig.requests = lambda: web.log.requests
        bucket = rig.bucket.settings(f"nights/{number}")
        objects = ("[objects]", f'url = "{bucket.url}"', f'endpoint = "{bucket.endpoint}"')
        of_queue = (f"concurrency = {IN_FLIGHT}", f"lease_seconds = {rig.lease}", *objects)
        with Installation(
            rig.folder / f"night-{number}",
            rig.papers,
            web.names,
            store,
            queue,
            pause=0.5,
            workers=IN_FLIGHT,
            of_queue=of_queue,
        ) as night:
            planned = night.run("nightly", "--engine", "queue", "--no-wait")
            if planned.returncode:
                seen.problems.append(f"planning ended with {planned.returncode}: {planned.stderr[-300:]}")
                return seen
            _disturb(rig, night, seen, most)
            _compare(rig, night, seen)
        seen.asked_again = sum(web.log.asked[url] - count for url, count in rig.once.items())
        in_flight = IN_FLIGHT * 2 * seen.kills.total()
        if seen.asked_again > in_flight:
            seen.problems.append(f"{seen.asked_again} asked again, {in_flight} may have been in flight")
    return seen


def _disturb(rig: _Rig, night: Installation, seen: Night, most: int) -> None:
    """Two workers, and what happens to them, until the night has ended."""
    at_work = [night.worker(), night.worker()]
    until = time.monotonic() + 900
    while night.phase() != "ended":
        if time.monotonic() > until:
            seen.problems.append("did not come to its end within 900 s")
            break
        time.sleep(rig.chance.uniform(1.0, 4.0))
        if seen.kills.total() < most and night.phase() != "ended":
            _strike(rig, rig.chance.choice(rig.kinds), night, at_work, seen)
    for process in at_work:
        process.send_signal(signal.SIGTERM)
    for process in at_work:
        process.wait(180)


def _compare(rig: _Rig, night: Installation, seen: Night) -> None:
    dump = night.dump()
    seen.problems += [f"missing in the dump: {line[:300]}" for line in sorted(set(rig.expected) - set(dump))]
    seen.problems += [f"not in a local one: {line[:300]}" for line in sorted(set(dump) - set(rig.expected))]
    if seen.problems:
        seen.problems.append(f"messages: {night.ask('SELECT kind, words FROM shared_run_note')}")
    checked = night.run("archive", "check")
    if checked.returncode:
        seen.problems.append(f"archive check: {checked.stdout[-300:]}")


def _strike(rig: _Rig, what: str, night: Installation, at_work: list[subprocess.Popen[str]], seen: Night) -> None:
    """One thing happens, and its end is waited for."""
    number = rig.chance.randrange(len(at_work))
    waiting = _under_way(night)
    seen.kills[what] += 1
    began = time.monotonic()
    if "killed" in what:
        for each in range(len(at_work)) if what == "all killed" else [number]:
            at_work[each].kill()
            at_work[each].wait()
            at_work[each] = night.worker()
    elif what == "stopped":
        rig.stops += 1
        at_work[number].send_signal(signal.SIGSTOP)
        until = began + (LONG_STOP if rig.stops % 5 == 0 else rig.lease + rig.chance.uniform(1.0, 5.0))
        _await_taken_up(rig, what, night, waiting, began, seen)
        time.sleep(max(0.0, until - time.monotonic()))
        at_work[number].send_signal(signal.SIGCONT)
        return
    elif what == "database":
        rig.cluster.crash()
        time.sleep(rig.chance.uniform(0.1, 3.0))
        rig.cluster.start()
        began = time.monotonic()
    else:
        (rig.bucket.stop if rig.chance.random() < 0.5 else rig.bucket.refuse)()
        time.sleep(rig.chance.uniform(1.0, 25.0))
        rig.bucket.resume()
        began = time.monotonic()
    _await_taken_up(rig, what, night, waiting, began, seen)


def _under_way(night: Installation) -> str:
    """A question that finds what was being done at this moment and is neither done nor taken up again."""
    jobs, now = f'"{night.queue}".procrastinate_jobs', night.ask("SELECT now()")[0][0].isoformat()
    found = night.ask(f"SELECT id, args->>'shard' FROM {jobs} WHERE status = 'doing'")
    shards = [shard for _, shard in found if shard is not None] or ["-1"]
    others = [str(job) for job, shard in found if shard is None] or ["-1"]
    return (
        f"SELECT 'shard', shard FROM run_shard WHERE is_open AND shard IN ({', '.join(shards)}) "
        f"AND coalesce(opened_at, progress_at) < '{now}' AND progress_at < '{now}' "
        f"UNION ALL SELECT task_name, id FROM {jobs} WHERE status = 'doing' AND id IN ({', '.join(others)})"
    )


def _await_taken_up(rig: _Rig, what: str, night: Installation, waiting: str, began: float, seen: Night) -> None:
    """Wait until the web is asked again, or all that was under way is done; note how long that took."""
    allowed = RESUMES_WITHIN - max(0.0, DEFAULT_LEASE - rig.lease)
    before, slow = rig.requests(), list[object]()
    while time.monotonic() - began < GIVES_UP and rig.requests() == before and night.phase() == "checking":
        if not (left := night.ask(waiting)):
            break
        if not slow and time.monotonic() - began > allowed / 2:
            slow = [*left, *night.ask(_WHO_WAITS)]
        time.sleep(0.2)
    took = time.monotonic() - began
    seen.resumed.append((what, took))
    if took > allowed:
        seen.problems.append(f"{what}: {took:.0f} s until it was taken up again; half-way waited {slow}")


if __name__ == "__main__":
    sys.exit(main())
