"""Raised and lowered runs: which line a small run beside it belongs to, and on which side of the baseline."""

from collections.abc import Iterator, Sequence

from verifier.parser.page.lines import Run, is_high
from verifier.parser.page.type_setting import is_grouped

_LABEL_GAP = 4.0
"""Of the type size: how far behind a raised label a note's text may begin (a tab in Word's hanging notes)."""
_SMALLER = 0.88
"""Of the type size: what is set smaller may be raised or lowered beside a line; what is not must look like a label that
is alone (the line of a neighbouring column is as large and a little higher)."""
_LABEL_SIZE = 0.82
"""Of the type size: a label is set at most so small; figures of a text keep its size, or nearly."""
_GLUED = 0.13
"""Of the type size: a wider gap is a space."""


def attach_raised(runs: list[Run]) -> list[list[Run]]:
    """Group runs into baselines; small runs beside a larger one join its baseline, marked by their `shift`."""
    baselines: list[list[Run]] = []
    for run in sorted(runs, key=lambda r: -r.base):
        if baselines and abs(baselines[-1][0].base - run.base) <= 0.12 * max(run.size, baselines[-1][0].size):
            baselines[-1].append(run)
        else:
            baselines.append([run])
    for row in baselines:
        for run in row:
            if is_high(run.glyphs[0]):
                run.shift = 1
        _mark_small_label(row)
    for index, row in enumerate(baselines):
        for run in list(row):
            host = _host(run, baselines, index)
            if host is not None:
                row.remove(run)
                host_row, shift = host
                run.shift = shift
                host_row.append(run)
    return [row for row in baselines if row]


def _mark_small_label(row: Sequence[Run]) -> None:
    """Take a figure for raised that begins a row in smaller type right before its text: a label that is not lifted."""
    if len(row) < 2:
        return
    label, text = sorted(row, key=lambda run: run.x0)[:2]
    small = label.size <= _LABEL_SIZE * text.size and not (label.shift or text.shift)
    glued = len(label.glyphs) <= 3 and text.x0 - label.x1 < _GLUED * text.size
    if small and glued and all(glyph.char.isdecimal() for glyph in label.glyphs):
        label.shift = 1


def _host(run: Run, baselines: list[list[Run]], index: int) -> tuple[list[Run], int] | None:
    """The baseline that a raised or lowered run belongs to, and which of the two it is."""
    if len(run.glyphs) > 12 or is_grouped(run.glyphs):
        return None
    if run.shift and any(_touches(run, other) for other in baselines[index]):
        return None
    large = not _may_be_label(run) or any(_touches(run, other, 1.0) for other in baselines[index])
    left, right = run.x0 - 2 * run.size - 8, run.x1 + 7 * run.size + 8
    best: tuple[float, list[Run], int] | None = None
    for row in _rows_near(run, baselines, index):
        for other in row:
            if other.x1 < left or other.x0 > right or (large and run.size >= _SMALLER * other.size):
                continue
            gap = _raised_gap(run, other)
            if gap is not None and (best is None or gap < best[0]):
                best = (gap, row, 1 if run.base > row[0].base else -1)
    return (best[1], best[2]) if best else None


def _rows_near(run: Run, baselines: list[list[Run]], index: int) -> Iterator[list[Run]]:
    """The rows so near below and above row `index` that a run of it may be raised or lowered beside them."""
    for step in (1, -1):
        at = index + step
        while 0 <= at < len(baselines):
            row = baselines[at]
            if row and abs(run.base - row[0].base) > 2 * run.size + 8:
                break
            if row:
                yield row
            at += step


def _may_be_label(run: Run) -> bool:
    return len(run.glyphs) <= 3 and not any(glyph.char.isalpha() for glyph in run.glyphs)


def _touches(run: Run, other: Run, reach: float = 0.5) -> bool:
    """Whether two runs of one row are within `reach` of the type size of each other."""
    return other is not run and -0.3 * run.size < max(run.x0 - other.x1, other.x0 - run.x1) < reach * run.size


def _raised_gap(run: Run, other: Run) -> float | None:
    """How far `run` is from the text it would be raised (or lowered) beside; None when it cannot be."""
    if other.shift:
        return None
    offset, size = run.base - other.base, other.size
    smaller = run.size < _SMALLER * size
    if not smaller and not (run.size <= 1.02 * size and len(run.glyphs) <= 3 and offset > 0.2 * size):
        return None
    if not (0.12 * size < offset < 0.8 * size or (smaller and -0.45 * size < offset < -0.05 * size)):
        return None
    after, before = run.x0 - other.x1, other.x0 - run.x1
    if -0.3 * size < after < 0.6 * size:
        return max(after, 0.0)
    if -0.3 * size < before < (_LABEL_GAP if _may_be_label(run) else 1.6) * size:
        return max(before, 0.0) + 0.1 * size
    if other.x0 < run.x0 and run.x1 < other.x1:
        return 0.0
    return None
