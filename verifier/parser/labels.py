"""Labels: what numbers a note, read as a value in its scheme so that sequences can be distinguished from chance."""

from dataclasses import dataclass
from enum import StrEnum

from verifier.parser.patterns import regex


class Scheme(StrEnum):
    """The ways notes are numbered."""

    NUMBER = "number"
    ROMAN = "roman"
    SYMBOL = "symbol"
    LETTER = "letter"
    WORD = "word"
    """Not numbered: the word or key that a note is known by (`Source`, `Knu84`)."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label: `text` in one spelling, and its place in the scheme's sequence, from 1."""

    text: str
    scheme: Scheme
    value: int


_SYMBOLS = "*†‡§¶‖#"
"""The order of LaTeX's \\fnsymbol and of the Chicago Manual (14.25): * † ‡ § ‖ ¶ differ only in the fifth and
sixth, which are distinguished by their glyphs."""
_SPELLINGS = str.maketrans({"∗": "*", "⁎": "*", "＊": "*", "∥": "‖", "║": "‖", "\ufffd": "‖", "✝": "†"})
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_ROMAN = regex(r"(?=[ivxlc])(?:c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_BRACKETS = str.maketrans("", "", "[]().:")

SYMBOL_CLASS = "*∗⁎†‡§¶‖∥#\ufffd"
"""Characters that a symbol label may be made of, for character classes."""


def read_labels(text: str) -> list[Label]:
    """Every reading of `text` as a label: none, one, or two for a letter that is also a roman numeral."""
    text = text.strip().translate(_SPELLINGS).translate(_SUPERSCRIPTS).translate(_BRACKETS).strip()
    if not text or len(text) > 8:
        return []
    if text.isascii() and text.isdecimal():
        return [Label(text, Scheme.NUMBER, int(text))] if len(text) <= 4 and text[0] != "0" else []
    if set(text) == {text[0]} and text[0] in _SYMBOLS and len(text) <= 4:
        return [Label(text, Scheme.SYMBOL, _SYMBOLS.index(text[0]) + 1 + 6 * (len(text) - 1))]
    found = []
    if _ROMAN.fullmatch(text):
        found.append(Label(text, Scheme.ROMAN, roman_value(text)))
    if len(text) == 1 and "a" <= text <= "z":
        found.append(Label(text, Scheme.LETTER, ord(text) - ord("a") + 1))
    return found


def roman_value(text: str) -> int:
    """The value of a lower-case roman numeral."""
    total = 0
    for char, following in zip(text, [*text[1:], ""], strict=True):
        value = _ROMAN_VALUES[char]
        total += -value if following and _ROMAN_VALUES[following] > value else value
    return total
