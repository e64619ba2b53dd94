"""Putting scale, unit, sign and qualifier to a number: "over $12 million" is at least twelve million dollars."""

import re
from decimal import Decimal

from verifier.checker.figures.accounting import is_in_brackets_of_loss
from verifier.checker.figures.qualifiers import bounds, qualifier_of
from verifier.checker.figures.scales import scale_after
from verifier.checker.figures.units import COUNT, POINTS, UNITS, Unit, currency_before, unit_after
from verifier.model import Figure

_AGE_BEFORE = re.compile(r"\b(?:aged?|age\sof|(?:he|she|they)\s(?:was|is|were|turned))\s$|[A-Z][\w’'-]+,\s$")
_AGE_AFTER = re.compile(r",|\)|\.?$|\s(?:said|says|was|is|has|had|who|told|from)\b|[.;]")
_MARGIN = re.compile(r"\bplus(?:\sor\s|[-/\s]or[-/\s]|/)minus\s$", re.IGNORECASE)
_BASIS_POINTS = 100


def quantity(text: str, start: int, end: int, value: Decimal, grain: Decimal, unit: Unit | None) -> Figure:
    """The figure whose number is written from `start` to `end`; `unit` is one that the number's own words imply.

    `grain` is the place value of the number's last digit.
    """
    currency = currency_before(text, start)
    scaled = scale_after(text, end, currency is not None)
    if scaled is not None:
        factor, end = scaled
        value, grain = value * factor, (Decimal(1).scaleb(grain.adjusted()) if grain < 1 else Decimal(1)) * factor
    begin = start
    if currency is not None:
        unit, begin = currency
        factor = unit.factor
    else:
        unit, factor, end = _unit_of(text, start, end, value, unit)
    if unit.name == "bp":
        value, grain, unit = value / _BASIS_POINTS, grain / _BASIS_POINTS, POINTS
    elif factor != 1:
        value, grain = value * factor, grain * factor
    if is_in_brackets_of_loss(text, begin, end):
        value, begin, end = -value, begin - 1, end + 1
        if unit is COUNT and (after := unit_after(text, end)) is not None:
            unit, end = after
    elif sign := _length_of_minus(text, begin):
        value, begin = -value, begin - sign
    qualifier = qualifier_of(text, begin, end)
    low, high = bounds(value, grain, qualifier)
    return Figure(text[begin:end], begin, end, value, low, high, unit.name, unit.dimension, qualifier)


def _unit_of(text: str, start: int, end: int, value: Decimal, unit: Unit | None) -> tuple[Unit, Decimal, int]:
    """The unit of a number without a currency sign, the factor that its writing takes, and where it ends."""
    one = Decimal(1)
    if unit is not None:
        return unit, one, end
    if (after := unit_after(text, end)) is not None:
        unit, end = after
        return unit, unit.factor if unit.dimension == "money" else one, end
    return (UNITS["age"] if _is_age(text, start, end, value) else COUNT), one, end


def _length_of_minus(text: str, begin: int) -> int:
    """How many characters before a number make it negative: a minus sign that joins nothing, or "minus"; 0 for none."""
    if begin and text[begin - 1] in "-−" and (begin == 1 or text[begin - 2].isspace() or text[begin - 2] in "(|"):
        return 1
    is_minus = text[max(0, begin - 6) : begin].lower() == "minus "
    return 6 if is_minus and not _MARGIN.search(text, max(0, begin - 16), begin) else 0


def _is_age(text: str, start: int, end: int, value: Decimal) -> bool:
    """Whether a bare number is somebody's age: "aged 44", "Mei Ru, 50, parked"."""
    if not 1 <= value <= 115 or not text[start:end].isdigit():
        return False
    before = _AGE_BEFORE.search(text, max(0, start - 20), start)
    return before is not None and (before.group()[0] == "a" or _AGE_AFTER.match(text, end) is not None)
