"""Margin notes: notes in small type beside the running text, with the label before them or on a line of its own."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from verifier.model import NoteKind
from verifier.parser.labels import read_labels
from verifier.parser.notes.markers import Marker, NoteStart, find_starts
from verifier.parser.notes.note import Note
from verifier.parser.page.foot_columns import SMALL
from verifier.parser.page.lines import Line
from verifier.parser.page.text_flow import Piece

_WIDEST = 0.6
"""Of the running text's width: a wider strip of small type is a column."""
_APART = 1.8
"""Of the type size: baselines farther apart are another note's, or nobody's."""
_SURE = 0.5
"""The most doubt about a marker that a margin note is tied to."""
_LONGEST_LABEL = 5


def find_margin_notes(lines: Sequence[Line], markers: Sequence[Marker], size: float) -> list[Note]:
    """The notes in margins, each with the marker on its page that it is tied to; `size` is the running text's.

    What is in a margin without a label whose marker is on the page is no note: it may be a heading or a gloss.
    """
    notes: list[Note] = []
    for strip in _strips(lines, size):
        inside = set(strip)
        page = lines[strip[0]].page
        marked: dict[str, list[Marker]] = {}
        for marker in markers:
            if marker.page == page and marker.line not in inside and marker.doubt <= _SURE:
                marked.setdefault(marker.label.text, []).append(marker)
        starts = [(at, start) for at, start in _starts(strip, lines) if start.label.text in marked]
        starts = _rising(starts)
        for number, (at, start) in enumerate(starts):
            stop = starts[number + 1][0] if number + 1 < len(starts) else len(strip)
            pieces = list(_pieces(start, strip[at:stop], lines))
            if pieces:
                notes.append(Note(start, NoteKind.FOOTNOTE, pieces, marked[start.label.text][:1]))
    return notes


@dataclass(frozen=True, slots=True)
class _Extent:
    """How far the running text of a page reaches."""

    x0: float
    x1: float


def _strips(lines: Sequence[Line], size: float) -> Iterator[list[int]]:
    """The lines of each margin, from top to bottom: columns of small type beside all of the running text."""
    columns: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for index, line in enumerate(lines):
        columns[line.page][line.column].append(index)
    for on_page in columns.values():
        if len(on_page) < 2:
            continue
        small = {column for column, held in on_page.items() if all(_is_small(lines[index], size) for index in held)}
        text = [lines[index] for column, held in on_page.items() if column not in small for index in held]
        text = [line for line in text if not _is_small(line, size)]
        if not text:
            continue
        extent = _Extent(min(line.x0 for line in text), max(line.x1 for line in text))
        for column in sorted(small - {-1}):
            if _is_beside([lines[index] for index in on_page[column]], extent):
                yield on_page[column]


def _is_small(line: Line, size: float) -> bool:
    return line.size <= SMALL * size


def _is_beside(strip: Sequence[Line], text: _Extent) -> bool:
    x0, x1 = min(line.x0 for line in strip), max(line.x1 for line in strip)
    return (x0 >= text.x1 or x1 <= text.x0) and x1 - x0 <= _WIDEST * (text.x1 - text.x0)


def _starts(strip: Sequence[int], lines: Sequence[Line]) -> Iterator[tuple[int, NoteStart]]:
    """What may start a note in a margin, with its place there."""
    for at, index in enumerate(strip):
        line = lines[index]
        alone = line.text.strip()
        if len(alone) <= _LONGEST_LABEL and (labels := read_labels(alone)):
            yield at, NoteStart(index, line.page, labels[0], len(line.text), raised=False, pointed=True)
            continue
        starts = find_starts(index, line)
        if starts and any(map(str.isalpha, line.text[starts[0].text_from :])):
            yield at, starts[0]


def _rising(starts: list[tuple[int, NoteStart]]) -> list[tuple[int, NoteStart]]:
    """The starts whose labels follow each other by one: a year or a figure that begins a line is none."""
    kept: list[tuple[int, NoteStart]] = []
    for at, start in starts:
        if not kept or start.label.value == kept[-1][1].label.value + 1:
            kept.append((at, start))
    return kept


def _pieces(start: NoteStart, strip: Sequence[int], lines: Sequence[Line]) -> Iterator[Piece]:
    first = lines[start.line]
    if first.text[start.text_from :].strip():
        yield Piece(start.line, start.text_from, len(first.text))
    before = first
    for index in strip[1:]:
        line = lines[index]
        if before.base - line.base > _APART * line.size:
            return
        yield Piece(index, 0, len(line.text))
        before = line
