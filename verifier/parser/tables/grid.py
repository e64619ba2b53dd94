"""Columns of figures: cells of different rows that are one above the other, and the heads above them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from verifier.model import TableCell, TableColumn, TableRow
from verifier.parser.page.lines import Line
from verifier.parser.page.tables import YEAR, Cell, Row
from verifier.parser.tables.regions import Region, figures_of, is_figure

_ROW_PITCH = 0.85
"""Of the distance of two rows of the body: a head's second line is nearer to its first."""
_SAME_EDGE = 8.0
"""Points by which the columns of a table's two parts may differ from page to page."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A region with its columns: the horizontal extent of each, its heads, its rows, and whether the first is sure."""

    region: Region
    extents: tuple[tuple[float, float], ...]
    heads: tuple[tuple[str, ...], ...]
    corner: str
    rows: tuple[TableRow, ...]
    has_sure_heads: bool

    def continues(self, other: "Grid") -> bool:
        """Whether its columns are those of a part before it."""
        if len(self.extents) != len(other.extents):
            return False
        shift = self.extents[-1][1] - other.extents[-1][1] if self.column != other.column else 0.0
        pairs = zip(self.extents, other.extents, strict=True)
        return all(min(b, d + shift) - max(a, c + shift) > -_SAME_EDGE for (a, b), (c, d) in pairs)

    @property
    def column(self) -> int:
        """The column of its page that it is in."""
        return self.region.rows[0].column


def read_grid(region: Region, lines: Sequence[Line]) -> Grid | None:
    """The columns and rows of a region; None where it cannot be said which figure is in which column."""
    body, heads = region.rows[region.heads :], region.rows[: region.heads]
    extents = _extents(body)
    if not extents:
        return None
    rows = []
    left = min(row.cells[0].x0 for row in body)
    for row in body:
        read = _read_row(row, extents, left, lines)
        if read is None:
            return None
        rows.append(read)
    above = [_heads_of(extent, heads, extents, lines) for extent in extents]
    corner = [text for row in heads for cell, text in zip(row.cells, row.texts, strict=True) if cell.x1 < extents[0][0]]
    return Grid(region, tuple(extents), tuple(above), " ".join(corner), tuple(rows), _are_heads(heads, body, extents))


def _are_heads(heads: Sequence[Row], body: Sequence[Row], extents: Sequence[tuple[float, float]]) -> bool:
    """Whether the rows above the first figures are surely heads, and not a row of which no figure could be read.

    Two rows with words at their left, as far apart as rows of the body are, may be a head and such a row.
    """
    if len(heads) < 2 or len(body) < 2:
        return True
    both = all(len(row.cells) > 1 and row.cells[0].x1 < extents[0][0] for row in heads[-2:])
    pitch = min((one.base - two.base for one, two in pairwise(body) if one.base > two.base), default=0.0)
    return not (both and heads[-2].base - heads[-1].base >= _ROW_PITCH * pitch)


def columns_of(grid: Grid) -> tuple[TableColumn, ...]:
    """The columns for those who read the table."""
    return tuple(TableColumn(heads) for heads in grid.heads)


def _extents(body: Sequence[Row]) -> list[tuple[float, float]]:
    """Where the columns of figures are, from left to right: figures of different rows that overlap are one column.

    A first cell that is a figure counts too where it is under others: rows without a head begin so.
    """
    spans = sorted((row.cells[at].x0, row.cells[at].x1) for row in body for at in figures_of(row))
    extents: list[tuple[float, float]] = []
    for x0, x1 in spans:
        if extents and x0 < extents[-1][1]:
            extents[-1] = extents[-1][0], max(extents[-1][1], x1)
        else:
            extents.append((x0, x1))
    return [extent for extent in extents if _is_of_figures(extent, body)]


def _is_of_figures(extent: tuple[float, float], body: Sequence[Row]) -> bool:
    """Whether most of what is in a column are figures: `01.AI` among names is none."""
    there = [
        at for row in body for at, cell in enumerate(row.cells) if at and cell.x0 < extent[1] and extent[0] < cell.x1
    ]
    figures = sum(
        row.cells[at].x0 < extent[1] and extent[0] < row.cells[at].x1 for row in body for at in figures_of(row)
    )
    return 2 * figures > len(there)


def _read_row(row: Row, extents: Sequence[tuple[float, float]], left: float, lines: Sequence[Line]) -> TableRow | None:
    """A row whose every cell is a head or in one column; None where two figures claim a column, or one spans two."""
    cells: list[TableCell | None] = [None] * len(extents)
    heads: list[Cell] = []
    for at, cell in enumerate(row.cells):
        text = row.texts[at].strip()
        under = [k for k, (x0, x1) in enumerate(extents) if cell.x0 < x1 and x0 < cell.x1]
        holds_figure = is_figure(text)
        if not under or (at == 0 and (not holds_figure or YEAR.fullmatch(text))):
            if holds_figure and at and cell.x1 > extents[0][0]:
                return None
            heads.append(cell)
        elif len(under) > 1 or cells[under[0]] is not None:
            return None
        else:
            cells[under[0]] = _cell([cell], lines)
    indent = (row.cells[0].x0 - left) / (row.size or 1.0)
    return TableRow(_cell(heads, lines), round(indent, 2), tuple(cells))


def _heads_of(
    extent: tuple[float, float], heads: Sequence[Row], extents: Sequence[tuple[float, float]], lines: Sequence[Line]
) -> tuple[str, ...]:
    """The heads over a column: those that overlap it, or come nearest to it and to no other."""
    found = []
    for row in heads:
        for cell in row.cells:
            if cell.x0 < extent[1] and extent[0] < cell.x1:
                found.append(_cell([cell], lines).text)
            elif not any(cell.x0 < x1 and x0 < cell.x1 for x0, x1 in extents):
                nearest = min(extents, key=lambda one: max(one[0] - cell.x1, cell.x0 - one[1]))
                if nearest == extent and cell.x1 > extents[0][0] - 6 * row.size and cell is not row.cells[0]:
                    found.append(_cell([cell], lines).text)
    return tuple(found)


def _cell(cells: Sequence[Cell], lines: Sequence[Line]) -> TableCell:
    """What cells say without raised marks, and where."""
    texts, boxes = [], []
    for cell in cells:
        line = lines[cell.line]
        kept = [at for at in range(cell.start, cell.end) if line.raised_at(at) is None]
        kept = kept or list(range(cell.start, cell.end))
        texts.append("".join(line.text[at] for at in kept).strip())
        boxes.append(line.box(cell.start, cell.end))
    return TableCell(" ".join(texts), tuple(boxes))
