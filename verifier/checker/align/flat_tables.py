"""Tables whose cells nothing but blanks part, as the text of a PDF has them: rows of a label and as many numbers each.

    Mode 2016 2017 2018
    Bus 4,812 4,790 4,655
    Tram 1,120 1,204 1,288

A run of such lines is a table where at least two in a row have equally many numbers; the line above gives the heads.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NUMBER = r"[-−–+(<>~]{0,2}[$€£¥]?\d[\d,.’']*(?:%|[a-z]{1,2})?[)*†‡]{0,2}"
_NO_NUMBER = r"n/?a|N/?A|[-–—]+|\.{2,3}|…"
_CELL = re.compile(rf"{_NUMBER}|{_NO_NUMBER}")
_LABEL = re.compile(r"\s*[^\W\d_(][^\n]{0,90}$")
_PROSE_END = re.compile(
    r"[.,;:!?]$|\b(?:of|in|and|to|the|for|by|from|was|were|is|are|than|with|at|on|or|between)$", re.IGNORECASE
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:[/–-]\d{2,4})?[a-z*]?")
_WORD = re.compile(r"\S+")
_COLUMN_GAP = re.compile(r"\s{2,}")
_FEWEST_NUMBERS, _FEWEST_ROWS, _LONGEST_HEAD, _LONGEST_ROW = 2, 2, 160, 400


@dataclass(frozen=True, slots=True)
class FlatTable:
    """The lines of a table as (start, end) in the text, and the cells of each with the place where it begins."""

    lines: tuple[tuple[int, int], ...]
    rows: tuple[tuple[tuple[int, str], ...], ...]


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    words: tuple[tuple[int, str], ...] = ()
    label: str = ""

    @property
    def count(self) -> int:
        return len(self.words)


def flat_tables(text: str) -> list[FlatTable]:
    """All such tables of a text, in order."""
    return [table for run, above in _runs(text) if (table := _table(text, run, above)) is not None]


def _runs(text: str) -> Iterator[tuple[list[_Line], _Line | None]]:
    """Runs of rows that have equally many numbers, each with the line above."""
    run: list[_Line] = []
    above: _Line | None = None
    last: _Line | None = None
    start = 0
    for written in text.splitlines(keepends=True):
        end = start + len(written)
        line = _read_line(text, start, end)
        start = end
        if not written.strip():
            continue
        if line.count >= _FEWEST_NUMBERS and line.label and (not run or line.count >= run[0].count):
            if not run:
                above = last
            run.append(line)
        else:
            if len(run) >= _FEWEST_ROWS:
                yield run, above
            run, above = ([line], last) if line.count >= _FEWEST_NUMBERS and line.label else ([], None)
        last = line
    if len(run) >= _FEWEST_ROWS:
        yield run, above


def _read_line(text: str, start: int, end: int) -> _Line:
    """A line with the numbers that it ends with, none where what is before them is no label."""
    line = _Line(start, end)
    if end - start > _LONGEST_ROW or not any(character.isdigit() for character in text[max(start, end - 40) : end]):
        return line
    words = [(word.start(), word.group()) for word in _WORD.finditer(text, start, end)]
    first = len(words)
    while first and _CELL.fullmatch(words[first - 1][1]):
        first -= 1
    if len(words) - first < _FEWEST_NUMBERS or " | " in text[start:end]:
        return line
    label = text[start : words[first][0]].strip()
    if not _LABEL.match(label) or _PROSE_END.search(label):
        return line
    return _Line(start, end, tuple(words[first:]), label)


def _table(text: str, run: list[_Line], above: _Line | None) -> FlatTable | None:
    """The table of a run; a row that seems to have more numbers than the others has one in its label ("Under 5")."""
    columns = min(line.count for line in run)
    heads: list[tuple[int, str]] | None = None
    head_line = above
    if _is_line_of_years(run[0], columns):
        heads = [(run[0].start, run[0].label), *run[0].words[-columns:]]
        head_line, run = run[0], run[1:]
    elif above is not None:
        heads = _heads(text, above, columns)
    if len(run) < _FEWEST_ROWS:
        return None
    lines = [(line.start, line.end) for line in run]
    rows = [_cells(text, line, columns) for line in run]
    if heads is not None and head_line is not None:
        lines.insert(0, (head_line.start, head_line.end))
        rows.insert(0, tuple(heads))
    return FlatTable(tuple(lines), tuple(rows))


def _cells(text: str, line: _Line, columns: int) -> tuple[tuple[int, str], ...]:
    cells = line.words[-columns:]
    return (line.start, text[line.start : cells[0][0]].strip()), *cells


def _is_line_of_years(line: _Line, columns: int) -> bool:
    return all(_YEAR.fullmatch(word) for _, word in line.words[-columns:])


def _heads(text: str, above: _Line, columns: int) -> list[tuple[int, str]] | None:
    """The heads in the line above: years, phrases far apart, words, or phrases that each begin with a capital."""
    written = text[above.start : above.end].rstrip()
    if len(written) > _LONGEST_HEAD or " | " in written:
        return None
    words = [(above.start + word.start(), word.group()) for word in _WORD.finditer(written)]
    if len(words) >= columns and all(_YEAR.fullmatch(word) for _, word in words[-columns:]):
        return [(above.start, " ".join(word for _, word in words[:-columns])), *words[-columns:]]
    for phrases in (_far_apart(written, above.start), words, _capitalised(words)):
        if len(phrases) == columns + 1:
            return phrases
        if len(phrases) == columns and not _PROSE_END.search(written):
            return [(above.start, ""), *phrases]
    return None


def _far_apart(written: str, start: int) -> list[tuple[int, str]]:
    phrases, at = [], 0
    for gap in [*_COLUMN_GAP.finditer(written), None]:
        end = gap.start() if gap is not None else len(written)
        if written[at:end].strip():
            phrases.append((start + at, written[at:end].strip()))
        at = gap.end() if gap is not None else end
    return phrases


def _capitalised(words: list[tuple[int, str]]) -> list[tuple[int, str]]:
    phrases: list[tuple[int, str]] = []
    for at, word in words:
        if word[0].isupper() or not phrases:
            phrases.append((at, word))
        else:
            phrases[-1] = (phrases[-1][0], f"{phrases[-1][1]} {word}")
    return phrases


def with_cells_parted(text: str, tables: list[FlatTable]) -> str:
    """The text with a bar for the blank before each cell, so that "312 298 301" is not read as one number."""
    parted = list(text) if tables else []
    for table in tables:
        for row in table.rows:
            for at, _ in row[1:]:
                if at and parted[at - 1].isspace():
                    parted[at - 1] = "|"
    return "".join(parted) if tables else text
