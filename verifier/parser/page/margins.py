"""Margins: the strips beside the running text in which notes in small type are."""

from collections import Counter
from collections.abc import Sequence

from verifier.parser.page.foot_columns import SMALL
from verifier.parser.page.lines import Run

_CLEAR = 4.0
"""Points of white that part a margin from the text at least; what is nearer hangs on a line."""
_LETTERS = 3
"""Letters of a margin's lines at least: numbers of lines, verses and pages are no notes."""
_SAME_SIZE = 0.06
_SAME_LINE = 0.5
"""Of the type size: within it, runs of two sizes are side by side, in a table's row or on a margin's line."""


def margin_gutters(rows: Sequence[Sequence[Run]]) -> list[float]:
    """The x of the white that parts small type beside the running text from it, at the left and at the right.

    The running text is what is set in the size that most of the page is. Where small type runs across its edge, or
    is within it on the same lines, the page has a table there and no margin.
    """
    runs = [run for row in rows for run in row if not run.shift]
    if not runs:
        return []
    main = _usual_size(runs)
    text = _in_size(runs, main)
    small = [run for run in runs if run.size <= SMALL * main]
    left, right = min(run.x0 for run in text), max(run.x1 for run in text)
    before = [run for run in small if run.x1 < left - _CLEAR]
    behind = [run for run in small if run.x0 > right + _CLEAR]
    found = []
    if _is_margin(before, small, max((run.x1 for run in before), default=left), left):
        found.append((max(run.x1 for run in before) + left) / 2)
    if _is_margin(behind, small, right, min((run.x0 for run in behind), default=right)):
        found.append((right + min(run.x0 for run in behind)) / 2)
    return found


def _is_margin(side: Sequence[Run], small: Sequence[Run], low: float, high: float) -> bool:
    """Whether runs beside the text are a margin's words, with nothing in the white `low..high` between."""
    within = [run for run in small if run not in side]
    return _is_written(side) and not any(_crosses(run, low, high) for run in within) and not _goes_on(side, within)


def _usual_size(runs: Sequence[Run]) -> float:
    counts: Counter[float] = Counter()
    for run in runs:
        counts[round(run.size, 1)] += len(run.glyphs)
    return counts.most_common(1)[0][0]


def _in_size(runs: Sequence[Run], size: float) -> list[Run]:
    return [run for run in runs if abs(run.size - size) <= _SAME_SIZE * size]


def _crosses(run: Run, low: float, high: float) -> bool:
    return run.x0 < high and low < run.x1


def _is_written(side: Sequence[Run]) -> bool:
    return sum(glyph.char.isalpha() for run in side for glyph in run.glyphs) >= _LETTERS


def _goes_on(side: Sequence[Run], inside: Sequence[Run]) -> bool:
    """Whether most of a margin's runs have small type beside them: then they are a table's cells."""
    beside = sum(any(abs(run.base - other.base) < _SAME_LINE * run.size for other in inside) for run in side)
    return 2 * beside > len(side)
