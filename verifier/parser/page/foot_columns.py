"""Foot columns: footnotes set in narrow columns under text that runs over the whole width."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from verifier.parser.labels import SYMBOL_CLASS
from verifier.parser.page.lines import Run

SMALL = 0.94
"""Notes are set at most this share of the body's size; the smallest usual step is 12 to 11 points."""

MIN_GUTTER = 6.5
"""Points of white that part two columns at least."""
MIN_COLUMN = 60.0
"""Points that a column is wide at least."""
_FEWEST = 2
_FLUSH = 3.0
"""Points within which a label is at its column's edge; figures of one and two digits may be set flush right."""


def foot_columns(rows: Sequence[list[Run]]) -> tuple[int, list[float]]:
    """Where the footnote area of a page begins among its rows (from top to bottom), and the gutters in it.

    Without a footnote area in columns, that is the number of rows and no gutters. In every column some line must begin
    with a raised label: the white between the cells of a table in small type is no gutter.
    """
    first = _first_small(rows)
    area = rows[first:]
    if len(area) < _FEWEST or not first:
        return len(rows), []
    gutters = _white_strips(area)
    edges = [float("-inf"), *gutters, float("inf")]
    sure = all(_has_label(area, left, right) for left, right in pairwise(edges))
    return (first, gutters) if gutters and sure else (len(rows), [])


def _first_small(rows: Sequence[list[Run]]) -> int:
    counts: Counter[float] = Counter()
    for row in rows:
        counts[_size(row)] += sum(len(run.glyphs) for run in row)
    main = counts.most_common(1)[0][0] if counts else 0.0
    first = len(rows)
    while first and _size(rows[first - 1]) <= SMALL * main:
        first -= 1
    return first


def _size(row: Sequence[Run]) -> float:
    return round(max(run.size for run in row), 1)


def _white_strips(area: Sequence[list[Run]]) -> list[float]:
    """The middles of the strips that no run of the area reaches into."""
    spans = sorted((run.x0, run.x1) for row in area for run in row)
    left, right = spans[0][0], max(x1 for _, x1 in spans)
    gutters: list[float] = []
    edge = spans[0][1]
    start = left
    for x0, x1 in spans[1:]:
        if x0 - edge >= MIN_GUTTER and edge - start >= MIN_COLUMN and right - x0 >= MIN_COLUMN:
            gutters.append((edge + x0) / 2)
            start = x0
        edge = max(edge, x1)
    return gutters


def _has_label(area: Sequence[list[Run]], left: float, right: float) -> bool:
    inside = [[run for run in row if left < run.x0 < right] for row in area]
    heads = [min(row, key=lambda run: run.x0) for row in inside if row]
    if not heads:
        return False
    edge = min(run.x0 for run in heads)
    return any(run.shift > 0 and run.x0 <= edge + _FLUSH and _is_label(run) for run in heads)


def _is_label(run: Run) -> bool:
    text = "".join(glyph.char for glyph in run.glyphs)
    return len(text) <= 4 and (text.isalnum() or all(char in SYMBOL_CLASS for char in text))
