"""Processes of their own that read the text of PDFs and office files from the web: a hostile one ends only its reader.

The request is the media type, a line feed and the payload; the answer is JSON, since such a process is not trusted with
more than words.
"""

import json
import os
import queue
from datetime import date
from types import TracebackType
from typing import Self

from verifier.engines.child import Child, ChildEndedError, serve
from verifier.errors import DocumentError
from verifier.resolver import Readable, read_payload

DEADLINE = 120.0
"""Seconds that one payload may take: reading ends by itself after a minute, with the pages it has by then."""

MEMORY_LIMIT = 3 * 1024**3
"""Bytes of address space of a reader: some ten times what a payload at the size limit needs."""


class SourceReaders:
    """Reads payloads in child processes, as many at a time as there are cores; thread-safe, a context manager.

    It is what `verifier.resolver.ReadPayload` asks for.
    """

    def __init__(self, processes: int | None = None, deadline: float = DEADLINE, memory: int = MEMORY_LIMIT) -> None:
        many = processes or os.cpu_count() or 1
        self._children = [Child("verifier.engines.source_reader", deadline, memory) for _ in range(many)]
        self._free: queue.LifoQueue[Child] = queue.LifoQueue()
        for child in self._children:
            self._free.put(child)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def __call__(self, body: bytes, media_type: str) -> Readable | None:
        """The text of a payload, None where there is none. Raises DocumentError where it could not be read."""
        child = self._free.get()
        try:
            answer = child.ask(media_type.encode() + b"\n" + body)
        except ChildEndedError as error:
            raise DocumentError(str(error)) from None
        finally:
            self._free.put(child)
        return _readable(answer)

    def stop(self) -> None:
        """End the processes."""
        for child in self._children:
            child.stop()


def _readable(answer: bytes) -> Readable | None:
    told = json.loads(answer)
    if told is None:
        return None
    if "failure" in told:
        raise DocumentError(str(told["failure"]))
    dated = date.fromisoformat(told["dated"]) if told["dated"] else None
    return Readable(str(told["text"]), str(told["title"]), str(told["language"]), dated)


def _answer(request: bytes) -> bytes:
    media_type, _, body = request.partition(b"\n")
    return json.dumps(_told(body, media_type.decode())).encode("ascii")


def _told(body: bytes, media_type: str) -> dict[str, str] | None:
    try:
        readable = read_payload(body, media_type)
    except MemoryError:
        return {"failure": "reading it needs more memory than a source may take"}
    except RecursionError:
        return {"failure": "it is nested too deeply to be read"}
    except Exception as error:  # noqa: BLE001 - the boundary of this process: reported, with its kind, as a failure
        return {"failure": f"its reader failed: {type(error).__name__}: {error}"[:300]}
    if readable is None:
        return None
    dated = readable.dated.isoformat() if readable.dated else ""
    return {"text": readable.text, "title": readable.title, "language": readable.language, "dated": dated}


if __name__ == "__main__":
    serve(_answer)
