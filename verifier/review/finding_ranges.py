"""Numbers of findings as a form carries them: `3-7,9`, so that a batch of 50,000 is no form of megabytes."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from werkzeug.exceptions import BadRequest

_RANGES = re.compile(r"\d{1,18}(?:-\d{1,18})?(?:,\d{1,18}(?:-\d{1,18})?)*", re.ASCII)


def ranges_of(numbers: Iterable[int]) -> str:
    """The numbers, each once and in order, as ranges."""
    ranges: list[list[int]] = []
    for number in sorted(set(numbers)):
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in ranges)


class FindingRanges:
    """Ranges as a form carries them: what is within, without ever counting it out."""

    def __init__(self, words: str) -> None:
        """Raises BadRequest for what is no such list."""
        if words and not _RANGES.fullmatch(words):
            raise BadRequest("The form is incomplete; open the page again.")
        pairs = [part.split("-") for part in words.split(",") if part]
        self._ranges = sorted((int(pair[0]), int(pair[-1])) for pair in pairs)
        self._firsts = [first for first, _ in self._ranges]

    def __bool__(self) -> bool:
        return bool(self._ranges)

    @property
    def count(self) -> int:
        """How many numbers are within, those that overlap counted twice."""
        return sum(last - first + 1 for first, last in self._ranges)

    def __contains__(self, number: int) -> bool:
        at = bisect_right(self._firsts, number) - 1
        return at >= 0 and number <= self._ranges[at][1]

    def within(self, numbers: Sequence[int]) -> list[int]:
        """Those of these numbers that are in the ranges."""
        return [number for number in numbers if number in self]
