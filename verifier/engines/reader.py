"""A process of its own that reads PDFs: what a hostile PDF crashes or hangs is that process, not the run.

The parent writes one path a line; the child answers with a length (8 bytes, big endian) and a pickled
`ReadDocument`. Run as `python -m verifier.engines.reader`.
"""

import contextlib
import os
import pickle
import struct
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Self

from verifier.engines.base import ReadDocument
from verifier.errors import DocumentError

DEADLINE = 300.0
"""Seconds that one PDF may take: a 2,000-page report needs about a minute on one slow core."""

MEMORY_LIMIT = 4 * 1024**3
"""Bytes of address space of a reader; beyond it the PDF fails with a clear reason instead of the machine."""

_LENGTH = struct.Struct(">Q")


class DocumentReader:
    """The parent's side of one reading process, started when first needed and again after a crash."""

    def __init__(self, deadline: float = DEADLINE) -> None:
        self._deadline = deadline
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.stop()

    def read(self, path: Path) -> ReadDocument:
        """Read one PDF; never raises for a bad one."""
        child = self._child = self._child or _start()
        timed_out = threading.Event()

        def end() -> None:
            timed_out.set()
            child.kill()

        timer = threading.Timer(self._deadline, end)
        timer.daemon = True
        timer.start()
        try:
            answer = _ask(child, path)
        finally:
            timer.cancel()
        if answer is not None:
            return answer
        code = child.wait()
        self._child = None
        if timed_out.is_set():
            return ReadDocument(path, None, f"reading took longer than {self._deadline:.0f} s and was ended")
        return ReadDocument(path, None, f"the PDF made its reading process die ({_cause(code)})")

    def stop(self) -> None:
        """End the process, if it runs."""
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            for stream in (self._child.stdin, self._child.stdout):
                if stream is not None:
                    with contextlib.suppress(OSError):
                        stream.close()
            self._child = None


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "verifier.engines.reader"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def _ask(child: subprocess.Popen[bytes], path: Path) -> ReadDocument | None:
    if child.stdin is None or child.stdout is None:
        return None
    try:
        child.stdin.write(pickle.dumps(path).hex().encode("ascii") + b"\n")
        child.stdin.flush()
        head = child.stdout.read(_LENGTH.size)
        if len(head) < _LENGTH.size:
            return None
        (length,) = _LENGTH.unpack(head)
        body = child.stdout.read(length)
    except (BrokenPipeError, ConnectionResetError):
        return None
    if len(body) < length:
        return None
    answer = pickle.loads(body)
    if not isinstance(answer, ReadDocument):
        raise TypeError(f"the reading process answered with {type(answer).__name__}")
    return answer


def _cause(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"


def _read_here(path: Path) -> ReadDocument:
    from verifier.parser import extract

    try:
        return ReadDocument(path, extract(path))
    except DocumentError as error:
        return ReadDocument(path, None, str(error))
    except MemoryError:
        return ReadDocument(path, None, "reading it needs more memory than a document may take")
    except RecursionError:
        return ReadDocument(path, None, "it is nested too deeply to be read")
    except Exception as error:  # noqa: BLE001 - the boundary of this process: reported, with its kind, as a failure
        return ReadDocument(path, None, f"the parser failed on it: {type(error).__name__}: {error}")


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, hard))


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """The child's side: answer each path until the parent goes."""
    for line in requests:
        answer = pickle.dumps(_read_here(pickle.loads(bytes.fromhex(line.decode("ascii")))))
        answers.write(_LENGTH.pack(len(answer)) + answer)
        answers.flush()


def main() -> None:
    """Serve on the standard streams, kept clean of whatever a library prints."""
    _limit_memory()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    with contextlib.suppress(BrokenPipeError, KeyboardInterrupt):
        serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
