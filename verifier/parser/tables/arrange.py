"""Lines for tables: a table as wide as the page whose gutter was taken for that of two columns of text is put
together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from verifier.parser.page.lines import Line
from verifier.parser.page.tables import FIGURE
from verifier.parser.patterns import regex

_LEVEL = 0.2
"""Of the type size: by how much baselines of one row differ at most."""
_LEAST_FIGURES = 2
"""Figures in succession, each level with a line of the column to the left, before they are taken as its cells."""
_CELLS = regex(r"\s{1,}")


@dataclass(frozen=True, slots=True)
class Arranged:
    """Lines in the order of tables, and for each its index in the document."""

    lines: list[Line]
    indexes: list[int]


def arrange(lines: Sequence[Line]) -> Arranged:
    """The lines of a document with the cells of one row beside each other."""
    moved: dict[int, int] = {}
    start = 0
    while start < len(lines):
        stop = start
        while stop < len(lines) and lines[stop].page == lines[start].page:
            stop += 1
        if any(line.column != lines[start].column for line in lines[start:stop]):
            moved |= _moved(lines, start, stop)
        start = stop
    order = sorted(
        range(len(lines)), key=lambda index: (moved.get(index, index), lines[index].x0 if index in moved else 0)
    )
    arranged = [
        replace(lines[index], column=lines[moved[index]].column) if index in moved else lines[index] for index in order
    ]
    return Arranged(arranged, order)


def _moved(lines: Sequence[Line], start: int, stop: int) -> dict[int, int]:
    """Lines that are cells of a row of the column to their left, with the line that they go behind."""
    moved: dict[int, int] = {}
    run: list[tuple[int, int]] = []
    for index in range(start, stop + 1):
        beside = _beside(lines, index, start, stop) if index < stop else None
        if beside is not None:
            run.append((index, beside))
            continue
        figures = [pair for pair in run if _is_figures(lines[pair[0]].text)]
        if len(figures) >= _LEAST_FIGURES and 2 * len(figures) >= len(run):
            moved |= dict(run)
        run = []
    return moved


def _beside(lines: Sequence[Line], index: int, start: int, stop: int) -> int | None:
    """The line of an earlier column that is level with this one, where this one may be a cell."""
    line = lines[index]
    if len(line.text.split()) > 6:
        return None
    level = [
        at
        for at in range(start, stop)
        if lines[at].column < line.column
        and abs(lines[at].base - line.base) <= _LEVEL * line.size
        and lines[at].x1 < line.x0
        and len(lines[at].text.split()) <= 8
    ]
    return max(level, key=lambda at: lines[at].x1) if level else None


def _is_figures(text: str) -> bool:
    return all(FIGURE.fullmatch(part) for part in _CELLS.split(text.strip()))
