"""Numbers with fractions ("1 1/2", "3/4 percentage point"), and groups separated by comma and space ("12, 500")."""

import re
from dataclasses import dataclass
from decimal import Decimal

_MIXED = re.compile(r"(?P<whole>\d{1,3})(?:\s|-|\sand\s)(?P<part>\d)/(?P<of>[2-9]|1[026])(?![\d/])")
_MEASURED = re.compile(
    r"(?P<part>\d)/(?P<of>[2-9]|1[026])(?![\d/])(?=(?:\s|-)(?:(?:of\s)?(?:an?|one)\s)?(?:percentage|percent\spoint|point|mile|inch"
    r"|hour|year|cup|acre|pound|ounce|teaspoon|tablespoon|yard|foot|gallon)|\s(?:million|billion|trillion)\b)"
)
_OF_A = re.compile(r"\s(?:of\s)?(?:an?|one)(?=\s)")
_SPACED = re.compile(r",\s(?P<rest>\d{3})(?![\d.,%/-])(?=\s[a-z])")
_LISTED = re.compile(r"\d,?\s(?:and\s)?$|[$€£]$")


@dataclass(frozen=True, slots=True)
class WrittenNumber:
    """A number as it is written: where its writing ends, its value, and the place value of its last part."""

    end: int
    value: Decimal
    grain: Decimal


def fraction_at(text: str, start: int, end: int) -> WrittenNumber | None:
    """The number with a fraction that begins at `start`; alone only where a unit says that it is no share."""
    mixed = _MIXED.match(text, start)
    if mixed is not None and mixed.end("whole") == end and int(mixed["part"]) < int(mixed["of"]):
        return WrittenNumber(mixed.end(), int(mixed["whole"]) + _part(mixed), Decimal(1) / int(mixed["of"]) / 5)
    alone = _MEASURED.match(text, start)
    if alone is None or int(alone["part"]) >= int(alone["of"]):
        return None
    of_a = _OF_A.match(text, alone.end())
    return WrittenNumber(of_a.end() if of_a else alone.end(), _part(alone), Decimal(1) / int(alone["of"]) / 5)


def spaced_group_at(text: str, start: int, end: int) -> WrittenNumber | None:
    """A number whose groups a line's setting parted: "12, 500 people"; in a list of numbers each is its own."""
    found = _SPACED.match(text, end)
    if found is None or end - start > 3 or text[start] == "0" or _LISTED.search(text, max(0, start - 6), start):
        return None
    value = Decimal(text[start:end] + found["rest"])
    return WrittenNumber(found.end(), value, Decimal(100) if found["rest"].endswith("00") else Decimal(1))


def _part(found: re.Match[str]) -> Decimal:
    return (Decimal(found["part"]) / int(found["of"])).quantize(Decimal("0.0001")).normalize()
