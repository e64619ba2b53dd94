"""What speaks for a candidate: markers of its label on the page, and internal links from and to it."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from verifier.parser.lines import Line
from verifier.parser.marks import Marker, NoteStart, find_lone_marker, find_markers
from verifier.parser.structure import Link


class Evidence:
    """The marker candidates of a document and its internal links, asked by those who weigh candidates."""

    def __init__(self, lines: Sequence[Line], links: Mapping[int, Sequence[Link]]) -> None:
        self.lines = lines
        self._links = links
        self.markers = [marker for index, line in enumerate(lines) for marker in find_markers(index, line)]
        for index, (before, line) in enumerate(pairwise(lines), start=1):
            self.markers.extend(find_lone_marker(index, line, before))
        self.markers.sort(key=lambda marker: (marker.line, marker.start))

    @cached_property
    def _linked(self) -> dict[str, list[Marker]]:
        """The markers that carry an internal link, by label."""
        table: dict[str, list[Marker]] = {}
        for marker in self.markers:
            if marker.link is not None and self._links[marker.page][marker.link].target_page is not None:
                table.setdefault(marker.label.text, []).append(marker)
        return table

    def link_weight(self, start: NoteStart) -> float:
        """What internal links say of a note's start: one leads back from its label, or one lands on its line."""
        weight = 0.0
        if start.link is not None and self._links[start.page][start.link].target_page is not None:
            weight += 1.5
        if any(self.lands_on(marker, start) for marker in self._linked.get(start.label.text, ())):
            weight += 2.0
        return weight

    def lands_on(self, marker: Marker, start: NoteStart) -> bool:
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
        line = self.lines[start.line]
        y = line.frame.to_reading(link.target_x or 0.0, link.target_y)[1]
        return line.base - 0.8 * line.size <= y <= line.base + 2.6 * line.size
