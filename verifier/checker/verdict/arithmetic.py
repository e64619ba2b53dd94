"""Figures that a writer calculated from others of the source: differences, sums, shares, growth, ratios, spans of
years.

A figure counts as calculated only if the claim's words say so ("rose by", "combined", "of all", "times"), and only from
figures that are together among the claim's words: in one sentence, in one row or in one column of a table.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, permutations

from verifier.checker.align.index import ReadSource
from verifier.checker.align.proximity import Terms, segment_weights, stems_of, weigh_terms
from verifier.checker.figures.dates import date_parts
from verifier.model import Figure

_HEDGE = (
    r"(?:about|around|some|over|nearly|almost|more than|less than|roughly|up to|as much as|as many as|at least|at most"
    r"|approximately|an?)"
)
_LEVEL_OF = r"\s(?:the\s)?(?:(?:mean|average)\s)?(?:sea|ground|surface|water|earth)\b"
"""What a height or depth is measured from: "230 metres below the surface" is a level and no change."""
_DIFFERENCE_BEFORE = re.compile(
    rf"\b(?:by|up|down|(?:difference|gap|increase|rise|growth|gain|improvement|drop|fall|decline|decrease|margin|lead)"
    rf"\sof|outperform\w*|exceed\w*)\s(?:{_HEDGE}\s)?[($€£]?$",
    re.IGNORECASE,
)
_DIFFERENCE_AFTER = re.compile(
    r"\s(?:(?:and|or)\s[\d.,]+%?\s)?(?:[\w-]+\s){0,2}?(?:more|less|fewer|better|worse|higher|lower|larger|smaller|older|younger|longer|shorter"
    rf"|later|earlier|(?:above|below)(?!{_LEVEL_OF})|improvement|increase|decrease|gain|drop|gap|difference)\b",
    re.IGNORECASE,
)
_GROWN = re.compile(
    rf"\b(?:rose|grew|increased|climbed|jumped|fell|dropped|declined|decreased|shrank|lost|gained)\s(?:{_HEDGE}\s)?$",
    re.IGNORECASE,
)
"""Verbs with the amount of a change just behind them: "fell 3 percent"."""
_SUM = re.compile(r"\b(?:total(?:l?ed|l?ing|s)?|combined|altogether|in all|together|sum of|overall)\b", re.IGNORECASE)
_SHARE = re.compile(r"\s?(?:of|share)\b|.{0,25}\b(?:share|portion|fraction|proportion)\b", re.IGNORECASE)
_SHARE_BEFORE = re.compile(
    r"\b(?:account\w*\sfor|represent\w*|ma[dk]e\w*\sup|constitut\w*|compris\w*|share\sof)\s(?:\w+\s)?$", re.IGNORECASE
)
_SPAN = re.compile(r"\s(?:later|after|before|earlier|apart)\b", re.IGNORECASE)
_SPAN_BEFORE = re.compile(r"\b(?:for|after|over|lasted|spanning|took|within|in)\s(?:\w+\s){0,2}$", re.IGNORECASE)
_FROM_BEFORE = re.compile(r"\bfrom\s[($€£]?$", re.IGNORECASE)
_TO_BETWEEN = re.compile(r"\s(?:\w+\s){0,4}?to\s[($€£]?", re.IGNORECASE)
_REACH, _AROUND = 45, 60
_LEAST_WEIGHT = 0.35
"""The share of the claim's weighed words that the sentence or row of the operands must have."""
_MOST_OPERANDS, _MOST_SEGMENTS = 12, 4


@dataclass(frozen=True, slots=True)
class Calculation:
    """How a figure comes of others: the operands as the source gives them, and the sum as an editor reads it."""

    operands: tuple[Figure, ...]
    sum_shown: str


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to calculate: which operands it takes, what it makes of them, and how it is written."""

    takes: Callable[[Figure, Figure], bool]
    makes: Callable[[Decimal, Decimal], Decimal | None]
    written: str


def calculate(claim: ReadSource, index: int, source: ReadSource) -> Calculation | None:
    """How the claim's figure number `index` can be calculated from the source; None where its words ask for no sum."""
    figure = claim.figures[index]
    ways = _ways_of(claim.text, figure)
    if not ways:
        return None
    distinctive = _is_distinctive(figure)
    terms = weigh_terms(claim, index, source)
    for group in _groups(terms, source):
        for way in ways:
            for first, second in permutations(group, 2):
                if first.value == second.value or not way.takes(figure, first) or not way.takes(figure, second):
                    continue
                if first.unit != second.unit:
                    continue
                made = way.makes(_number(first), _number(second))
                if made is None or not _comes_to(figure, made):
                    continue
                if distinctive or _are_ends_of_a_change(source.text, first, second):
                    return Calculation((first, second), way.written.format(first.text, second.text, figure.text))
    return None


def _is_distinctive(figure: Figure) -> bool:
    """Whether a figure is not met by chance: two digits that count, or more."""
    return len([digit for digit in str(figure.value.normalize()).strip("0.") if digit.isdigit()]) > 1


def _are_ends_of_a_change(text: str, one: Figure, other: Figure) -> bool:
    """Whether the text itself puts two figures as the ends of a change: "fell from 31 percent to 22 percent"."""
    first, second = (one, other) if one.start < other.start else (other, one)
    begins = _FROM_BEFORE.search(text, max(0, first.start - 8), first.start) is not None
    return begins and _TO_BETWEEN.fullmatch(text, first.end, second.start) is not None


def _comes_to(figure: Figure, made: Decimal) -> bool:
    return made > 0 and (figure.low <= made <= figure.high)


def _number(figure: Figure) -> Decimal:
    return Decimal(date_parts(figure)[0]) if figure.dimension == "date" else figure.value


def is_difference(text: str, figure: Figure) -> bool:
    """Whether a figure measures a change or a distance ("rose by 12", "12 more than") and no level."""
    before = text[max(0, figure.start - _REACH) : figure.start]
    return _DIFFERENCE_BEFORE.search(before) is not None or _DIFFERENCE_AFTER.match(text, figure.end) is not None


def _ways_of(text: str, figure: Figure) -> list[_Way]:
    """The ways to calculate that the words about a figure speak of."""
    before = text[max(0, figure.start - _REACH) : figure.start]
    around = text[max(0, figure.start - _AROUND) : figure.end + _AROUND]
    ways = []
    differs = is_difference(text, figure) or _GROWN.search(before) is not None
    if differs and figure.dimension == "share":
        ways += [_GROWTH, _POINTS_UNSAID]
    elif differs:
        ways.append(_POINTS if figure.dimension == "points" else _DIFFERENCE)
    if _SUM.search(around) and figure.dimension != "share":
        ways.append(_TOTAL)
    if figure.dimension == "share" and (_SHARE.match(text, figure.end) or _SHARE_BEFORE.search(before)):
        ways.append(_PART)
    if figure.dimension == "multiple":
        ways.append(_RATIO)
    if figure.unit == "a" and (_SPAN.match(text, figure.end) or _SPAN_BEFORE.search(before)):
        ways.append(_YEARS)
    return ways


def _same_unit(figure: Figure, operand: Figure) -> bool:
    return operand.unit == figure.unit


def _amount(_: Figure, operand: Figure) -> bool:
    return operand.dimension not in ("share", "points", "date", "ordinal", "clock", "age") and operand.value > 0


def _share(_: Figure, operand: Figure) -> bool:
    return operand.dimension in ("share", "count")


def _bare(_: Figure, operand: Figure) -> bool:
    """A number without a unit: between two that are percentages lie points, which "rose by 5 percent" does not say."""
    return operand.dimension == "count"


def _year(_: Figure, operand: Figure) -> bool:
    return operand.dimension == "date" and date_parts(operand)[0] > 0


_DIFFERENCE = _Way(_same_unit, lambda a, b: a - b, "{0} - {1} = {2}")
_POINTS = _Way(_share, lambda a, b: a - b, "{0} - {1} = {2}")
_POINTS_UNSAID = _Way(_bare, lambda a, b: a - b, "{0} - {1} = {2}")
_TOTAL = _Way(_same_unit, lambda a, b: a + b, "{0} + {1} = {2}")
_GROWTH = _Way(_amount, lambda a, b: abs(100 * (a - b) / b) if b else None, "from {1} to {0} is {2}")
_PART = _Way(_amount, lambda a, b: 100 * a / b if b > a else None, "{0} of {1} is {2}")
_RATIO = _Way(_amount, lambda a, b: a / b if a > b else None, "{0} is {2} of {1}")
_YEARS = _Way(_year, lambda a, b: a - b, "from {1} to {0} is {2}")


def _groups(terms: Terms, source: ReadSource) -> Iterator[list[Figure]]:
    """The figures that are together where the claim's words are, the best place first."""
    total = terms.weight or 1.0
    weights = segment_weights(terms, source)
    places = sorted((s for s, weight in weights.items() if weight >= _LEAST_WEIGHT * total), key=lambda s: -weights[s])
    for segment in places[:_MOST_SEGMENTS]:
        numbers = source.figures_of(segment)
        if not any(number in source.cells for number in numbers):
            yield [source.figures[number] for number in numbers][:_MOST_OPERANDS]
    yield from _cells_together({term.stem for term in terms.each}, source)


def _cells_together(words: set[str], source: ReadSource) -> Iterator[list[Figure]]:
    """The cells of one column under two row heads that the claim names, or of one row under two such column heads."""
    columns: dict[tuple[int, int], list[int]] = {}
    rows: dict[tuple[int, int], list[int]] = {}
    for number, cell in source.cells.items():
        if cell.is_head or not words & stems_of(cell.row_head):
            continue
        columns.setdefault((cell.table, cell.column), []).append(number)
        if words & stems_of(cell.column_head):
            rows.setdefault((cell.table, cell.row), []).append(number)
    for numbers in (*rows.values(), *columns.values()):
        for pair in combinations(numbers[:_MOST_OPERANDS], 2):
            yield [source.figures[number] for number in pair]
            if (scale := source.cells[pair[0]].scale) != 1:
                yield [_scaled(source.figures[number], scale) for number in pair]


def _scaled(figure: Figure, scale: Decimal) -> Figure:
    return replace(figure, value=figure.value * scale)
