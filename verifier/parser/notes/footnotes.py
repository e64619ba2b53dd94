"""Footnotes: the notes that are in the footnote areas of pages."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from verifier.model import NoteKind
from verifier.parser.labels import Scheme
from verifier.parser.notes.link_evidence import Evidence
from verifier.parser.notes.markers import NoteStart, find_starts
from verifier.parser.notes.note import Note
from verifier.parser.notes.rules import Rule, points_of
from verifier.parser.notes.sequence import Candidate, best_chain
from verifier.parser.page.lines import Line
from verifier.parser.page.text_flow import Piece

_MIN_SUPPORT = 0.4
"""Share of a chain's notes that must have a marker on their page; fewer, and it is a list in small type."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is seen of a candidate: `doubt` is that about the best marker of its label on its page, None without one."""

    start: NoteStart
    doubt: float | None
    is_marked_before: bool
    opens_area: bool
    structure: float


_UNSEEN = -0.8
"""The points of a candidate of which nothing else is seen: a line in small type that begins with a number."""
_RULES: tuple[Rule[_Seen], ...] = (
    Rule(
        "raised_label",
        lambda seen: seen.start.raised,
        1.0,
        "as they are: nothing; damaged: 13 notes lost, 6 cut otherwise",
    ),
    Rule(
        "marker_on_page",
        lambda seen: seen.doubt is not None,
        1.5,
        "as they are: 1 note of a scan invented; labels damaged: 36 lost, 26 cut otherwise",
    ),
    Rule(
        "marker_on_page_before",
        lambda seen: seen.doubt is None and seen.is_marked_before,
        0.4,
        "as they are: nothing; damaged: 2 notes lost",
    ),
    Rule("opens_area", lambda seen: seen.opens_area, 0.3, "as they are: nothing; damaged: 2 notes lost"),
    Rule(
        "structure",
        lambda seen: seen.structure,
        1.0,
        "as they are: nothing; damaged, with links and tags: 4 notes lost",
    ),
)


def find_footnotes(evidence: Evidence, areas: set[int]) -> list[Note]:
    """The notes in the footnote areas (line indices), each with the lines that belong to it."""
    starts: dict[int, NoteStart] = {}
    weigher = _Weigher(evidence, areas)
    for scheme in Scheme:
        candidates = weigher.candidates(scheme)
        chain = best_chain(candidates, evidence.lines, restart=0.3, absence=0.0, begins_again=weigher.begins_again)
        supported = sum(weigher.marker_doubt(start) is not None for start in chain)
        if chain and supported >= _MIN_SUPPORT * len(chain):
            for start in [*chain, *_out_of_order(chain, candidates, weigher, evidence.lines)]:
                starts.setdefault(start.line, start)
    return _cut_areas(starts, sorted(areas), evidence.lines)


class _Weigher:
    """Weighs the candidates in footnote areas by their looks, their place, the markers above them and the links."""

    def __init__(self, evidence: Evidence, areas: set[int]) -> None:
        self._evidence = evidence
        self._areas = areas
        self._doubts: dict[tuple[int, str], float] = {}
        self._plain: Counter[tuple[int, str]] = Counter()
        for marker in evidence.markers:
            if marker.line not in areas:
                key = (marker.page, marker.label.text)
                self._doubts[key] = min(self._doubts.get(key, 9.0), marker.doubt)
                self._plain[key] += not marker.doubt

    def candidates(self, scheme: Scheme) -> list[Candidate]:
        """The candidates of one scheme, in reading order."""
        return [
            Candidate(start, self._weight(start))
            for index in sorted(self._areas)
            for start in find_starts(index, self._evidence.lines[index])
            if start.label.scheme is scheme
        ]

    def marker_doubt(self, start: NoteStart) -> float | None:
        """The doubt about the best marker of this label on the note's page; None when there is no marker."""
        return self.doubt_on(start.page, start.label.text)

    def doubt_on(self, page: int, label: str) -> float | None:
        """The doubt about the best marker of a label on a page."""
        return self._doubts.get((page, label))

    def begins_again(self, before: NoteStart, start: NoteStart) -> bool:
        """Whether a note may be another section's or column's than the one before: its page marks its label twice.

        In columns that are numbered beside each other the notes of both may go on from a page before.
        """
        if not start.raised or self._plain[start.page, start.label.text] < 2:
            return False
        one, two = self._evidence.lines[before.line], self._evidence.lines[start.line]
        return start.label.value == 1 or (one.page == two.page and 0 <= one.column < two.column)

    def _weight(self, start: NoteStart) -> float:
        lines = self._evidence.lines
        seen = _Seen(
            start,
            self.marker_doubt(start),
            is_marked_before=(start.page - 1, start.label.text) in self._doubts,
            opens_area=start.line - 1 not in self._areas or lines[start.line - 1].page != start.page,
            structure=self._evidence.structure_weight(start),
        )
        return _UNSEEN + points_of(_RULES, seen)


def _out_of_order(
    chain: Sequence[NoteStart], candidates: Sequence[Candidate], weigher: _Weigher, lines: Sequence[Line]
) -> list[NoteStart]:
    """Candidates that the chain had to leave out although they look like its members and have a sure marker.

    WeasyPrint, for one, moves notes that do not fit to the next page and sets them there before or after that page's.
    """
    known = {(start.page, start.label.text) for start in chain}
    looks = Counter(_look(start, lines) for start in chain)
    found = []
    for candidate in candidates:
        start = candidate.start
        if looks[_look(start, lines)] < 2:
            continue
        for page in (start.page, start.page - 1):
            key = (page, start.label.text)
            if key not in known and weigher.doubt_on(page, start.label.text) == 0.0:
                known.add(key)
                found.append(start)
                break
    return found


def _look(start: NoteStart, lines: Sequence[Line]) -> tuple[bool, bool, int, int]:
    line = lines[start.line]
    return start.raised, start.pointed, round(line.size * 4), round((line.x0 - line.column_x0) / 6)


def _cut_areas(starts: dict[int, NoteStart], areas: Sequence[int], lines: Sequence[Line]) -> list[Note]:
    """Give every line of a footnote area to the note that starts there or runs on there."""
    notes: list[Note] = []
    open_note: Note | None = None
    previous = -1
    for index in areas:
        line = lines[index]
        if index in starts:
            open_note = Note(starts[index], NoteKind.FOOTNOTE)
            notes.append(open_note)
            open_note.pieces.append(Piece(index, starts[index].text_from, len(line.text)))
        elif open_note is not None and _runs_on(open_note, previous, index, lines):
            open_note.pieces.append(Piece(index, 0, len(line.text)))
        else:
            open_note = None
            continue
        previous = index
    return notes


def _runs_on(note: Note, previous: int, index: int, lines: Sequence[Line]) -> bool:
    one, two = lines[previous], lines[index]
    if abs(lines[note.start.line].size - two.size) > 0.08 * two.size:
        return False
    return index == previous + 1 or two.page - one.page <= 1
