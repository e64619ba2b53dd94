"""What a document says, for checks of the whole: put together from what `extraction` has read already."""

from collections.abc import Sequence

from verifier.model import Contents, ExtractionWarning, NoteKind, PlacedText, WarningCode
from verifier.parser.notes.find import Reading
from verifier.parser.page.lines import Line
from verifier.parser.page.text_flow import Flow, FlowBuilder
from verifier.parser.tables.read import read_tables
from verifier.parser.unmarked_lists import unmarked_lists

_START = 90
"""Characters of a line that say whether it is a caption or a heading."""
_UNREADABLE = (WarningCode.READ_BY_OCR, WarningCode.NO_TEXT_LAYER, WarningCode.PAGE_UNREADABLE)


def contents_of(
    lines: Sequence[Line],
    reading: Reading,
    body: Flow,
    builder: FlowBuilder,
    warnings: Sequence[ExtractionWarning],
) -> Contents:
    """The contents of a document whose notes have been found."""
    notes = []
    for note in reading.notes:
        flow = builder.build(note.pieces, paragraphs=False)
        notes.append(_placed(flow, lines))
    return Contents(
        body=_placed(body, lines),
        notes=tuple(notes),
        tables=read_tables(lines, _feet(reading), builder),
        line_starts=tuple(line.text[:_START] for line in lines),
        unmarked_lists=tuple(unmarked_lists(lines)),
        unreadable=frozenset(told.page for told in warnings if told.page is not None and told.code in _UNREADABLE),
    )


def _placed(flow: Flow, lines: Sequence[Line]) -> PlacedText:
    return PlacedText(flow.text, lambda start, end: flow.boxes(lines, start, end))


def _feet(reading: Reading) -> set[int]:
    """The lines of footnotes, which no table holds and which stand between its parts on two pages."""
    return {piece.line for note in reading.notes if note.kind is NoteKind.FOOTNOTE for piece in note.pieces}
