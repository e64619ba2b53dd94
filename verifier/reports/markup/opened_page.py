"""A page of a PDF, open for its picture to be drawn."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from verifier.errors import DocumentError
from verifier.pdfium import PDFIUM, PdfiumError, open_document


@contextmanager
def opened_page(pdf: Path, page: int) -> Iterator[Any]:
    """The page (from 1), which pdfium's lock guards until it is closed.

    Raises DocumentError when the PDF or the page cannot be opened, or the page cannot be drawn inside.
    """
    with PDFIUM:
        try:
            document = open_document(pdf)
        except (PdfiumError, OSError) as error:
            raise DocumentError(f"{pdf}: cannot be opened for its picture ({error})") from error
        try:
            if not 1 <= page <= len(document):
                raise DocumentError(f"{pdf}: has no page {page}")
            opened = document[page - 1]
            try:
                yield opened
            finally:
                opened.close()
        except PdfiumError as error:
            raise DocumentError(f"{pdf}: page {page} cannot be drawn ({error})") from error
        finally:
            document.close()
