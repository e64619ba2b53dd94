"""Reading tables: which row head, column head and caption a cell is under.

A table is a run of lines whose cells are separated by ` | ` (see `SourceText`), or by blanks alone (`flat_tables`).
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from verifier.checker.align.flat_tables import FlatTable
from verifier.checker.figures.units import unit_after
from verifier.model import Figure

_CELL = re.compile(r"\s\|(?:\s|$)|^\|\s?")
_DATA = re.compile(r"^[\s$€£¥(~<>≈+−–-]*[\d.,][\d.,\s]*(?:%|x|[a-zA-Z]{0,3})?[)\s%*†‡]*(?:[±(].*)?$|^\s*[—–-]\s*$")
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_YEAR_HEAD = re.compile(r"(?:19|20)\d\d(?:[/–-]\d{2,4})?\s?[a-zA-Z*†]{0,3}")
"""A year as a column's head: "2021", "2020/21", "2023e" for an estimate."""
_IN_SCALE = re.compile(
    r"\bin\s+(?:[^\s|]+\s+){0,3}?(thousand|million|billion)s?\b"
    r"|[($€£]\s?[’']?((?:thousand|million|billion)(?=s)|000|m|bn)s?\b",
    re.IGNORECASE,
)
_SCALES = {"thousand": Decimal(1000), "000": Decimal(1000), "million": Decimal(10) ** 6, "m": Decimal(10) ** 6,
           "billion": Decimal(10) ** 9, "bn": Decimal(10) ** 9}  # fmt: skip
_DIGIT = re.compile(r"\d")
_HEADER_ROWS, _CAPTION = 4, 300


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a figure is in its table: the words of its heads, the years over it, and the table's scale.

    `is_head` marks a figure that is itself part of a head; `table`, `row` and `column` say which cell it is; `unit` is
    the one that its heads or its caption name, empty for none or several.
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
    unit: str = ""


def read_tables(text: str, figures: Sequence[Figure], flat: Sequence[FlatTable] = ()) -> dict[int, Cell]:
    """The cell of every figure that is in a table, by the figure's index; `flat` are the tables without bars."""
    cells: dict[int, Cell] = {}
    if " |" not in text and not flat:
        return cells
    starts = [figure.start for figure in figures]
    for lines, around in _tables(text) if " |" in text else ():
        rows = [_cells_of(text, start, end) for start, end in lines]
        cells.update(_read_table(figures, starts, lines, rows, around, len(cells)))
    for table in flat:
        lines, rows = list(table.lines), [list(row) for row in table.rows]
        cells.update(_read_table(figures, starts, lines, rows, _around(text, lines), len(cells)))
    return cells


def _around(text: str, lines: Sequence[tuple[int, int]]) -> str:
    """What is said just before and after a table, where its caption is."""
    start, end = lines[0][0], lines[-1][1]
    return text[max(0, start - _CAPTION) : start] + " " + text[end : end + _CAPTION]


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
                yield run, _around(text, run)
            run = []
        start = end
    if len(run) > 1:
        yield run, _around(text, run)


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
    return any(not _YEAR_HEAD.fullmatch(cell) for cell in numbers)


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
    in_caption = _unit_in(around)
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
            unit = _unit_in(column_head) or _unit_in(heads.section + " " + row_head) or in_caption
            yield index, Cell(row_head, column_head, heads.section, years, scale, is_head, table, number, column, unit)


_UNIT_SAID = re.compile(r"(?:[(\[]|\bin\s|,\s)(?=\D)")
_NOT_PHYSICAL = frozenset(
    ["share", "points", "money", "duration", "age", "multiple", "ordinal", "date", "count", "angle"]
)


@lru_cache(maxsize=4096)
def _unit_in(words: str) -> str:
    """The one physical unit that heads or a caption give ("(GWh)", "in tonnes"); empty for none or for several."""
    found = set()
    for said in _UNIT_SAID.finditer(words):
        unit = unit_after(words, said.end())
        if unit is not None and unit[0].dimension not in _NOT_PHYSICAL:
            found.add(unit[0].name)
    return found.pop() if len(found) == 1 else ""


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
