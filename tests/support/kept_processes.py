"""Reading processes that outlive the run that started them.

Starting one takes half a second of processor time, which is most of what a small run takes; it answers each request by
itself, as it does within a run. A process that died, that was ended, or that is amid a request when its run ends is not
kept. Tests of the processes themselves (tests/unit/engines, and commands that are processes of their own) start theirs.
"""

import json
import os
import subprocess
import threading
import weakref
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from verifier.engines.child import Child

_MOST = 4
"""So many idle processes of a kind are kept: a run has one for documents, for sources as many as there are cores."""


class KeptProcesses:
    """What `Child` does to start and to stop, with processes that are kept in between. Thread-safe."""

    def __init__(self) -> None:
        self._idle: dict[tuple[object, ...], list[subprocess.Popen[bytes]]] = defaultdict(list)
        self._asking: set[Child] = set()
        self._alone: weakref.WeakSet[Child] = weakref.WeakSet()
        self._lock = threading.Lock()

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """While this lasts, every `Child` is served from here; what is kept at its end is ended."""
        plain_ask, plain_start, plain_stop = Child.ask, Child.start, Child.stop

        def ask(child: Child, request: bytes, deadline: float) -> bytes:
            with self._lock:
                self._asking.add(child)
            if _is_relative(child, request) and child not in self._alone:
                self._alone.add(child)  # a process that another test started is in another folder
                plain_stop(child)
            try:
                return plain_ask(child, request, deadline)
            finally:
                with self._lock:
                    self._asking.discard(child)

        def start(child: Child) -> None:
            with self._lock:
                idle = self._idle[_kind(child)]
                while child._process is None and idle and child not in self._alone:
                    process = idle.pop()
                    if process.poll() is None:
                        child._process = process
            plain_start(child)

        def stop(child: Child) -> None:
            with self._lock:
                process, idle = child._process, self._idle[_kind(child)]
                is_idle = (
                    child not in self._asking
                    and child not in self._alone
                    and process is not None
                    and process.poll() is None
                )
                if process is not None and is_idle and len(idle) < _MOST:
                    child._process = None
                    idle.append(process)
            plain_stop(child)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Child, "ask", ask)
            patch.setattr(Child, "start", start)
            patch.setattr(Child, "stop", stop)
            yield
        for process in (process for processes in self._idle.values() for process in processes):
            process.kill()
            process.communicate()


def _kind(child: Child) -> tuple[object, ...]:
    """Processes of one kind are alike: their command (with its memory) and their environment."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}
    return (*child._command, *sorted(environment.items()))


def _is_relative(child: Child, request: bytes) -> bool:
    """Whether a document is asked for whose place depends on the folder that the process is in."""
    return "verifier.engines.reader" in child._command and not Path(json.loads(request)[0]).is_absolute()


@pytest.fixture(scope="session", autouse=True)
def kept_processes() -> Iterator[None]:
    """A run within this process takes its reading processes from one place."""
    with KeptProcesses().in_use():
        yield
