"""The rows and columns of a page's table: cells that span several leave their places to none behind them."""

from typing import Any

from verifier.parser.drafts.html_tree import tag_of
from verifier.parser.drafts.paragraphs import CellPlace

_MOST = 1000
"""Columns or rows that a cell may span (HTML Living Standard, 4.9.11: `colspan` is at most 1,000)."""


class HtmlGrid:
    """Places the cells of one table, which are given in their order."""

    def __init__(self, table: int) -> None:
        self._table = table
        self._row: Any = None
        self._at = -1
        self._column = 0
        self._until: dict[int, int] = {}

    def place(self, cell: Any) -> CellPlace | None:
        """Where a cell is (HTML Living Standard, 4.9.12.1); None for a caption."""
        row = cell.getparent()
        if tag_of(cell) == "caption" or row is None:
            return None
        if row is not self._row:
            self._row, self._at, self._column = row, self._at + 1, 0
        while self._until.get(self._column, -1) >= self._at:
            self._column += 1
        column, span, rows = self._column, _count(cell, "colspan"), _count(cell, "rowspan")
        for covered in range(column, column + span):
            self._until[covered] = self._at + rows - 1
        self._column += span
        in_head = tag_of(row.getparent()) == "thead" if row.getparent() is not None else False
        return CellPlace(self._table, self._at, column, span, in_head)


def _count(cell: Any, name: str) -> int:
    said = (cell.get(name) or "").strip()
    return min(int(said), _MOST) if said.isdecimal() and 0 < len(said) < 5 and int(said) else 1
