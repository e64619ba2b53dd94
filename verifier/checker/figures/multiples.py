"""Figures that are one word: multiples ("doubled", "fivefold"), ranks ("second-largest"), and "dozens of"."""

import re
from decimal import Decimal

from verifier.checker.figures.lower_case import lower_case
from verifier.checker.figures.number_words import ORDINALS, SMALL
from verifier.checker.figures.qualifiers import qualifier_of
from verifier.checker.figures.units import COUNT, MULTIPLE, ORDINAL
from verifier.model import Figure, Qualifier

_VERBS = {"doubl": "2", "tripl": "3", "trebl": "3", "quadrupl": "4", "quintupl": "5", "halv": "0.5"}
_WORDS = "|".join(sorted(SMALL, key=len, reverse=True))
_MULTIPLE = re.compile(
    rf"\b(?:(?P<verb>{'|'.join(_VERBS)})(?:ed|ing)"
    rf"|(?:to|will|would|could|may|might|should|can)\s(?P<bare>{'|'.join(_VERBS)})e"
    rf"|(?P<fold>{_WORDS}|\d{{1,4}}(?:\.\d)?)[-\s]?fold|(?P<dozens>dozens)(?=\sof))\b",
    re.IGNORECASE,
)
_PARTS = (*_VERBS, "fold", "dozens")
"""What every such word has a part of: most texts have none, and are not searched."""
_CHECK = re.compile(r"[-\s]?(?:check|down|over|back|blind)")
_SUPERLATIVES = (
    "largest|biggest|highest|lowest|smallest|oldest|youngest|longest|shortest|richest|poorest|tallest|fastest|slowest|busiest"
    "|deadliest|deepest|worst|best|greatest|strongest|weakest|cheapest|heaviest|costliest|wealthiest|hottest|coldest|warmest"
    "|wettest|driest|closest|nearest|newest|most|least"
)
_RANK = re.compile(rf"\b(?P<word>{'|'.join(ORDINALS)})[-\s](?:{_SUPERLATIVES})\b")
_REACH = Decimal("0.07")
"""How far from a round multiple a writer still says "doubled"."""
_MOST_DOZENS = 120


def find_multiples(text: str) -> list[Figure]:
    """Words that say how many times something became as much, and "dozens of", from 24 on."""
    figures: list[Figure] = []
    low = text.lower()
    if not any(part in low for part in _PARTS):
        return figures
    for found in _MULTIPLE.finditer(text):
        if found["dozens"]:
            least = Decimal(24)
            figures.append(
                Figure(found.group(), found.start(), found.end(), least, least, Decimal(_MOST_DOZENS), COUNT.name,
                       COUNT.dimension, Qualifier.AT_LEAST)
            )  # fmt: skip
            continue
        if _CHECK.match(text, found.end()):
            continue
        figures.append(_multiple(text, found))
    return figures


def _multiple(text: str, found: re.Match[str]) -> Figure:
    word = (found["verb"] or found["bare"] or "").lower()
    start = found.start("bare") if found["bare"] else found.start()
    if word:
        value = Decimal(_VERBS[word])
    else:
        fold = found["fold"].lower()
        value = Decimal(SMALL[fold]) if fold in SMALL else Decimal(fold)
    qualifier = qualifier_of(text, start, found.end())
    low, high = value * (1 - _REACH), value * (1 + _REACH)
    if qualifier in (Qualifier.OVER, Qualifier.AT_LEAST):
        low, high = value, value * Decimal("1.5")
    elif qualifier in (Qualifier.NEARLY, Qualifier.UNDER, Qualifier.AT_MOST):
        low, high = value * Decimal("0.85"), value
    elif qualifier is Qualifier.ABOUT:
        low, high = value * Decimal("0.85"), value * Decimal("1.15")
    return Figure(
        text[start : found.end()], start, found.end(), value, low, high, MULTIPLE.name, MULTIPLE.dimension, qualifier
    )


def find_ranks(text: str) -> list[Figure]:
    """Ranks in words: "second-largest", "third highest"."""
    figures: list[Figure] = []
    low = lower_case(text)
    if not any(word in low for word in ORDINALS):
        return figures
    for found in _RANK.finditer(low):
        value = Decimal(ORDINALS[found["word"]])
        if value > 1:
            figures.append(
                Figure(found.group(), found.start(), found.end(), value, value, value, ORDINAL.name, ORDINAL.dimension)
            )
    return figures
