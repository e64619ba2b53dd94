"""Where somebody is in a long list: which part of it is shown, and which other parts can be chosen."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paging:
    """A part of a list of `total` lines, from line `first` (from 1), with `size` lines a page."""

    total: int
    first: int
    size: int

    @property
    def last(self) -> int:
        """The last line that is shown; 0 for none."""
        return min(self.total, self.first + self.size - 1)

    @property
    def page(self) -> int:
        """The number of the page that the first line is on, from 1."""
        return max(0, self.first - 1) // self.size + 1

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))

    @property
    def has_more(self) -> bool:
        """Whether lines come after those shown."""
        return self.last < self.total

    def choices(self) -> Iterator[int | None]:
        """The pages to choose from: the first, the last, those around this one; None where some are left out."""
        near = {1, self.pages, *range(self.page - 2, self.page + 3)}
        before = 0
        for number in sorted(number for number in near if 1 <= number <= self.pages):
            if number > before + 1:
                yield None
            yield number
            before = number


def asked_page(asked: str, total: int, size: int) -> Paging:
    """The page that an address asks for by its number; the first for none, the last for one beyond it."""
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 9 else 1
    last = Paging(total, 1, size).pages
    return Paging(total, (min(max(number, 1), last) - 1) * size + 1, size)
