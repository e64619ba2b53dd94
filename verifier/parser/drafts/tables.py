"""The tables of a draft, put together from the places of their cells, for checks of the document against itself.

A cell has no place on a page; that one cell can be told from another, its box is on page 0, which is none, with its
column and row as edges.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from verifier.model import NO_PAGE, Box, PlacedText, ReadTable, TableCell, TableColumn, TableRow
from verifier.parser.drafts.paragraphs import CellPlace, Paragraph
from verifier.parser.page.tables import FIGURE, YEAR
from verifier.parser.patterns import regex

_FIGURE_CELL = regex(r"[(\[]?[-–−+]?\s?[$€£¥]?\s?[-–−]?\d[\d.,\s’']*\s?%?[)\]]?(?:\s?\[\w{1,2}\]|[*†‡§a-h])?")
_CAPTION = regex(r"(?:table|tab\.|tabelle|tableau|tabla|tabella|tabela|tabel)\s*([A-Z]?\.?\d+(?:[.\-–]\d+)*)", re.I)
_BELOW = regex(r"(?:notes?|sources?|n\.b\.|\*|†|[a-c]\s)", re.I)
_ABOUT_FIGURES = regex(
    r"(?:all\s)?(?:figures|values|numbers|amounts|totals?|data|percentages|shares|columns|rows|parts|components)\b",
    re.I,
)
"""How a line begins that says how a table's figures are meant."""
_LEAST_ROWS, _LEAST_COLUMNS = 2, 1
_LONGEST_CAPTION = 300


@dataclass(frozen=True, slots=True)
class _Cell:
    place: CellPlace
    text: str

    @property
    def is_figure(self) -> bool:
        return bool(FIGURE.fullmatch(self.text) or _FIGURE_CELL.fullmatch(self.text))

    @property
    def covers(self) -> range:
        return range(self.place.column, self.place.column + self.place.span)


def draft_tables(paragraphs: Sequence[Paragraph]) -> tuple[ReadTable, ...]:
    """The tables of a draft's text in reading order, those left out in which a figure spans several columns."""
    numbers = dict.fromkeys(paragraph.cell.table for paragraph in paragraphs if paragraph.cell is not None)
    found = (_table(number, paragraphs) for number in numbers)
    return tuple(table for table in found if table is not None)


def _table(number: int, paragraphs: Sequence[Paragraph]) -> ReadTable | None:
    at = [index for index, one in enumerate(paragraphs) if one.cell is not None and one.cell.table == number]
    rows = _rows([paragraphs[index] for index in at])
    heads = _count_of_heads(rows)
    body = rows[heads:]
    columns = _figure_columns(body)
    if len(body) < _LEAST_ROWS or len(columns) < _LEAST_COLUMNS:
        return None
    if any(cell.place.span > 1 and cell.is_figure for row in body for cell in row):
        return None
    stub = [column for column in range(columns[0]) if column not in columns]
    caption, label = _caption(paragraphs, at[0], at[-1])
    return ReadTable(
        label=label,
        caption=caption,
        corner=" ".join(cell.text for row in rows[:heads] for cell in row if cell.place.column in stub),
        columns=tuple(TableColumn(_heads_of(column, rows[:heads], stub)) for column in columns),
        rows=tuple(_row(row, columns, stub) for row in body),
        below=_below(paragraphs, at[-1]),
    )


def _rows(cells: Sequence[Paragraph]) -> list[list[_Cell]]:
    """The cells by row and column; paragraphs of one cell are one, and raised marks are no part of it."""
    texts: dict[CellPlace, list[str]] = {}
    for paragraph in cells:
        if paragraph.cell is not None:
            texts.setdefault(paragraph.cell, []).append(_without_marks(paragraph))
    rows: dict[int, list[_Cell]] = {}
    for place, words in texts.items():
        rows.setdefault(place.row, []).append(_Cell(place, " ".join(words).strip()))
    ordered = (sorted(rows[row], key=lambda cell: cell.place.column) for row in sorted(rows))
    return [[cell for cell in row if cell.text] for row in ordered if any(cell.text for cell in row)]


def _without_marks(paragraph: Paragraph) -> str:
    text, done = "", 0
    for span in sorted(paragraph.raised, key=lambda one: one.start):
        text += paragraph.text[done : span.start]
        done = span.end
    return text + paragraph.text[done:] if text or done else paragraph.text


def _count_of_heads(rows: Sequence[Sequence[_Cell]]) -> int:
    """How many rows head the others: those that say so, and those before the first that has figures beside its head.

    One row of years may head columns; a second is figures that look like years.
    """
    of_years = False
    for number, row in enumerate(rows):
        if all(cell.place.is_head for cell in row):
            continue
        figures = [cell.text for cell in row if cell.place.column > 0 and cell.is_figure]
        if figures and (of_years or not all(YEAR.fullmatch(text) for text in figures)):
            return number
        of_years = of_years or bool(figures)
    return 0


def _figure_columns(body: Sequence[Sequence[_Cell]]) -> list[int]:
    """The columns, but for the first, of which most cells are figures."""
    cells = [cell for row in body for cell in row if cell.place.column > 0 and cell.place.span == 1]
    columns = sorted({cell.place.column for cell in cells})
    of = {column: [cell for cell in cells if cell.place.column == column] for column in columns}
    return [column for column in columns if 2 * sum(cell.is_figure for cell in of[column]) > len(of[column])]


def _heads_of(column: int, heads: Sequence[Sequence[_Cell]], stub: Sequence[int]) -> tuple[str, ...]:
    return tuple(cell.text for row in heads for cell in row if column in cell.covers and cell.place.column not in stub)


def _row(row: Sequence[_Cell], columns: Sequence[int], stub: Sequence[int]) -> TableRow:
    by_column = {cell.place.column: cell for cell in row}
    head = " ".join(cell.text for cell in row if cell.place.column in stub)
    cells = tuple(_cell(by_column[column]) if column in by_column else None for column in columns)
    return TableRow(TableCell(head), 0.0, cells)


def _cell(cell: _Cell) -> TableCell:
    column, row = float(cell.place.column), float(cell.place.row)
    return TableCell(cell.text, (Box(NO_PAGE, column, row, float(cell.place.table), row),))


def _caption(paragraphs: Sequence[Paragraph], first: int, last: int) -> tuple[str, str | None]:
    """What stands directly above a table, else a caption directly below it, and its number."""
    beside = [*reversed(paragraphs[max(0, first - 2) : first]), *paragraphs[last + 1 : last + 2]]
    for paragraph in beside:
        found = _CAPTION.match(paragraph.text)
        if found and paragraph.cell is None and len(paragraph.text) <= _LONGEST_CAPTION:
            return paragraph.text, f"Table {found[1]}"
    above = paragraphs[first - 1] if first else None
    return (above.text, None) if above is not None and len(above.text) <= _LONGEST_CAPTION else ("", None)


def _is_note(text: str) -> bool:
    if _BELOW.match(text) or _CAPTION.match(text):
        return True
    return len(text) <= _LONGEST_CAPTION and _ABOUT_FIGURES.match(text) is not None


def _below(paragraphs: Sequence[Paragraph], last: int) -> PlacedText:
    """The notes and sources that stand directly below a table."""
    below = []
    for paragraph in paragraphs[last + 1 : last + 4]:
        if paragraph.cell is not None or not _is_note(paragraph.text):
            break
        below.append(paragraph.text.replace("\n", " "))
    return PlacedText("\n".join(below))
