"""What speaks for a candidate: markers of its label on the page, internal links from and to it, and its tag."""

import math
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from verifier.parser.notes.markers import Marker, NoteStart, find_lone_marker, find_markers, find_starts
from verifier.parser.notes.rules import Rule, points_of
from verifier.parser.page.lines import Line
from verifier.parser.page.structure import Link

_SAME_RISE = 3.0
"""Points within which the rises of two links over their notes are one."""
_FARTHEST = 90.0
"""Points by which a link's target may miss its note: more than an inch of margin."""


@dataclass(frozen=True, slots=True)
class LinksSeen:
    """Whether a link leads back from a note's label, and whether one leads from a marker to its line."""

    leads_back: bool
    is_target: bool


LINK_RULES: tuple[Rule[LinksSeen], ...] = (
    Rule(
        "leads_back",
        lambda seen: seen.leads_back,
        1.5,
        "as they are: nothing; damaged, with links and tags: 2 notes lost, 22 fewer cut otherwise",
    ),
    Rule(
        "link_target",
        lambda seen: seen.is_target,
        2.0,
        "as they are: nothing; damaged, with links and tags: 1 note lost",
    ),
)
TAG_RULES: tuple[Rule[bool], ...] = (
    Rule(
        "tagged",
        lambda tagged: tagged,
        2.0,
        "as they are: nothing; damaged, with links and tags: 1 note lost, 1 cut otherwise",
    ),
)


class Evidence:
    """The marker candidates of a document and its internal links, asked by those who weigh candidates."""

    def __init__(self, lines: Sequence[Line], links: Mapping[int, Sequence[Link]]) -> None:
        self.lines = lines
        self._links = links
        self.markers = [marker for index, line in enumerate(lines) for marker in find_markers(index, line)]
        for index, (before, line) in enumerate(pairwise(lines), start=1):
            self.markers.extend(find_lone_marker(index, line, before))
        self.markers.sort(key=lambda marker: marker.at)

    @cached_property
    def _linked(self) -> dict[str, list[Marker]]:
        """The markers that carry an internal link, by label."""
        table: dict[str, list[Marker]] = {}
        for marker in self.markers:
            if marker.link is not None and self._links[marker.page][marker.link].target_page is not None:
                table.setdefault(marker.label.text, []).append(marker)
        return table

    def structure_weight(self, start: NoteStart) -> float:
        """What the PDF's structure says of a note's start: its links, and a tagged note that begins on its line."""
        line = self.lines[start.line]
        tagged = line.note > 0 and (start.line == 0 or not _of_one_note(self.lines[start.line - 1], line))
        return self.link_weight(start) + points_of(TAG_RULES, tagged)

    def link_weight(self, start: NoteStart) -> float:
        """What internal links say of a note's start: one leads back from its label, or one leads to its line."""
        is_target = any(self.leads_to(marker, start) for marker in self._linked.get(start.label.text, ()))
        return points_of(LINK_RULES, LinksSeen(self._leads_back(start), is_target))

    def _leads_back(self, start: NoteStart) -> bool:
        """Whether a note's label, and not more than it, links to a page before it or its own; contents lead on."""
        if start.link is None:
            return False
        target = self._links[start.page][start.link].target_page
        words = next(span for span in self.lines[start.line].links if span.link == start.link)
        return target is not None and target <= start.page and words.end <= start.text_from

    def leads_to(self, marker: Marker, start: NoteStart) -> bool:
        """Whether a marker's internal link leads to the line of a note's start.

        Producers aim at the top of the line, at its baseline, or up to a line and a half above it.
        """
        if marker.link is None or marker.line == start.line:
            return False
        link = self._links[marker.page][marker.link]
        if link.target_page != start.page:
            return False
        if link.target_y is None:
            return True
        rise = self._rise(link, start.line)
        size = self.lines[start.line].size
        return -0.8 * size <= rise <= 2.6 * size or abs(rise - self._usual_rise) <= _SAME_RISE

    def leads_elsewhere(self, marker: Marker, start: NoteStart) -> bool:
        """Whether a marker that nothing but its link makes one leads to another page than a note's start."""
        line = self.lines[marker.line]
        alone = marker.end - marker.start == len(line.text)
        if marker.link is None or alone or line.raised_at((marker.start + marker.end) // 2):
            return False
        target = self._links[marker.page][marker.link].target_page
        return target is not None and target != start.page

    def in_formula(self, marker: Marker) -> bool:
        """Whether a marker that has no link shares its line with a mathematical sign: more likely it is a power."""
        return marker.link is None and any(unicodedata.category(char) == "Sm" for char in self.lines[marker.line].text)

    def _rise(self, link: Link, index: int) -> float:
        """How far above a line's baseline a link's target lies."""
        line = self.lines[index]
        return line.frame.to_reading(link.target_x or 0.0, link.target_y or 0.0)[1] - line.base

    @cached_property
    def _usual_rise(self) -> float:
        """By how much this document's links miss the notes they mean; infinite when they do not agree.

        Chromium leaves the page's margin out of the height it writes.
        """
        on_page: dict[int, list[int]] = {}
        for index, line in enumerate(self.lines):
            on_page.setdefault(line.page, []).append(index)
        rises: Counter[int] = Counter()
        links = 0
        for markers in self._linked.values():
            for marker in markers:
                link = self._links[marker.page][marker.link or 0]
                links += link.target_y is not None
                for index in on_page.get(link.target_page or 0, ()):
                    rise = self._rise(link, index) if link.target_y is not None else _FARTHEST
                    if abs(rise) < _FARTHEST and _starts_with(self.lines[index], index, marker):
                        rises[round(rise / _SAME_RISE)] += 1
        if not rises or rises.most_common(1)[0][1] < max(2, 0.5 * links):
            return math.inf
        return rises.most_common(1)[0][0] * _SAME_RISE


def _of_one_note(before: Line, line: Line) -> bool:
    return (before.page, before.note) == (line.page, line.note)


def _starts_with(line: Line, index: int, marker: Marker) -> bool:
    return any(start.label == marker.label for start in find_starts(index, line))
