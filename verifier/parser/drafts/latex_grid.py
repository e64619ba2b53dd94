"""The rows and columns of a LaTeX table: `&` ends a cell, `\\\\` a row."""

from dataclasses import dataclass

from verifier.parser.drafts.paragraphs import CellPlace


@dataclass(slots=True)
class LatexGrid:
    """The place of the cell that is read, in a table of this number; it spans `span` columns."""

    table: int
    row: int = 0
    column: int = 0
    span: int = 1

    @property
    def place(self) -> CellPlace:
        """The cell's place."""
        return CellPlace(self.table, self.row, self.column, self.span)

    def end_cell(self, *, row: bool) -> None:
        """The next cell is behind this one, or the first of the next row."""
        self.column = 0 if row else self.column + self.span
        self.row += row
        self.span = 1
