"""A process of its own with limits, for work that may crash, hang or swallow the memory: it answers bytes with bytes.

Requests and answers are frames: a length (8 bytes, big endian) and so many bytes. A module that is to be run so calls
`serve` under `if __name__ == "__main__"`; the process's one argument is how much memory it may have.
"""

import contextlib
import os
import selectors
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from typing import IO, Self

_LENGTH = struct.Struct(">Q")


_LONGEST_ANSWER = 512 * 1024**2  # bytes: a process that was taken over must not fill our memory either
_PIECE = 1024**2
_Selector = getattr(selectors, "PollSelector", selectors.DefaultSelector)  # epoll costs three calls more for one wait


class _AnswerTooLongError(Exception):
    """The process says that its answer is longer than any honest one."""


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
        try:
            answer = _ask(process, request, time.monotonic() + self._deadline + patience)
        except TimeoutError:
            self.stop()
            raise ChildEndedError(f"reading took longer than {self._deadline + patience:.0f} s and was ended") from None
        except _AnswerTooLongError:
            self.stop()
            raise ChildEndedError("what its reading process answered is too long") from None
        except BaseException:  # whatever interrupts us: what the process says next is no answer to the next request
            self.stop()
            raise
        if answer is not None:
            return answer
        code = process.wait()
        self.stop()
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
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0
    )
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            os.set_blocking(stream.fileno(), False)
    return process


def _ask(process: subprocess.Popen[bytes], request: bytes, deadline: float) -> bytes | None:
    """The answer, None where the process ended. Raises TimeoutError at the deadline (on the monotonic clock)."""
    if process.stdin is None or process.stdout is None:
        return None
    try:
        _send(process.stdin.fileno(), _LENGTH.pack(len(request)) + request, deadline)
        head = _receive(process.stdout.fileno(), _LENGTH.size, deadline)
        if head is None:
            return None
        (length,) = _LENGTH.unpack(head)
        if length > _LONGEST_ANSWER:
            raise _AnswerTooLongError
        return _receive(process.stdout.fileno(), length, deadline)
    except (BrokenPipeError, ConnectionResetError):
        return None


def _send(stream: int, data: bytes, deadline: float) -> None:
    left = memoryview(data)
    while left:
        try:
            left = left[os.write(stream, left) :]
        except BlockingIOError:
            _wait(stream, selectors.EVENT_WRITE, deadline)


def _receive(stream: int, length: int, deadline: float) -> bytes | None:
    pieces = []
    while length:
        try:
            piece = os.read(stream, min(length, _PIECE))
        except BlockingIOError:
            _wait(stream, selectors.EVENT_READ, deadline)
            continue
        if not piece:
            return None
        pieces.append(piece)
        length -= len(piece)
    return b"".join(pieces)


def _wait(stream: int, event: int, deadline: float) -> None:
    with _Selector() as selector:
        selector.register(stream, event)
        if not selector.select(max(deadline - time.monotonic(), 0)):
            raise TimeoutError


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
