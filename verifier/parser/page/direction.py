"""Direction: pages of Hebrew and Arabic are read in a mirror, in which every line runs from left to right.

All that follows (lines, columns, hanging labels, raised markers) then need not know of the direction. Figures and
Latin words inside keep theirs: they are moved to their place in the mirror as a whole.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from verifier.parser.page.geometry import Frame, Rect
from verifier.parser.page.glyphs import Glyph, PageInk
from verifier.parser.patterns import regex

_RIGHT_TO_LEFT = ("R", "AL")
_FIRST_HEBREW = "\u0590"
_ANY = regex("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""The blocks that hold letters written from right to left: most pages have none, and are asked no more."""
_FORMS = ((0xFB1D, 0xFDFF), (0xFE70, 0xFEFC))
"""Code points of shaped letters and ligatures, which stand for letters of the alphabet (The Unicode Standard, 9.2)."""


def as_read(ink: PageInk) -> PageInk:
    """A page's ink in the direction of its text: mirrored if most of its letters run from right to left."""
    if not _runs_to_left(ink.glyphs):
        return ink
    frame = Frame(ink.frame.quarters, mirrored=not ink.frame.mirrored)
    rules, strokes = (
        [Rect(-rule.x1, rule.y0, -rule.x0, rule.y1) for rule in part] for part in (ink.rules, ink.strokes)
    )
    return replace(ink, frame=frame, glyphs=list(_mirrored(ink.glyphs)), rules=rules, strokes=tuple(strokes))


def _runs_to_left(glyphs: Sequence[Glyph]) -> bool:
    """Whether more words do than run to the right; by letters a few addresses would outweigh a page."""
    if not _ANY.search("".join([glyph.char for glyph in glyphs])):
        return False
    to_left = to_right = 0
    last: Glyph | None = None
    for glyph in glyphs:
        if glyph.char.isalpha() and (last is None or _parts_words(last, glyph)):
            if _is_right_to_left(glyph.char):
                to_left += 1
            else:
                to_right += 1
        last = glyph
    return to_left > to_right


def _parts_words(one: Glyph, two: Glyph) -> bool:
    gap = min(abs(two.x0 - one.x1), abs(one.x0 - two.x1))
    return one.char.isspace() or two.parted or one.base != two.base or gap > 0.15 * one.size


def _is_right_to_left(char: str) -> bool:
    return char >= _FIRST_HEBREW and char[0].isalpha() and unicodedata.bidirectional(char[0]) in _RIGHT_TO_LEFT


class _Neighbours:
    """What is right beside a place on the page."""

    def __init__(self, glyphs: Sequence[Glyph]) -> None:
        self._ends = {self._at(glyph.x1, glyph) for glyph in glyphs}
        self._letters = {self._at(glyph.x0, glyph) for glyph in glyphs if _is_right_to_left(glyph.char)}

    @staticmethod
    def _at(x: float, glyph: Glyph) -> tuple[int, int]:
        return round(x), round(glyph.base)

    def is_drawn_as_read(self, run: Sequence[Glyph]) -> bool:
        """Whether a run that begins with a blank was put down as it is read: its blank parts it from the letters that
        it touches with its other end, and nothing is on the blank's own side.
        """
        x, base = self._at(run[0].x0, run[0])
        beyond, _ = self._at(run[-1].x1, run[-1])
        at_end = any((x + by, base) in self._ends for by in (-1, 0, 1))
        return not at_end and any((beyond + by, base) in self._letters for by in (-1, 0, 1))


def _mirrored(glyphs: Sequence[Glyph]) -> Iterator[Glyph]:
    start, beside = 0, _Neighbours(glyphs)
    while start < len(glyphs):
        end = start + 1
        while end < len(glyphs) and _go_on_to_the_right(glyphs[end - 1], glyphs[end]):
            end += 1
        whole = glyphs[start:end]
        as_read = whole[0].char.isspace() and end - start > 1 and beside.is_drawn_as_read(whole)
        for run in [whole] if as_read else _own_runs(whole):
            if not run:
                continue
            left, right = run[0].x0, max(glyph.x1 for glyph in run)
            for glyph in run:
                x0 = -right + (glyph.x0 - left)
                yield replace(glyph, char=_letters(glyph.char), x0=x0, x1=x0 + glyph.x1 - glyph.x0)
        start = end


def _own_runs(run: Sequence[Glyph]) -> Iterator[Sequence[Glyph]]:
    """The parts of a run to the right that are parted by a mark of the text around.

    A mark that leads a word (" ,2010", ".https://") is behind it for who reads to the left: it ends what is to the
    right of it on the page, and begins nothing (The Unicode Bidirectional Algorithm, rules N1 and N2).
    """
    begins, opens = 0, True
    last = len(run) - 1
    for place, glyph in enumerate(run):
        opens = opens or glyph.parted
        is_blank = glyph.char.isspace()
        leads = opens and not is_blank and _leads_a_word(run, place)
        if leads or (is_blank and (place in (0, last) or _leads_a_word(run, place + 1))):
            yield run[begins:place]
            yield run[place : place + 1]
            begins = place + 1
        opens = leads or is_blank
    yield run[begins:]


def _leads_a_word(run: Sequence[Glyph], place: int) -> bool:
    """Whether there are marks from a place on, and then a word close after them."""
    first = place
    while place < len(run) and run[place].char in _MARKS and (place == first or not run[place].parted):
        place += 1
    return first < place < len(run) and run[place].char.isalnum() and not run[place].parted


_MARKS = frozenset(".,;:!?/،؛؟")


def _go_on_to_the_right(one: Glyph, two: Glyph) -> bool:
    """Whether two glyphs, one drawn after the other, belong to figures or Latin words."""
    if _is_right_to_left(one.char) or _is_right_to_left(two.char):
        return False
    is_ligature = one.x0 == two.x0 and one.x1 == two.x1  # "ffi" drawn as one has one box for three letters
    near = is_ligature or (one.x0 < two.x0 and two.x0 - one.x1 < 0.6 * one.size)
    return near and abs(one.base - two.base) < 0.08 * max(one.size, two.size) and abs(one.size - two.size) < 0.5


def _letters(char: str) -> str:
    return unicodedata.normalize("NFKC", char) if any(low <= ord(char) <= high for low, high in _FORMS) else char
