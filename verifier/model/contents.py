"""What a document says besides its notes: running text and tables with their places, for checks of the whole.

They are made and used within one process and never stored: a text answers where its characters stand.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from verifier.model.box import Box

NO_PAGE = 0
"""The page of boxes that tell a draft's cells apart, and are on no page."""


def _nowhere(start: int, end: int) -> tuple[Box, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A text whose paragraphs are parted by line feeds; `boxes` gives the places of `start:end`, a box for each
    line."""

    text: str = ""
    boxes: Callable[[int, int], tuple[Box, ...]] = field(default=_nowhere, compare=False)


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell: its text without raised marks of notes, and its places."""

    text: str
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of figures; `heads` are the texts above it, the outermost first."""

    heads: tuple[str, ...]

    @property
    def head(self) -> str:
        """All its heads in one."""
        return " ".join(self.heads)


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: what stands left of the first column of figures, how far it is indented (in type sizes), a cell a
    column."""

    head: TableCell
    indent: float
    cells: tuple[TableCell | None, ...]


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table whose columns of figures were read with certainty; rows go from top to bottom, also over pages.

    `caption` is what stands directly above, `below` what stands directly below it. `label` is its number (`Table 3`).
    `whole` says that no part of it can be on another page or in another column.
    """

    label: str | None
    caption: str
    corner: str
    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]
    below: PlacedText = PlacedText()
    whole: bool = True


@dataclass(frozen=True, slots=True)
class UnmarkedList:
    """A list whose bullets are no letters: the line `before` it, the words of its items, and where its lines are."""

    before: str
    items: tuple[str, ...]
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """A document's running text, its notes and tables, and how each of its lines begins.

    `unreadable` are the pages (from 1) whose letters were guessed from a picture, or could not be read.
    """

    body: PlacedText = PlacedText()
    notes: tuple[PlacedText, ...] = ()
    tables: tuple[ReadTable, ...] = ()
    line_starts: tuple[str, ...] = ()
    unreadable: frozenset[int] = frozenset()
    unmarked_lists: tuple[UnmarkedList, ...] = ()
