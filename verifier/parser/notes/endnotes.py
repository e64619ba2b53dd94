"""Endnotes: the notes that are together behind the text or behind a chapter."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from verifier.model import NoteKind
from verifier.parser.labels import Scheme
from verifier.parser.notes.link_evidence import Evidence
from verifier.parser.notes.markers import Marker, NoteStart, find_starts, is_line_of_contents
from verifier.parser.notes.note import Note
from verifier.parser.notes.other_lists import is_other_list
from verifier.parser.notes.pairing import pair_notes
from verifier.parser.notes.rules import Rule, points_of
from verifier.parser.notes.sequence import Candidate, best_chain
from verifier.parser.page.headings import ListHeading, list_heading
from verifier.parser.page.lines import Line
from verifier.parser.page.text_flow import Piece

_MIN_SUPPORT = 0.6
"""Share of a run of endnotes that must have a marker of their own before it; a numbered list has hardly any."""
_OWN = 0.5
"""Share of the markers of a run that may be in its own notes; numbered paragraphs hold most of them."""
_ON_THEIR_MARKERS_PAGES = 0.8
"""Share of a run's notes whose marker is on their own page, when they are footnotes."""
_SURE = 1.0
"""Markers that are more doubtful than this (powers) found no run of endnotes."""

_NEAR = 60
"""Lines behind the note before it within which such a note begins."""

_HEADING = 1.06
"""Times the running text's size: what is larger is a heading; the smallest usual step is 11 to 12 points."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is seen of a candidate: whether it is under a heading of notes, and whether a marker is before it."""

    start: NoteStart
    is_headed: bool
    is_marked: bool
    structure: float


_UNSEEN = -0.4
"""The points of a candidate of which nothing else is seen: a line that begins with a number."""
_RULES: tuple[Rule[_Seen], ...] = (
    Rule("raised_label", lambda seen: seen.start.raised, 0.6, "as they are: 1 note lost; labels damaged: 26 lost"),
    Rule(
        "pointed_label",
        lambda seen: seen.start.pointed,
        0.3,
        "as they are: 3 notes lost where `heading` is left out too",
    ),
    Rule(
        "heading", lambda seen: seen.is_headed, 0.3, "as they are: 3 notes lost where `pointed_label` is left out too"
    ),
    Rule(
        "structure",
        lambda seen: seen.structure,
        1.0,
        "as they are: nothing; damaged, with links and tags: 3 notes lost, 23 fewer cut otherwise",
    ),
    Rule(
        "glued_label",
        lambda seen: seen.start.glued,
        -0.3,
        "as they are: nothing; damaged: 45 notes more found, 2 cut otherwise",
    ),
    Rule(
        "no_marker",
        lambda seen: not seen.is_marked,
        -1.1,
        "as they are: nothing; labels damaged: 1 note invented, 2 more found",
    ),
)
"""`no_marker` costs more than a step in sequence is worth, so that such a note is taken in for its neighbours' sake, or
at the end of notes that all have raised labels."""


def find_endnotes(
    evidence: Evidence, taken: set[int], free: Sequence[Marker], size: float, footnotes: Sequence[Note]
) -> list[Note]:
    """The endnotes of a document.

    `taken` are the lines of other notes, `free` the markers that no footnote has, `size` the running text's: a line in
    larger type is a heading.
    """
    shut = taken | {index for index, line in enumerate(evidence.lines) if line.size > _HEADING * size}
    sure = [marker for marker in free if marker.doubt < _SURE and marker.start > 0 and not evidence.in_formula(marker)]
    found: list[Note] = []
    lines_used = set(taken)
    for segment in _all_segments(evidence, shut, sure):
        if any(start.line in lines_used for start in segment):
            continue
        run = _Run(segment, evidence, sure)
        if not run.is_supported:
            continue
        if run.is_marked_by_itself:
            return find_endnotes(evidence, taken | {start.line for start in segment}, free, size, footnotes)
        if not run.may_be_notes(footnotes):
            continue
        gone = {marker.at for marker in run.claimed}
        sure = [marker for marker in sure if marker.at not in gone]
        run.cut(lines_used)
        lines_used.update(piece.line for note in run.notes for piece in note.pieces)
        found.extend(run.notes)
    return found


class _Run:
    """A run of numbered starts, with the sure markers before them: is it one of endnotes?"""

    def __init__(self, segment: Sequence[NoteStart], evidence: Evidence, sure: Sequence[Marker]) -> None:
        self._lines = evidence.lines
        self.notes = [Note(start, NoteKind.ENDNOTE) for start in segment]
        pair_notes(self.notes, sure, evidence)
        self.claimed = [marker for note in self.notes for marker in note.markers]
        self._linked = sum(evidence.link_weight(start) > 0 for start in segment)
        self._headed = any(list_heading(evidence.lines, start.line) is ListHeading.NOTES for start in segment)
        self._are_footnotes = not self._headed and _are_on_their_markers_pages(self.notes)

    @property
    def is_supported(self) -> bool:
        """Whether enough of its notes have a marker or a link; one alone needs a link, or a heading above it."""
        supported = sum(bool(note.markers) for note in self.notes)
        if max(supported, self._linked) < _MIN_SUPPORT * len(self.notes):
            return False
        return len(self.notes) > 1 or self._linked > 0 or self._headed

    @property
    def is_marked_by_itself(self) -> bool:
        """Whether most of its markers are in what would be its own notes, as in numbered paragraphs."""
        own = _lines_between(self.notes, self._lines)
        return sum(marker.line in own for marker in self.claimed) > _OWN * len(self.claimed)

    def may_be_notes(self, footnotes: Sequence[Note]) -> bool:
        """Whether it is neither another list nor outnumbered by the document's footnotes."""
        if not self._headed and is_other_list(self.notes, self._lines):
            return False
        return self._headed or self._are_footnotes or self._linked > 0 or not _are_outnumbered(self.notes, footnotes)

    def cut(self, taken: set[int]) -> None:
        """Give its notes their kind and lines, less those `taken`; they are paired again with all markers."""
        for note in self.notes:
            note.kind = NoteKind.FOOTNOTE if self._are_footnotes else NoteKind.ENDNOTE
        _cut(self.notes, taken, self._lines, over_pages=not self._are_footnotes)
        for note in self.notes:
            note.markers.clear()


def _all_segments(evidence: Evidence, shut: set[int], sure: Sequence[Marker]) -> list[list[NoteStart]]:
    """What may be runs of endnotes, in every scheme: the longest first, and the linked before others."""
    segments: list[tuple[float, list[NoteStart]]] = []
    for scheme in Scheme:
        chain = best_chain(_candidates(evidence, scheme, shut, sure), evidence.lines, restart=1.0, absence=1.5)
        for segment in _segments(chain):
            linked = sum(evidence.link_weight(start) > 0 for start in segment)
            segments.append((len(segment) + 2.0 * linked, segment))
    return [segment for _, segment in sorted(segments, key=lambda item: -item[0])]


def _are_outnumbered(notes: Sequence[Note], footnotes: Sequence[Note]) -> bool:
    """Whether a document has more footnotes in a run's own scheme: who writes both kinds keeps them apart by it."""
    return len(notes) < sum(note.start.label.scheme is notes[0].start.label.scheme for note in footnotes)


def _lines_between(notes: Sequence[Note], lines: Sequence[Line]) -> set[int]:
    """The lines that would be the notes', wherever they stop."""
    trial = [Note(note.start, note.kind, markers=list(note.markers)) for note in notes]
    _cut(trial, set(), lines, over_pages=not _are_on_their_markers_pages(notes))
    return {piece.line for note in trial for piece in note.pieces}


def _candidates(evidence: Evidence, scheme: Scheme, shut: set[int], sure: Sequence[Marker]) -> list[Candidate]:
    """What may start a note: a label that has a marker before it, or that is next to one in a list."""
    first_seen: dict[str, int] = {}
    for marker in sure:
        first_seen.setdefault(marker.label.text, marker.line)
    candidates = []
    heads: dict[int, int] = {}
    for index, line in enumerate(evidence.lines):
        if index in shut or is_line_of_contents(line):
            continue
        for start in find_starts(index, line):
            if start.label.scheme is not scheme or not any(map(str.isalnum, line.text[start.text_from :])):
                continue
            marked = first_seen.get(start.label.text, index) < index
            if not (marked or index - heads.get(start.label.value - 1, -_NEAR) < _NEAR):
                continue
            heads[start.label.value] = index
            headed = start.label.value == 1 and list_heading(evidence.lines, index) is ListHeading.NOTES
            seen = _Seen(start, headed, marked, evidence.structure_weight(start))
            candidates.append(Candidate(start, _UNSEEN + points_of(_RULES, seen)))
    return candidates


def _segments(chain: Sequence[NoteStart]) -> list[list[NoteStart]]:
    """A chain, cut where its numbering begins again."""
    segments: list[list[NoteStart]] = []
    for start in chain:
        if not segments or start.label.value <= segments[-1][-1].label.value:
            segments.append([])
        segments[-1].append(start)
    return segments


def _are_on_their_markers_pages(notes: Sequence[Note]) -> bool:
    """Whether these are footnotes without anything else that shows them: on several pages, each with its markers."""
    beside = sum(marker.page == note.start.page for note in notes for marker in note.markers)
    return len({note.start.page for note in notes}) > 1 and beside >= _ON_THEIR_MARKERS_PAGES * len(notes)


def _cut(notes: Sequence[Note], taken: set[int], lines: Sequence[Line], *, over_pages: bool) -> None:
    """Give every note its lines: up to the next one's start.

    The last, and one behind which another chapter's text begins, end at a change of type or a wide gap.
    """
    marked = sorted(marker.line for note in notes for marker in note.markers)
    for number, note in enumerate(notes):
        first = note.start.line
        stop = notes[number + 1].start.line if number + 1 < len(notes) else len(lines)
        last = stop == len(lines) or bisect_left(marked, stop) > bisect_right(marked, first)
        note.pieces.append(Piece(first, note.start.text_from, len(lines[first].text)))
        for index in range(first + 1, stop):
            if index in taken:
                continue
            if last and not _runs_on(lines[first], lines[index - 1], lines[index]):
                break
            if not over_pages and lines[index].page != lines[first].page:
                break
            note.pieces.append(Piece(index, 0, len(lines[index].text)))


def _runs_on(first: Line, before: Line, line: Line) -> bool:
    if abs(first.size - line.size) > 0.06 * first.size or (first.note and not line.note):
        return False
    return line.page != before.page or line.column != before.column or before.base - line.base < 1.7 * line.size
