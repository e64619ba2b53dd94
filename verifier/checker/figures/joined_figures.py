"""Two figures of one expression share scale, unit and currency: "10 to 15 percent", "$1.2-1.4 billion"."""

import re
from dataclasses import replace
from decimal import Decimal

from verifier.checker.figures.scales import scale_after
from verifier.model import Figure

_JOIN = re.compile(r"\s?(?:-|–|—|to|and|or|through)\s?", re.IGNORECASE)

_CLOSE = re.compile(r"\s?[-–—]\s?|\sto\s")


def share_units(text: str, numbers: list[Figure]) -> list[Figure]:
    """Give the first of two joined figures the unit of the second: "10 to 15 percent", "$10 to $15 million"."""
    shared = list(numbers)
    for index in range(len(numbers) - 2, -1, -1):
        first, second = shared[index], shared[index + 1]
        joint = _JOIN.fullmatch(text, first.end, second.start)
        if joint is None or (
            joint.group().strip().lower() in ("and", "or")
            and "between" not in text[max(0, first.start - 12) : first.start].lower()
        ):
            continue
        if first.dimension == "money" and second.dimension == "count" and _CLOSE.fullmatch(joint.group()):
            second = shared[index + 1] = replace(second, unit=first.unit, dimension=first.dimension)
        shared[index] = _with_unit_of(text, first, second)
        if first.dimension == "age" and second.dimension == "count":
            shared[index + 1] = replace(second, unit="age", dimension="age")
    return shared


def _with_unit_of(text: str, first: Figure, second: Figure) -> Figure:
    if second.unit == "year" and second.value < 0 < first.value:
        early = -first.value
        return replace(first, value=early, low=early, high=early, unit="year", dimension="date")
    if first.dimension == "count" and second.dimension not in ("count", "ordinal", "date"):
        unit, dimension = second.unit, second.dimension
    elif first.unit == second.unit:
        unit, dimension = first.unit, first.dimension
    else:
        return first
    scale = _scale_word(second)
    factor = scale if scale > 1 and _scale_word(first) == 1 and first.value * scale <= second.value else Decimal(1)
    if unit == "pp" and "basis" in second.text:
        factor = Decimal("0.01")
    return Figure(
        first.text,
        first.start,
        first.end,
        first.value * factor,
        first.low * factor,
        first.high * factor,
        unit,
        dimension,
        first.qualifier,
    )


def _scale_word(figure: Figure) -> Decimal:
    found = re.search(r"\d((?:\s|-)?[A-Za-z]+)", figure.text)
    scaled = scale_after(figure.text, found.start(1), True) if found else None
    return scaled[0] if scaled else Decimal(1)
