"""A process of its own with limits, for work that may crash, hang or swallow the memory: it answers bytes with bytes.

Requests and answers are frames: a length (8 bytes, big endian) and so many bytes; an empty one from the process says
that it is ready. A module that is to be run so calls `serve` under `if __name__ == "__main__"`; the process's one
argument is how much memory it may have.
"""

import contextlib
import os
import selectors
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Self

from verifier.deadlines import no_deadline

_LENGTH = struct.Struct(">Q")

STOP_GRACE = 5.0
"""Seconds that an answer may still take once the run has to end: what is honest is mostly done by then."""

_LOOK_UP = 0.5  # seconds between two looks at whether the run has to end
_START_DEADLINE = 120.0  # seconds: importing takes two at most, and is no fault of what is to be read
_LONGEST_ANSWER = 512 * 1024**2  # bytes: a process that was taken over must not fill our memory either
_PIECE = 1024**2
_Selector = getattr(selectors, "PollSelector", selectors.DefaultSelector)  # epoll costs three calls more for one wait


class _AnswerTooLongError(Exception):
    """The process says that its answer is longer than any honest one."""


class ChildEndedError(Exception):
    """The process died or was ended over a request; the message says why."""


class ChildStoppedError(Exception):
    """The process was ended over a request since the run has to end: that says nothing of the request."""


@dataclass(frozen=True, slots=True)
class _Patience:
    """Until when an answer is waited for (monotonic clock); from when `stop` says so, no longer than STOP_GRACE."""

    until: float
    stop: Callable[[], bool] = no_deadline

    def wait(self, stream: int, event: int) -> None:
        """Wait until a stream is ready. Raises TimeoutError, ChildStoppedError."""
        until, stopped = self.until, False
        with selectors.DefaultSelector() as selector:
            selector.register(stream, event)
            while True:
                left = until - time.monotonic()
                if selector.select(max(min(left, _LOOK_UP), 0)):
                    return
                if left <= 0 and stopped:
                    raise ChildStoppedError
                if left <= 0:
                    raise TimeoutError
                if not stopped and self.stop():
                    until, stopped = min(until, time.monotonic() + STOP_GRACE), True


class Child:
    """The parent's side of one process, started when first needed and again after it died. Not thread-safe.

    `module` is run with `python -m`; `memory` is how many bytes of address space the process may come to. `stop` says
    that the run has to end: an answer then may take no longer than STOP_GRACE.
    """

    def __init__(self, module: str, memory: int, stop: Callable[[], bool] = no_deadline) -> None:
        self._command = [sys.executable, "-m", module, str(memory)]
        self._stop = stop
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.stop()

    def ask(self, request: bytes, deadline: float) -> bytes:
        """The answer to a request, which may take `deadline` seconds; starting the process does not count.

        Raises ChildEndedError when there is none, ChildStoppedError; the next request has a new process.
        """
        self.start()
        try:
            answer = None if self._process is None else _ask(self._process, request, self._patience(deadline))
        except TimeoutError:
            self.stop()
            raise ChildEndedError(f"reading took longer than {deadline:.0f} s and was ended") from None
        except _AnswerTooLongError:
            self.stop()
            raise ChildEndedError("what its reading process answered is too long") from None
        except BaseException:  # whatever interrupts us: what the process says next is no answer to the next request
            self.stop()
            raise
        if answer is not None:
            return answer
        raise ChildEndedError(f"its reading process died ({self._death()})")

    def start(self) -> None:
        """Start the process, unless it runs. Raises ChildEndedError where it cannot be, ChildStoppedError."""
        if self._process is not None:
            return
        self._process = _start(self._command)
        try:
            if _receive_frame(self._process, self._patience(_START_DEADLINE)) is None:
                raise ChildEndedError(f"its reading process died as it began ({self._death()})")
        except TimeoutError:
            self.stop()
            raise ChildEndedError(f"its reading process did not begin within {_START_DEADLINE:.0f} s") from None
        except BaseException:
            self.stop()
            raise

    def _patience(self, deadline: float) -> _Patience:
        return _Patience(time.monotonic() + deadline, self._stop)

    def _death(self) -> str:
        """How the process died, which is forgotten with it."""
        process = self._process
        code = process.wait() if process is not None else -signal.SIGKILL
        self.stop()
        return f"signal {-code}" if code < 0 else f"exit code {code}"

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


def serve(answer: Callable[[bytes], bytes], prepare: Callable[[], None] = lambda: None) -> None:
    """The child's side: after `prepare`, answer each request on the standard streams until the parent goes.

    Whatever a library prints goes nowhere. A parent that dies takes the process with it, also amid a request.
    """
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    prepare()  # before memory is limited: what is ours need not fail for want of it
    _limit_memory(int(sys.argv[1]))
    with contextlib.suppress(BrokenPipeError, KeyboardInterrupt):
        _write(answers, b"")
        while (request := _read(sys.stdin.buffer)) is not None:
            with _dying_with_the_parent():
                reply = answer(request)
            _write(answers, reply)


def _write(answers: IO[bytes], reply: bytes) -> None:
    answers.write(_LENGTH.pack(len(reply)) + reply)
    answers.flush()


@contextlib.contextmanager
def _dying_with_the_parent() -> Iterator[None]:
    """Have the system end this process when the other end of its standard input is closed.

    Over a request nothing else happens there, and what spins in a library of C heeds no thread and no handler of ours.
    """
    try:
        import fcntl
    except ImportError:  # Windows has no such signal; the process then ends with its request
        yield
        return
    flags = fcntl.fcntl(0, fcntl.F_GETFL)
    signal.signal(signal.SIGIO, signal.SIG_DFL)
    fcntl.fcntl(0, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(0, fcntl.F_SETFL, flags | os.O_ASYNC)
    try:
        if _is_closed(0):  # before it was watched
            os._exit(1)
        yield
    finally:
        fcntl.fcntl(0, fcntl.F_SETFL, flags & ~os.O_ASYNC)
        signal.signal(signal.SIGIO, signal.SIG_IGN)


def _is_closed(stream: int) -> bool:
    import select

    poll = select.poll()
    poll.register(stream, 0)
    return bool(poll.poll(0))


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0
    )
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            os.set_blocking(stream.fileno(), False)
    return process


def _ask(process: subprocess.Popen[bytes], request: bytes, patience: _Patience) -> bytes | None:
    """The answer, None where the process ended. Raises TimeoutError, ChildStoppedError, _AnswerTooLongError."""
    if process.stdin is None:
        return None
    try:
        _send(process.stdin.fileno(), _LENGTH.pack(len(request)) + request, patience)
    except (BrokenPipeError, ConnectionResetError):
        return None
    return _receive_frame(process, patience)


def _receive_frame(process: subprocess.Popen[bytes], patience: _Patience) -> bytes | None:
    if process.stdout is None:
        return None
    try:
        head = _receive(process.stdout.fileno(), _LENGTH.size, patience)
        if head is None:
            return None
        (length,) = _LENGTH.unpack(head)
        if length > _LONGEST_ANSWER:
            raise _AnswerTooLongError
        return _receive(process.stdout.fileno(), length, patience)
    except ConnectionResetError:
        return None


def _send(stream: int, data: bytes, patience: _Patience) -> None:
    left = memoryview(data)
    while left:
        try:
            left = left[os.write(stream, left) :]
        except BlockingIOError:
            patience.wait(stream, selectors.EVENT_WRITE)


def _receive(stream: int, length: int, patience: _Patience) -> bytes | None:
    pieces = []
    while length:
        try:
            piece = os.read(stream, min(length, _PIECE))
        except BlockingIOError:
            patience.wait(stream, selectors.EVENT_READ)
            continue
        if not piece:
            return None
        pieces.append(piece)
        length -= len(piece)
    return b"".join(pieces)


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
