"""The claims of an edition: which words are held against which of its notes' sources."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from verifier.checker import Claim, is_own_analysis
from verifier.model import Extraction, Footnote


@dataclass(frozen=True, slots=True)
class WatchedEdition:
    """An edition to be compared: `key` names its document for fingerprints, `made` is its date."""

    key: str
    made: date | None
    extraction: Extraction


@dataclass(frozen=True, slots=True)
class ClaimPlace:
    """Which words a claim is: an anchor of a note, or (anchor None) a citation, or (both None) the whole note."""

    footnote: int
    anchor: int | None
    citation: int | None = None


def claims_of(edition: WatchedEdition) -> Iterator[tuple[ClaimPlace, Claim]]:
    """Every claim of an edition with its place: the clauses before the markers, then the words of the notes."""
    for number, note in enumerate(edition.extraction.footnotes):
        for ordinal, anchor in enumerate(note.anchors):
            claim = _claim(edition, note, anchor.clause, anchor.sentence, anchor.page)
            yield ClaimPlace(number, ordinal), replace(claim, block_quotation=anchor.block_quotation)
        for ordinal, citation in enumerate(note.citations):
            claim = _claim(edition, note, citation.text, note.text, note.page)
            yield ClaimPlace(number, None, ordinal), replace(claim, in_note=True)
        if not note.citations:
            claim = _claim(edition, note, note.text, note.text, note.page)
            yield ClaimPlace(number, None), replace(claim, in_note=True)


def _claim(edition: WatchedEdition, note: Footnote, text: str, sentence: str, page: int) -> Claim:
    return Claim(
        document_key=edition.key,
        footnote_id=note.id,
        footnote_label=note.label,
        page=page,
        text=text,
        sentence=sentence,
        own_analysis=is_own_analysis(note.text),
        by_ocr=bool(edition.extraction.pages_by_ocr & (note.pages | {page})),
    )
