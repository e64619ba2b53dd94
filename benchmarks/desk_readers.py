"""Many readers at the desk at once: how long the queue and findings take over HTTP, with nobody pausing.

    python -m benchmarks.desk --keep FOLDER            fill a store first (50,000 findings)
    python -m benchmarks.desk_readers FOLDER           then 50 readers for 20 seconds

Every reader asks for the next page as soon as the last one has come: for the queue, for one that is filtered, for
findings, for the notes of a document. Readers
run in a process of their own, on the same machine. What must hold: the 95th percentile at most 400 ms for 50 readers,
150 ms for one. The exit code is 1 when it does not. The processor time of a page (Linux; elsewhere none is told) is
without that of starting the desk, and depends less on what else the machine does than the answers' times do.
"""

import argparse
import http.client
import os
import random
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

from db.review_queue import QueueFilter
from db.store import Store

MOST_MS, MOST_MS_ALONE = 400.0, 150.0
WORDS = ("ferries", "tolls", "bridges", "schools", "wards", "clinics")


def addresses(draw: random.Random, findings: list[str], documents: int) -> dict[str, str]:
    """An address of every kind of page."""
    return {
        "queue": "/",
        "filtered": f"/?severity={draw.choice(['high', 'medium', 'low'])}&q={draw.choice(WORDS)}",
        "finding": f"/findings/{draw.choice(findings)}",
        "notes": f"/documents/{draw.randrange(1, documents)}/notes",
    }


def read(
    port: int, findings: list[str], documents: int, until: float, seed: int, taken: dict[str, list[float]]
) -> None:
    """One reader: asks until the time is over, and adds the milliseconds of each answer by kind of page."""
    draw = random.Random(seed)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    while time.monotonic() < until:
        kind, address = draw.choice(list(addresses(draw, findings, documents).items()))
        begun = time.perf_counter()
        connection.request("GET", address)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"{address}: {answer.status}")
        taken[kind].append((time.perf_counter() - begun) * 1000)


def processor_seconds(process: int) -> float:
    """What a process and those that it began have used; 0 where the system has no /proc."""
    used = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            number, *_, rest = re.split(r" \(|\) ", stat.read_text(), maxsplit=2)
        except OSError:  # it has ended
            continue
        fields = rest.split()
        if process in (int(number), int(fields[1])):
            used += int(fields[11]) + int(fields[12])
    return used / os.sysconf("SC_CLK_TCK")


def main() -> int:
    """Serve, read, print; 1 when it is too slow."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=20.0)
    given = parser.parse_args()
    with Store.open(f"sqlite:///{given.data / 'verifier.db'}") as store:
        findings = [entry.fingerprint for entry in store.queue.page(QueueFilter(), most=2000)]
        documents = len(store.documents.known_places())
    command = [sys.executable, "-m", "verifier", "review", "--data", str(given.data), "--port", "0"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as desk:
        try:
            assert desk.stdout is not None
            found = re.search(r":(\d+)\s*$", desk.stdout.readline())
            if found is None:
                raise SystemExit("the desk did not start")
            taken: dict[str, list[float]] = {kind: [] for kind in addresses(random.Random(0), findings, documents)}
            begun, used = time.monotonic(), processor_seconds(desk.pid)
            readers = [
                threading.Thread(
                    target=read, args=(int(found[1]), findings, documents, begun + given.seconds, seed, taken)
                )
                for seed in range(given.readers)
            ]
            for reader in readers:
                reader.start()
            for reader in readers:
                reader.join()
            used = processor_seconds(desk.pid) - used
        finally:
            desk.terminate()
    worst = 0.0
    for kind, times in taken.items():
        times.sort()
        p50, p95 = times[len(times) // 2], times[int(len(times) * 0.95)]
        worst = max(worst, p95)
        print(f"{kind:8} p50 {p50:7.1f} ms   p95 {p95:7.1f} ms   {len(times) / given.seconds:6.1f} pages/s")
    pages = sum(map(len, taken.values()))
    print(f"processor time of the desk {used / max(1, pages) * 1000:.1f} ms a page")
    print(f"load of the machine: {os.getloadavg()[0]:.1f}")
    return int(worst > (MOST_MS_ALONE if given.readers == 1 else MOST_MS))


if __name__ == "__main__":
    sys.exit(main())
