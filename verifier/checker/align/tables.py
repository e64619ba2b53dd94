"""Reading tables: which row head, column head and caption a cell is under.

A table is a run of lines whose cells are separated by ` | ` (see `SourceText`).
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
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
_DIGIT = re.compile(r"\d")
_HEADER_ROWS = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a figure is in its table: the words of its heads, the years over it, and the table's scale.

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
    """The cell of every figure that is in a table, by the figure's index."""
    cells: dict[int, Cell] = {}
    if " |" not in text:
        return cells
    starts = [figure.start for figure in figures]
    for table, (lines, before) in enumerate(_tables(text)):
        rows = [_cells_of(text, start, end) for start, end in lines]
        cells.update(_read_table(figures, starts, lines, rows, before, table))
    return cells


def _tables(text: str) -> Iterator[tuple[list[tuple[int, int]], str]]:
    """The runs of table lines as (start, end), with what is before each."""
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


def _row_heads(cells: list[tuple[int, str]]) -> list[str]:
    """The labels that a row of data begins with: the first one, and those after it that hold no number."""
    heads: list[str] = []
    for _, cell in cells:
        if not cell:
            continue
        if _DATA.match(cell) or (heads and _DIGIT.search(cell)):
            if heads:
                break
            continue
        heads.append(cell)
    return heads


def _scale_of(caption: str) -> Decimal:
    """What a table's figures are counted in, as its caption or heads say ("in thousands"); 1 where they do not."""
    found = _IN_SCALE.search(caption)
    return _SCALES[(found.group(1) or found.group(2)).lower()] if found else Decimal(1)


@dataclass(slots=True)
class _Heads:
    """The heads that are over a row while a table is read from above: those of its columns, and its section's."""

    columns: list[list[str]] = field(default_factory=list)
    section: str = ""
    fresh: bool = True

    def read(self, row: list[tuple[int, str]], is_data: bool) -> None:
        """Take in a row: a line of one cell begins a section, one without data holds heads."""
        filled = [cell for _, cell in row if cell]
        if is_data:
            self.fresh = False
        elif len(filled) == 1 and row[0][1] and self.columns:
            self.section = row[0][1]
        else:
            line = [cell for _, cell in row]
            self.columns = [*self.columns, line] if self.fresh else [line]
            self.fresh = True


def _read_table(
    figures: Sequence[Figure],
    starts: list[int],
    lines: list[tuple[int, int]],
    rows: list[list[tuple[int, str]]],
    around: str,
    table: int,
) -> Iterator[tuple[int, Cell]]:
    """The cell of each figure that is in the lines of one table, with the figure's index."""
    heads = _Heads()
    scale = _scale_of(around + " " + " ".join(cell for row in rows[:_HEADER_ROWS] for _, cell in row))
    for number, ((start, end), row) in enumerate(zip(lines, rows, strict=True)):
        is_data = _is_data_row(row)
        heads.read(row, is_data)
        labels = _row_heads(row) if is_data else []
        row_head = " | ".join(labels)
        begins = [at for at, _ in row]
        for index in range(bisect_right(starts, start - 1), bisect_right(starts, end - 1)):
            column = bisect_right(begins, figures[index].start) - 1
            column_head = _column_head(heads.columns, column, len(row))
            is_head = not is_data or row[column][1] in labels
            years = _years_in(column_head) or _years_in(heads.section + " " + row_head)
            yield index, Cell(row_head, column_head, heads.section, years, scale, is_head, table, number, column)


def _years_in(words: str) -> frozenset[int]:
    return frozenset(int(year) for year in _YEARS.findall(words))


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
