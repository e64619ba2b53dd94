"""Which rows of a page's column are a table's: a stretch of rows that have figures, with what is above and
below."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from verifier.parser.page.captions import is_caption
from verifier.parser.page.lines import Line
from verifier.parser.page.tables import FIGURE, YEAR, Row
from verifier.parser.patterns import regex

_NEXT_ROW = 3.4
"""Of the type size: how far below a row the next one may be; cells are padded."""
_MOST_WORDS = 9
"""Words of a row that has no figure and still belongs to a table: a group's head, a cell's second line."""
_MARKS = regex(r"(?<=[\d%)])\s?(?:\[\w{1,2}\]|\((?:[a-z]|[ivx]+)\)|[*†‡§]+)$")
_PLURAL = regex(r"(?:figures|tables|charts|maps|boxes|graphs)\b", re.IGNORECASE)
_MOST_GLUED = 7
"""Words of neighbouring heads that are set so close that they are one cell."""
_MOST_BARE = 3
"""Rows without figures in succession within a table."""
_MOST_HEAD = 5
"""Rows above the first figure that may be the heads of columns."""
_ABOVE, _BELOW = 4, 40
"""Rows above and below a table that are read as what belongs to it."""
_NEXT_LINE = 1.7
"""Of the type size: how far apart the lines of one paragraph are at most."""
_NOTE = regex(
    r"[*†‡§]|\(?(?:\d{1,2}|(?-i:[a-z])|(?-i:[ivx]{1,4}))[.):\s]|notes?\b|sources?\b|figures\b|n\.?b\.?|data\b|values\b",
    re.IGNORECASE,
)
"""How a further paragraph below a table begins that belongs to it."""
_SMALLER = 0.97
_OWN_LINES = 2
"""Lines below a table that are read although nothing says that they are its note."""


@dataclass(frozen=True, slots=True)
class Region:
    """Rows `first:stop` of a column of rows, with the head rows before the first that holds a figure.

    `at_start` and `at_end` say that nothing but running heads can be before and behind it in its column.
    """

    rows: tuple[Row, ...]
    heads: int
    above: tuple[Row, ...]
    below: tuple[Row, ...]
    at_start: bool
    at_end: bool


def is_figure(text: str) -> bool:
    """Whether a cell is a figure, be it with marks of notes behind it."""
    return FIGURE.fullmatch(_MARKS.sub("", text.strip())) is not None


def figures_of(row: Row) -> list[int]:
    """The cells of a row, but for its first, that hold a figure."""
    return [at for at, text in enumerate(row.texts) if at and is_figure(text)]


def find_regions(rows: Sequence[Row], after: Sequence[Row], lines: Sequence[Line]) -> Iterator[Region]:
    """The tables of one column of rows, from top to bottom; `after` are the rows of the next column or page."""
    at = 0
    while at < len(rows):
        if not _holds_figures(rows[at]):
            at += 1
            continue
        stop = _end(rows, at, lines)
        first = _head_start(rows, at, lines)
        yield Region(
            rows=tuple(rows[first:stop]),
            heads=at - first,
            above=tuple(_near_above(rows, first, lines)),
            below=tuple(_near_below([*rows, *after], stop, lines)),
            at_start=_only_strays(rows[:first], lines),
            at_end=_only_strays(rows[stop:], lines),
        )
        at = stop


def _holds_figures(row: Row) -> bool:
    """Whether a row has a figure besides its first cell; a row of years alone is a head."""
    return any(not YEAR.fullmatch(row.texts[at].strip()) for at in figures_of(row))


def _end(rows: Sequence[Row], first: int, lines: Sequence[Line]) -> int:
    """Where the rows end that belong with the one at `first`: behind the last with figures."""
    last, bare = first, 0
    for at in range(first + 1, len(rows)):
        row = rows[at]
        if rows[at - 1].base - row.base > _NEXT_ROW * max(row.size, rows[at - 1].size):
            break
        if _is_caption(lines[row.cells[0].line]):
            break
        if figures_of(row):
            last, bare = at, 0
            continue
        bare += 1
        if bare > _MOST_BARE or sum(len(text.split()) for text in row.texts) > _MOST_WORDS:
            break
    return last + 1


def _head_start(rows: Sequence[Row], first: int, lines: Sequence[Line]) -> int:
    """The first of the rows that head the columns: they have several cells, or one that is over the figures."""
    row = rows[first]
    left = row.cells[figures_of(row)[0]].x0
    start = first
    for at in range(first - 1, max(-1, first - 1 - _MOST_HEAD), -1):
        above = rows[at]
        if above.base - rows[at + 1].base > _NEXT_ROW * max(above.size, row.size):
            break
        if _is_caption(lines[above.cells[0].line]) or len(above.texts[0].split()) > _MOST_WORDS:
            break
        running = [at for at, cell in enumerate(above.cells) if cell.x0 < row.cells[0].x1 and cell.x1 > left]
        if any(len(above.texts[at].split()) > _MOST_GLUED for at in running):
            break  # words that run from the heads of rows into the figures are a title
        if len(above.cells) > 1 or above.cells[0].x0 > left - 6 * above.size:
            start = at
        elif len(above.cells) == 1 and at - 1 >= 0 and len(rows[at - 1].cells) > 1:
            continue  # the second line of a head, or a group's head under the heads of the columns
        else:
            break
    return start


def _near_above(rows: Sequence[Row], first: int, lines: Sequence[Line]) -> list[Row]:
    near: list[Row] = []
    for at in range(first - 1, max(-1, first - 1 - _ABOVE), -1):
        if rows[at].base - rows[at + 1].base > _NEXT_ROW * max(rows[at].size, rows[at + 1].size):
            break
        near.insert(0, rows[at])
    captions = [at for at, row in enumerate(near) if _is_caption(lines[row.cells[0].line])]
    if captions:
        return near[captions[-1] :]
    title = near[-1:]
    for row in reversed(near[:-1]):
        if row.base - title[0].base > _NEXT_LINE * row.size or abs(row.size - title[0].size) > 0.1 * row.size:
            break
        title.insert(0, row)
    return title


def _near_below(rows: Sequence[Row], stop: int, lines: Sequence[Line]) -> list[Row]:
    near: list[Row] = []
    for at in range(stop, min(len(rows), stop + _BELOW)):
        row, above = rows[at], rows[at - 1]
        fall = (above.base - row.base) / max(row.size, above.size)
        if (row.page, row.column) != (above.page, above.column):  # a note that goes on, or begins, in the next column
            begins = bool(_NOTE.match(row.texts[0])) or row.size < _SMALLER * rows[stop - 1].size
            fall = _NEXT_LINE if begins or (near and not _ends(above)) else 2 * _NEXT_ROW
        if fall > _NEXT_ROW or (near and fall > _NEXT_LINE and not _NOTE.match(row.texts[0])):
            break
        if _holds_figures(row) or _is_caption(lines[row.cells[0].line]):
            break
        if near and abs(row.size - near[0].size) > (1 - _SMALLER) * near[0].size:
            break
        near.append(row)
    is_note = bool(near) and (_NOTE.match(near[0].texts[0]) or near[0].size < _SMALLER * rows[stop - 1].size)
    return near if is_note else near[:_OWN_LINES]


def _is_caption(line: Line) -> bool:
    """Whether a line begins as a caption does, and not with the plural: `figures represent families`."""
    return is_caption(line) and not _PLURAL.match(line.text)


def _ends(row: Row) -> bool:
    return row.texts[-1].rstrip()[-1:] in ".!?:"


def _only_strays(rows: Sequence[Row], lines: Sequence[Line]) -> bool:
    """Whether rows are no more than page numbers, running heads, and a repeated caption."""
    said = [" ".join(row.texts) for row in rows]
    words = [text for text in said if not re.fullmatch(r"\W*(?:page\W*)?\d*\W*(?:of\W*\d+)?\W*", text, re.IGNORECASE)]
    return sum(len(text.split()) for text in words) <= 2 * _MOST_WORDS and len(words) <= 2
