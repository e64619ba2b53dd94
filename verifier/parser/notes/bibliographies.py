"""Numbered bibliographies: lists of works `[12] ...`, and the bracketed markers in the text that name them."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median_low

from verifier.model import NoteKind
from verifier.parser.labels import Label, Scheme
from verifier.parser.notes.brackets import KEY, BracketMarker, find_bracket_markers, find_round_markers
from verifier.parser.notes.markers import Marker, NoteStart
from verifier.parser.notes.note import Note
from verifier.parser.notes.other_lists import are_rules
from verifier.parser.page.headings import ListHeading, list_heading
from verifier.parser.page.lines import Line
from verifier.parser.page.text_flow import Piece
from verifier.parser.patterns import regex

_BRACKETED = regex(r"\[(?P<key>\d{1,4})\](?=\s*\S|$)\s*")
_KEYED = regex(rf"\[(?P<key>{KEY})\](?=\s*\S|$)\s*")
_POINTED = regex(r"(?P<key>\d{1,3})\.(?=\s+\S|$)\s*")
_SHAPES = (_BRACKETED, _POINTED, _KEYED)

_CITED = 0.3
"""Share of the entries of a list under a heading that the text must name; much reading is listed and not cited."""
_CITED_WITHOUT_HEADING = 0.5
_LEAST_WITHOUT_HEADING = 3
_CITED_ROUND = 0.5
_LEAST_ROUND = 3
_RISING = 0.7
_MOST_LINES = 30
"""Lines that an entry may have, with what a page's foot and head put between."""
_LARGEST_GAP = 3
_OWN_SHARE = 0.7
"""Share of the lines from one entry's start to the next that must be set as the entry is."""
_ENDED = 0.75
"""Share of the entries that must begin behind a line that ends something: lines of prose that begin with a bracket
mostly do not."""
_ENTRY_ENDS = '.)]>”"/'
_SAME_SIZE = 0.07
_SAME_INDENT = 4.0


@dataclass(frozen=True, slots=True)
class Bibliography:
    """The entries of all lists as notes with the markers that name them, and the brackets in the text."""

    notes: tuple[Note, ...]
    brackets: tuple[BracketMarker, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    line: int
    key: str
    value: int
    text_from: int


@dataclass(slots=True)
class _List:
    entries: list[_Entry]
    shape: "re.Pattern[str]"
    heading: ListHeading | None = None
    end: int = 0
    pieces: list[list[Piece]] = field(default_factory=list)

    @property
    def first(self) -> int:
        return self.entries[0].line

    @property
    def keys(self) -> set[str]:
        return {entry.key for entry in self.entries}


def find_references(lines: Sequence[Line], areas: set[int]) -> Bibliography:
    """The bibliographies of a document. `areas` are the lines of footnote areas: lists there may be footnotes.

    A list is one if its labels follow each other from entry to entry without other text between, and the text names
    enough of them in brackets on the baseline. Raised brackets are markers of endnotes, unless the list's heading says
    that it holds works.
    """
    lists = [found for shape in _SHAPES for found in _lists(lines, shape)]
    lists = _apart([found for found in lists if _is_well_made(found, lines)])
    named = _named(lists, lines)
    named = _with_round(lists, named, lines)
    lists = [found for at, found in enumerate(lists) if _is_cited(found, named[at], lines, areas)]
    named = _with_round(lists, _named(lists, lines), lines)
    notes = [note for at, found in enumerate(lists) for note in _notes(found, named[at], lines)]
    brackets = {(bracket.line, bracket.start): bracket for found in named for bracket in found}
    return Bibliography(tuple(notes), tuple(brackets[place] for place in sorted(brackets)))


def _lists(lines: Sequence[Line], shape: "re.Pattern[str]") -> Iterator[_List]:
    """Runs of line starts of one shape whose labels follow each other."""
    run: list[_Entry] = []
    for index, line in enumerate(lines):
        match = shape.match(line.text)
        if match is None or line.raised_at(0):
            continue
        key = match.group("key")
        entry = _Entry(index, key, int(key) if key.isdecimal() else 0, match.end())
        if run and _follows(run[-1], entry, lines):
            run.append(entry)
        elif not run or entry.value <= 1 or not _is_near(run[-1], entry):
            if run:
                yield _List(run, shape)
            run = [entry]
    if run:
        yield _List(run, shape)


def _is_near(one: _Entry, two: _Entry) -> bool:
    return two.line - one.line <= _MOST_LINES


def _follows(one: _Entry, two: _Entry, lines: Sequence[Line]) -> bool:
    """Whether an entry comes next in a list: by its label, its type, and with nothing else between."""
    if one.value:
        in_order = one.value < two.value <= one.value + _LARGEST_GAP
    else:
        in_order = _initial(one.key) <= _initial(two.key)
    if not in_order or not _is_near(one, two) or lines[two.line].page - lines[one.line].page > 1:
        return False
    own = sum(_is_set_as(lines[one.line], lines[index]) for index in range(one.line, two.line + 1))
    return own >= _OWN_SHARE * (two.line - one.line + 1) and _is_set_as(lines[one.line], lines[two.line])


def _initial(key: str) -> str:
    """The first letter of a key as lists are sorted, without its diacritic."""
    return unicodedata.normalize("NFD", key)[0].casefold()


def _is_set_as(one: Line, two: Line) -> bool:
    return abs(one.size - two.size) <= _SAME_SIZE * one.size


def _is_well_made(found: _List, lines: Sequence[Line]) -> bool:
    """Whether a run looks like a list of works; sets its heading, its entries' lines and its end."""
    if are_rules([lines[entry.line].text[entry.text_from :] for entry in found.entries]):
        return False
    found.heading = list_heading(lines, found.first)
    if found.shape is _KEYED and not any(char.isdecimal() for key in found.keys for char in key):
        return False
    if found.heading is None and not _may_lack_heading(found):
        return False
    ended = sum(_ends_something(lines[entry.line - 1], lines[entry.line]) for entry in found.entries[1:])
    if ended < _ENDED * (len(found.entries) - 1):
        return False
    _cut(found, lines)
    return True


def _may_lack_heading(found: _List) -> bool:
    return found.shape is _BRACKETED and len(found.entries) >= _LEAST_WITHOUT_HEADING and found.entries[0].value == 1


def _ends_something(before: Line, line: Line) -> bool:
    if before.page != line.page or before.column != line.column or not _is_set_as(before, line):
        return True
    short = before.x1 < before.column_x1 - 2 * before.size
    return short or before.text.rstrip()[-1:] in _ENTRY_ENDS or before.base - line.base > 1.4 * line.size


def _cut(found: _List, lines: Sequence[Line]) -> None:
    """Give every entry its lines; the last ends where its type, its leading or its hanging indent does."""
    hangs: list[float] = []
    stops = [entry.line for entry in found.entries[1:]]
    for entry, stop in zip(found.entries, stops, strict=False):
        head = lines[entry.line]
        own = [index for index in range(entry.line + 1, stop) if _is_set_as(head, lines[index])]
        hangs.extend(lines[index].x0 - head.x0 for index in own if lines[index].column == head.column)
        found.pieces.append(_pieces(entry, own, lines))
    last = found.entries[-1]
    own = _last_lines(last, median_low(hangs) if hangs else None, lines)
    found.pieces.append(_pieces(last, own, lines))
    found.end = own[-1] if own else last.line


def _pieces(entry: _Entry, own: Sequence[int], lines: Sequence[Line]) -> list[Piece]:
    first = Piece(entry.line, entry.text_from, len(lines[entry.line].text))
    return [first, *(Piece(index, 0, len(lines[index].text)) for index in own)]


def _last_lines(entry: _Entry, hang: float | None, lines: Sequence[Line]) -> list[int]:
    own: list[int] = []
    head = lines[entry.line]
    for index in range(entry.line + 1, min(len(lines), entry.line + _MOST_LINES)):
        before, line = lines[index - 1], lines[index]
        if line.page != head.page or line.column != head.column or not _is_set_as(head, line):
            break
        beside = abs(before.base - line.base) < 0.5 * line.size
        if not beside and before.base - line.base > 1.7 * line.size:
            break
        if hang is not None and not beside and abs(line.x0 - head.x0 - hang) > _SAME_INDENT:
            break
        own.append(index)
    return own


def _apart(lists: list[_List]) -> list[_List]:
    """Lists that share no lines: of two that do, the longer."""
    kept: list[_List] = []
    for found in sorted(lists, key=lambda item: -len(item.entries)):
        if all(found.end < other.first or other.end < found.first for other in kept):
            kept.append(found)
    return sorted(kept, key=lambda item: item.first)


def _named(lists: Sequence[_List], lines: Sequence[Line]) -> list[list[BracketMarker]]:
    """For every list the brackets outside of all lists that name its entries: those before it, or behind the last."""
    known = {key for found in lists for key in found.keys}
    inside = {index for found in lists for index in range(found.first, found.end + 1)}
    named: list[list[BracketMarker]] = [[] for _ in lists]
    for bracket in find_bracket_markers(lines, known) if known else ():
        if bracket.line in inside:
            continue
        holding = [at for at, found in enumerate(lists) if all(key in found.keys for key in bracket.keys)]
        if bracket.raised:
            holding = [at for at in holding if _may_have_raised_marks(lists[at])]
        behind = [at for at in holding if lists[at].first > bracket.line]
        if holding:
            named[behind[0] if behind else holding[-1]].append(bracket)
    return named


def _with_round(
    lists: Sequence[_List], named: list[list[BracketMarker]], lines: Sequence[Line]
) -> list[list[BracketMarker]]:
    """The same, with round brackets for a list of works, `1. ...`, that no square ones name.

    They must name most of its entries, and these for the first time in the list's order, more or less: so works are
    numbered that are cited so. An enumeration in the text names a few.
    """
    inside = {index for found in lists for index in range(found.first, found.end + 1)}
    for at, found in enumerate(lists):
        if named[at] or found.heading is not ListHeading.WORKS or found.shape is not _POINTED:
            continue
        brackets = [
            bracket for bracket in find_round_markers(lines[: found.first], found.keys) if bracket.line not in inside
        ]
        first_seen = list(dict.fromkeys(int(key) for bracket in brackets for key in bracket.keys))
        rising = sum(one < two for one, two in pairwise(first_seen))
        enough = len(first_seen) >= max(_LEAST_ROUND, _CITED_ROUND * len(found.entries))
        if enough and rising >= _RISING * (len(first_seen) - 1):
            named[at] = brackets
    return named


def _may_have_raised_marks(found: _List) -> bool:
    return found.heading is ListHeading.WORKS and found.shape is _BRACKETED


def _is_cited(found: _List, named: Sequence[BracketMarker], lines: Sequence[Line], areas: set[int]) -> bool:
    cited = len({key for bracket in named for key in bracket.keys})
    if found.heading is not None:
        return cited >= _CITED * len(found.entries)
    if all(entry.line in areas for entry in found.entries):
        page = lines[found.first].page
        named = [bracket for bracket in named if lines[bracket.line].page != page]
        cited = len({key for bracket in named for key in bracket.keys})
    return cited >= _CITED_WITHOUT_HEADING * len(found.entries)


def _notes(found: _List, named: Sequence[BracketMarker], lines: Sequence[Line]) -> Iterator[Note]:
    raised = 2 * sum(bracket.raised for bracket in named) > len(named)
    kind = NoteKind.ENDNOTE if raised or found.heading is ListHeading.NOTES else NoteKind.REFERENCE
    by_key: dict[str, list[BracketMarker]] = {}
    for bracket in named:
        for key in bracket.keys:
            by_key.setdefault(key, []).append(bracket)
    for entry, pieces in zip(found.entries, found.pieces, strict=True):
        label = Label(entry.key, Scheme.NUMBER if entry.value else Scheme.WORD, entry.value)
        start = NoteStart(entry.line, lines[entry.line].page, label, entry.text_from, raised=False, pointed=True)
        markers = [
            Marker(bracket.line, lines[bracket.line].page, bracket.start, bracket.end, label)
            for bracket in by_key.get(entry.key, ())
        ]
        yield Note(start, kind, pieces, markers)


def without_noted(notes: Sequence[Note], taken: set[int]) -> None:
    """Drop the markers that are within other notes: those have no sentence of the running text."""
    for note in notes:
        note.markers = [marker for marker in note.markers if marker.line not in taken]


def unmarked(markers: Sequence[Marker], brackets: Sequence[BracketMarker]) -> list[Marker]:
    """The marker candidates that are no part of a bracketed marker."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for bracket in brackets:
        spans.setdefault(bracket.line, []).append((bracket.start, bracket.end))
        if bracket.rest:
            spans.setdefault(bracket.line + 1, []).append((0, bracket.rest))
    return [m for m in markers if not any(a < m.end and m.start < b for a, b in spans.get(m.line, ()))]
