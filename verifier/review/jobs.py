"""Long work that the desk starts: each in a process of its own, so that what a hostile file crashes is not the desk.

The process gets its order as one JSON object on standard input and tells its progress as JSON lines on standard
output: `{"stage", "total"}`, `{"step", "note"}`, and at the end `{"done"}` or `{"failed", "busy"}`.
"""

import json
import re
import secrets
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from verifier.review.users import write_private

MOST_KEPT = 50
"""Jobs that are remembered: those started last (their ids sort by that)."""

_ENDING, _TAKEN = ".job", ".taken"
"""How the files of a job are named: what is known of it, and that it was started again."""

_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")

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
    """Starts jobs by a command line and follows them; for threads and processes."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        """`folder` is where the processes of a desk keep what they know of jobs; see `own_folder`."""
        self._command = list(command)
        self._folder = folder
        self._children: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()

    def start(self, order: Mapping[str, Any], title: str, starter: str, leads_to: Mapping[str, Any]) -> Job:
        """Start a job. `leads_to` is kept with it for whoever shows its outcome. Raises SettingsError."""
        job = Job(f"{time.time_ns():x}-{secrets.token_urlsafe(12)}", title, starter, leads_to, order)
        self._keep(job)
        for old in sorted(self._folder.glob(f"*{_ENDING}"))[:-MOST_KEPT]:
            old.unlink(missing_ok=True)
        child = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        with self._lock:
            self._children.add(child)
        threading.Thread(target=self._follow, args=(job, child, order), name=f"job-{job.id}", daemon=True).start()
        return job

    def may_start_again(self, job: Job) -> bool:
        """Whether a job found another run going on; said once only, so that a double click is one more try."""
        if not job.was_busy:
            return False
        try:
            (self._folder / f"{job.id}{_TAKEN}").touch(exist_ok=False)
        except FileExistsError:
            return False
        return True

    def find(self, job_id: str) -> Job | None:
        """A job by its id, while it is remembered, whichever process of the desk follows it."""
        if not _ID.fullmatch(job_id):
            return None
        try:
            message = json.loads((self._folder / f"{job_id}{_ENDING}").read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        stages = [Stage(**stage) for stage in message.pop("stages")]
        job = Job(**message, stages=stages)
        job.was_busy = job.was_busy and not (self._folder / f"{job_id}{_TAKEN}").exists()
        return job

    def _keep_if_remembered(self, job: Job) -> None:
        if (self._folder / f"{job.id}{_ENDING}").exists():
            self._keep(job)

    def _keep(self, job: Job) -> None:
        write_private(self._folder / f"{job.id}{_ENDING}", json.dumps(asdict(job)))

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
                    self._keep_if_remembered(job)
            code = child.wait()
        finally:
            timer.cancel()
            with self._lock:
                self._children.discard(child)
        if not job.is_over:
            job.failure = f"The work ended before it was done (exit code {code}); nothing that it stored is lost."
            self._keep_if_remembered(job)


def _tell(stdin: IO[bytes], order: Mapping[str, Any]) -> None:
    try:
        stdin.write(json.dumps(order).encode())
        stdin.close()
    except BrokenPipeError:
        return  # it died at once: its exit code says so


def _take(job: Job, line: bytes) -> None:
    try:
        message = json.loads(line)
    except ValueError:
        job.failure = "The work sent something that is no progress; that is a defect of Verifier."
        return
    if "stage" in message:
        job.stages.append(Stage(message["stage"], message["total"]))
    elif "step" in message:
        stage = next((stage for stage in job.stages if stage.name == message["step"]), None)
        if stage is not None:
            stage.done += 1
            stage.note = message.get("note", "")
    elif "failed" in message:
        job.was_busy = bool(message.get("busy"))
        job.failure = message["failed"]
    elif "done" in message:
        job.done = message["done"]
