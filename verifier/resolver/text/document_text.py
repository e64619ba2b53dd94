"""Payloads that are documents of their own kind: the readers of these are large, and a hostile file may harm them.

So a run reads them in processes of their own (`verifier.engines.source_reader`), a command for one file right here.
"""

from typing import Protocol

from verifier.resolver.text.readable import Readable

_PDF = "application/pdf"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCUMENT_TYPES = frozenset({_PDF, _DOCX, _XLSX})
"""Media types that `read_payload` knows."""


class ReadPayload(Protocol):
    """Reads the text of a payload of one of `DOCUMENT_TYPES`, somewhere."""

    def __call__(self, body: bytes, media_type: str) -> Readable | None:
        """The text, None where there is none in it. Raises DocumentError where it could not be read."""
        ...


def read_payload(body: bytes, media_type: str) -> Readable | None:
    """The text of a document, read in this process; None where there is none in it or it is damaged."""
    if media_type == _PDF:
        from verifier.resolver.text.pdf_text import read_pdf

        return read_pdf(body)
    from verifier.resolver.text import office_text

    return office_text.read_docx(body) if media_type == _DOCX else office_text.read_xlsx(body)
