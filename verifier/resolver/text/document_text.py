"""The seam to whatever reads a body from outside: a hostile one may hang, bloat or crash its reader.

So a run reads every body in processes of their own (`verifier.engines.source_reader`), a command for one file right
here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from verifier.errors import DocumentError
from verifier.model import DescribedWork
from verifier.resolver.http.time_budget import TimeBudget
from verifier.resolver.text.readable import Readable

if TYPE_CHECKING:
    from verifier.resolver.judge.page import Page

_PDF = "application/pdf"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST = 60.0  # seconds
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
DOCUMENT_TYPES = frozenset({_PDF, _DOCX, _XLSX})
"""Media types of documents that are no markup."""


@dataclass(frozen=True, slots=True)
class PageAndText:
    """A body read for the judge and for the checker at once; `failure` is why its text could not be read."""

    page: "Page | None"
    text: Readable | None = None
    failure: str | None = None


class ReadPayload(Protocol):
    """Reads bodies somewhere; each method raises DocumentError where the body could not be read there."""

    def __call__(self, body: bytes, media_type: str, charset: str | None = None, url: str = "") -> Readable | None:
        """The text, None where there is none in it."""
        ...

    def page(self, body: bytes, media_type: str, charset: str | None) -> "Page | None":
        """The body as its reader sees it, for the judge; None when it is no HTML, plain text, JSON or XML."""
        ...

    def page_and_text(self, body: bytes, media_type: str, charset: str | None) -> PageAndText:
        """Both of an HTML body, read in one go."""
        ...

    def missing_parts(self, body: bytes, charset: str | None, fragments: Sequence[str]) -> tuple[str, ...]:
        """The fragments that a page does not have."""
        ...

    def record(self, body: bytes, registry: str) -> DescribedWork | None:
        """What a registry's answer describes; None where it is an error, or nothing that the registry writes."""
        ...

    def within(self, budget: TimeBudget) -> "ReadPayload":
        """The same, which takes its time from a budget."""
        ...


class _ReadHere:
    """Reads in this process; a long document may take `seconds`."""

    def __init__(self, seconds: float = _LONGEST) -> None:
        self._seconds = seconds

    def within(self, budget: TimeBudget) -> "ReadPayload":
        """The same, where a long document takes no longer than what is left."""
        return _ReadHere(budget.reading())

    def __call__(self, body: bytes, media_type: str, charset: str | None = None, url: str = "") -> Readable | None:
        """The text of a body; None where there is none in it or it is damaged.

        Raises DocumentError where a document is too long to be read in time.
        """
        if media_type == _PDF:
            from verifier.resolver.text.pdf_text import read_pdf

            return read_pdf(body, self._seconds)
        if media_type in DOCUMENT_TYPES:
            from verifier.resolver.text import office_text

            return office_text.read_docx(body) if media_type == _DOCX else office_text.read_xlsx(body)
        from verifier.resolver.text.extract import read_markup

        return read_markup(body, media_type, charset, url)

    def page(self, body: bytes, media_type: str, charset: str | None) -> "Page | None":
        """The body as a page."""
        from verifier.resolver.judge.page import page_of_body

        return page_of_body(body, media_type, charset)

    def page_and_text(self, body: bytes, media_type: str, charset: str | None) -> PageAndText:
        """Both of a page."""
        page = self.page(body, media_type, charset)
        try:
            return PageAndText(page, self(body, media_type, charset))
        except DocumentError as error:
            return PageAndText(page, failure=str(error))

    def missing_parts(self, body: bytes, charset: str | None, fragments: Sequence[str]) -> tuple[str, ...]:
        """The fragments that a page does not have."""
        from verifier.resolver.judge.fragments import missing_in_html

        return missing_in_html(body, charset, fragments)

    def record(self, body: bytes, registry: str) -> DescribedWork | None:
        """What a registry's answer describes."""
        from verifier.resolver.works.answers import answer_in

        return answer_in(body, registry)


read_payload: ReadPayload = _ReadHere()
"""Reads bodies in this process."""


def reading_here(seconds: float) -> ReadPayload:
    """Reads bodies in this process, a long document no longer than so many seconds."""
    return _ReadHere(seconds)


class ReadOnce:
    """Reads the body of one response once, for all who want something of it; other bodies as its reader does.

    A page's text is read along with the page: the body crosses to the reading process only once.
    """

    def __init__(self, read: ReadPayload, body: bytes) -> None:
        self._read = read
        self._body = body
        self._known: tuple[str, str | None, PageAndText] | None = None

    def __call__(self, body: bytes, media_type: str, charset: str | None = None, url: str = "") -> Readable | None:
        """The text of a body. Raises DocumentError where it could not be read."""
        known = self._known
        if known is None or body is not self._body or known[:2] != (media_type, charset):
            return self._read(body, media_type, charset, url)
        if known[2].failure is not None:
            raise DocumentError(known[2].failure)
        return known[2].text

    def page(self, body: bytes, media_type: str, charset: str | None) -> "Page | None":
        """The body as a page. Raises DocumentError where it could not be read."""
        if body is not self._body or media_type not in _PAGES:
            return self._read.page(body, media_type, charset)
        if self._known is None or self._known[:2] != (media_type, charset):
            self._known = (media_type, charset, self._read.page_and_text(body, media_type, charset))
        return self._known[2].page

    def page_and_text(self, body: bytes, media_type: str, charset: str | None) -> PageAndText:
        """Both of a page."""
        return self._read.page_and_text(body, media_type, charset)

    def missing_parts(self, body: bytes, charset: str | None, fragments: Sequence[str]) -> tuple[str, ...]:
        """The fragments that a page does not have."""
        return self._read.missing_parts(body, charset, fragments)

    def record(self, body: bytes, registry: str) -> DescribedWork | None:
        """What a registry's answer describes."""
        return self._read.record(body, registry)

    def within(self, budget: TimeBudget) -> ReadPayload:
        """The same, which takes its time from a budget."""
        return ReadOnce(self._read.within(budget), self._body)
