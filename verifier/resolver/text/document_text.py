"""The seam to whatever reads a body from outside: a hostile one may hang, bloat or crash its reader.

So a run reads every body in processes of their own (`verifier.engines.source_reader`), a command for one file right
here.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from verifier.model import DescribedWork
from verifier.resolver.text.readable import Readable

if TYPE_CHECKING:
    from verifier.resolver.judge.page import Page

_PDF = "application/pdf"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCUMENT_TYPES = frozenset({_PDF, _DOCX, _XLSX})
"""Media types of documents that are no markup."""


class ReadPayload(Protocol):
    """Reads bodies somewhere; each method raises DocumentError where the body could not be read there."""

    def __call__(self, body: bytes, media_type: str, charset: str | None = None, url: str = "") -> Readable | None:
        """The text, None where there is none in it."""
        ...

    def page(self, body: bytes, media_type: str, charset: str | None) -> "Page | None":
        """The body as its reader sees it, for the judge; None when it is no HTML, plain text, JSON or XML."""
        ...

    def missing_parts(self, body: bytes, charset: str | None, fragments: Sequence[str]) -> tuple[str, ...]:
        """The fragments that a page does not have."""
        ...

    def records(self, body: bytes, registry: str) -> tuple[DescribedWork, ...]:
        """The works of a registry's answer; none where it is an error, or nothing that the registry writes."""
        ...


class _ReadHere:
    """Reads in this process."""

    def __call__(self, body: bytes, media_type: str, charset: str | None = None, url: str = "") -> Readable | None:
        """The text of a body; None where there is none in it or it is damaged."""
        if media_type == _PDF:
            from verifier.resolver.text.pdf_text import read_pdf

            return read_pdf(body)
        if media_type in DOCUMENT_TYPES:
            from verifier.resolver.text import office_text

            return office_text.read_docx(body) if media_type == _DOCX else office_text.read_xlsx(body)
        from verifier.resolver.text.extract import read_markup

        return read_markup(body, media_type, charset, url)

    def page(self, body: bytes, media_type: str, charset: str | None) -> "Page | None":
        """The body as a page."""
        from verifier.resolver.judge.page import page_of_body

        return page_of_body(body, media_type, charset)

    def missing_parts(self, body: bytes, charset: str | None, fragments: Sequence[str]) -> tuple[str, ...]:
        """The fragments that a page does not have."""
        from verifier.resolver.judge.fragments import missing_in_html

        return missing_in_html(body, charset, fragments)

    def records(self, body: bytes, registry: str) -> tuple[DescribedWork, ...]:
        """The works of a registry's answer."""
        from verifier.resolver.works.records import records_in

        return records_in(body, registry)


read_payload: ReadPayload = _ReadHere()
"""Reads bodies in this process."""
