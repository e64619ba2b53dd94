"""Long work that the desk starts: each in a process of its own, so that what a hostile file crashes is not the desk.

The process gets its order as one JSON object on standard input and tells its progress as JSON lines on standard
output: `{"stage", "total"}`, `{"step", "note"}`, and at the end `{"done"}` or `{"failed", "busy"}`.
"""

import json
import secrets
import subprocess
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

MOST_KEPT = 50
"""Jobs whose outcome is remembered."""

LONGEST = 4 * 3600.0
"""Seconds after which a job is ended."""


@dataclass
class Stage:
    """A part of a job: how much of it is done."""

    name: str
    total: int
    done: int = 0
    note: str = ""


@dataclass
class Job:
    """A job as the desk shows it; `leads_to` is where its outcome is seen.

    `was_busy` says that another run was going on: the same order may be given again.
    """

    id: str
    title: str
    starter: str
    leads_to: Mapping[str, Any]
    order: Mapping[str, Any]
    stages: list[Stage] = field(default_factory=list)
    done: Mapping[str, Any] | None = None
    failure: str = ""
    was_busy: bool = False

    @property
    def is_over(self) -> bool:
        """Whether it has ended, well or not."""
        return self.done is not None or bool(self.failure)


class Jobs:
    """Starts jobs by a command line and follows them; thread-safe."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = list(command)
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._children: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()

    def start(self, order: Mapping[str, Any], title: str, starter: str, leads_to: Mapping[str, Any]) -> Job:
        """Start a job. `leads_to` is kept with it for whoever shows its outcome."""
        job = Job(secrets.token_urlsafe(12), title, starter, leads_to, order)
        child = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        with self._lock:
            self._jobs[job.id] = job
            self._children.add(child)
            while len(self._jobs) > MOST_KEPT:
                self._jobs.popitem(last=False)
        threading.Thread(target=self._follow, args=(job, child, order), name=f"job-{job.id}", daemon=True).start()
        return job

    def may_start_again(self, job: Job) -> bool:
        """Whether a job found another run going on; said once only, so that a double click is one more try."""
        with self._lock:
            was_busy, job.was_busy = job.was_busy, False
            return was_busy

    def find(self, job_id: str) -> Job | None:
        """A job by its id, while it is remembered."""
        with self._lock:
            return self._jobs.get(job_id)

    def stop(self) -> None:
        """End what is running; a run that is ended is taken up by the next."""
        with self._lock:
            children = list(self._children)
        for child in children:
            child.terminate()

    def _follow(self, job: Job, child: "subprocess.Popen[bytes]", order: Mapping[str, Any]) -> None:
        timer = threading.Timer(LONGEST, child.kill)
        timer.daemon = True
        timer.start()
        try:
            if child.stdin is not None and child.stdout is not None:
                _tell(child.stdin, order)
                for line in child.stdout:
                    _take(job, line)
            code = child.wait()
        finally:
            timer.cancel()
            with self._lock:
                self._children.discard(child)
        if not job.is_over:
            job.failure = f"The work ended before it was done (exit code {code}); nothing that it stored is lost."


def _tell(stdin: IO[bytes], order: Mapping[str, Any]) -> None:
    try:
        stdin.write(json.dumps(order).encode())
        stdin.close()
    except BrokenPipeError:
        return  # it died at once: its exit code says so


def _take(job: Job, line: bytes) -> None:
    try:
        told = json.loads(line)
    except ValueError:
        job.failure = "The work told something that is no progress; that is a defect of Verifier."
        return
    if "stage" in told:
        job.stages.append(Stage(told["stage"], told["total"]))
    elif "step" in told:
        stage = next((stage for stage in job.stages if stage.name == told["step"]), None)
        if stage is not None:
            stage.done += 1
            stage.note = told.get("note", "")
    elif "failed" in told:
        job.was_busy = bool(told.get("busy"))
        job.failure = told["failed"]
    elif "done" in told:
        job.done = told["done"]
