"""A worker that adds up how long its calls to the queue take, and writes the sums to a file every second.

    python -m benchmarks.queue_timed_worker SUMS.json worker --queues web --config verifier.toml

What counts is all that a night on one machine would not do: fetching, deferring and finishing jobs, heartbeats and
upkeep, what is due in a shard, its opening and handing on, what all workers counted, a host's turn over all workers.
Keeping a check is added up apart: a local night does that, too, without the token. Times are from call to return, so
they hold what the server, the wire and other threads of the worker take.
"""

import functools
import inspect
import json
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from procrastinate.manager import JobManager

from db.host_turns import HostTurns
from db.shards import Shards
from verifier import cli
from verifier.runs.queued.handlers import RunHandlers

_TIMED: tuple[tuple[type[Any], str, tuple[str, ...]], ...] = (
    (HostTurns, "turns", ("begin", "start", "end", "postpone")),
    (Shards, "shards", ("open", "due", "hand_on", "close", "hosts_seen", "hosts_due", "kept_bytes")),
    (RunHandlers, "jobs", ("_take_up", "_move_on", "upkeep")),
    (
        JobManager,
        "jobs",
        ("fetch_job", "finish_job", "update_heartbeat", "get_stalled_jobs", "prune_stalled_workers", "list_jobs_async"),
    ),
    (Shards, "keeping", ("keep_check",)),
)


class Sums:
    """Seconds and calls by kind; thread-safe."""

    def __init__(self) -> None:
        self._seconds: Counter[str] = Counter()
        self._calls: Counter[str] = Counter()
        self._guard = threading.Lock()

    def add(self, kind: str, seconds: float) -> None:
        """One call."""
        with self._guard:
            self._seconds[kind] += seconds
            self._calls[kind] += 1

    def write(self, file: Path) -> None:
        """Leave them in a file, whole."""
        with self._guard:
            said = json.dumps({kind: [seconds, self._calls[kind]] for kind, seconds in self._seconds.items()})
        draft = file.with_suffix(".draft")
        draft.write_text(said, encoding="utf-8")
        draft.replace(file)


def _timed(call: Callable[..., Any], kind: str, sums: Sums) -> Callable[..., Any]:
    if inspect.iscoroutinefunction(call):

        @functools.wraps(call)
        async def awaited(*given: Any, **named: Any) -> Any:
            began = time.perf_counter()
            try:
                return await call(*given, **named)
            finally:
                sums.add(kind, time.perf_counter() - began)

        return awaited

    @functools.wraps(call)
    def called(*given: Any, **named: Any) -> Any:
        began = time.perf_counter()
        try:
            return call(*given, **named)
        finally:
            sums.add(kind, time.perf_counter() - began)

    return called


def main() -> None:
    """Run the command line that follows the file's name."""
    file, sums = Path(sys.argv.pop(1)), Sums()
    for owner, kind, names in _TIMED:
        for name in names:
            setattr(owner, name, _timed(getattr(owner, name), kind, sums))

    def write() -> None:
        while True:
            sums.write(file)
            time.sleep(1.0)

    threading.Thread(target=write, name="sums", daemon=True).start()
    cli.main()


if __name__ == "__main__":
    main()
