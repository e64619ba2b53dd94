"""Doubts: what an editor should know about how well the notes of a document fit together."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from verifier.model import ExtractionWarning, Footnote, NoteKind, WarningCode
from verifier.parser.citations.cross_references import dangling_references
from verifier.parser.citations.linking import FoundUrl
from verifier.parser.labels import Scheme
from verifier.parser.notes.markers import Marker, find_starts
from verifier.parser.notes.note import Note
from verifier.parser.page.lines import Line

_SHOWN = 60


def doubts_about(
    notes: Sequence[Note], footnotes: Sequence[Footnote], left: Sequence[Marker]
) -> list[ExtractionWarning]:
    """Warnings on notes and markers that do not match. `left` are the markers whose notes are missing."""
    warnings = [*_unpointed(footnotes), *_sequence_breaks(notes), *_dangling(footnotes), *_unnoted(left)]
    return sorted(warnings, key=lambda warning: warning.page or 0)


def repeats_within(notes: Sequence[Note], lines: Sequence[Line]) -> Iterator[ExtractionWarning]:
    """Warnings on notes in which a later line begins with the note's own raised label: a note was numbered twice."""
    for note in notes:
        if note.kind is not NoteKind.FOOTNOTE or note.start.label.scheme is not Scheme.NUMBER or not note.start.raised:
            continue
        for index in dict.fromkeys(piece.line for piece in note.pieces):
            starts = find_starts(index, lines[index]) if index != note.start.line else []
            if any(start.raised and start.label == note.start.label for start in starts):
                message = f"two notes have the label {note.start.label.text}; they were read as one"
                yield ExtractionWarning(lines[index].page, WarningCode.LABEL_REPEATED, message)


def link_doubts(page: int | None, found: Sequence[FoundUrl]) -> Iterator[ExtractionWarning]:
    """Warnings on links whose printed address is not the one behind it, and on addresses that are a guess."""
    for item in found:
        if item.guessed:
            message = f"the address {item.url} was put together over a blank or a hyphen; look whether it is right"
            yield ExtractionWarning(page, WarningCode.ADDRESS_JOINED, message)
        if item.differs_from is not None:
            yield ExtractionWarning(
                page,
                WarningCode.LINK_DIFFERS_FROM_TEXT,
                f"the text prints {item.differs_from}, the link leads to {item.url}; both are checked",
            )


def _unpointed(footnotes: Sequence[Footnote]) -> Iterator[ExtractionWarning]:
    """Notes that nothing points to; works that are listed and not cited are no trouble, nor is a chart's `Source:`."""
    for note in footnotes:
        if not note.anchors and note.expects_marker:
            message = f"no marker was found for note {note.label} ({note.text[:_SHOWN]})"
            yield ExtractionWarning(note.page, WarningCode.NOTE_WITHOUT_MARKER, message)


def _sequence_breaks(notes: Sequence[Note]) -> Iterator[ExtractionWarning]:
    """Gaps and repeats in the numbers of notes that follow each other; every table begins anew."""
    numbered = [
        (note.kind is NoteKind.REFERENCE, note.start)
        for note in notes
        if note.start.label.scheme in (Scheme.NUMBER, Scheme.ROMAN) and note.kind is not NoteKind.TABLE_NOTE
    ]
    numbered.sort(key=lambda item: item[0])
    for (works_one, one), (works_two, two) in pairwise(numbered):
        if one.label.scheme is not two.label.scheme or works_one is not works_two:
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
    for note, what in dangling_references(footnotes):
        yield ExtractionWarning(note.page, WarningCode.DANGLING_REFERENCE, f"note {note.label} {what}")


def _unnoted(left: Sequence[Marker]) -> Iterator[ExtractionWarning]:
    for marker in left:
        message = f"no note was found for the marker {marker.label.text}"
        yield ExtractionWarning(marker.page, WarningCode.MARKER_WITHOUT_NOTE, message)
