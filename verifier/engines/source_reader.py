"""Processes of their own that read every body from the web: a hostile one ends only its reader.

The request is a line of JSON that says what is asked (`_Request`), a line feed and the body; the answer is JSON,
validated, since such a process is not trusted with more than words.
"""

import json
import os
import queue
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self

from verifier.engines.child import Child, ChildEndedError, serve
from verifier.engines.wire import from_wire, to_wire
from verifier.errors import DocumentError
from verifier.resolver.judge.page import Page
from verifier.resolver.text.document_text import DOCUMENT_TYPES, PageAndText, read_payload
from verifier.resolver.text.readable import Readable

if TYPE_CHECKING:
    from pydantic import TypeAdapter

DEADLINE = 120.0
"""Seconds that one document may take: reading ends by itself after a minute, with the pages it has by then."""

MARKUP_DEADLINE = 30.0
"""Seconds that anything else may take: a page at the size limit needs about five on a slow core."""

MEMORY_LIMIT = 3 * 1024**3
"""Bytes of address space of a reader: some ten times what a payload at the size limit needs."""


@dataclass(frozen=True, slots=True)
class _Request:
    wanted: Literal["text", "page", "both", "missing"]
    media_type: str
    charset: str | None = None
    url: str = ""
    fragments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Answer:
    """What is wanted of a body, or why it could not be read; of `both`, `text_failure` is why there is only a page.

    `all_main`: the page's `main` is its `text`, and left out.
    """

    text: Readable | None = None
    page: Page | None = None
    missing: tuple[str, ...] = ()
    failure: str | None = None
    text_failure: str | None = None
    all_main: bool = False


@cache
def _answers() -> "TypeAdapter[_Answer]":
    from pydantic import TypeAdapter

    return TypeAdapter(_Answer)


class SourceReaders:
    """Reads bodies in child processes, as many at a time as there are cores; thread-safe, a context manager.

    `longest` is how many seconds a page or data file may take. It is what `verifier.resolver.ReadPayload` asks for.
    """

    def __init__(
        self,
        processes: int | None = None,
        deadline: float = DEADLINE,
        memory: int = MEMORY_LIMIT,
        longest: float = MARKUP_DEADLINE,
    ) -> None:
        many = processes or os.cpu_count() or 1
        self._longest = min(longest, deadline)
        self._more_for_documents = deadline - self._longest
        self._children = [Child("verifier.engines.source_reader", self._longest, memory) for _ in range(many)]
        self._free: queue.LifoQueue[Child] = queue.LifoQueue()
        for child in self._children:
            self._free.put(child)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def __call__(self, body: bytes, media_type: str, charset: str | None = None, url: str = "") -> Readable | None:
        """The text of a body, None where there is none. Raises DocumentError where it could not be read."""
        return self._ask(_Request("text", media_type, charset, url), body).text

    def page(self, body: bytes, media_type: str, charset: str | None) -> Page | None:
        """The body as a page. Raises DocumentError where it could not be read."""
        return self._ask(_Request("page", media_type, charset), body).page

    def page_and_text(self, body: bytes, media_type: str, charset: str | None) -> PageAndText:
        """Both of a page, its body sent once. Raises DocumentError where not even the page could be read."""
        try:
            answer = self._ask(_Request("both", media_type, charset), body)
        except DocumentError as error:  # it may be its text alone that is too much: the page is what is judged
            return PageAndText(self.page(body, media_type, charset), failure=str(error))
        return PageAndText(answer.page, answer.text, answer.text_failure)

    def missing_parts(self, body: bytes, charset: str | None, fragments: Sequence[str]) -> tuple[str, ...]:
        """The fragments that a page does not have. Raises DocumentError where it could not be read."""
        return self._ask(_Request("missing", "text/html", charset, fragments=tuple(fragments)), body).missing

    def _ask(self, request: _Request, body: bytes) -> _Answer:
        from pydantic import ValidationError

        patience = self._more_for_documents if request.media_type in DOCUMENT_TYPES else 0.0
        child = self._free.get()
        try:
            answer = from_wire(_answers(), child.ask(to_wire(request) + b"\n" + body, patience))
        except ChildEndedError as error:
            raise DocumentError(str(error)) from None
        except ValidationError:
            child.stop()
            raise DocumentError("its reading process answered with something else than was asked for") from None
        finally:
            self._free.put(child)
        if answer.failure is not None:
            raise DocumentError(answer.failure)
        if answer.all_main and answer.page is not None:
            return replace(answer, page=replace(answer.page, main=answer.page.text))
        return answer

    def stop(self) -> None:
        """End the processes."""
        for child in self._children:
            child.stop()


def _answer(request: bytes) -> bytes:
    head, _, body = request.partition(b"\n")
    answered = _read(_Request(**json.loads(head)), body)
    if answered.page is not None and answered.page.main == answered.page.text:
        answered = replace(answered, page=replace(answered.page, main=""), all_main=True)
    return to_wire(answered)


def _read(request: _Request, body: bytes) -> _Answer:
    try:
        if request.wanted in ("page", "both"):
            page = read_payload.page(body, request.media_type, request.charset)
            if request.wanted == "page":
                return _Answer(page=page)
            read = _read(replace(request, wanted="text"), body)
            return _Answer(page=page, text=read.text, text_failure=read.failure)
        if request.wanted == "missing":
            return _Answer(missing=read_payload.missing_parts(body, request.charset, request.fragments))
        return _Answer(text=read_payload(body, request.media_type, request.charset, request.url))
    except MemoryError:
        return _Answer(failure="reading it needs more memory than a source may take")
    except RecursionError:
        return _Answer(failure="it is nested too deeply to be read")
    except Exception as error:  # noqa: BLE001 - the boundary of this process: reported, with its kind, as a failure
        return _Answer(failure=f"its reader failed: {type(error).__name__}: {error}"[:300])


if __name__ == "__main__":
    serve(_answer)
