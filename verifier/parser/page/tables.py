"""Tables: rows of cells on common baselines, their heads, and which lines are directly below."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from verifier.parser.page.lines import Line
from verifier.parser.page.text_flow import Piece
from verifier.parser.patterns import regex

_CELL_GAP = 0.9
"""Of the type size: a wider gap parts cells. Justified text seldom opens more than two thirds; LaTeX parts columns by
1.2."""
_COMMON_GAP = 0.4
"""Of the type size: by how much the gaps of two rows must overlap to be one gutter."""
_NEXT_ROW = 3.4
"""Of the type size: how far below a row the next one may be; cells are padded."""
_BRIDGES = 2
"""Lines of one cell (a cell's second line, a group's head) that may be between two rows."""
FIGURE = regex(
    r"[-–−+(<>~≈$€£¥]*\s*\d[\d.,\s]*\s*(?:%|[kmbn]{1,2}|pp)?\)?[*†‡§a-z¹²³]{0,3}|[-–—.·…]+|n\.?/?a\.?", re.IGNORECASE
)
YEAR = regex(r"(?:19|20)\d\d(?:\s*[-–/]\s*\d{2,4})?")
_LIST_LABEL = regex(r"[•◦▪■●‣–—*-]|\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)]|\[\d+\]|\d+(?:\.\d+)+")
_LEADERS = regex(r"(?:\.\s?){5,}")


@dataclass(frozen=True, slots=True)
class Cell:
    """Characters `start:end` of line `line`, and the edges of what they take up."""

    line: int
    start: int
    end: int
    x0: float
    x1: float

    @property
    def piece(self) -> Piece:
        """The cell as a piece of a flow."""
        return Piece(self.line, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Row:
    """The cells on one baseline, from left to right, and its words for telling figures from heads."""

    cells: tuple[Cell, ...]
    texts: tuple[str, ...]
    page: int
    column: int
    base: float
    size: float

    @property
    def last_line(self) -> int:
        """The last of its lines in reading order."""
        return max(cell.line for cell in self.cells)

    def gaps(self) -> list[tuple[float, float]]:
        """The white between its cells."""
        return [(a.x1, b.x0) for a, b in pairwise(self.cells)]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that share gutters. `first` and `last` are the outermost of its lines in reading order."""

    rows: tuple[Row, ...]

    @property
    def first(self) -> int:
        """Its first line."""
        return min(cell.line for row in self.rows for cell in row.cells)

    @property
    def last(self) -> int:
        """Its last line."""
        return max(row.last_line for row in self.rows)

    @property
    def is_sure(self) -> bool:
        """Whether it is a table beyond doubt: three columns, or figures; a list of terms and meanings has neither."""
        wide = sum(len(row.cells) >= 3 for row in self.rows)
        texts = [text for row in self.rows for text in row.texts[1:]]
        figures = sum(bool(FIGURE.fullmatch(text)) for text in texts)
        return wide >= 2 or (2 * figures >= len(texts) and figures >= 2)

    def cell_at(self, line: int, char: int) -> tuple[Row, int] | None:
        """The row and the number of the cell that holds a character."""
        for row in self.rows:
            for number, cell in enumerate(row.cells):
                if cell.line == line and cell.start <= char <= cell.end:
                    return row, number
        return None

    def heads_of(self, row: Row, number: int) -> tuple[list[Cell], list[Cell]]:
        """The row head and the column heads of a cell; a head has only the heads above it."""
        cell = row.cells[number]
        header = self._header()
        above = [other for other in header if other.base > row.base]
        column = [c for other in above for c in other.cells if c.x0 < cell.x1 and cell.x0 < c.x1]
        is_head = any(other is row for other in header)
        side = [row.cells[0]] if number and not is_head and not FIGURE.fullmatch(row.texts[0]) else []
        if not side and number and not is_head and YEAR.fullmatch(row.texts[0]):
            side = [row.cells[0]]
        return side, column if number or is_head else []

    def _header(self) -> list[Row]:
        """The rows above the first that holds a figure besides its head; at least the first row."""
        for number, row in enumerate(self.rows):
            if any(FIGURE.fullmatch(text) and not YEAR.fullmatch(text) for text in row.texts[1:]):
                return list(self.rows[: max(1, number)])
        return list(self.rows[:1])


def find_tables(lines: Sequence[Line], apart: set[int]) -> list[Table]:
    """The tables of a document in reading order. `apart` are lines that cannot belong to one: the notes below."""
    tables = []
    for rows in rows_of_columns(lines, apart):
        for run in _runs(rows):
            table = Table(tuple(run))
            if not _is_list(table):
                tables.append(table)
    return sorted(tables, key=lambda table: table.first)


def rows_of_columns(lines: Sequence[Line], apart: set[int]) -> Iterator[list[Row]]:
    """The rows of each column of each page, from top to bottom; lines in `apart` end a column."""
    rows: list[Row] = []
    group: list[int] = []
    for index, line in enumerate(lines):
        head = lines[group[0]] if group else None
        if index in apart:
            continue
        if head is not None and (line.page, line.column) == (head.page, head.column):
            if abs(line.base - head.base) <= 0.3 * max(line.size, head.size):
                group.append(index)
                continue
            rows.append(_row(group, lines))
        elif head is not None:
            rows.append(_row(group, lines))
            yield rows
            rows = []
        group = [index]
    if group:
        rows.append(_row(group, lines))
    yield rows


def _row(group: Sequence[int], lines: Sequence[Line]) -> Row:
    cells = sorted((cell for index in group for cell in _cells(index, lines[index])), key=lambda cell: cell.x0)
    head = lines[group[0]]
    texts = tuple(lines[cell.line].text[cell.start : cell.end] for cell in cells)
    return Row(tuple(cells), texts, head.page, head.column, head.base, head.size)


def _cells(index: int, line: Line) -> Iterator[Cell]:
    start = 0
    for at, char in enumerate(line.text):
        if char == " " and line.edges[2 * at + 1] - line.edges[2 * at] > _CELL_GAP * line.size and at > start:
            yield Cell(index, start, at, line.edges[2 * start], line.edges[2 * at - 1])
            start = at + 1
    yield Cell(index, start, len(line.text), line.edges[2 * start], line.x1)


def _runs(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Rows of several cells that follow each other and share a gutter."""
    run: list[Row] = []
    bridges = 0
    above: Row | None = None
    for row in rows:
        near = above is not None and above.base - row.base <= _NEXT_ROW * max(above.size, row.size)
        if run and not near:
            yield from _kept(run)
            run, bridges = [], 0
        above = row
        if len(row.cells) < 2 or _LEADERS.search(row.texts[0]):
            bridges += 1
            if run and bridges > _BRIDGES:
                yield from _kept(run)
                run, bridges = [], 0
            continue
        if run and not _share_a_gutter(run[-1], row):
            yield from _kept(run)
            run = []
        run.append(row)
        bridges = 0
    yield from _kept(run)


def _kept(run: list[Row]) -> Iterator[list[Row]]:
    if len(run) >= 2:
        yield run


def _share_a_gutter(one: Row, two: Row) -> bool:
    least = _COMMON_GAP * min(one.size, two.size)
    return any(min(b, d) - max(a, c) >= least for a, b in one.gaps() for c, d in two.gaps())


def _is_list(table: Table) -> bool:
    """Whether the rows are items: a label or bullet and one text."""
    items = sum(len(row.cells) == 2 and bool(_LIST_LABEL.fullmatch(row.texts[0])) for row in table.rows)
    return 2 * items > len(table.rows)
