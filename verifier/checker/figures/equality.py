"""Whether two figures say the same: by value, unit and dimension, with the writers' qualifiers."""

import re
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from math import log10

from verifier.checker.figures.dates import date_parts
from verifier.checker.figures.units import CENT, UNITS, WITH_CENTS, Unit
from verifier.model import Figure, Qualifier


class Relation(StrEnum):
    """How a source's figure compares to a claim's, as numbers go: whether they speak of one thing is not asked here."""

    AGREES = "agrees"
    COMPATIBLE = "compatible"  # the source is too coarse to tell
    DIFFERS = "differs"
    UNIT_DIFFERS = "unit_differs"  # the same number of something else: 300 miles, 300 km
    UNRELATED = "unrelated"


_LOOSE = (Qualifier.ABOUT, Qualifier.NEARLY)
_UPWARD = (Qualifier.OVER, Qualifier.AT_LEAST)
_DOWNWARD = (Qualifier.UNDER, Qualifier.AT_MOST, Qualifier.NEARLY)
_ALIKE = Decimal("0.005")
_LOOSELY_ALIKE, _CLOSELY_ALIKE = Decimal("0.05"), Decimal("0.031")
_SHORT, _BEYOND, _FAR_BEYOND = Decimal("0.925"), Decimal("1.15"), Decimal("1.5")
"""How far two hedged figures may be apart and say the same: "about 40" and "about 42" a twentieth, with three digits
given a thirtieth; "at least 40" and "at least 43" a seventh; up to a half they leave each other room."""
_COARSE_UP, _COARSE_DOWN = Decimal("1.2"), Decimal("0.85")
_ROUND_REACH = Decimal("0.05")
_CONVERSION_SLACK = Decimal("0.03")
_POWER_OF_TEN = re.compile(r"10(?:\^|\*\*)?\(?([\d⁰¹²³⁴⁵⁶⁷⁸⁹]+)\)?")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_WHOSE_DOLLAR = re.compile(r"US|U\.S\.|American|USD", re.IGNORECASE)
_BARE = ("count", "ordinal")


def relation(claim: Figure, source: Figure, scale: Decimal = Decimal(1), in_table: bool = False) -> Relation:
    """How `source` compares to `claim`; `scale` is what a table's figures are counted in ("in thousands").

    In a table a bare number takes the claim's unit, since units are in the heads.
    """
    if claim.dimension == "date" or source.dimension == "date":
        return _dates(claim, source)
    if claim.dimension == source.dimension:
        return _same_dimension(claim, source, scale)
    bare = claim.dimension in _BARE or source.dimension in _BARE
    if "age" in (claim.dimension, source.dimension):
        return _ages(claim, source)
    if {claim.dimension, source.dimension} == {"share", "points"}:
        return Relation.UNIT_DIFFERS if claim.value == source.value else Relation.UNRELATED
    if not bare:
        return Relation.UNRELATED
    if claim.dimension != "ordinal" and source.dimension != "ordinal" and in_table:
        return _numbers(claim, source, scale)
    if _is_fraction_in_words(claim) or _is_fraction_in_words(source):
        return Relation.UNRELATED
    return Relation.AGREES if _admits(claim, source.value) else Relation.UNRELATED


def _is_fraction_in_words(figure: Figure) -> bool:
    """Whether a figure is a share in words ("two thirds"): 66 of anything is no such share, unlike "66" for 66 %."""
    written = figure.text.lower()
    return figure.dimension == "share" and "cent" not in written and not any(c.isdigit() for c in written)


def _ages(claim: Figure, source: Figure) -> Relation:
    """An age beside a bare number or a span of years, which may be one too."""
    other = source if claim.dimension == "age" else claim
    bare = other.dimension == "count" or other.unit == "a"
    return Relation.AGREES if bare and claim.value == source.value else Relation.UNRELATED


def _admits(claim: Figure, value: Decimal) -> bool:
    return claim.value == value or claim.low <= value <= claim.high


def _numbers(claim: Figure, source: Figure, scale: Decimal) -> Relation:
    for factor in {Decimal(1), scale}:
        if _says(claim, source, source.value * factor):
            if claim.value == source.value and _opposed(claim, source):
                return Relation.DIFFERS
            return Relation.AGREES
    if (hedged := _both_hedged(claim, source)) is not None:
        return hedged
    if source.value < 0 < claim.value and _admits(claim, -source.value * scale):
        return Relation.AGREES
    if _flattened_power(claim, source) or _flattened_power(source, claim):
        return Relation.AGREES
    return Relation.COMPATIBLE if _is_too_coarse(claim, source) else Relation.DIFFERS


def _says(claim: Figure, source: Figure, value: Decimal) -> bool:
    """Whether the claim's words admit the value; of two figures hedged to one side `_both_hedged` decides."""
    if _are_both_hedged(claim, source):
        grain = _round_number_grain(claim) / 2
        reach = abs(claim.value) * _ALIKE
        return abs(claim.value - value) <= (min(reach, grain) if grain else reach)
    return _admits(claim, value)


def _are_both_hedged(claim: Figure, source: Figure) -> bool:
    """Whether both are hedged, to the same side or to none."""
    if Qualifier.EXACT in (claim.qualifier, source.qualifier):
        return False
    pairs = (_LOOSE, _UPWARD, (Qualifier.UNDER, Qualifier.AT_MOST))
    return any(claim.qualifier in words and source.qualifier in words for words in pairs)


def _both_hedged(claim: Figure, source: Figure) -> Relation | None:
    """How two hedged figures stand to each other by the ranges that they may mean; None where not both are hedged.

    "Up to 40" and "up to 30" name an end each, and must be the same.
    """
    if not _are_both_hedged(claim, source) or claim.value <= 0 or source.value <= 0:
        return None
    if claim.qualifier in _LOOSE:
        coarse = max(claim.high - claim.low, source.high - source.low) * 10 >= claim.value
        reach = claim.value * (_LOOSELY_ALIKE if coarse else _CLOSELY_ALIKE)
        apart = abs(claim.value - source.value)
        meet = claim.low <= source.high and source.low <= claim.high
        return Relation.AGREES if apart <= reach else Relation.COMPATIBLE if meet else Relation.DIFFERS
    if Qualifier.AT_MOST in (claim.qualifier, source.qualifier):
        return None
    beyond = source.value / claim.value if claim.qualifier in _UPWARD else claim.value / source.value
    if 1 <= beyond <= _BEYOND:
        return Relation.AGREES
    return Relation.COMPATIBLE if _SHORT <= beyond <= _FAR_BEYOND else Relation.DIFFERS


def _is_too_coarse(claim: Figure, source: Figure) -> bool:
    """Whether the source's words leave room for the claim's value: "about 150" for 152, "more than 150" for 160."""
    if _are_both_hedged(claim, source):
        return False
    if source.qualifier in _UPWARD:
        return source.value <= claim.value <= source.value * _COARSE_UP
    if source.qualifier in _DOWNWARD:
        return source.value * _COARSE_DOWN <= claim.value <= source.value
    hedged = source.qualifier is Qualifier.ABOUT or source.high - source.low > claim.high - claim.low
    if hedged and source.low <= claim.value <= source.high:
        return True
    if claim.qualifier in _UPWARD and source.value > claim.value:
        return True
    if claim.qualifier in (Qualifier.UNDER, Qualifier.AT_MOST) and source.value < claim.value:
        return True
    apart = abs(source.value - claim.value)
    return apart <= abs(claim.value) * _ROUND_REACH and apart <= _round_number_grain(claim) / 2


def _round_number_grain(figure: Figure) -> Decimal:
    """The place value of the last digit that is no zero: 60 may stand for 58, 2,000 for 1,950."""
    if figure.value != int(figure.value) or figure.value == 0:
        return Decimal(0)
    digits = str(abs(int(figure.value)))
    return Decimal(10) ** (len(digits) - len(digits.rstrip("0")))


def _opposed(claim: Figure, source: Figure) -> bool:
    """Whether the two lie on different sides of one number: "more than 20%", "less than 20%"."""
    return (claim.qualifier in _UPWARD and source.qualifier in _DOWNWARD) or (
        claim.qualifier in _DOWNWARD and source.qualifier in _UPWARD
    )


def _flattened_power(power: Figure, flat: Figure) -> bool:
    """Whether `flat` is the power with its exponent fallen to the line: 10^26 read as 1026 by a bad text layer."""
    found = _POWER_OF_TEN.fullmatch(power.text)
    return found is not None and power.value > 10**9 and flat.text == "10" + found.group(1).translate(_RAISED)


def _same_dimension(claim: Figure, source: Figure, scale: Decimal) -> Relation:
    if claim.unit == source.unit:
        return _numbers(claim, source, scale)
    first, second = UNITS.get(claim.unit), UNITS.get(source.unit)
    if claim.dimension == "money" or first is None or second is None:
        if CENT in (claim.unit, source.unit) and {claim.unit, source.unit} - {CENT} <= WITH_CENTS:
            return _numbers(claim, source, scale)
        if _dollar(claim) and _dollar(source) and (_is_bare_dollar(claim) or _is_bare_dollar(source)):
            return _numbers(claim, source, scale)
        return Relation.UNIT_DIFFERS if claim.value == source.value else Relation.UNRELATED
    converted = _converted(source.value, second, first)
    if _admits(claim, converted):
        return Relation.AGREES
    if claim.value == source.value:
        return Relation.UNIT_DIFFERS
    if first.system != second.system and claim.value and abs(converted / claim.value - 1) <= _CONVERSION_SLACK:
        return Relation.AGREES
    if _rounds_to(claim, source, first, second):
        return Relation.COMPATIBLE
    return Relation.DIFFERS if first.system == second.system else Relation.UNRELATED


def _converted(value: Decimal, unit: Unit, to: Unit) -> Decimal:
    """A value in another unit of its dimension; degrees by their zero points (NIST SP 811, appendix B.8)."""
    if unit.dimension != "temperature":
        return value * unit.factor / to.factor
    if unit.name == to.name:
        return value
    return (value - 32) * 5 / 9 if unit.name == "f" else value * 9 / 5 + 32


def _rounds_to(claim: Figure, source: Figure, first: Unit, second: Unit) -> bool:
    return _converted(source.low, second, first) <= claim.value <= _converted(source.high, second, first)


def _dollar(figure: Figure) -> bool:
    return figure.unit in ("USD", "AUD", "CAD", "NZD", "SGD", "HKD")


def _is_bare_dollar(figure: Figure) -> bool:
    """Whether a figure is in dollars without saying whose: "$5", "5 dollars"."""
    return figure.unit == "USD" and not _WHOSE_DOLLAR.search(figure.text)


def is_slip(claim: Figure, source: Figure) -> bool:
    """Whether one number is the other with digits exchanged (2018, 2081), as hands and eyes do when they copy."""
    mine, theirs = _digits(claim.text), _digits(source.text)
    return len(mine) == len(theirs) > 1 and mine != theirs and sorted(mine) == sorted(theirs)


def is_other_scale(claim: Figure, source: Figure) -> bool:
    """Whether two numbers have the same digits and differ by a power of ten ("52.4 million", "52.4 billion")."""
    mine, theirs = _significant(claim), _significant(source)
    return len(mine) > 1 and mine == theirs and claim.value != source.value


def _significant(figure: Figure) -> str:
    return f"{figure.value:f}".replace(".", "").strip("-0")


@lru_cache(maxsize=4096)
def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


def _dates(claim: Figure, source: Figure) -> Relation:
    if claim.dimension != source.dimension:
        bare = source if claim.dimension == "date" else claim
        year = claim if claim.dimension == "date" else source
        same = bare.dimension == "count" and year.unit == "year" and abs(year.low) == abs(year.high) == bare.value
        return Relation.AGREES if same else Relation.UNRELATED
    if claim.unit == "year" and source.unit == "year":
        if claim.low <= source.low and source.high <= claim.high:
            return Relation.AGREES
        overlap = claim.low <= source.high and source.low <= claim.high
        return Relation.COMPATIBLE if overlap else Relation.DIFFERS
    return _dates_by_parts(claim, source)


def _dates_by_parts(claim: Figure, source: Figure) -> Relation:
    if claim.unit == "year" and claim.low != claim.high:
        year = date_parts(source)[0]
        if not year:
            return Relation.UNRELATED
        return Relation.AGREES if claim.low <= year <= claim.high else Relation.DIFFERS
    if source.unit == "year" and source.low != source.high:
        inside = source.low <= date_parts(claim)[0] <= source.high
        return Relation.COMPATIBLE if inside else Relation.UNRELATED
    mine, theirs = date_parts(claim), date_parts(source)
    months_and_years = [(mine[part], theirs[part]) for part in (0, 1) if mine[part] and theirs[part]]
    if not months_and_years:
        return Relation.UNRELATED
    if any(ours != other for ours, other in months_and_years):
        return Relation.DIFFERS
    if mine[2] and theirs[2]:
        return Relation.AGREES if _days_agree(claim, source) else Relation.DIFFERS
    unsaid = any(ours and not other for ours, other in zip(mine, theirs, strict=True))
    return Relation.COMPATIBLE if unsaid else Relation.AGREES


def _days_agree(claim: Figure, source: Figure) -> bool:
    """Whether the days of two dates of one month agree: "6-7 March" reaches from `low` to `high`.

    Two spans of days have both ends in common; a single day lies within the other's span.
    """
    mine, theirs = (claim.low % 100, claim.high % 100), (source.low % 100, source.high % 100)
    if mine[0] != mine[1] and theirs[0] != theirs[1]:
        return mine == theirs
    return mine[0] <= theirs[1] and theirs[0] <= mine[1]


def similarity(claim: Figure, source: Figure) -> float:
    """How near two figures are as numbers: 1 for almost equal, 0 from a factor of ten; of dates, what they share."""
    if claim.dimension == "date" and source.dimension == "date":
        pairs = [(a, b) for a, b in zip(date_parts(claim), date_parts(source), strict=True) if a and b]
        if len(pairs) > 1:
            return sum(a == b for a, b in pairs) / len(pairs)
        return max(0.0, 1 - abs(date_parts(claim)[0] - date_parts(source)[0]) / 100)
    if not claim.value or not source.value:
        return 0.0
    ratio = float(abs(source.value / claim.value))
    return max(0.0, 1 - abs(log10(ratio))) if 0.1 < ratio < 10 else 0.0
