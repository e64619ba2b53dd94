"""The letters of an open document, page by page, and where in it sentences are."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from verifier.model import Anchor, Box, Extraction
from verifier.pdfium import PdfiumError
from verifier.reports.markup.locate_text import CharacterIndex, index_characters, letters_of, locate_sentence


class DocumentIndex:
    """Reads each page of an open pypdfium2 document when it is asked for, without the glyphs of markers."""

    def __init__(self, pdf: Any, extraction: Extraction) -> None:
        self._pdf = pdf
        self._markers: dict[int, list[Box]] = {}
        for anchor in _anchors(extraction):
            for box in anchor.boxes:
                self._markers.setdefault(box.page, []).append(box)
        self.of_page = lru_cache(maxsize=4)(self._read)

    def sentence(self, anchor: Anchor) -> tuple[Box | None, ...]:
        """The box of every letter of an anchor's sentence, on its page and those around it; None for one not found."""
        if anchor.page is None:
            return (None,) * len(letters_of(anchor.sentence))
        marker = anchor.boxes[0] if anchor.boxes else None
        around = [self.of_page(number) for number in (anchor.page - 1, anchor.page + 1)]
        return locate_sentence(anchor.sentence, anchor.marker_offset, marker, self.of_page(anchor.page), around)

    def _read(self, number: int) -> CharacterIndex:
        nothing = CharacterIndex(number, "", (), {})
        if not 1 <= number <= len(self._pdf):
            return nothing
        try:
            page = self._pdf[number - 1]
        except PdfiumError:
            return nothing
        try:
            return index_characters(page, number, self._markers.get(number, ()))
        except PdfiumError:
            return nothing
        finally:
            page.close()


def clause_letters(anchor: Anchor) -> slice:
    """Which letters of an anchor's sentence are those of its clause."""
    return slice(
        len(letters_of(anchor.sentence[: anchor.clause_start])),
        len(letters_of(anchor.sentence[: anchor.marker_offset])),
    )


def _anchors(extraction: Extraction) -> Iterable[Anchor]:
    return (anchor for note in extraction.footnotes for anchor in note.anchors)
