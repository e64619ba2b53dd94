"""The body: the running text without its notes, and the sentences that markers in it support."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from verifier.model import Anchor
from verifier.parser.anchors.block_quotations import block_quotation
from verifier.parser.anchors.sentences import sentence_at
from verifier.parser.notes.find import FoundNotes
from verifier.parser.notes.markers import with_separators
from verifier.parser.notes.note import Note
from verifier.parser.page.lines import Line
from verifier.parser.page.text_flow import Flow, FlowBuilder, Piece

_INTRUDERS = 6
"""Lines of another size (a caption, a journal's foot) that may be between a page's last line and the next page."""


@dataclass(frozen=True, slots=True)
class Body:
    """The running text, the offset at which every marker (line, character) stood in it, and these offsets in order."""

    lines: Sequence[Line]
    flow: Flow
    offsets: dict[tuple[int, int], int]
    ordered: list[int]

    def anchors(self, note: Note) -> tuple[Anchor, ...]:
        """The sentences that a note's markers support."""
        anchors = []
        for marker in note.markers:
            at = self.offsets.get(marker.at)
            if at is None:
                continue
            start, end = sentence_at(self.flow.text, at)
            rank = bisect_left(self.ordered, at)
            before = self.ordered[rank - 1] if rank else start
            anchors.append(
                Anchor(
                    page=marker.page,
                    sentence=self.flow.text[start:end],
                    marker_offset=max(0, min(at, end) - start),
                    clause_start=max(before, start) - start,
                    boxes=(self.lines[marker.line].box(marker.start, marker.end),),
                    sentence_boxes=self.flow.boxes(self.lines, start, end),
                    block_quotation=block_quotation(self.flow, self.lines, at),
                )
            )
        return tuple(anchors)


def read_body(lines: Sequence[Line], found_notes: FoundNotes, builder: FlowBuilder) -> Body:
    """Join the lines that no note has, without the markers of notes, of missing ones too."""
    stood: dict[int, list[tuple[int, int]]] = {}
    for marker in [*(marker for note in found_notes.notes for marker in note.markers), *found_notes.left]:
        stood.setdefault(marker.line, []).append((marker.start, marker.end))
    gone = {line: list(spans) for line, spans in stood.items()}
    for bracket in found_notes.brackets:
        if bracket.rest:
            gone.setdefault(bracket.line + 1, []).append((0, bracket.rest))
    without = {index: with_separators(lines[index].text, sorted(set(spans))) for index, spans in gone.items()}
    order = _in_order([index for index in range(len(lines)) if index not in found_notes.note_lines], lines)
    pieces = [Piece(index, 0, len(lines[index].text), tuple(without.get(index, ()))) for index in order]
    flow = builder.build(pieces, paragraphs=True)
    offsets = _offsets(flow, stood)
    return Body(lines, flow, offsets, sorted(offsets.values()))


def _in_order(order: list[int], lines: Sequence[Line]) -> list[int]:
    """Put lines that interrupt a sentence over a page's or column's end before the paragraph's last lines.

    They are of another size, the line before them has no end, and the one after them begins with a small letter.
    """
    moved = list(order)
    for k in range(1, len(order)):
        last, head = lines[order[k - 1]], lines[order[k]]
        if (last.page, last.column) == (head.page, head.column) or not head.text[:1].islower():
            continue
        j = k - 1
        while j >= 0 and k - 1 - j < _INTRUDERS and _is_other(lines[order[j]], last, head):
            j -= 1
        if 0 <= j < k - 1 and not _is_other(lines[order[j]], lines[order[j]], head) and _is_open(lines[order[j]]):
            start = j
            while start and _is_same_block(lines[order[start - 1]], lines[order[start]]):
                start -= 1
            moved[start:k] = [*order[j + 1 : k], *order[start : j + 1]]
    return moved


def _is_other(line: Line, last: Line, head: Line) -> bool:
    same_place = (line.page, line.column) == (last.page, last.column)
    return same_place and abs(line.size - head.size) > 0.08 * head.size


def _is_open(line: Line) -> bool:
    return line.text.rstrip()[-1:] not in '.!?:;”"’'


def _is_same_block(one: Line, two: Line) -> bool:
    return (one.page, one.column) == (two.page, two.column) and abs(one.size - two.size) <= 0.08 * two.size


def _offsets(flow: Flow, stood: dict[int, list[tuple[int, int]]]) -> dict[tuple[int, int], int]:
    """Where in the flow the markers stood; one that was alone on its line stood at the end of the line before."""
    by_line = {segment.line: segment for segment in flow.segments}
    known = sorted(by_line)
    offsets = {}
    for line, spans in stood.items():
        at = bisect_right(known, line) - 1
        if at < 0:
            continue
        segment = by_line[known[at]]
        for start, _ in spans:
            before = sum(char < start for char in segment.chars) if segment.line == line else len(segment.chars)
            offsets[line, start] = segment.offset + before
    return offsets
