"""Words that exclude each other beside one figure: real and nominal, planned and actual, urban and rural.

Each line of `contrasts.txt` is a slot and the sides that exclude each other; the words of a side mean the same here.
The terms are those that statistical offices and accounting standards set against each other in their own headings
(SNA 2008 for real and nominal, gross and net; IFRS and US GAAP for diluted and basic, pre-tax and after tax; the
glossaries of the US Bureau of Labor Statistics and Bureau of Economic Analysis for adjusted, advance and revised) and
common antonyms. A longer expression is read before a shorter one within it: "not seasonally adjusted" is no
"seasonally adjusted".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from verifier.checker.slots.slot import Slot

_TABLE = files("verifier.checker.slots").joinpath("contrasts.txt").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Mention:
    """A side of a contrast that a text names: which contrast and side, where, and in which words."""

    contrast: int
    side: int
    start: int
    end: int
    words: str


SLOT_OF: tuple[Slot, ...] = tuple(Slot(line.split(" | ")[0]) for line in _TABLE.strip().splitlines())
"""The slot of each contrast, by its number."""

_LAST_NEEDED = "age-adjusted"
NEEDED = frozenset(range(1 + next(n for n, line in enumerate(_TABLE.strip().splitlines()) if _LAST_NEEDED in line)))
"""The contrasts of one thing measured in two ways, the first of the table: where the claim names a way, an accusation
needs the source to name it, too."""


def _sides() -> dict[str, list[tuple[int, int]]]:
    sides: dict[str, list[tuple[int, int]]] = {}
    for contrast, line in enumerate(_TABLE.strip().splitlines()):
        for side, words in enumerate(line.split(" | ")[1:]):
            for word in words.split(";"):
                sides.setdefault(word.strip(), []).append((contrast, side))
    return sides


_WORD = re.compile(r"[A-Za-z][\w’'.-]*[\w]")


def _by_first_word() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for phrase in sorted(_SIDES, key=len, reverse=True):
        found.setdefault(_WORD.match(phrase).group(), []).append(phrase)  # type: ignore[union-attr]
    return found


_SIDES = _sides()
_STARTS = _by_first_word()
VOCABULARY = frozenset(_STARTS)
"""The words that contrasts begin with: ordinary ones, also where they begin a sentence."""


def mentions(text: str, start: int, end: int) -> Iterator[Mention]:
    """The sides of contrasts named between two places of a text, in order."""
    low = text[start:end].lower()
    at = 0
    for found in _WORD.finditer(low):
        if found.start() < at:
            continue
        for phrase in _STARTS.get(found.group(), ()):
            stop = found.start() + len(phrase)
            if low.startswith(phrase, found.start()) and not low[stop : stop + 1].isalnum():
                for contrast, side in _SIDES[phrase]:
                    yield Mention(contrast, side, start + found.start(), start + stop, phrase)
                at = stop
                break
