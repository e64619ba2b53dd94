"""What a document says, for checks of the whole: put together from what `extraction` has read already."""

from collections.abc import Sequence

from verifier.model import Contents, ExtractionWarning, NoteKind, PlacedText, WarningCode
from verifier.parser.notes.find import FoundNotes
from verifier.parser.page.lines import Line
from verifier.parser.page.text_flow import Flow, FlowBuilder
from verifier.parser.tables.read import read_tables

_START = 90
"""Characters of a line that say whether it is a caption or a heading."""
_UNREADABLE = (WarningCode.READ_BY_OCR, WarningCode.NO_TEXT_LAYER, WarningCode.PAGE_UNREADABLE)


def contents_of(
    lines: Sequence[Line],
    found_notes: FoundNotes,
    body: Flow,
    builder: FlowBuilder,
    warnings: Sequence[ExtractionWarning],
) -> Contents:
    """The contents of a document whose notes have been found."""
    notes = []
    for note in found_notes.notes:
        flow = builder.build(note.pieces, paragraphs=False)
        notes.append(_placed(flow, lines))
    return Contents(
        body=_placed(body, lines),
        notes=tuple(notes),
        tables=read_tables(lines, _footnote_lines(found_notes), builder),
        line_starts=tuple(line.text[:_START] for line in lines),
        unreadable=frozenset(
            warning.page for warning in warnings if warning.page is not None and warning.code in _UNREADABLE
        ),
    )


def _placed(flow: Flow, lines: Sequence[Line]) -> PlacedText:
    return PlacedText(flow.text, lambda start, end: flow.boxes(lines, start, end))


def _footnote_lines(found_notes: FoundNotes) -> set[int]:
    """The lines of footnotes, which no table holds and which are between its parts on two pages."""
    return {piece.line for note in found_notes.notes if note.kind is NoteKind.FOOTNOTE for piece in note.pieces}
