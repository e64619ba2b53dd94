"""Underscores that are drawn as short rules in a gap of a line, as TeX does with fonts that have none."""

from collections.abc import Sequence
from dataclasses import replace

from verifier.parser.page.geometry import Rect
from verifier.parser.page.glyphs import Glyph

_REACH = 0.35
"""Of the type size: how far the letters beside it may be."""
_WIDEST = 0.7
"""Of the type size: a longer rule is a blank to be filled in."""
_LOWEST, _HIGHEST = -0.35, 0.1
"""Of the type size, from the baseline."""


def with_underscores(glyphs: Sequence[Glyph], strokes: Sequence[Rect]) -> list[Glyph]:
    """The glyphs with an underscore for every short rule that fills the gap between two of them."""
    if not strokes:
        return list(glyphs)
    filled = list(glyphs)
    reach = max((glyph.size for glyph in glyphs), default=0.0)
    for stroke in strokes:
        low, high = stroke.x0 - reach, stroke.x0 + reach
        before = [at for at, glyph in enumerate(filled) if low <= glyph.x1 <= high and _ends_at(glyph, stroke)]
        if not before:
            continue
        at = min(before, key=lambda at: abs(stroke.x0 - filled[at].x1))
        last = filled[at]
        following = at + 1
        while following < len(filled) and filled[following].char.isspace():
            following += 1
        if following == len(filled) or not _begins_at(filled[following], last, stroke):
            continue
        filled[following] = replace(filled[following], parted=False)
        mark = replace(last, char="_", x0=last.x1, x1=filled[following].x0, parted=False)
        filled[at + 1 : following] = [mark]
    return filled


def _ends_at(glyph: Glyph, stroke: Rect) -> bool:
    if glyph.char.isspace() or stroke.width > _WIDEST * glyph.size:
        return False
    height = (stroke.y0 + stroke.y1) / 2 - glyph.base
    near = -0.15 * glyph.size <= stroke.x0 - glyph.x1 <= _REACH * glyph.size
    return near and _LOWEST * glyph.size <= height <= _HIGHEST * glyph.size


def _begins_at(glyph: Glyph, last: Glyph, stroke: Rect) -> bool:
    level = abs(glyph.base - last.base) <= 0.08 * last.size
    return level and -0.15 * last.size <= glyph.x0 - stroke.x1 <= _REACH * last.size
