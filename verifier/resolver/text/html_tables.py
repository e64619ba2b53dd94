"""Tables of a page as lines: caption, then the heads, then the rows, cells separated by ` | `."""

import re
from collections.abc import Iterator

import lxml.html

from verifier.resolver.text.superscripts import raised_text

_BLANKS = re.compile(r"\s+")
_LONGEST_CELL = 300  # characters, on average: a table with more in its cells arranges a page
_MOST_COLUMNS = 2000  # of a table: cells over several rows that push each other aside double it without end
_MOST_SPAN = 100  # columns or rows: some tables state a span of thousands to mean "all"


def is_data_table(table: lxml.html.HtmlElement) -> bool:
    """Whether a table holds data, and is not there to arrange the page."""
    if (table.get("role") or "").lower() in ("presentation", "none") or table.find(".//table") is not None:
        return False
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    wide = [row for row in rows if len(row) > 1]
    if len(wide) < 2 and not (wide and next(table.iter("th"), None) is not None):
        return False
    cells = [cell for row in rows for cell in row]
    return sum(len("".join(cell.itertext())) for cell in cells) <= _LONGEST_CELL * len(cells)


def table_lines(table: lxml.html.HtmlElement) -> list[str]:
    """The lines of a data table. Cells that span rows or columns are repeated, so that heads are over their data;
    one that spans the whole width is a heading within the table, and the other cells of its row are empty."""
    lines = [text for caption in table.iter("caption") if (text := _text_of(caption))]
    grid = _grid(table)
    width = max((len(row) for row in grid), default=0)
    for row in grid:
        cells = [*row, *[""] * (width - len(row))]
        if any(cells):
            lines.append(" | ".join(cells).strip())
    return [line for line in lines if line]


def _grid(table: lxml.html.HtmlElement) -> list[list[str]]:
    grid: list[list[str]] = []
    below: dict[int, tuple[int, str]] = {}  # column -> (rows still covered, text)
    for row in _rows(table):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        line: list[str] = []
        alone = len(cells) == 1
        for cell in cells:
            _fill_covered(line, below)
            text = _text_of(cell)
            columns, rows = span_of(cell, "colspan"), span_of(cell, "rowspan")
            for index in range(min(columns, _MOST_COLUMNS - len(line))):
                shown = "" if alone and index else text
                if rows > 1:
                    below[len(line)] = (rows - 1, shown)
                line.append(shown)
        _fill_covered(line, below)
        grid.append(line)
    return grid


def _rows(table: lxml.html.HtmlElement) -> Iterator[lxml.html.HtmlElement]:
    """The rows with the heads first, wherever thead is, and the foot last."""
    rows = list(table.iter("tr"))
    place = {"thead": 0, "tfoot": 2}
    return iter(sorted(rows, key=lambda row: place.get(getattr(row.getparent(), "tag", ""), 1)))


def _fill_covered(line: list[str], below: dict[int, tuple[int, str]]) -> None:
    while len(line) in below and len(line) < _MOST_COLUMNS:
        left, text = below.pop(len(line))
        if left > 1:
            below[len(line)] = (left - 1, text)
        line.append(text)


def span_of(cell: lxml.html.HtmlElement, name: str) -> int:
    """How many columns (`colspan`) or rows (`rowspan`) a cell is taken to cover, at most a hundred."""
    stated = (cell.get(name) or "1").strip()
    return min(max(int(stated[:6]), 1), _MOST_SPAN) if stated.isascii() and stated.isdigit() else 1


def _text_of(cell: lxml.html.HtmlElement) -> str:
    pieces: list[str] = []
    _gather(cell, pieces)
    return _BLANKS.sub(" ", "".join(pieces)).strip().replace(" | ", " / ")


def _gather(element: lxml.html.HtmlElement, pieces: list[str]) -> None:
    pieces.append(element.text or "")
    for child in element:
        if not isinstance(child.tag, str) or child.tag in ("script", "style", "template"):
            pass
        elif child.tag in ("sup", "sub"):
            pieces.append(raised_text(child, "".join(pieces[-3:])))
        else:
            if child.tag in ("br", "p", "div", "li"):
                pieces.append(" ")
            _gather(child, pieces)
        pieces.append(child.tail or "")
