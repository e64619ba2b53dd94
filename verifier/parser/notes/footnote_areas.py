"""Footnote areas: the part of each column, at the bottom of a page, that holds footnotes."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from verifier.parser.notes.markers import Marker, find_starts
from verifier.parser.page.foot_columns import SMALL
from verifier.parser.page.geometry import Rect
from verifier.parser.page.headings import ListHeading, list_heading
from verifier.parser.page.lines import Line

_BODY_SHARE = 0.4
"""Of the commonest size's characters: a size with fewer is that of headings or extracts."""
_MANY_PAGES = 4
_SHORT_RULE = 0.6
"""A separator is shorter than this share of its column; longer rules belong to tables as well."""


def body_size(lines: Sequence[Line]) -> float:
    """The type size of the running text: the largest of the sizes that much of the document is set in.

    Not simply the commonest: long notes may hold more characters than the text above them. And of a longer document no
    size that a single page has: that page may be damaged, and must not change how the others are read.
    """
    counts: Counter[float] = Counter()
    pages: dict[float, set[int]] = defaultdict(set)
    for line in lines:
        size = round(line.size * 5) / 5
        counts[size] += len(line.text)
        pages[size].add(line.page)
    if len(set().union(*pages.values())) >= _MANY_PAGES:
        counts = Counter({size: count for size, count in counts.items() if len(pages[size]) > 1}) or counts
    most = max(counts.values(), default=0)
    return max((size for size, count in counts.items() if count >= _BODY_SHARE * most), default=0.0)


def find_footnote_areas(lines: Sequence[Line], rules: dict[int, list[Rect]], size: float) -> set[int]:
    """The indices of the lines in footnote areas. `rules` are the horizontal rules of each page (from 1)."""
    rules = _without_underlines(lines, rules)
    columns: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        columns[line.page, line.column].append(index)
    for members in columns.values():
        members.sort(key=lambda i: -lines[i].base)
    separators = _separators(lines, columns, rules, size)
    areas: set[int] = set()
    for (page, _), members in columns.items():
        start = _area_start([lines[i] for i in members], rules.get(page, []), separators, size)
        areas.update(members[start:])
    return areas


def tagged_footnote_areas(lines: Sequence[Line], markers: Sequence[Marker]) -> set[int]:
    """The indices of the lines that are tagged as notes whose markers are on their page or the one before.

    Endnotes are tagged just so, and their markers are farther off.
    """
    notes: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if line.note:
            notes[line.page, line.note].append(index)
    marked = {(marker.page, marker.label.text) for marker in markers if not lines[marker.line].note}
    areas: set[int] = set()
    last_page = 0
    for (page, note), members in notes.items():
        labels = {start.label.text for start in find_starts(members[0], lines[members[0]])}
        runs_on = note < 0 and last_page == page - 1
        if runs_on or any((at, label) in marked for at in (page, page - 1) for label in labels):
            areas.update(members)
            last_page = page
    return areas


def without_headed(lines: Sequence[Line], areas: set[int]) -> set[int]:
    """The footnote areas less those that a heading ("Notes") makes a list of endnotes, behind a chapter or behind
    all."""
    columns: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        columns[line.page, line.column].append(index)
    kept: set[int] = set()
    headed = False
    for members in columns.values():
        area = [index for index in members if index in areas]
        first = next((index for index in area if find_starts(index, lines[index])), None)
        if first is not None and list_heading(lines, first) is ListHeading.NOTES:
            headed = True
        elif len(area) < len(members):
            headed = False
        if not headed:
            kept.update(area)
    return kept


def _without_underlines(lines: Sequence[Line], rules: dict[int, list[Rect]]) -> dict[int, list[Rect]]:
    """The rules that do not run close under the words of a line."""
    by_page: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        by_page[line.page].append(line)
    return {
        page: [rule for rule in found if not any(_underlines(rule, line) for line in by_page[page])]
        for page, found in rules.items()
    }


def _underlines(rule: Rect, line: Line) -> bool:
    return (
        -0.1 * line.size <= line.base - rule.y0 <= 0.35 * line.size
        and rule.x0 >= line.x0 - 3
        and rule.x1 <= line.x1 + 3
    )


def _signature(rule: Rect, line: Line) -> tuple[int, int]:
    return round((rule.x0 - line.column_x0) / 6), round(rule.width / 6)


def _below(members: Sequence[Line], rule: Rect) -> int:
    """The place of the first line below a rule that lies over this column."""
    first = members[0]
    if rule.x0 > first.column_x1 or rule.x1 < first.column_x0:
        return len(members)
    return next((k for k, line in enumerate(members) if line.base < rule.y0), len(members))


def _separators(
    lines: Sequence[Line],
    columns: dict[tuple[int, int], list[int]],
    rules: dict[int, list[Rect]],
    size: float,
) -> set[tuple[int, int]]:
    """Place and length of the rules under which a note starts, wherever that happens."""
    seen: Counter[tuple[int, int]] = Counter()
    for (page, _), members in columns.items():
        here = [lines[i] for i in members]
        for rule in rules.get(page, []):
            k = _below(here, rule)
            if k < len(here) and any(start.raised for start in find_starts(0, here[k])):
                seen[_signature(rule, here[k])] += 1
    return set(seen)


def _area_start(members: list[Line], rules: Sequence[Rect], separators: set[tuple[int, int]], size: float) -> int:
    tail = len(members)
    while tail and members[tail - 1].size <= SMALL * size:
        tail -= 1
    for rule in sorted(rules, key=lambda r: -r.y0):
        k = _below(members, rule)
        if k >= len(members):
            continue
        if k >= tail and k < len(members):
            return k
        short = rule.width < _SHORT_RULE * (members[k].column_x1 - members[k].column_x0)
        starts_note = any(start.raised for start in find_starts(0, members[k]))
        if short and (starts_note or _signature(rule, members[k]) in separators):
            return k
    if any(find_starts(0, line) for line in members[tail:]):
        return tail
    return tail if tail < len(members) else len(members)
