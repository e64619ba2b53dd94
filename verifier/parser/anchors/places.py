"""Anchors of notes that support no sentence: a table's cell under its heads, a figure's caption."""

from collections.abc import Iterable, Sequence

from verifier.model import Anchor
from verifier.parser.notes.note import AnchorTarget
from verifier.parser.page.lines import Line
from verifier.parser.page.text_flow import Flow, FlowBuilder, Piece


def anchor_at(target: AnchorTarget, lines: Sequence[Line], builder: FlowBuilder) -> Anchor:
    """The words of a target as an anchor: `row head, column head: cell`; its boxes are the marker's, else the
    words'."""
    flow = builder.build(target.words, paragraphs=False)
    heads = [_joined(part, builder) for part in target.heads]
    lead = ", ".join(head for head in heads if head)
    lead = f"{lead}: " if lead else ""
    marker = target.marker
    if marker is None:
        return Anchor(target.page, lead + flow.text, len(lead + flow.text), boxes=flow.boxes(lines, 0, len(flow.text)))
    offset = len(lead) + _stood(flow, marker.line, marker.start)
    return Anchor(target.page, lead + flow.text, offset, boxes=(lines[marker.line].box(marker.start, marker.end),))


def _joined(pieces: Iterable[Piece], builder: FlowBuilder) -> str:
    parts = [builder.build([piece], paragraphs=False).text for piece in pieces]
    return ", ".join(part for part in parts if part)


def _stood(flow: Flow, line: int, char: int) -> int:
    """How much of a flow is before a character that is not in it."""
    before = 0
    for segment in flow.segments:
        if segment.line < line:
            before = segment.offset + len(segment.chars)
        elif segment.line == line:
            before = segment.offset + sum(at < char for at in segment.chars)
    return before
