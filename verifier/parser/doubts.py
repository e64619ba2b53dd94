"""Doubts: what an editor should know about how well the notes of a document fit together."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from verifier.model import ExtractionWarning, Footnote, WarningCode
from verifier.parser.citations import cross_references
from verifier.parser.labels import Scheme
from verifier.parser.linking import FoundUrl
from verifier.parser.marks import Marker
from verifier.parser.note import Note

_SHOWN = 60


def doubts_about(
    notes: Sequence[Note], footnotes: Sequence[Footnote], left: Sequence[Marker]
) -> list[ExtractionWarning]:
    """Warnings on notes and markers that do not match. `left` are the sure markers that no note has."""
    warnings = [*_unpointed(footnotes), *_sequence_breaks(notes), *_dangling(footnotes), *_unnoted(notes, left)]
    return sorted(warnings, key=lambda warning: warning.page or 0)


def link_doubts(page: int, found: Sequence[FoundUrl]) -> Iterator[ExtractionWarning]:
    """Warnings on links whose printed address is not the one behind it."""
    for item in found:
        if item.differs_from is not None:
            yield ExtractionWarning(
                page,
                WarningCode.LINK_DIFFERS_FROM_TEXT,
                f"the text prints {item.differs_from}, the link leads to {item.url}; both are checked",
            )


def _unpointed(footnotes: Sequence[Footnote]) -> Iterator[ExtractionWarning]:
    for note in footnotes:
        if not note.anchors:
            message = f"no marker was found for note {note.label} ({note.text[:_SHOWN]})"
            yield ExtractionWarning(note.page, WarningCode.NOTE_WITHOUT_MARKER, message)


def _sequence_breaks(notes: Sequence[Note]) -> Iterator[ExtractionWarning]:
    """Gaps and repeats in the numbers of notes that follow each other."""
    numbered = [note.start for note in notes if note.start.label.scheme in (Scheme.NUMBER, Scheme.ROMAN)]
    for one, two in pairwise(numbered):
        if one.label.scheme is not two.label.scheme:
            continue
        gap = two.label.value - one.label.value
        if gap > 1:
            message = f"the numbering goes from {one.label.text} to {two.label.text}"
            yield ExtractionWarning(two.page, WarningCode.LABEL_GAP, message)
        elif gap == 0 and one.page == two.page:
            message = f"two notes on the page have the label {two.label.text}"
            yield ExtractionWarning(two.page, WarningCode.LABEL_REPEATED, message)


def _dangling(footnotes: Sequence[Footnote]) -> Iterator[ExtractionWarning]:
    """Cross references to notes that are not there."""
    labels = {note.label for note in footnotes}
    for note in footnotes:
        for label in cross_references(note.text):
            if label not in labels:
                message = f"note {note.label} refers to note {label}, which was not found"
                yield ExtractionWarning(note.page, WarningCode.DANGLING_REFERENCE, message)


def _unnoted(notes: Sequence[Note], left: Sequence[Marker]) -> Iterator[ExtractionWarning]:
    """Markers without a note, in a document whose notes have such labels."""
    highest = max((n.start.label.value for n in notes if n.start.label.scheme is Scheme.NUMBER), default=0)
    known = {note.start.label.text for note in notes}
    for marker in left:
        number = marker.label.scheme is Scheme.NUMBER and marker.label.value <= highest + 1
        if number and marker.label.text not in known:
            message = f"no note was found for the marker {marker.label.text}"
            yield ExtractionWarning(marker.page, WarningCode.MARKER_WITHOUT_NOTE, message)
