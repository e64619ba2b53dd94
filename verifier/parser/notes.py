"""Notes: which lines are footnotes and endnotes, what each holds, and which markers point to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from verifier.model import NoteKind
from verifier.parser.feet import body_size, find_feet
from verifier.parser.flow import Piece
from verifier.parser.geometry import Rect
from verifier.parser.labelling import Candidate, Pair, best_chain, best_pairs
from verifier.parser.labels import Scheme
from verifier.parser.lines import Line
from verifier.parser.marks import Marker, NoteStart, find_markers, find_starts
from verifier.parser.structure import Link

_SCHEMES = (Scheme.NUMBER, Scheme.ROMAN, Scheme.SYMBOL, Scheme.LETTER)


@dataclass(slots=True)
class Note:
    """A note as lines: where it starts, the pieces of its text, its markers."""

    start: NoteStart
    kind: NoteKind
    pieces: list[Piece] = field(default_factory=list)
    markers: list[Marker] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reading:
    """The notes of a document in reading order, and the line indices that belong to them."""

    notes: list[Note]
    note_lines: set[int]


def read_notes(lines: Sequence[Line], rules: dict[int, list[Rect]], links: Mapping[int, Sequence[Link]]) -> Reading:
    """Find the notes of a document and pair them with their markers."""
    feet = find_feet(lines, rules, body_size(lines))
    search = _Search(lines, links, feet)
    footnotes, taken = search.footnotes()
    notes = footnotes + search.endnotes(taken)
    notes.sort(key=lambda note: note.start.line)
    for note in notes:
        taken.update(piece.line for piece in note.pieces)
    search.pair(notes, taken)
    return Reading(notes, taken)


class _Search:
    def __init__(self, lines: Sequence[Line], links: Mapping[int, Sequence[Link]], feet: set[int]) -> None:
        self._lines = lines
        self._links = links
        self._feet = feet
        self._markers = [m for index, line in enumerate(lines) for m in find_markers(index, line)]

    def footnotes(self) -> tuple[list[Note], set[int]]:
        """The notes that stand in feet, and the lines they take."""
        on_page: dict[tuple[int, str], float] = {}
        for marker in self._markers:
            if marker.line not in self._feet:
                key = (marker.page, marker.label.text)
                on_page[key] = min(on_page.get(key, 9.0), marker.doubt)
        starts: list[NoteStart] = []
        for scheme in _SCHEMES:
            candidates = []
            for index in sorted(self._feet):
                for start in find_starts(index, self._lines[index]):
                    if start.label.scheme is scheme:
                        candidates.append(Candidate(start, self._foot_weight(start, on_page)))
            chain = best_chain(candidates, self._lines, restart=0.3)
            supported = sum((s.page, s.label.text) in on_page for s in chain)
            if chain and supported >= 0.4 * len(chain):
                lines_taken = {start.line for start in starts}
                starts.extend(start for start in chain if start.line not in lines_taken)
        starts.sort(key=lambda start: start.line)
        return self._cut_feet(starts)

    def _foot_weight(self, start: NoteStart, on_page: dict[tuple[int, str], float]) -> float:
        weight = -0.8 + 1.0 * start.raised
        doubt = on_page.get((start.page, start.label.text))
        if doubt is not None:
            weight += 1.5 - 0.5 * min(doubt, 2.0)
        elif (start.page - 1, start.label.text) in on_page:
            weight += 0.4
        first = start.line - 1 not in self._feet or self._lines[start.line - 1].page != start.page
        return weight + 0.3 * first + self._link_weight(start)

    def _link_weight(self, start: NoteStart) -> float:
        """What internal links say: one that lands on the label, or one that leads back from it."""
        weight = 0.0
        if start.link is not None and self._links[start.page][start.link].target_page is not None:
            weight += 1.5
        if any(self._lands_on(m, start) for m in self._linked().get(start.label.text, ())):
            weight += 2.0
        return weight

    def _linked(self) -> dict[str, list[Marker]]:
        if not hasattr(self, "_linked_table"):
            table: dict[str, list[Marker]] = {}
            for marker in self._markers:
                if marker.link is not None and self._links[marker.page][marker.link].target_page is not None:
                    table.setdefault(marker.label.text, []).append(marker)
            self._linked_table = table
        return self._linked_table

    def _lands_on(self, marker: Marker, start: NoteStart) -> bool:
        """Whether a marker's internal link leads to the line of a note's start."""
        if marker.link is None or marker.line == start.line:
            return False
        link = self._links[marker.page][marker.link]
        line = self._lines[start.line]
        if link.target_page != start.page:
            return False
        if link.target_y is None:
            return True
        y = line.frame.to_reading(link.target_x or 0.0, link.target_y)[1]
        return line.base - 0.8 * line.size <= y <= line.base + 2.6 * line.size

    def _cut_feet(self, starts: Sequence[NoteStart]) -> tuple[list[Note], set[int]]:
        """Give every line of a foot to the note that starts there or runs on there."""
        by_line = {start.line: start for start in starts}
        notes: list[Note] = []
        taken: set[int] = set()
        open_note: Note | None = None
        previous = -1
        for index in sorted(self._feet):
            line = self._lines[index]
            if index in by_line:
                open_note = Note(by_line[index], NoteKind.FOOTNOTE)
                notes.append(open_note)
                open_note.pieces.append(Piece(index, by_line[index].text_from, len(line.text)))
            elif open_note is not None and self._runs_on(open_note, previous, index):
                open_note.pieces.append(Piece(index, 0, len(line.text)))
            else:
                open_note = None
                continue
            taken.add(index)
            previous = index
        return notes, taken

    def _runs_on(self, note: Note, previous: int, index: int) -> bool:
        one, two = self._lines[previous], self._lines[index]
        if abs(self._lines[note.start.line].size - two.size) > 0.08 * two.size:
            return False
        if index == previous + 1:
            return True
        return two.page - one.page <= 1

    def endnotes(self, taken: set[int]) -> list[Note]:
        """The notes that stand together behind the text, or behind a chapter."""
        free = [m for m in self._markers if m.line not in taken]
        first_seen: dict[str, int] = {}
        for marker in free:
            if marker.start > 0 or marker.doubt != 0.6:
                first_seen.setdefault(marker.label.text, marker.line)
        found: list[Note] = []
        for scheme in _SCHEMES:
            candidates = []
            for index, line in enumerate(self._lines):
                if index in taken:
                    continue
                for start in find_starts(index, line):
                    if start.label.scheme is scheme and first_seen.get(start.label.text, index) < index:
                        weight = -0.4 + 0.6 * start.raised + 0.3 * start.pointed + self._link_weight(start)
                        candidates.append(Candidate(start, weight))
            chain = best_chain(candidates, self._lines, restart=1.0)
            for segment in _segments(chain):
                if self._is_endnotes(segment, first_seen):
                    found.extend(self._cut_endnotes(segment, taken))
        return found

    def _is_endnotes(self, segment: Sequence[NoteStart], first_seen: Mapping[str, int]) -> bool:
        begin = segment[0].line
        pointed = sum(first_seen.get(start.label.text, begin) < begin for start in segment)
        linked = sum(self._link_weight(start) > 0 for start in segment)
        return (len(segment) >= 2 and pointed >= 0.6 * len(segment)) or (linked >= 1 and linked >= 0.6 * len(segment))

    def _cut_endnotes(self, segment: Sequence[NoteStart], taken: set[int]) -> list[Note]:
        notes = []
        for number, start in enumerate(segment):
            note = Note(start, NoteKind.ENDNOTE)
            stop = segment[number + 1].line if number + 1 < len(segment) else len(self._lines)
            note.pieces.append(Piece(start.line, start.text_from, len(self._lines[start.line].text)))
            last = number + 1 == len(segment)
            for index in range(start.line + 1, stop):
                if index in taken:
                    continue
                if last and not self._endnote_runs_on(start.line, index):
                    break
                note.pieces.append(Piece(index, 0, len(self._lines[index].text)))
            notes.append(note)
        return notes

    def _endnote_runs_on(self, start: int, index: int) -> bool:
        first, before, line = self._lines[start], self._lines[index - 1], self._lines[index]
        if abs(first.size - line.size) > 0.06 * first.size:
            return False
        return line.page != before.page or line.column != before.column or before.base - line.base < 1.7 * line.size

    def pair(self, notes: Sequence[Note], taken: set[int]) -> None:
        """Give every note its markers."""
        by_label: dict[str, list[int]] = {}
        for number, note in enumerate(notes):
            by_label.setdefault(note.start.label.text, []).append(number)
        markers = sorted((m for m in self._markers if m.line not in taken), key=lambda m: (m.line, m.start))
        pairs = []
        for at, marker in enumerate(markers):
            for number in by_label.get(marker.label.text, ()):
                weight = self._pair_weight(marker, notes[number])
                if weight > 0:
                    pairs.append(Pair(at, number, weight))
        for pair in best_pairs(pairs):
            notes[pair.note].markers.append(markers[pair.marker])

    def _pair_weight(self, marker: Marker, note: Note) -> float:
        distance = note.start.page - marker.page
        if note.kind is NoteKind.FOOTNOTE and not 0 <= distance <= 1:
            return 0.0
        if note.kind is NoteKind.ENDNOTE and marker.line > note.start.line:
            return 0.0
        weight = 2.0 - min(marker.doubt, 1.8) - 0.5 * (note.kind is NoteKind.FOOTNOTE and distance == 1)
        if self._lands_on(marker, note.start):
            weight += 3.0
        return max(weight, 0.1)


def _segments(chain: Sequence[NoteStart]) -> list[list[NoteStart]]:
    """A chain, cut where its numbering begins again."""
    segments: list[list[NoteStart]] = []
    for start in chain:
        if not segments or start.label.value <= segments[-1][-1].label.value:
            segments.append([])
        segments[-1].append(start)
    return segments
