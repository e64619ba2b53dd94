"""Notes at the back of a book by chapter: numbering that begins again under the head of every chapter.

A note and its marker have their number and their chapter in common. The chapter is known by its head, which is over
the chapter and over its notes; where heads do not tell, by the rounds of the numbering, if these are the same on both
sides. Where neither decides, nothing is tied, and every note is without a marker.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from verifier.model import NoteKind
from verifier.parser.labels import Scheme
from verifier.parser.notes.link_evidence import Evidence
from verifier.parser.notes.markers import Marker, NoteStart, find_starts, is_line_of_contents
from verifier.parser.notes.note import Note
from verifier.parser.notes.pairing import pair_notes
from verifier.parser.page.headings import ListHeading, list_heading
from verifier.parser.page.lines import Line
from verifier.parser.page.text_flow import Piece
from verifier.parser.patterns import regex

_FEWEST_SECTIONS = 2
_FEWEST_NOTES = 4
_LARGEST_GAP = 3
_SURE = 1.0
"""Markers that are more doubtful than this (powers) tell nothing of a chapter."""
_SAME_SIZE = 0.04
_HEAD_WORDS = regex(
    r"(?:chapter|part|section|appendix|preface|introduction|foreword|prologue|epilogue|conclusion|afterword|kapitel|teil|"
    r"einleitung|vorwort|nachwort|chapitre|partie|avant-propos|capítulo|introducción|prólogo|capitolo|introduzione|hoofdstuk)\b",
    re.IGNORECASE,
)
_LONGEST_HEAD = 120
_TOUCHING = 1.7
"""Of the type size: what is farther below a note's line is no more of it."""


@dataclass(slots=True)
class _Section:
    """The notes of a chapter: the line of its head (None: none was seen) and where they start."""

    head: int | None
    starts: list[NoteStart] = field(default_factory=list)


def find_chapter_notes(evidence: Evidence, shut: set[int]) -> list[Note]:
    """The notes of all chapters behind a heading ("Notes"), with their markers; none unless there are several chapters.

    `shut` are the lines of other notes. Documents whose markers link to their notes need no chapters.
    """
    lines = evidence.lines
    for heading in range(len(lines) - 1):
        if list_heading(lines, heading + 1, within=1) is not ListHeading.NOTES:
            continue
        sections = _sections(lines, heading + 1, shut)
        starts = [start for section in sections for start in section.starts]
        if len(sections) < _FEWEST_SECTIONS or len(starts) < _FEWEST_NOTES:
            continue
        if any(evidence.link_weight(start) > 0 for start in starts):
            return []
        return _tied(sections, heading, evidence)
    return []


def _sections(lines: Sequence[Line], first: int, shut: set[int]) -> list[_Section]:
    sections: list[_Section] = []
    heads = _known_heads(lines[:first])
    for index in range(first, len(lines)):
        if list_heading(lines, index + 1, within=1) is not None:
            break
        if index in shut or is_line_of_contents(lines[index]):
            continue
        start = _numbered(index, lines[index])
        if start is None:
            continue
        if start.label.value == 1 and _opens(index, first, lines, sections, heads):
            sections.append(_Section(index - 1 if index > first else None, [start]))
        elif sections and _follows(sections[-1], start, lines):
            sections[-1].starts.append(start)
    return sections


def _follows(section: _Section, start: NoteStart, lines: Sequence[Line]) -> bool:
    gap = start.label.value - section.starts[-1].label.value
    return 0 < gap <= _LARGEST_GAP and _looks_alike(lines[section.starts[0].line], lines[start.line])


def _numbered(index: int, line: Line) -> NoteStart | None:
    starts = [start for start in find_starts(index, line) if start.label.scheme is Scheme.NUMBER]
    return starts[0] if starts and any(map(str.isalpha, line.text[starts[0].text_from :])) else None


def _opens(
    index: int, first: int, lines: Sequence[Line], sections: Sequence[_Section], heads: dict[str, list[int]]
) -> bool:
    """Whether the note at a line opens a chapter: it is the first, or the line before it is a chapter's head."""
    if index == first:
        return True
    head = lines[index - 1]
    if len(head.text) > _LONGEST_HEAD or (_numbered(index - 1, head) is not None and _key(head.text) not in heads):
        return False
    if _key(head.text) in heads or not sections:
        return True
    other_size = abs(head.size - lines[index].size) > _SAME_SIZE * lines[index].size
    return bool(other_size or _HEAD_WORDS.match(head.text) or head.text.isupper())


def _looks_alike(one: Line, two: Line) -> bool:
    return abs(one.size - two.size) <= 0.06 * one.size


def _key(text: str) -> str:
    """A head as it is compared: letters and figures only, in small letters."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in plain if char.isalnum())


def _known_heads(lines: Sequence[Line]) -> dict[str, list[int]]:
    """The lines, and two lines together, that may be heads in the text, by their words."""
    known: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        if len(line.text) > _LONGEST_HEAD or line.raised:
            continue
        known.setdefault(_key(line.text), []).append(index)
        if index + 1 < len(lines) and lines[index + 1].page == line.page:
            both = _key(line.text + lines[index + 1].text)
            known.setdefault(both, []).append(index)
    known.pop("", None)
    return known


def _tied(sections: Sequence[_Section], heading: int, evidence: Evidence) -> list[Note]:
    lines = evidence.lines
    markers = [
        marker
        for marker in evidence.markers
        if marker.line < heading
        and marker.doubt < _SURE
        and marker.start > 0
        and marker.label.scheme is Scheme.NUMBER
        and not evidence.in_formula(marker)
    ]
    zones = _zones_by_heads(sections, heading, lines, markers) or _zones_by_rounds(sections, markers)
    everything: list[Note] = []
    for number, section in enumerate(sections):
        notes = [Note(start, NoteKind.ENDNOTE) for start in section.starts]
        if zones:
            pair_notes(notes, zones[number], evidence)
        following = sections[number + 1] if number + 1 < len(sections) else None
        stop = len(lines) if following is None else following.starts[0].line
        stop = following.head if following is not None and following.head is not None else stop
        _cut(notes, stop, lines)
        everything.extend(notes)
    return everything


def _zones_by_heads(
    sections: Sequence[_Section], heading: int, lines: Sequence[Line], markers: Sequence[Marker]
) -> list[list[Marker]]:
    """The markers of every chapter between its head and the next one's; none where a head is not in the text."""
    known = _known_heads(lines[:heading])
    places: list[int] = []
    for section in sections:
        found = known.get(_key(lines[section.head].text), []) if section.head is not None else []
        found = [place for place in found if not places or place > places[-1]]
        if not found:
            return []
        places.append(found[-1] if not places or len(found) == 1 else found[0])
    if len(places) > 1 and places[0] > places[1]:
        return []
    ends = [*places[1:], heading]
    return [[m for m in markers if start <= m.line < end] for start, end in zip(places, ends, strict=True)]


def _zones_by_rounds(sections: Sequence[_Section], markers: Sequence[Marker]) -> list[list[Marker]]:
    """The markers of every round of the numbering; none unless the rounds are as many and as long as the chapters."""
    rounds: list[list[Marker]] = []
    for marker in sorted(markers, key=lambda item: item.at):
        if not rounds or marker.label.value <= rounds[-1][-1].label.value:
            rounds.append([])
        rounds[-1].append(marker)
    asked = [[start.label.value for start in section.starts] for section in sections]
    return rounds if [[m.label.value for m in round_] for round_ in rounds] == asked else []


def _cut(notes: Sequence[Note], stop: int, lines: Sequence[Line]) -> None:
    """Give every note its lines up to the next one's start; the last of a chapter up to a change of type or a gap."""
    for number, note in enumerate(notes):
        first = note.start.line
        last = number + 1 == len(notes)
        end = stop if last else notes[number + 1].start.line
        note.pieces.append(Piece(first, note.start.text_from, len(lines[first].text)))
        for index in range(first + 1, end):
            if last and not _runs_on(lines[first], lines[index - 1], lines[index]):
                break
            note.pieces.append(Piece(index, 0, len(lines[index].text)))


def _runs_on(first: Line, before: Line, line: Line) -> bool:
    if abs(first.size - line.size) > 0.06 * first.size:
        return False
    return line.page != before.page or line.column != before.column or before.base - line.base < _TOUCHING * line.size
