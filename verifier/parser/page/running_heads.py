"""What is printed on a page but belongs to no text: running heads and feet, page numbers, line numbers."""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from verifier.parser.page.lines import Line
from verifier.parser.patterns import regex

_NUMBER = regex(r"\d{1,4}")
_PAGE_NUMBER = regex(r"[-–—|\s]*(?:page\s+)?(\d{1,4}|[ivxlc]{1,7})(?:\s*(?:of|/)\s*\d{1,4})?[-–—|\s]*", re.I)
_EDGE_LINES = 3
_LONGEST_HEAD = 160


@dataclass(frozen=True, slots=True)
class SplitPages:
    """The lines of every page that belong to the text, and the others of all pages."""

    pages: list[list[Line]]
    running_heads: list[Line]


def split_running_heads(pages: Sequence[list[Line]]) -> SplitPages:
    """Split the lines of the text from running heads and feet and from line numbers."""
    kept = _without_running_heads(pages)
    belongs = {id(line) for lines in kept for line in lines}
    return SplitPages(kept, [line for lines in pages for line in lines if id(line) not in belongs])


def _without_running_heads(pages: Sequence[list[Line]]) -> list[list[Line]]:
    pages = [_without_line_numbers(lines) for lines in pages]
    seen: Counter[str] = Counter()
    for lines in pages:
        seen.update({key for line in _edges(lines) for key in _keys(line)})
    needed = 2 if len(pages) < 6 else 3
    repeated = {key for key, count in seen.items() if count >= needed}
    return [_without_edges(lines, repeated) for lines in pages]


def _edges(lines: Sequence[Line]) -> list[Line]:
    """The lines at the top and the bottom of a page, by height."""
    bases = sorted({round(line.base) for line in lines}, reverse=True)
    outer = {*bases[:_EDGE_LINES], *bases[-_EDGE_LINES:]}
    return [line for line in lines if round(line.base) in outer]


def _keys(line: Line) -> list[str]:
    """What the line would share with its like on other pages: height and words, one number counted from the page's."""
    height, text = round(line.base / 4), line.text.casefold()
    relative = [
        f"{height}:{text[: m.start()]}#{int(m.group()) - line.page}{text[m.end() :]}" for m in _NUMBER.finditer(text)
    ]
    return [f"{height}:{text}", *relative[:4]]


def _without_edges(lines: list[Line], repeated: set[str]) -> list[Line]:
    """Peel repeated lines and page numbers off, from the outside in, until a line belongs to the text.

    What is peeled must be separated from the text by more than a line's distance: a short note that is repeated at
    the same height of several pages ("Id.") is not.
    """
    drop: set[int] = set()
    by_height = sorted(lines, key=lambda line: -line.base)
    for outside_in in (by_height, by_height[::-1]):
        peeled: list[Line] = []
        for line in outside_in[: 2 * _EDGE_LINES]:
            repeats = _repeats(line, repeated) or _is_beside_page_number(line, lines, repeated)
            if not (repeats or _is_page_number(line, lines)):
                break
            peeled.append(line)
        while peeled and not _is_apart(peeled[-1], outside_in[len(peeled) : len(peeled) + 1]):
            peeled.pop()
        drop.update(id(line) for line in peeled)
    return [line for line in lines if id(line) not in drop]


def _is_apart(line: Line, following: Sequence[Line]) -> bool:
    return not following or abs(following[0].base - line.base) > 1.4 * max(line.size, following[0].size)


def _repeats(line: Line, repeated: set[str]) -> bool:
    labelled = bool(line.raised) and line.raised[0].start == 0
    return len(line.text) < _LONGEST_HEAD and not labelled and any(key in repeated for key in _keys(line))


def _is_page_number(line: Line, lines: Sequence[Line]) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(line.text)) and _stands_alone(line, lines)


def _is_beside_page_number(line: Line, lines: Sequence[Line], repeated: set[str]) -> bool:
    """Whether a line shares its row with the page number alone: a head that names the section, seen on few pages."""
    row = [other for other in lines if other is not line and abs(other.base - line.base) < 0.5 * line.size]
    if len(row) != 1 or len(line.text) >= _LONGEST_HEAD:
        return False
    return bool(_PAGE_NUMBER.fullmatch(row[0].text)) and _repeats(row[0], repeated)


def _stands_alone(line: Line, lines: Sequence[Line]) -> bool:
    return not any(other is not line and abs(other.base - line.base) < line.size for other in lines)


def _without_line_numbers(lines: list[Line]) -> list[Line]:
    """Drop a column of ascending whole numbers beside the text (pleading paper, numbered drafts)."""
    by_edge: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        if line.text.isdecimal() and len(line.text) <= 3:
            by_edge[round(line.x1 / 4)].append(line)
    drop: set[int] = set()
    for column in by_edge.values():
        values = [int(line.text) for line in sorted(column, key=lambda item: -item.base)]
        rising = sum(b - a in (1, 5) for a, b in itertools.pairwise(values))
        if len(values) >= 8 and rising >= 0.8 * (len(values) - 1):
            drop.update(id(line) for line in column)
    return [line for line in lines if id(line) not in drop]
