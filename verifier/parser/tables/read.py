"""The tables of a document: regions read as grids, parts on successive pages put together."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from verifier.model import PlacedText, ReadTable, TableRow
from verifier.parser.page.lines import Line
from verifier.parser.page.tables import Row, rows_of_columns
from verifier.parser.page.text_flow import FlowBuilder, Piece
from verifier.parser.patterns import regex
from verifier.parser.tables.arrange import arrange
from verifier.parser.tables.grid import Grid, columns_of, read_grid
from verifier.parser.tables.regions import find_regions

_LABEL = regex(r"(?:table|tab\.|tabelle|tableau|tabla|tabella|tabela|tabel)\s*([A-Z]?\.?\d+(?:[.\-–]\d+)*)", re.I)
_LEAST_ROWS = 2


@dataclass(frozen=True, slots=True)
class _Setting:
    """The lines as arranged for tables with their indexes in the document, the document's lines, what joins them."""

    lines: Sequence[Line]
    indexes: Sequence[int]
    document: Sequence[Line]
    builder: FlowBuilder


def read_tables(lines: Sequence[Line], apart: set[int], builder: FlowBuilder) -> tuple[ReadTable, ...]:
    """The tables of a document in reading order; `apart` are the lines of its footnotes.

    A table at the end of one page or column and one at the start of the next are one where their columns agree; where
    they do not, neither is whole. What cannot be read with certainty is left out.
    """
    arranged = arrange(lines)
    setting = _Setting(arranged.lines, arranged.indexes, lines, builder)
    apart = {at for at, index in enumerate(arranged.indexes) if index in apart}
    tables: list[ReadTable] = []
    open_end: tuple[int, Grid | None] | None = None
    columns = list(rows_of_columns(setting.lines, apart))
    for rows, following in zip(columns, [*columns[1:], []], strict=True):
        after, open_end = open_end, None
        for region in find_regions(rows, following, setting.lines):
            grid = read_grid(region, setting.lines)
            if grid is None:
                open_end = (-1, None) if region.at_end else None
                continue
            at = _put(tables, grid, after if region.at_start else None, setting)
            after = None
            open_end = (at, grid) if region.at_end else None
    return tuple(table for table in tables if sum(any(row.cells) for row in table.rows) >= _LEAST_ROWS)


def _put(tables: list[ReadTable], grid: Grid, after: tuple[int, Grid | None] | None, setting: _Setting) -> int:
    """Add a table, or the rest of the one that `after` is the end of; returns its place in `tables`."""
    at, before = after or (-1, None)
    if before is not None and grid.continues(before):
        tables[at] = _joined(tables[at], grid, setting)
        return at
    if at >= 0:
        tables[at] = replace(tables[at], whole=False)
    tables.append(_table(grid, setting, whole=after is None and grid.has_sure_heads))
    return len(tables) - 1


def _table(grid: Grid, setting: _Setting, *, whole: bool) -> ReadTable:
    caption = " ".join(text for row in grid.region.above for text in row.texts)
    label = None
    for row in grid.region.above:
        found = _LABEL.match(" ".join(row.texts))
        label = f"Table {found[1]}" if found else label
    below = _below(grid, setting)
    return ReadTable(label, caption, grid.corner, columns_of(grid), grid.rows, below, whole)


def _joined(table: ReadTable, grid: Grid, setting: _Setting) -> ReadTable:
    rows: tuple[TableRow, ...] = (*table.rows, *grid.rows)
    return replace(table, rows=rows, below=_below(grid, setting))


def _below(grid: Grid, setting: _Setting) -> PlacedText:
    pieces = [
        Piece(setting.indexes[at], 0, len(setting.lines[at].text)) for row in grid.region.below for at in _lines_of(row)
    ]
    if not pieces:
        return PlacedText()
    flow = setting.builder.build(pieces, paragraphs=False)
    return PlacedText(flow.text, lambda start, end: flow.boxes(setting.document, start, end))


def _lines_of(row: Row) -> list[int]:
    return sorted({cell.line for cell in row.cells})
