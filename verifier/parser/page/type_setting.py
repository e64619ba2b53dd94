"""How a line's letters are set: its type size where it is in small capitals, and the white between its letters."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from verifier.parser.page.glyphs import Glyph
from verifier.parser.patterns import regex

_SMALL_CAPITAL = (0.6, 0.9)
"""Of the type size: capitals scaled down to stand for small ones; Word takes 0.8, TeX fonts about 0.75."""
_GROUPED = regex(r"\d{1,3}(?:,\d{3})+")
_FEWEST_CAPITALS = 3
_FEWEST_TRACKED = 10
"""Letters of a line from which its white tells how it is tracked: a row of a table's cells is shorter."""
_LETTERS = 0.7
"""Share of a tracked line's glyphs that are letters: figures with white between them are cells."""
_TRACKED = (0.09, 0.6)
"""Of the type size: the usual white between the letters of a tracked line; kerning is under it, columns are over it."""
_SPACED_OUT = 0.8
"""Share of the gaps in a line that is spaced out by drawn spaces."""


def type_size(glyphs: Sequence[Glyph]) -> float:
    """The type size of a line: the usual one of its glyphs, or of the full capitals where most are small ones."""
    sizes = [glyph.size for glyph in glyphs]
    usual = median(sizes)
    if max(sizes) <= 1.05 * usual:
        return usual
    larger = [glyph.size for glyph in glyphs if glyph.size > 1.05 * usual]
    if not larger:
        return usual
    full = median(larger)
    small = [glyph for glyph in glyphs if glyph.size <= 1.05 * usual]
    capitals = sum(glyph.char.isupper() for glyph in small)
    if capitals < _FEWEST_CAPITALS or any(glyph.char.islower() for glyph in small):
        return usual
    return full if _SMALL_CAPITAL[0] <= usual / full <= _SMALL_CAPITAL[1] else usual


def tracking(glyphs: Sequence[Glyph]) -> float:
    """The white that a line has between any two letters of a word, in points; 0 where it is not tracked."""
    if len(glyphs) < _FEWEST_TRACKED:
        return 0.0
    size = glyphs[0].size
    inked = sum(glyph.x1 - glyph.x0 for glyph in glyphs)
    if glyphs[-1].x1 - glyphs[0].x0 - inked < _TRACKED[0] * size * (len(glyphs) - 1):
        return 0.0  # nearly every line
    gaps = [two.x0 - one.x1 for one, two in pairwise(glyphs)]
    usual = median(gaps)
    if not _TRACKED[0] * size < usual < _TRACKED[1] * size:
        return 0.0
    letters = sum(glyph.char.isalpha() or glyph.char in "./:-_,;" for glyph in glyphs)
    alike = sum(abs(gap - usual) <= 0.25 * usual for gap in gaps)
    return usual if letters >= _LETTERS * len(glyphs) and 2 * alike > len(gaps) else 0.0


def is_spaced_out(count: int, breaks: int) -> bool:
    """Whether a run of `count` glyphs has drawn spaces between nearly all of them: its words lie farther apart."""
    return count >= _FEWEST_TRACKED and breaks >= _SPACED_OUT * (count - 1)


def is_grouped(letters: Sequence[Glyph]) -> bool:
    """Whether letters are a figure with separators: a cell beside a larger line of the next column, never raised."""
    return len(letters) >= 5 and _GROUPED.fullmatch("".join(glyph.char for glyph in letters)) is not None
