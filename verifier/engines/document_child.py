"""What the processes that work on one document a request have in common: their limits, and the words of a failure."""

import traceback
from pathlib import Path
from types import TracebackType
from typing import Self

from verifier.engines.child import Child
from verifier.errors import DocumentError

DEADLINE = 300.0
"""Seconds that one PDF may take, and more for its size: a 2,000-page report needs about a minute on one slow core."""

BYTES_A_SECOND = 100_000
"""So many bytes of a file buy a second more: long reports have 5,000 a page, a slow core reads 30 pages a second."""

MEMORY_LIMIT = 3 * 1024**3
"""Bytes of address space of a process; beyond it the PDF fails with a clear reason instead of the machine."""


class DocumentChild:
    """The parent's side of one process, started when first needed and again after it died. Not thread-safe."""

    def __init__(self, module: str, deadline: float, memory: int) -> None:
        self._child = Child(module, memory)
        self._deadline = deadline

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """End the process, if it runs."""
        self._child.stop()

    def ask(self, file: Path, request: bytes) -> bytes:
        """The answer to a request about a file, in the time that its size allows. Raises ChildEndedError."""
        return self._child.ask(request, self._deadline + _size(file) / BYTES_A_SECOND)


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:  # the process says what is wrong with the path
        return 0


def failure_words(error: BaseException, doing: str, advice: str) -> str:
    """In the process: why a document failed, for who is to mend it.

    `doing` is what was done with it ("reading it"), `advice` what may help. Of what is no DocumentError the place in
    our own code is named: what its makers need to know, in no library's words.
    """
    if isinstance(error, DocumentError):
        return str(error)
    if isinstance(error, MemoryError):
        return f"{doing} needs more memory than a document may take; {advice}"
    if isinstance(error, RecursionError):
        return f"it is nested too deeply for {doing}; {advice}"
    return f"{doing} failed, in {_place_of(error)}: it may be damaged; {advice}"


def _place_of(error: BaseException) -> str:
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "verifier" in Path(frame.filename).parts]
    return f"{Path(frames[-1].filename).stem}, line {frames[-1].lineno}" if frames else "a library"
