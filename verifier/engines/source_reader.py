"""Processes of their own that read every body from the web: a hostile one ends only its reader.

The request is a line of JSON that says what is asked (`_Request`), a line feed and the body; the answer is JSON,
validated, since such a process is not trusted with more than words.
"""

import json
import os
import queue
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self

from verifier.deadlines import no_deadline
from verifier.engines.child import Child, ChildEndedError, ChildStoppedError, serve
from verifier.engines.wire import from_wire, to_wire
from verifier.errors import DocumentError, LimitReached
from verifier.model import DescribedWork
from verifier.resolver.http.time_budget import TimeBudget
from verifier.resolver.judge.page import Page
from verifier.resolver.text.document_text import DOCUMENT_TYPES, PageAndText, ReadPayload, reading_here
from verifier.resolver.text.readable import Readable

if TYPE_CHECKING:
    from pydantic import TypeAdapter

DEADLINE = 120.0
"""Seconds that one document may take, within what is left for its address."""

MARKUP_DEADLINE = 30.0
"""Seconds that anything else may take, within the same: a page at the size limit needs about five on a slow core."""

_EARLIER = 2.0
"""Seconds by which a reader gives up a long document before it is ended, and can still say why."""

MEMORY_LIMIT = 3 * 1024**3
"""Bytes of address space of a reader: some ten times what a payload at the size limit needs."""


@dataclass(frozen=True, slots=True)
class _Request:
    wanted: Literal["text", "page", "both", "missing", "record"]
    media_type: str
    charset: str | None = None
    url: str = ""
    fragments: tuple[str, ...] = ()
    registry: str = ""
    seconds: float = DEADLINE


@dataclass(frozen=True, slots=True)
class _Answer:
    """What is wanted of a body, or why it could not be read; of `both`, `text_failure` is why there is only a page.

    `all_main`: the page's `main` is its `text`, and left out.
    """

    text: Readable | None = None
    page: Page | None = None
    missing: tuple[str, ...] = ()
    record: DescribedWork | None = None
    failure: str | None = None
    text_failure: str | None = None
    all_main: bool = False


@cache
def _answers() -> "TypeAdapter[_Answer]":
    from pydantic import TypeAdapter

    return TypeAdapter(_Answer)


class _Readings(ABC):
    """What may be asked of a body, each a request to a reading process."""

    @abstractmethod
    def ask(self, request: _Request, body: bytes) -> _Answer:
        """What is wanted of a body. Raises DocumentError where it could not be read."""

    def __call__(self, body: bytes, media_type: str, charset: str | None = None, url: str = "") -> Readable | None:
        """The text of a body, None where there is none. Raises DocumentError where it could not be read."""
        return self.ask(_Request("text", media_type, charset, url), body).text

    def page(self, body: bytes, media_type: str, charset: str | None) -> Page | None:
        """The body as a page. Raises DocumentError where it could not be read."""
        return self.ask(_Request("page", media_type, charset), body).page

    def page_and_text(self, body: bytes, media_type: str, charset: str | None) -> PageAndText:
        """Both of a page, its body sent once. Raises DocumentError where not even the page could be read."""
        try:
            answer = self.ask(_Request("both", media_type, charset), body)
        except DocumentError as error:  # it may be its text alone that is too much: the page is what is judged
            return PageAndText(self.page(body, media_type, charset), failure=str(error))
        return PageAndText(answer.page, answer.text, answer.text_failure)

    def missing_parts(self, body: bytes, charset: str | None, fragments: Sequence[str]) -> tuple[str, ...]:
        """The fragments that a page does not have. Raises DocumentError where it could not be read."""
        return self.ask(_Request("missing", "text/html", charset, fragments=tuple(fragments)), body).missing

    def record(self, body: bytes, registry: str) -> DescribedWork | None:
        """What a registry's answer describes. Raises DocumentError where it could not be read."""
        return self.ask(_Request("record", "application/json", registry=registry), body).record


class SourceReaders(_Readings):
    """Reads bodies in child processes, as many at a time as there are cores; thread-safe, a context manager.

    `deadline` and `longest` are how many seconds a document and a page or data file may take; `stop` says that the run
    has to end; `module` is what the processes run. It is what `verifier.resolver.ReadPayload` asks for; every reading
    raises LimitReached where it was given up since the run has to end.
    """

    def __init__(
        self,
        processes: int | None = None,
        deadline: float = DEADLINE,
        memory: int = MEMORY_LIMIT,
        longest: float = MARKUP_DEADLINE,
        stop: Callable[[], bool] = no_deadline,
        module: str = "verifier.engines.source_reader",
    ) -> None:
        many = processes or os.cpu_count() or 1
        self._longest = min(longest, deadline)
        self._deadline = deadline
        self._stop = stop
        self._closed = False
        self._children = [Child(module, memory, self._ended) for _ in range(many)]
        self._free: queue.LifoQueue[Child] = queue.LifoQueue()
        for child in self._children:
            self._free.put(child)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def within(self, budget: TimeBudget) -> ReadPayload:
        """The same readers, for one address: no longer than what is left of its seconds, and spending them."""
        return _WithinBudget(self, budget)

    def ask(self, request: _Request, body: bytes, budget: TimeBudget | None = None) -> _Answer:
        """What is wanted of a body; waiting for a reader that is busy with another body does not count.

        Raises DocumentError where it could not be read, LimitReached where the run has to end.
        """
        from pydantic import ValidationError

        child = self._free.get()
        try:
            most = self._deadline if request.media_type in DOCUMENT_TYPES else self._longest
            seconds = most if budget is None else budget.reading(most)
            if seconds <= 0:
                raise DocumentError("the seconds that its address may take were spent before it was read")
            answer = self._asked(child, replace(request, seconds=seconds), body, budget)
        except ChildEndedError as error:
            raise DocumentError(str(error)) from None
        except ChildStoppedError:
            raise LimitReached("reading it was given up, since the run has to end") from None
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

    def _asked(self, child: Child, request: _Request, body: bytes, budget: TimeBudget | None) -> _Answer:
        if self._closed:
            raise ChildStoppedError
        child.start()
        began = time.monotonic()
        try:
            return from_wire(_answers(), child.ask(to_wire(request) + b"\n" + body, request.seconds))
        finally:
            if budget is not None:
                budget.spend(time.monotonic() - began)

    def _ended(self) -> bool:
        return self._closed or self._stop()

    def stop(self) -> None:
        """End the processes; who still asks for a reading gets none."""
        self._closed = True
        for child in self._children:
            child.stop()


class _WithinBudget(_Readings):
    """Readers for the bodies of one address."""

    def __init__(self, readers: SourceReaders, budget: TimeBudget) -> None:
        self._readers = readers
        self._budget = budget

    def ask(self, request: _Request, body: bytes) -> _Answer:
        """As the readers', from the budget."""
        return self._readers.ask(request, body, self._budget)

    def within(self, budget: TimeBudget) -> ReadPayload:
        """The same readers, with another budget."""
        return _WithinBudget(self._readers, budget)


def answer(request: bytes) -> bytes:
    """What the process says to a request, both as described above; never raises for a bad body."""
    head, _, body = request.partition(b"\n")
    answered = _read(_Request(**json.loads(head)), body)
    if answered.page is not None and answered.page.main == answered.page.text:
        answered = replace(answered, page=replace(answered.page, main=""), all_main=True)
    return to_wire(answered)


def _read(request: _Request, body: bytes) -> _Answer:
    read_payload = reading_here(max(request.seconds - _EARLIER, request.seconds / 2))
    try:
        if request.wanted in ("page", "both"):
            page = read_payload.page(body, request.media_type, request.charset)
            if request.wanted == "page":
                return _Answer(page=page)
            read = _read(replace(request, wanted="text"), body)
            return _Answer(page=page, text=read.text, text_failure=read.failure)
        if request.wanted == "missing":
            return _Answer(missing=read_payload.missing_parts(body, request.charset, request.fragments))
        if request.wanted == "record":
            return _Answer(record=read_payload.record(body, request.registry))
        return _Answer(text=read_payload(body, request.media_type, request.charset, request.url))
    except DocumentError as error:
        return _Answer(failure=str(error))
    except MemoryError:
        return _Answer(failure="reading it needs more memory than a source may take")
    except RecursionError:
        return _Answer(failure="it is nested too deeply to be read")
    except Exception:  # noqa: BLE001 - the boundary of this process: reported as a failure, in our own words
        return _Answer(failure="it is damaged, or made so that its reader fails on it")


def _prepare() -> None:
    """Load what reading needs, before the clock of a request runs."""
    import trafilatura  # noqa: F401

    import verifier.resolver.judge.fragments
    import verifier.resolver.judge.page
    import verifier.resolver.text.html_text  # noqa: F401


if __name__ == "__main__":
    serve(answer, _prepare)
