"""A process of its own that reads PDFs: what a hostile PDF crashes, hangs or bloats is that process, not the run.

The request is the path and the password in JSON. The answer is JSON too, and validated: a PDF that takes the process
over must not get further than a reading that is wrong.
"""

import json
import traceback
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

from pydantic import TypeAdapter, ValidationError

from verifier.engines.base import ReadDocument
from verifier.engines.child import Child, ChildEndedError, serve
from verifier.engines.wire import from_wire, to_wire
from verifier.errors import DocumentError
from verifier.model import Extraction

DEADLINE = 300.0
"""Seconds that one PDF may take, and more for its size: a 2,000-page report needs about a minute on one slow core."""

BYTES_A_SECOND = 100_000
"""So many bytes of a file buy a second more: long reports have 5,000 a page, a slow core reads 30 pages a second."""

MEMORY_LIMIT = 3 * 1024**3
"""Bytes of address space of a reader; beyond it the PDF fails with a clear reason instead of the machine."""


class DocumentReader:
    """The parent's side of one reading process, started when first needed and again after a crash."""

    def __init__(self, deadline: float = DEADLINE, memory: int = MEMORY_LIMIT) -> None:
        self._child = Child("verifier.engines.reader", memory)
        self._deadline = deadline

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def read(self, path: Path, password: str = "") -> ReadDocument:
        """Read one PDF; never raises for a bad one."""
        try:
            request = json.dumps([str(path), password]).encode("ascii")
            answer = self._child.ask(request, self._deadline + _size(path) / BYTES_A_SECOND)
        except ChildEndedError as error:
            advice = "it is damaged, or needs more time or memory than a document may take; export it again"
            return ReadDocument(path, None, f"{error}: {advice}")
        try:
            read = from_wire(_answers(), answer)
        except ValidationError:
            return ReadDocument(path, None, "its reading process answered with something else than a reading")
        if read.extraction is None:
            return ReadDocument(path, None, read.failure)
        document = replace(read.extraction.document, path=str(path))
        return ReadDocument(path, replace(read.extraction, document=document))

    def stop(self) -> None:
        """End the process, if it runs."""
        self._child.stop()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # the reader tells what is wrong with the path
        return 0


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the process answers with."""

    extraction: Extraction | None
    failure: str | None = None


@cache
def _answers() -> TypeAdapter[_Reading]:
    return TypeAdapter(_Reading)


def _answer(request: bytes) -> bytes:
    path, password = json.loads(request)
    return to_wire(_read_here(Path(path), password))


def _read_here(path: Path, password: str) -> _Reading:
    from verifier.parser import extract

    try:
        return _Reading(extract(path, password=password))
    except DocumentError as error:
        return _Reading(None, str(error))
    except MemoryError:
        return _Reading(None, "reading it needs more memory than a document may take; export it again")
    except RecursionError:
        return _Reading(None, "it is nested too deeply to be read; export it again")
    except Exception as error:  # noqa: BLE001 - the boundary of this process: reported, with its place, as a failure
        return _Reading(None, f"the parser failed on it, in {_place_of(error)}: it may be damaged; export it again")


def _place_of(error: BaseException) -> str:
    """Where in our own code an error came up: what its makers need to know, in no library's words."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "verifier" in Path(frame.filename).parts]
    return f"{Path(frames[-1].filename).stem}, line {frames[-1].lineno}" if frames else "a library"


def _prepare() -> None:
    import verifier.parser.extraction  # noqa: F401 - what reading needs, before the clock runs


if __name__ == "__main__":
    serve(_answer, _prepare)
