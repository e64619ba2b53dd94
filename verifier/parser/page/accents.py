"""Accents that are drawn as glyphs of their own over a letter, as TeX does with fonts that have no accented letters."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from verifier.parser.page.glyphs import Glyph

_COMBINING = {
    "\u00a8": "\u0308",
    "\u00b4": "\u0301",
    "`": "\u0300",
    "\u02cb": "\u0300",
    "\u02ca": "\u0301",
    "\u02c6": "\u0302",
    "^": "\u0302",
    "\u02dc": "\u0303",
    "\u02c7": "\u030c",
    "\u02d8": "\u0306",
    "\u00af": "\u0304",
    "\u02c9": "\u0304",
    "\u02da": "\u030a",
    "\u02d9": "\u0307",
    "\u00b8": "\u0327",
    "\u02db": "\u0328",
    "\u02dd": "\u030b",
}
"""Spacing accents, and the combining ones that Unicode composes letters with (The Unicode Standard, 7.9)."""
_ACCENTS = frozenset(_COMBINING) | {chr(code) for code in range(0x300, 0x329)}
_DOTLESS = {"\u0131": "i", "\u0237": "j"}
_FARTHEST = 0.6
"""Of the type size: an accent is drawn higher over a capital."""


def with_accents(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs with every accent composed with the letter that it is drawn over or under.

    Producers draw the accent before its letter or behind it; which letter it belongs to, its place tells. One that
    lies over no letter (the tilde of an address) stays.
    """
    if _ACCENTS.isdisjoint([glyph.char for glyph in glyphs]):
        return list(glyphs)
    composed: list[Glyph] = []
    waiting: Glyph | None = None
    for glyph in glyphs:
        if waiting is not None:
            joined = _composed(waiting, glyph)
            composed.append(joined or waiting)
            waiting = None
            if joined is not None:
                continue
        if not _is_accent(glyph.char):
            composed.append(glyph)
            continue
        joined = _composed(glyph, composed[-1]) if composed else None
        if joined is not None:
            composed[-1] = joined
        else:
            waiting = glyph
    return composed if waiting is None else [*composed, waiting]


def _is_accent(char: str) -> bool:
    return char in _ACCENTS


def _composed(accent: Glyph, letter: Glyph) -> Glyph | None:
    """The letter with its accent; None where the accent is not drawn over it, or there is no such letter."""
    middle = (accent.x0 + accent.x1) / 2
    if not letter.char.isalpha() or not letter.x0 <= middle <= letter.x1:
        return None
    if abs(accent.base - letter.base) > _FARTHEST * letter.size:
        return None
    mark = _COMBINING.get(accent.char, accent.char)
    whole = unicodedata.normalize("NFC", _DOTLESS.get(letter.char, letter.char) + mark)
    if len(whole) != 1:
        return None
    return replace(letter, char=whole, top=max(letter.top, accent.top), parted=letter.parted or accent.parted)
