"""A process of its own that reads PDFs: what a hostile PDF crashes, hangs or bloats is that process, not the run.

The request is the path and the password in JSON. The answer is JSON too, and validated: a PDF that takes the process
over must not get further than a reading that is wrong.
"""

import json
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from verifier.engines.base import ReadDocument
from verifier.engines.child import ChildEndedError, serve
from verifier.engines.document_child import DEADLINE, MEMORY_LIMIT, DocumentChild, failure_words
from verifier.engines.wire import from_wire, to_wire
from verifier.model import Extraction


class DocumentReader(DocumentChild):
    """The parent's side of one reading process, started when first needed and again after a crash."""

    def __init__(self, deadline: float = DEADLINE, memory: int = MEMORY_LIMIT) -> None:
        super().__init__("verifier.engines.reader", deadline, memory)

    def read(self, path: Path, password: str = "") -> ReadDocument:
        """Read one PDF; never raises for a bad one."""
        try:
            answer = self.ask(path, json.dumps([str(path), password]).encode("ascii"))
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
    from verifier.documents import read_document

    try:
        return _Reading(read_document(path, password))
    except Exception as error:  # noqa: BLE001 - the boundary of this process: reported, with its place, as a failure
        return _Reading(None, failure_words(error, "reading it", "export it again"))


def _prepare() -> None:
    import verifier.parser.extraction  # noqa: F401 - what reading needs, before the clock runs


if __name__ == "__main__":
    serve(_answer, _prepare)
