"""Whether two figures say the same: by value, unit and dimension, with the writers' qualifiers."""

import re
from decimal import Decimal
from enum import StrEnum

from verifier.checker.dates import date_parts
from verifier.checker.units import UNITS, Unit
from verifier.model import Figure, Qualifier


class Relation(StrEnum):
    """How a source's figure stands to a claim's, as numbers go: whether they speak of one thing is not asked here."""

    AGREES = "agrees"
    COMPATIBLE = "compatible"  # the source is too coarse to tell
    DIFFERS = "differs"
    UNIT_DIFFERS = "unit_differs"  # the same number of something else: 300 miles, 300 km
    UNRELATED = "unrelated"


_UPWARD = (Qualifier.OVER, Qualifier.AT_LEAST)
_DOWNWARD = (Qualifier.UNDER, Qualifier.AT_MOST, Qualifier.NEARLY)
_HEDGED = (Qualifier.ABOUT, *_UPWARD, *_DOWNWARD)
_CONVERSION_SLACK = Decimal("0.03")
_POWER_OF_TEN = re.compile(r"10(?:\^|\*\*)?\(?([\d⁰¹²³⁴⁵⁶⁷⁸⁹]+)\)?")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_BARE = ("count", "ordinal")


def relation(claim: Figure, source: Figure, scale: Decimal = Decimal(1), in_table: bool = False) -> Relation:
    """How `source` stands to `claim`; `scale` is what a table's figures are counted in ("in thousands").

    In a table a bare number takes the claim's unit, since units stand in the heads.
    """
    if claim.dimension == "date" or source.dimension == "date":
        return _dates(claim, source)
    if claim.dimension == source.dimension:
        return _same_dimension(claim, source, scale)
    bare = claim.dimension in _BARE or source.dimension in _BARE
    if {claim.dimension, source.dimension} == {"share", "points"}:
        return Relation.UNIT_DIFFERS if claim.value == source.value else Relation.UNRELATED
    if not bare:
        return Relation.UNRELATED
    if claim.dimension != "ordinal" and source.dimension != "ordinal" and in_table:
        return _numbers(claim, source, scale)
    return Relation.AGREES if _admits(claim, source.value) else Relation.UNRELATED


def _admits(claim: Figure, value: Decimal) -> bool:
    return claim.value == value or claim.low <= value <= claim.high


def _numbers(claim: Figure, source: Figure, scale: Decimal) -> Relation:
    for factor in {Decimal(1), scale}:
        if _admits(claim, source.value * factor):
            if claim.value == source.value and _opposed(claim, source):
                return Relation.DIFFERS
            return Relation.AGREES
    if source.value < 0 < claim.value and _admits(claim, -source.value * scale):
        return Relation.AGREES
    if _flattened_power(claim, source) or _flattened_power(source, claim):
        return Relation.AGREES
    coarse = source.qualifier in _HEDGED or (source.value and source.high - source.low > claim.high - claim.low)
    if coarse and source.low <= claim.value <= source.high:
        return Relation.COMPATIBLE
    if (claim.qualifier in _UPWARD and source.value > claim.value) or (
        source.qualifier in _UPWARD and claim.value > source.value
    ):
        return Relation.COMPATIBLE
    if claim.qualifier in _UPWARD and source.qualifier is Qualifier.AT_MOST and source.value > claim.value:
        return Relation.COMPATIBLE
    return Relation.DIFFERS


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
        if {claim.unit, source.unit} & {"USD"} and _dollar(claim) and _dollar(source):
            return _numbers(claim, source, scale)
        return Relation.UNIT_DIFFERS if claim.value == source.value else Relation.UNRELATED
    converted = source.value * second.factor / first.factor
    if _admits(claim, converted):
        return Relation.AGREES
    if claim.value == source.value:
        return Relation.UNIT_DIFFERS
    if first.system != second.system and claim.value and abs(converted / claim.value - 1) <= _CONVERSION_SLACK:
        return Relation.AGREES
    if _rounds_to(claim, source, first, second):
        return Relation.COMPATIBLE
    return Relation.DIFFERS if first.system == second.system else Relation.UNRELATED


def _rounds_to(claim: Figure, source: Figure, first: Unit, second: Unit) -> bool:
    ratio = second.factor / first.factor
    return source.low * ratio <= claim.value <= source.high * ratio


def _dollar(figure: Figure) -> bool:
    return figure.unit in ("USD", "AUD", "CAD", "NZD", "SGD", "HKD")


def _dates(claim: Figure, source: Figure) -> Relation:
    if claim.dimension != source.dimension:
        bare = source if claim.dimension == "date" else claim
        year = claim if claim.dimension == "date" else source
        same = bare.dimension == "count" and year.unit == "year" and year.low == year.high == bare.value
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
    pairs = list(zip(date_parts(claim), date_parts(source), strict=True))
    common = [(mine, theirs) for mine, theirs in pairs if mine and theirs]
    if not common:
        return Relation.UNRELATED
    if claim.low <= source.value <= claim.high or source.low <= claim.value <= source.high:
        return Relation.AGREES
    if any(mine != theirs for mine, theirs in common):
        return Relation.DIFFERS
    return Relation.COMPATIBLE if any(mine and not theirs for mine, theirs in pairs) else Relation.AGREES
