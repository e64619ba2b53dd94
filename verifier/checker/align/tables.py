"""Reading tables: which row head, column head and caption a cell stands under.

A table is a run of lines whose cells are parted by ` | ` (see `SourceText`).
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from verifier.model import Figure

_CELL = re.compile(r"\s\|(?:\s|$)|^\|\s?")
_DATA = re.compile(r"^[\s$€£¥(~<>≈+−–-]*[\d.,][\d.,\s]*(?:%|x|[a-zA-Z]{0,3})?[)\s%*†‡]*(?:[±(].*)?$|^\s*[—–-]\s*$")
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_IN_SCALE = re.compile(
    r"\bin\s+(?:[^\s|]+\s+){0,3}?(thousand|million|billion)s?\b"
    r"|[($€£]\s?[’']?((?:thousand|million|billion)(?=s)|000|m|bn)s?\b",
    re.IGNORECASE,
)
_SCALES = {"thousand": Decimal(1000), "000": Decimal(1000), "million": Decimal(10) ** 6, "m": Decimal(10) ** 6,
           "billion": Decimal(10) ** 9, "bn": Decimal(10) ** 9}  # fmt: skip
_HEADER_ROWS = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a figure stands in its table: the words of its heads, the years over it, and the table's scale.

    `is_head` marks a figure that is itself part of a head; `table`, `row` and `column` say which cell it is.
    """

    row_head: str
    column_head: str
    section: str
    years: frozenset[int]
    scale: Decimal
    is_head: bool
    table: int
    row: int
    column: int


def read_tables(text: str, figures: Sequence[Figure]) -> dict[int, Cell]:
    """The cell of every figure that stands in a table, by the figure's index."""
    cells: dict[int, Cell] = {}
    if " |" not in text:
        return cells
    starts = [figure.start for figure in figures]
    for table, (lines, before) in enumerate(_tables(text)):
        _read_table(text, figures, starts, lines, before, table, cells)
    return cells


def _tables(text: str) -> Iterator[tuple[list[tuple[int, int]], str]]:
    """The runs of table lines as (start, end), with what stands before each."""
    run: list[tuple[int, int]] = []
    start = 0
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        if " |" in line or line.startswith("| "):
            run.append((start, end))
        elif run and line.strip():
            if len(run) > 1:
                yield run, text[max(0, run[0][0] - 300) : run[0][0]] + " " + text[run[-1][1] : run[-1][1] + 300]
            run = []
        start = end
    if len(run) > 1:
        yield run, text[max(0, run[0][0] - 300) : run[0][0]]


def _cells_of(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """The cells of a line, each with the place where it begins."""
    cells, at = [], start
    line_end = end - 1 if text[end - 1 : end] == "\n" else end
    for found in _CELL.finditer(text, start, line_end):
        cells.append((at, text[at : found.start()].strip()))
        at = found.end()
    cells.append((at, text[at:line_end].strip()))
    return cells


def _is_data_row(cells: list[tuple[int, str]]) -> bool:
    numbers = [cell for _, cell in cells[1:] if _DATA.match(cell) and cell]
    return any(not _YEARS.fullmatch(cell) for cell in numbers)


def _read_table(
    text: str,
    figures: Sequence[Figure],
    starts: list[int],
    lines: list[tuple[int, int]],
    around: str,
    table: int,
    cells: dict[int, Cell],
) -> None:
    rows = [_cells_of(text, start, end) for start, end in lines]
    heads: list[list[str]] = []
    section, fresh = "", True
    caption = around + " " + " ".join(cell for row in rows[:_HEADER_ROWS] for _, cell in row)
    found_scale = _IN_SCALE.search(caption)
    scale = _SCALES[(found_scale.group(1) or found_scale.group(2)).lower()] if found_scale else Decimal(1)
    for number, ((start, end), row) in enumerate(zip(lines, rows, strict=True)):
        is_data = _is_data_row(row)
        filled = [cell for _, cell in row if cell]
        if not is_data and len(filled) == 1 and row[0][1] and heads:
            section = row[0][1]
        elif not is_data:
            heads = [*heads, [cell for _, cell in row]] if fresh else [[cell for _, cell in row]]
            fresh = True
        else:
            fresh = False
        row_head = next((cell for _, cell in row if cell and not _DATA.match(cell)), "") if is_data else ""
        first, last = bisect_right(starts, start - 1), bisect_right(starts, end - 1)
        begins = [at for at, _ in row]
        for index in range(first, last):
            column = bisect_right(begins, figures[index].start) - 1
            column_head = _column_head(heads, column, len(row))
            in_row_head = is_data and row[column][1] == row_head
            years = frozenset(int(year) for year in _YEARS.findall(column_head))
            if not years:
                years = frozenset(int(year) for year in _YEARS.findall(section + " " + row_head))
            cells[index] = Cell(
                row_head, column_head, section, years, scale, not is_data or in_row_head, table, number, column
            )


def _column_head(heads: list[list[str]], column: int, width: int) -> str:
    words = []
    for depth, head in enumerate(heads[-_HEADER_ROWS:]):
        at = column - (width - len(head)) if len(head) < width and head[0] != "" else column
        if not 0 <= at < len(head):
            continue
        cell = head[at]
        if not cell and depth < len(heads) - 1:
            cell = next((head[left] for left in range(at - 1, 0, -1) if head[left]), "")
        words.append(cell)
    return " ".join(word for word in words if word)
