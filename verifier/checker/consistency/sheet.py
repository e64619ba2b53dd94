"""A table as numbers: every cell's value, which rows are totals, parts of others or groups' heads."""

from dataclasses import dataclass
from decimal import Decimal

from verifier.checker.consistency.values import Value, read_value, uses_commas
from verifier.checker.consistency.words import BESIDE, OF_WHICH, TOTAL
from verifier.model import InconsistencyPlace, ReadTable, TableCell


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with the values of its cells; `sound` columns are those whose every cell in use is a plain figure."""

    table: ReadTable
    values: tuple[tuple[Value | None, ...], ...]
    sound: tuple[bool, ...]

    @property
    def context(self) -> str:
        """All that is said about the table: its caption, the heads, and what is below."""
        heads = " ".join(column.head for column in self.table.columns)
        return f"{self.table.caption} {self.table.corner} {heads} {self.table.below.text}"

    def head(self, row: int) -> str:
        """The head of a row."""
        return self.table.rows[row].head.text.strip()

    def value(self, row: int, column: int) -> Value | None:
        """The value of a cell."""
        return self.values[row][column]

    def is_total(self, row: int) -> bool:
        """Whether a row is called a sum of others."""
        return TOTAL.fullmatch(self.head(row)) is not None

    def is_part(self, row: int) -> bool:
        """Whether a row is part of the one above it, by its words."""
        return OF_WHICH.match(self.head(row)) is not None

    def is_beside(self, row: int) -> bool:
        """Whether a row may be beside the sum."""
        return BESIDE.match(self.head(row)) is not None

    def is_bare(self, row: int) -> bool:
        """Whether a row has no figures: a group's head, or the second line of one."""
        return not any(self.table.rows[row].cells)

    def cell(self, row: int, column: int) -> TableCell:
        """A cell that is there."""
        found = self.table.rows[row].cells[column]
        assert found is not None
        return found

    def place(self, row: int, column: int) -> InconsistencyPlace:
        """A cell with its head, for a finding."""
        cell = self.cell(row, column)
        head = self.head(row)
        page = cell.boxes[0].page if cell.boxes else None
        return InconsistencyPlace(page, f"{head}: {cell.text}" if head else cell.text, cell.boxes)

    def rows_place(self, rows: tuple[int, ...], column: int) -> InconsistencyPlace:
        """The cells of several rows in a column, as one place."""
        cells = [self.cell(row, column) for row in rows if self.table.rows[row].cells[column] is not None]
        boxes = tuple(box for cell in cells for box in cell.boxes)
        return InconsistencyPlace(boxes[0].page if boxes else None, ", ".join(cell.text for cell in cells), boxes)


def read_sheet(table: ReadTable) -> Sheet | None:
    """The numbers of a table; None where it is not clear how it writes decimals."""
    texts = [cell.text for row in table.rows for cell in row.cells if cell is not None]
    comma = uses_commas(texts)
    if comma is None:
        return None
    values = tuple(
        tuple(None if cell is None else read_value(cell.text, comma=comma) for cell in row.cells) for row in table.rows
    )
    sound = tuple(
        all(row.cells[at] is None or values[number][at] is not None for number, row in enumerate(table.rows))
        for at in range(len(table.columns))
    )
    return Sheet(table, values, sound)


def name_of(table: ReadTable) -> str:
    """How a message calls a table."""
    return table.label or "The table"


def column_name(table: ReadTable, column: int) -> str:
    """How a message calls a column, with a leading blank; empty where it has no head or is the only one."""
    head = table.columns[column].head
    return f" of “{head}”" if head and len(table.columns) > 1 else ""


ZERO = Decimal(0)
