"""Notes: which lines are footnotes and endnotes, what each holds, and which markers point to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from verifier.parser.notes.bibliographies import find_references, unmarked, without_noted
from verifier.parser.notes.brackets import BracketMarker
from verifier.parser.notes.chapter_notes import find_chapter_notes
from verifier.parser.notes.endnotes import find_endnotes
from verifier.parser.notes.footnote_areas import body_size, find_footnote_areas, tagged_footnote_areas, without_headed
from verifier.parser.notes.footnotes import find_footnotes
from verifier.parser.notes.link_evidence import Evidence
from verifier.parser.notes.margin_notes import find_margin_notes
from verifier.parser.notes.markers import Marker, scale_lines
from verifier.parser.notes.note import Note
from verifier.parser.notes.other_lists import are_names
from verifier.parser.notes.pairing import pair_notes, refer_again, without_note
from verifier.parser.notes.table_notes import find_table_notes
from verifier.parser.page.geometry import Rect
from verifier.parser.page.lines import Line
from verifier.parser.page.structure import Link


@dataclass(frozen=True, slots=True)
class FoundNotes:
    """The notes of a document in reading order, and the line indices that belong to them.

    `left` are the markers whose notes are missing, `brackets` those of references in the text.
    """

    notes: list[Note]
    note_lines: set[int]
    left: list[Marker]
    brackets: tuple[BracketMarker, ...] = ()


def read_notes(lines: Sequence[Line], rules: dict[int, list[Rect]], links: Mapping[int, Sequence[Link]]) -> FoundNotes:
    """Find the notes of a document and pair them with their markers. `rules` and `links` go by page, from 1."""
    evidence = Evidence(lines, links)
    size = body_size(lines)
    areas = without_headed(
        lines, find_footnote_areas(lines, rules, size) | tagged_footnote_areas(lines, evidence.markers)
    )
    scales = scale_lines(lines)
    areas -= scales
    works = find_references(lines, areas)
    evidence.markers = unmarked(evidence.markers, works.brackets)
    margins = find_margin_notes(lines, evidence.markers, size)
    beside = {piece.line for note in margins for piece in note.pieces} | {note.start.line for note in margins}
    areas -= beside
    aside = [*works.notes, *margins, *find_table_notes(lines, _unclaimed(evidence.markers, margins), areas, size)]
    aside += find_chapter_notes(evidence, {piece.line for note in aside for piece in note.pieces})
    set_aside = {piece.line for note in aside for piece in note.pieces} | beside
    evidence.markers = [m for m in _unclaimed(evidence.markers, aside) if m.line not in set_aside]
    notes = find_footnotes(evidence, areas - set_aside)
    taken = {piece.line for note in notes for piece in note.pieces} | set_aside
    outside = [marker for marker in evidence.markers if marker.line not in taken]
    pair_notes(notes, outside, evidence)
    free = _unclaimed(outside, notes)
    endnotes = find_endnotes(evidence, taken | scales, free, size, notes)
    taken.update(piece.line for note in endnotes for piece in note.pieces)
    free = [marker for marker in free if marker.line not in taken]
    pair_notes(endnotes, free, evidence)
    paired = sorted([*notes, *endnotes], key=lambda note: note.start.line)
    refer_again(paired, free, evidence)
    without_noted(works.notes, taken)
    everything = sorted([*paired, *aside], key=lambda note: (note.start.line, note.start.text_from))
    left = [marker for marker in _unclaimed(free, everything) if _wants_a_note(marker, evidence)]
    return FoundNotes(everything, taken, without_note(everything, left), works.brackets)


def _unclaimed(markers: Sequence[Marker], notes: Sequence[Note]) -> list[Marker]:
    claimed = {marker.at for note in notes for marker in note.markers}
    return [marker for marker in markers if marker.at not in claimed]


def _wants_a_note(marker: Marker, evidence: Evidence) -> bool:
    """Whether a marker that no note has is surely one: not at a line's start, in a formula or behind a name."""
    sure = not marker.doubt and marker.start > 0 and not evidence.in_formula(marker)
    return sure and not are_names([evidence.lines[marker.line]])
