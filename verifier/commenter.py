"""A process of its own that writes comments into PDFs and Word files: a hostile one crashes, hangs or bloats it alone.

The request is JSON of our own making. The answer is a line of JSON that says what came of it, a line feed, and the
copy, which is handed on as it is.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from verifier.engines.child import ChildEndedError, serve
from verifier.engines.document_child import DEADLINE, MEMORY_LIMIT, DocumentChild, failure_words
from verifier.engines.wire import from_wire, to_wire
from verifier.errors import DocumentError
from verifier.model import Extraction
from verifier.parser.drafts.word_comments import CommentedWord, WordComment, comment_word
from verifier.reports.contents import ReportedFinding
from verifier.reports.markup.commented_pdf import CommentedPdf, comment_pdf
from verifier.reports.markup.comments import Comment


@dataclass(frozen=True, slots=True)
class _WordRequest:
    path: str
    comments: tuple[WordComment, ...]
    made: datetime


@dataclass(frozen=True, slots=True)
class _PdfRequest:
    path: str
    extraction: Extraction
    findings: tuple[ReportedFinding, ...]
    summary: Comment
    made: datetime


@dataclass(frozen=True, slots=True)
class _Request:
    """What is asked: one of the two."""

    word: _WordRequest | None = None
    pdf: _PdfRequest | None = None


class Commenter(DocumentChild):
    """The parent's side of one process, started when first needed and again after a crash. Not thread-safe.

    `verifier.reports.markup.annotated_copies.CommentWriter`.
    """

    def __init__(self, deadline: float = DEADLINE, memory: int = MEMORY_LIMIT) -> None:
        super().__init__("verifier.commenter", deadline, memory)

    def comment_word(self, file: Path, comments: Sequence[WordComment], made: datetime) -> CommentedWord:
        """A copy of a Word file with comments. Raises DocumentError with the reason why there is none."""
        content, signed = self._copy(file, _Request(word=_WordRequest(str(file), tuple(comments), made)), "save")
        return CommentedWord(content, signed)

    def comment_pdf(
        self,
        file: Path,
        extraction: Extraction,
        findings: Sequence[ReportedFinding],
        summary: Comment,
        made: datetime,
    ) -> CommentedPdf:
        """A copy of a PDF with comments. Raises DocumentError with the reason why there is none."""
        request = _PdfRequest(str(file), extraction, tuple(findings), summary, made)
        content, signed = self._copy(file, _Request(pdf=request), "export")
        return CommentedPdf(content, signed)

    def _copy(self, file: Path, request: _Request, again: str) -> tuple[bytes, bool]:
        """(the copy, whether the original is signed); `again` is what its author may do once more."""
        try:
            answer = self.ask(file, to_wire(request))
        except ChildEndedError as error:
            advice = f"it is damaged, or needs more time or memory than a document may take; {again} it again"
            raise DocumentError(f"{file}: no comments were written: {error}: {advice}") from None
        head, _, content = answer.partition(b"\n")
        try:
            was_signed, failure = json.loads(head)
        except (ValueError, TypeError):
            raise DocumentError(f"{file}: no comments were written: its process answered with something else") from None
        if failure is not None or not content:
            raise DocumentError(str(failure or f"{file}: no comments were written"))
        return content, bool(was_signed)


@cache
def _requests() -> TypeAdapter[_Request]:
    return TypeAdapter(_Request)


def _answer(said: bytes) -> bytes:
    request = from_wire(_requests(), said)
    try:
        copy = _copied(request)
    except DocumentError as error:
        return _failed(str(error))
    except Exception as error:  # noqa: BLE001 - the boundary of this process: reported as a failure of this file
        path, again = (request.pdf.path, "export") if request.pdf else (request.word and request.word.path, "save")
        return _failed(f"{path}: {failure_words(error, 'commenting it', f'{again} it again')}")
    return json.dumps([copy.was_signed, None]).encode("ascii") + b"\n" + copy.content


def _copied(request: _Request) -> CommentedPdf | CommentedWord:
    if request.pdf is not None:
        asked = request.pdf
        return comment_pdf(Path(asked.path), asked.extraction, asked.findings, asked.summary, asked.made)
    if request.word is not None:
        return comment_word(Path(request.word.path), request.word.comments, request.word.made)
    raise DocumentError("nothing was asked for")


def _failed(reason: str) -> bytes:
    return json.dumps([False, reason]).encode("ascii") + b"\n"


def _prepare() -> None:
    _requests()  # before the clock runs


if __name__ == "__main__":
    serve(_answer, _prepare)
