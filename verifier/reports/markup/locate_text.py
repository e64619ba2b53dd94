"""Where words that were read are on a page: found again among pdfium's characters.

Passages are compared by letters and digits alone, so that spaces, hyphens, ligatures and line ends between them do not
matter; markers are left out by their boxes, as they are left out of a sentence.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from verifier.model import Box
from verifier.pdfium import characters

_WIDEST_GAP = 3.0
"""Between two letters of a line, in heights of the letters: justified text rarely has wider spaces."""

_COVERED = 0.3
"""Share of a letter that must lie in the box of a marker to be that marker."""

FEWEST = 12
"""Letters that a piece of a passage must have to be sought away from the rest of it: fewer are found anywhere."""


def letters_of(text: str) -> str:
    """The letters and digits of a text in one form: compatibility forms resolved, case folded."""
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())


@dataclass(frozen=True, slots=True)
class CharacterIndex:
    """The letters and digits of a page (from 1) in the order of its content, each with its box.

    `markers` holds the place among the letters at which each left-out marker was.
    """

    page: int
    letters: str
    boxes: tuple[Box, ...]
    markers: dict[Box, int]

    def find(self, text: str, start: int = 0) -> tuple[Box, ...]:
        """The boxes of the first occurrence of a text, one a letter; empty when it is not there."""
        wanted = letters_of(text)
        at = self.letters.find(wanted, start) if wanted else -1
        return self.boxes[at : at + len(wanted)] if at >= 0 else ()

    def find_within(self, text: str, passage: str) -> tuple[Box, ...]:
        """As `find`, but where the text is in a passage; anywhere when the passage is not found whole."""
        at = self.letters.find(letters_of(passage))
        return self.find(text, max(at, 0)) or self.find(text)


def index_characters(page: Any, number: int, markers: Iterable[Box]) -> CharacterIndex:
    """The letters of an open pypdfium2 page, but for those that are in the box of a marker.

    Raises PdfiumError when pdfium cannot read its text.
    """
    left_out = list(markers)
    found: dict[Box, int] = {}
    letters: list[str] = []
    boxes: list[Box] = []
    for char, generated, edges in characters(page):
        folded = letters_of(char)
        if edges is None or (generated and not folded):
            continue
        box = Box(number, *edges)
        marker = next((m for m in left_out if _covers(m, box)), None)
        if marker is not None:
            found.setdefault(marker, len(letters))
            continue
        letters += folded
        boxes += [box] * len(folded)
    return CharacterIndex(number, "".join(letters), tuple(boxes), found)


def locate_sentence(
    sentence: str, offset: int, marker: Box | None, here: CharacterIndex, others: Sequence[CharacterIndex]
) -> tuple[Box | None, ...]:
    """The box of every letter of a sentence whose marker was before the character `offset`.

    It is followed from the marker both ways; what does not go on there (it runs over a column or a page) is sought as
    a whole, first on the marker's page, then on the others. A letter that was not found has None.
    """
    before, after = letters_of(sentence[:offset]), letters_of(sentence[offset:])
    at = here.markers.get(marker) if marker is not None else None
    if at is None:
        whole = here.find(sentence) or _first_found(sentence, others)
        return whole or (None,) * len(before + after)
    back = _shared(reversed(before), reversed(here.letters[max(0, at - len(before)) : at]))
    on = _shared(after, here.letters[at : at + len(after)])
    head = before[: len(before) - back]
    tail = after[on:]
    return (
        *(_sought(head, here, others)),
        *here.boxes[at - back : at + on],
        *(_sought(tail, here, others)),
    )


def lines_of(boxes: Iterable[Box | None]) -> tuple[Box, ...]:
    """Boxes of letters joined to a box a line, for text that runs across the page or up and down it."""
    there = [box for box in boxes if box is not None]
    upright = _runs_up_or_down(there)
    lines: list[Box] = []
    for box in there:
        if lines and _goes_on(lines[-1], box, upright):
            lines[-1] = _around(lines[-1], box)
        else:
            lines.append(box)
    return tuple(lines)


def _runs_up_or_down(boxes: Sequence[Box]) -> bool:
    steps = [(abs(b.x0 - a.x0), abs(b.y0 - a.y0)) for a, b in pairwise(boxes) if a.page == b.page]
    return bool(steps) and median(down for _, down in steps) > median(along for along, _ in steps)


def _covers(outer: Box, inner: Box) -> bool:
    """Whether a good part of a letter lies in a box; not all of it, since boxes of raised glyphs are rough."""
    wide = min(outer.x1, inner.x1) - max(outer.x0, inner.x0)
    high = min(outer.y1, inner.y1) - max(outer.y0, inner.y0)
    if wide <= 0 or high <= 0:
        return False
    return wide * high > _COVERED * (inner.x1 - inner.x0) * (inner.y1 - inner.y0)


def _shared(first: Iterable[str], second: Iterable[str]) -> int:
    """How many letters two sequences share from their start."""
    count = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        count += 1
    return count


def _sought(piece: str, here: CharacterIndex, others: Sequence[CharacterIndex]) -> tuple[Box | None, ...]:
    found = _first_found(piece, (here, *others)) if len(piece) >= FEWEST else ()
    return found or (None,) * len(piece)


def _first_found(text: str, pages: Iterable[CharacterIndex]) -> tuple[Box, ...]:
    return next((found for page in pages if (found := page.find(text))), ())


def _goes_on(line: Box, box: Box, upright: bool) -> bool:
    """Whether a letter is in the line, no further from its end than a wide gap between two words."""
    if line.page != box.page:
        return False
    across = (max(line.x0, box.x0) - min(line.x1, box.x1), box.x1 - box.x0)
    up = (max(line.y0, box.y0) - min(line.y1, box.y1), box.y1 - box.y0)
    (gap, _), (apart, thick) = (up, across) if upright else (across, up)
    return -apart > thick / 2 and gap < _WIDEST_GAP * thick


def _around(one: Box, other: Box) -> Box:
    return Box(one.page, min(one.x0, other.x0), min(one.y0, other.y0), max(one.x1, other.x1), max(one.y1, other.y1))
