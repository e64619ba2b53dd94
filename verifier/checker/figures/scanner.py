"""Finding the figures of a text: numbers in digits and words, with unit, bounds and qualifier."""

import re
from decimal import Decimal

from verifier.checker.figures.dates import find_dates
from verifier.checker.figures.digits import VULGAR_FRACTIONS, read_digits
from verifier.checker.figures.joined_figures import share_units
from verifier.checker.figures.lower_case import lower_case
from verifier.checker.figures.multiples import find_multiples, find_ranks
from verifier.checker.figures.not_figures import is_length_of_period, is_part_of_name, is_time_of_access, opaque_spans
from verifier.checker.figures.number_words import NUMBER_WORD_START, ORDINALS, spelled_number_at
from verifier.checker.figures.quantities import quantity
from verifier.checker.figures.units import COUNT, MULTIPLE, ORDINAL, PERCENT
from verifier.model import Figure

_WORD = re.compile(r"\w+")
_START = re.compile(rf"[\d½⅓⅔¼¾⅕⅛]|(?<![^\W_])(?:{NUMBER_WORD_START})(?![^\W_])")
"""Where a figure may begin, in a text of small letters."""
_IMPLIED = re.compile(rf"\b(one|once|twice|both|pair|couple|single|double|triple|{'|'.join(ORDINALS)})\b")
_IMPLIED_VALUES = {"one": 1, "once": 1, "single": 1, "twice": 2, "both": 2, "pair": 2, "couple": 2}


def scan(text: str) -> tuple[Figure, ...]:
    """The figures of a claim or a source, in reading order."""
    dates = find_dates(text)
    words = [*find_multiples(text), *find_ranks(text)]
    skips = sorted([(figure.start, figure.end) for figure in (*dates, *words)] + opaque_spans(text))
    figures = [date for date in dates if not is_time_of_access(text, date.start)] + words
    numbers: list[Figure] = []
    skip, position = 0, 0
    low = lower_case(text)
    while (found := _START.search(low, position)) is not None:
        start = found.start()
        while skip < len(skips) and skips[skip][1] <= start:
            skip += 1
        if skip < len(skips) and skips[skip][0] <= start:
            position = skips[skip][1]
            continue
        figure, position = _read(text, start)
        if figure is not None and _stands_free(text, figure, numbers[-1:], skips[skip : skip + 1]):
            numbers.append(figure)
    figures += share_units(text, numbers)
    figures.sort(key=lambda figure: figure.start)
    return tuple(figures)


def _stands_free(text: str, figure: Figure, before: list[Figure], skipped: list[tuple[int, int]]) -> bool:
    """Whether a figure overlaps neither the one before nor the next stretch that is not read, and names no period."""
    if any(figure.start < other.end for other in before):
        return False
    if figure.dimension == "duration" and is_length_of_period(text, figure.end):
        return False
    return all(figure.end <= start or figure.start >= end for start, end in skipped)


def scan_implied(text: str) -> tuple[Figure, ...]:
    """Words that are figures only if somebody asks for one: "one", "twice", "both", "second"."""
    figures = []
    for found in _IMPLIED.finditer(lower_case(text)):
        word = found.group()
        ordinal = ORDINALS.get(word)
        unit = COUNT if ordinal is None else ORDINAL
        if word.startswith(("doubl", "tripl")):
            unit, value = MULTIPLE, Decimal(2 if word[0] == "d" else 3)
        else:
            value = Decimal(ordinal or _IMPLIED_VALUES[word])
        figures.append(
            Figure(
                text[found.start() : found.end()],
                found.start(),
                found.end(),
                value,
                value,
                value,
                unit.name,
                unit.dimension,
            )
        )
    return tuple(figures)


def _read(text: str, start: int) -> tuple[Figure | None, int]:
    """The figure that begins at `start` and where to go on reading; None for a number that is no figure."""
    if text[start] in VULGAR_FRACTIONS:
        value = Decimal(VULGAR_FRACTIONS[text[start]])
        return quantity(text, start, start + 1, value, Decimal("0.1"), None), start + 1
    if text[start].isdigit():
        return read_digits(text, start)
    spelled = spelled_number_at(text, start)
    if spelled is None:
        word = _WORD.match(text, start)
        return None, word.end() if word else start + 1
    if is_part_of_name(text, spelled.start, spelled.end) and text[start - 1] != "-":
        return None, spelled.end
    unit = PERCENT if spelled.is_share else None
    return quantity(text, start, spelled.end, spelled.value, spelled.grain, unit), spelled.end
