"""Pairing: which marker points to which note."""

from collections.abc import Sequence
from dataclasses import dataclass

from verifier.model import NoteKind
from verifier.parser.labels import Scheme
from verifier.parser.notes.link_evidence import Evidence
from verifier.parser.notes.markers import Marker
from verifier.parser.notes.note import Note
from verifier.parser.notes.rules import Rule, points_of
from verifier.parser.notes.sequence import Pair, best_pairs

_ALONE = 1.4
"""Weight that a pair needs to be outside the rising assignment: a plain marker, on the note's page or beside it."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is seen of a pair: the doubt about the marker, whether a footnote is on another page, whether a link ties
    them."""

    doubt: float
    is_on_other_page: bool
    is_linked: bool


_SAME_LABEL = 2.0
"""The points of a marker and a note of one label."""
_LEAST = 0.1
"""The points of the most doubtful pair that may be."""
_RULES: tuple[Rule[_Seen], ...] = (
    Rule(
        "doubtful_marker",
        lambda seen: min(seen.doubt, 1.8),
        -1.0,
        "as they are: 3 pairs changed; labels damaged: 10",
    ),
    Rule(
        "other_page",
        lambda seen: seen.is_on_other_page,
        -0.5,
        "as they are: 1 pair changed; labels damaged: 17",
    ),
    Rule("linked", lambda seen: seen.is_linked, 3.0, "as they are: 1 pair changed"),
)


def pair_notes(notes: Sequence[Note], markers: Sequence[Marker], evidence: Evidence) -> None:
    """Give every note its markers.

    First the heaviest assignment in which markers and notes rise together; then, for notes that some producers
    set out of order, the marker of the same label on the same page that is left.
    """
    by_label: dict[str, list[int]] = {}
    for number, note in enumerate(notes):
        by_label.setdefault(note.start.label.text, []).append(number)
    ordered = sorted(markers, key=lambda marker: marker.at)
    pairs = []
    for at, marker in enumerate(ordered):
        for number in by_label.get(marker.label.text, ()):
            weight = _weight(marker, notes[number], evidence)
            if weight > 0:
                pairs.append(Pair(at, number, weight))
    used = set()
    for pair in best_pairs(pairs):
        notes[pair.note].markers.append(ordered[pair.marker])
        used.add(pair.marker)
    for pair in sorted(pairs, key=lambda item: -item.weight):
        if pair.weight >= _ALONE and pair.marker not in used and not notes[pair.note].markers:
            notes[pair.note].markers.append(ordered[pair.marker])
            used.add(pair.marker)


def refer_again(notes: Sequence[Note], markers: Sequence[Marker], evidence: Evidence) -> None:
    """Give notes the further markers that point to them: linked ones, and plain ones on the page of their note."""
    used = {marker.at for note in notes for marker in note.markers}
    by_label: dict[str, list[Note]] = {}
    for note in notes:
        by_label.setdefault(note.start.label.text, []).append(note)
    for marker in markers:
        if marker.at in used:
            continue
        for note in by_label.get(marker.label.text, ()):
            near = note.kind is NoteKind.FOOTNOTE and note.start.page == marker.page
            if evidence.leads_to(marker, note.start) or (near and not marker.doubt and note.markers):
                note.markers.append(marker)
                used.add(marker.at)
                break


def without_note(notes: Sequence[Note], left: Sequence[Marker]) -> list[Marker]:
    """Of the sure markers that no note has, those whose note must be missing: their label is one of the numbering's."""
    running = [note.start.label for note in notes if note.kind in (NoteKind.FOOTNOTE, NoteKind.ENDNOTE)]
    highest = max((label.value for label in running if label.scheme is Scheme.NUMBER), default=0)
    known = {note.start.label.text for note in notes}
    numbers = [marker for marker in left if marker.label.scheme is Scheme.NUMBER and marker.label.text not in known]
    return [marker for marker in numbers if marker.label.value <= highest + 1]


def _weight(marker: Marker, note: Note, evidence: Evidence) -> float:
    """What speaks for a pair; 0 when it cannot be.

    A footnote may begin on the page after its marker's (no room), and with Typst on the page before it (the marker's
    paragraph was moved, the note was not).
    """
    if evidence.leads_elsewhere(marker, note.start):
        return 0.0
    distance = note.start.page - marker.page
    if note.kind is NoteKind.FOOTNOTE and (not -1 <= distance <= 1 or (distance < 0 and marker.doubt)):
        return 0.0
    if note.kind is NoteKind.ENDNOTE and marker.line > note.start.line:
        return 0.0
    is_on_other_page = note.kind is NoteKind.FOOTNOTE and distance != 0
    seen = _Seen(marker.doubt, is_on_other_page, evidence.leads_to(marker, note.start))
    return max(_SAME_LABEL + points_of(_RULES, seen), _LEAST)
