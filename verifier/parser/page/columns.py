"""Columns: the gutters of a page, and its lines in reading order."""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from verifier.parser.page.accents import with_accents
from verifier.parser.page.foot_columns import MIN_COLUMN, MIN_GUTTER, foot_columns
from verifier.parser.page.glyphs import PageInk
from verifier.parser.page.lines import Line, Run, make_line, make_runs, split_row
from verifier.parser.page.margins import margin_gutters
from verifier.parser.page.raised import attach_raised
from verifier.parser.page.underscores import with_underscores

_STEP = 1.0
_MAX_STEPS = 4000
"""More steps than any sheet of paper has points; a damaged page can claim to be kilometres wide."""
_MAX_CROSSED = 0.35
"""Share of a gutter's rows that may run across it (titles, wide tables)."""
_MIN_FILL = 0.5
"""Share of a column's width that text fills on the average row; below it, the gap parts cells and not columns."""

_FLUSH = 3.0
"""Points within which lines end alike: points and hyphens may hang into the margin."""
_JUSTIFIED = 0.5
"""Share of a justified column's long lines that end alike."""
_FEW = 4
_MAX_CARRIED = 0.1
"""Share of a page's rows that may run across a gutter which only the page before shows."""
_MOST = 0.9
"""Share of a column's lines that end within it; the rest may overrun it."""


def page_lines(ink: PageInk, before: Sequence[Line] = ()) -> list[Line]:
    """The lines of a page in reading order, each with its column. `before` are the lines of the page before."""
    rows = attach_raised(make_runs(with_underscores(with_accents(ink.glyphs), ink.strokes)))
    gutters = find_gutters(rows) or margin_gutters(rows) or _carried(rows, before)
    if not gutters:
        first, foot_gutters = foot_columns(rows)
        return [*_in_columns(ink, rows[:first], []), *_in_columns(ink, rows[first:], foot_gutters)]
    return _in_columns(ink, rows, gutters)


def _in_columns(ink: PageInk, rows: Sequence[Sequence[Run]], gutters: Sequence[float]) -> list[Line]:
    pieces = [piece for row in rows for piece in split_row(row, gutters)]
    lines = [make_line(ink.page, ink.frame, piece) for piece in pieces]
    return _reading_order([line for line in lines if line.text.strip()], gutters)


def find_gutters(rows: Sequence[Sequence[Run]]) -> list[float]:
    """The x of every white strip that parts columns of prose."""
    spans = [_word_spans(row) for row in rows]
    spans = [row for row in spans if row]
    if len(spans) < 6:
        return []
    left, right = min(row[0][0] for row in spans), max(end for row in spans for _, end in row)
    found: list[float] = []
    strip: list[tuple[float, int]] = []
    for x, crossed in _crossings(spans, left, right):
        if crossed is not None and left + MIN_COLUMN < x < right - MIN_COLUMN:
            strip.append((x, crossed))
        elif strip:
            _close_strip(strip, spans, left, right, found)
            strip = []
    return found


def _carried(rows: Sequence[Sequence[Run]], before: Sequence[Line]) -> list[float]:
    """The gutters of the page before, if this page's text keeps them: its last column may have a few lines only."""
    edges = sorted({(line.column_x0, line.column_x1) for line in before if line.column >= 0})
    gutters = [(one[1] + two[0]) / 2 for one, two in pairwise(edges) if one[1] < two[0]]
    spans = [(run.x0, run.x1) for row in rows for run in row]
    for gutter in gutters:
        crossed = sum(x0 < gutter - MIN_GUTTER / 2 and gutter + MIN_GUTTER / 2 < x1 for x0, x1 in spans)
        beyond = [x0 for x0, _ in spans if x0 > gutter]
        flush = sum(abs(x0 - min(beyond)) <= _FLUSH for x0 in beyond)
        if flush < _FEW or crossed > _MAX_CARRIED * len(rows):
            return []
    return gutters


def _word_spans(row: Sequence[Run]) -> list[tuple[float, float]]:
    spans: list[tuple[float, float]] = []
    for run in sorted(row, key=lambda r: r.x0):
        start = 0
        for stop in [*sorted(run.breaks), len(run.glyphs)]:
            if stop > start:
                spans.append((run.glyphs[start].x0, run.glyphs[stop - 1].x1))
            start = stop
    return spans


def _crossings(
    spans: Sequence[Sequence[tuple[float, float]]], left: float, right: float
) -> Iterator[tuple[float, int | None]]:
    """How many rows run across each x, in steps; None unless text is on both sides and hardly any row does.

    Rows of neighbouring columns need not share baselines: a row at the left counts as well as one that has both sides.
    """
    step = max(_STEP, (right - left) / _MAX_STEPS)
    count = int((right - left) / step) + 2
    crossed, ended, begun = [0] * (count + 1), [0] * (count + 1), [0] * (count + 1)
    for row in spans:
        begun[math.floor((row[0][0] - left) / step) + 1] += 1
        ended[math.ceil((row[-1][1] - left) / step)] += 1
        for a, b in row:
            crossed[math.floor((a - left) / step) + 1] += 1
            crossed[math.ceil((b - left) / step)] -= 1
    across = at_left = started = 0
    for i in range(count):
        across += crossed[i]
        at_left += ended[i]
        started += begun[i]
        at_right = len(spans) - started
        both = max(0, len(spans) - at_left - at_right - across)
        beside = both + min(at_left, at_right)
        allowed = beside >= 5 and across <= _MAX_CROSSED * (beside + across)
        yield left + i * step, across if allowed else None


def _close_strip(
    strip: Sequence[tuple[float, int]],
    spans: Sequence[Sequence[tuple[float, float]]],
    left: float,
    right: float,
    found: list[float],
) -> None:
    """Put a gutter where a white strip is whitest, if columns of prose are on both sides of it."""
    start, end = strip[0][0], strip[-1][0] + _STEP
    if end - start < MIN_GUTTER:
        return
    least = min(crossed for _, crossed in strip)
    whitest = [x for x, crossed in strip if crossed == least]
    middle = (whitest[0] + whitest[-1]) / 2
    edge = found[-1] if found else left
    if middle - edge < MIN_COLUMN:
        return
    beyond = min(right, middle + (middle - edge))
    if _fill(spans, edge, start) >= _MIN_FILL and _fill(spans, end, beyond) >= _MIN_FILL:
        found.append(middle)


def _fill(spans: Sequence[Sequence[tuple[float, float]]], x0: float, x1: float) -> float:
    """Mean share of `x0..x1` that is inked in the rows that have anything there and do not cross its edges."""
    shares = []
    for row in spans:
        inside = [(a, b) for a, b in row if a >= x0 - 3 and b <= x1 + 3]
        if inside and not any(a < x0 - 3 < b or a < x1 + 3 < b for a, b in row):
            shares.append((inside[-1][1] - inside[0][0]) / max(1.0, x1 - x0))
    return sum(shares) / len(shares) if len(shares) >= 4 else 0.0


def _reading_order(lines: list[Line], gutters: Sequence[float]) -> list[Line]:
    """Top to bottom; between two lines that cross a gutter, column by column."""
    if not lines:
        return []
    if not gutters:
        ordered = sorted(lines, key=lambda line: (-line.base, line.x0))
        _set_columns(ordered, ())
        return ordered
    ordered = []
    block: list[Line] = []
    by_height = sorted(lines, key=lambda item: -item.base)
    for at, line in enumerate(by_height):
        if _crosses(line, gutters) and not _has_neighbour(by_height, at):
            ordered.extend(_by_column(block, gutters))
            block = []
            line.column = -1
            ordered.append(line)
        else:
            line.column = sum(line.x0 >= gutter - 2 for gutter in gutters)
            block.append(line)
    ordered.extend(_by_column(block, gutters))
    _set_columns(ordered, gutters)
    return ordered


def _crosses(line: Line, gutters: Sequence[float]) -> bool:
    return any(line.x0 < gutter - 2 and line.x1 > gutter + 2 for gutter in gutters)


def _has_neighbour(by_height: Sequence[Line], at: int) -> bool:
    """Whether another line is beside this one: then it overruns its column and spans none."""
    line = by_height[at]
    return any(
        abs(other.base - line.base) < 0.7 * line.size
        for other in (*by_height[max(0, at - 2) : at], *by_height[at + 1 : at + 3])
    )


def _by_column(block: list[Line], gutters: Sequence[float]) -> list[Line]:
    return [
        line
        for column in range(len(gutters) + 1)
        for line in sorted((x for x in block if x.column == column), key=lambda item: (-item.base, item.x0))
    ]


def _set_columns(lines: list[Line], gutters: Sequence[float]) -> None:
    """Tell every line the edges of its column: where most of its long lines begin and end.

    Lines that overrun the column (slugs, tables, unbreakable words) have no say.
    """
    for column in {line.column for line in lines}:
        members = [line for line in lines if line.column == column]
        voters = [line for line in members if column < 0 or not _crosses(line, gutters)] or members
        x0 = min(line.x0 for line in voters)
        ends = sorted(line.x1 for line in voters)
        long = 0.5 * (ends[int(_MOST * (len(ends) - 1))] - x0)
        x1 = _right_edge([x1 for x1 in ends if x1 - x0 >= long])
        for line in members:
            line.column_x0, line.column_x1 = x0, x1


def _right_edge(ends: Sequence[float]) -> float:
    """Where a column ends whose long lines end at `ends` (rising): where most do if it is justified.

    Else where nine of ten have ended: of ragged lines no two end alike.
    """
    best: Sequence[float] = ()
    start = 0
    for stop, end in enumerate(ends, start=1):
        while end - ends[start] > _FLUSH:
            start += 1
        if stop - start >= len(best):
            best = ends[start:stop]
    if len(best) >= max(_FEW, _JUSTIFIED * len(ends)):
        return best[-1]
    return ends[int(_MOST * (len(ends) - 1))]
