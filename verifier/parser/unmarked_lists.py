"""Lists whose bullets are drawn and no letters: indented lines behind a line that announces them.

An item ends where its last line leaves room for the next line's first word: no writing program breaks a line there but
at the end of a paragraph. Where a full line ends a sentence it cannot be said whether an item ends, and the list is
left out; so is one that is nested, or that may go on behind the page's end.
"""

from collections.abc import Iterator, Sequence

from verifier.model import UnmarkedList
from verifier.parser.page.lines import Line

_LEAST_INDENT, _MOST_INDENT = 1.0, 7.0
"""Of the type size: how far items are indented."""
_SAME = 0.15
"""Of the type size: by how much left edges of one list differ at most."""
_BLANK = 0.2
"""Of the type size: the blank before a word that would have found room."""
_ENDS = (".", ";", "!", "?")


def unmarked_lists(lines: Sequence[Line]) -> Iterator[UnmarkedList]:
    """The lists of a document that surely have so many items, two or more."""
    for at in range(len(lines) - 2):
        line = lines[at]
        if not line.text.rstrip().endswith((":", ".")) or not _is_indented(lines[at + 1], line):
            continue
        stop = _end(lines, at + 1)
        items = _items(lines, at + 1, stop) if stop - at > 2 else None
        if items is None or len(items) < 2 or not _is_over(lines, at + 1, stop):
            continue
        texts = tuple(" ".join(lines[index].text for index in range(first, last)) for first, last in items)
        boxes = tuple(lines[index].box() for index in range(at + 1, stop))
        yield UnmarkedList(line.text.strip(), texts, boxes)


def _is_indented(line: Line, before: Line) -> bool:
    if (line.page, line.column) != (before.page, before.column) or not line.text[:1].isalpha():
        return False
    return _LEAST_INDENT * line.size <= line.x0 - before.x0 <= _MOST_INDENT * line.size


def _end(lines: Sequence[Line], first: int) -> int:
    """Behind the last line that begins at the same edge."""
    stop = first
    while stop < len(lines) and _is_beside(lines[stop], lines[first]):
        stop += 1
    return stop


def _is_beside(line: Line, first: Line) -> bool:
    same = (line.page, line.column, round(line.size, 1)) == (first.page, first.column, round(first.size, 1))
    return same and abs(line.x0 - first.x0) <= _SAME * line.size


def _items(lines: Sequence[Line], first: int, stop: int) -> list[tuple[int, int]] | None:
    """The first and last line of each item; None where it cannot be said where they end."""
    right = max(line.x1 for line in _of_column(lines, first))
    items, start = [], first
    for at in range(first, stop - 1):
        if _leaves_room(lines[at], lines[at + 1], right):
            items.append((start, at + 1))
            start = at + 1
        elif lines[at].text.rstrip().endswith(_ENDS):
            return None
    return [*items, (start, stop)]


def _of_column(lines: Sequence[Line], at: int) -> Sequence[Line]:
    """The lines of a page's column, which stand together."""
    place = (lines[at].page, lines[at].column)
    start = stop = at
    while start and (lines[start - 1].page, lines[start - 1].column) == place:
        start -= 1
    while stop < len(lines) and (lines[stop].page, lines[stop].column) == place:
        stop += 1
    return lines[start:stop]


def _leaves_room(line: Line, following: Line, right: float) -> bool:
    word = following.text.split(" ", 1)[0]
    width = following.rect(0, len(word)).x1 - following.x0
    return line.x1 + _BLANK * line.size + width < right


def _is_over(lines: Sequence[Line], first: int, stop: int) -> bool:
    """Whether the list ends where its lines do: text at the margin follows on the same page."""
    if stop >= len(lines):
        return False
    after, item = lines[stop], lines[first]
    return (after.page, after.column) == (item.page, item.column) and after.x0 < item.x0 - _SAME * item.size
