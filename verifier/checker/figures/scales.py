"""Words and letters that scale the number before them: "million", "bn", the "m" of "5m people"."""

import re
from decimal import Decimal

from verifier.checker.figures.number_words import SCALES

_SCALE = re.compile(
    r"[\s-]?((?i:hundred|thousand|million|billion|trillion|quadrillion|lakhs?|crores?|mn|bn|tn|mln|bln))\b"
    r"|\s?(MM|[KkMmBbTt])(?![\w’'])"
)
_SECOND_SCALE = re.compile(r"\s(thousand|million|billion|crore)\b", re.IGNORECASE)
_SCALE_LETTERS = {"k": 3, "K": 3, "M": 6, "MM": 6, "m": 6, "b": 9, "B": 9, "T": 12, "t": 12} | {
    "mn": 6, "mln": 6, "bn": 9, "bln": 9, "tn": 12, "lakhs": 5, "crores": 7,
}  # fmt: skip
_PEOPLE_AFTER = re.compile(
    r"\s(?!(?:long|wide|high|tall|deep|away|above|below|from|of|in|race|sprint|hurdles|freestyle|butterfly|final|x|by|and"
    r"|or|run|dash|relay|apart|down|up|tower|back|gap|to)\b)[a-z]+"
)


def scale_after(text: str, end: int, is_money: bool) -> tuple[Decimal, int] | None:
    """The factor that follows the number ending at `end`, and where that ends; `is_money` after a currency sign."""
    found = _SCALE.match(text, end)
    if found is None:
        return None
    word = found.group(1)
    if word is not None:
        power = SCALES.get(word.lower()) or _SCALE_LETTERS[word.lower()]
        more = _SECOND_SCALE.match(text, found.end())
        if more is not None:
            return Decimal(10) ** (power + SCALES[more.group(1).lower()]), more.end()
        return Decimal(10) ** power, found.end()
    letter = found.group(2)
    if letter in ("m", "b", "t", "k"):
        attached = text[end] == letter
        if not is_money and not (attached and (letter == "k" or _PEOPLE_AFTER.match(text, found.end()))):
            return None
    elif not is_money and (text[end].isspace() or letter == "T"):
        return None
    return Decimal(10) ** _SCALE_LETTERS[letter], found.end()
