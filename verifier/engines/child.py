"""A process of its own with limits, for work that may crash, hang or swallow the memory: it answers bytes with bytes.

Requests and answers are frames: a length (8 bytes, big endian) and so many bytes. A module that is to be run so calls
`serve` under `if __name__ == "__main__"`; the process's one argument is how much memory it may have.
"""

import contextlib
import os
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from typing import IO, Self

_LENGTH = struct.Struct(">Q")


class ChildEndedError(Exception):
    """The process died or was ended over a request; the message says why."""


class Child:
    """The parent's side of one process, started when first needed and again after it died. Not thread-safe.

    `module` is run with `python -m`; `deadline` is how many seconds an answer may take, `memory` how many bytes of
    address space the process may come to.
    """

    def __init__(self, module: str, deadline: float, memory: int) -> None:
        self._command = [sys.executable, "-m", module, str(memory)]
        self._deadline = deadline
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.stop()

    def ask(self, request: bytes, patience: float = 0.0) -> bytes:
        """The answer to a request, which may take `patience` seconds beyond the deadline.

        Raises ChildEndedError when there is none; the next request has a new process.
        """
        process = self._process = self._process or _start(self._command)
        timed_out = threading.Event()

        def end() -> None:
            timed_out.set()
            process.kill()

        timer = threading.Timer(self._deadline + patience, end)
        timer.daemon = True
        timer.start()
        try:
            answer = _ask(process, request)
        finally:
            timer.cancel()
        if answer is not None:
            return answer
        code = process.wait()
        self.stop()
        if timed_out.is_set():
            raise ChildEndedError(f"reading took longer than {self._deadline + patience:.0f} s and was ended")
        raise ChildEndedError(f"its reading process died ({f'signal {-code}' if code < 0 else f'exit code {code}'})")

    def stop(self) -> None:
        """End the process, if it runs."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()


def serve(answer: Callable[[bytes], bytes]) -> None:
    """The child's side: answer each request on the standard streams until the parent goes.

    Whatever a library prints goes nowhere.
    """
    _limit_memory(int(sys.argv[1]))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    with contextlib.suppress(BrokenPipeError, KeyboardInterrupt):
        while (request := _read(sys.stdin.buffer)) is not None:
            reply = answer(request)
            answers.write(_LENGTH.pack(len(reply)) + reply)
            answers.flush()


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def _ask(process: subprocess.Popen[bytes], request: bytes) -> bytes | None:
    if process.stdin is None or process.stdout is None:
        return None
    try:
        process.stdin.write(_LENGTH.pack(len(request)))
        process.stdin.write(request)
        process.stdin.flush()
        return _read(process.stdout)
    except (BrokenPipeError, ConnectionResetError):
        return None


def _read(stream: IO[bytes]) -> bytes | None:
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    body = stream.read(length)
    return body if len(body) == length else None


def _limit_memory(limit: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
