"""`rounding`: figures that are not rounded as the table's own note says.

Found only where most figures of a column are rounded so: a note may speak of another column. A figure is off where it
is no multiple of the unit; no tolerance, since rounding leaves none.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from verifier.checker.consistency.sheet import Sheet, name_of
from verifier.checker.consistency.words import TOTAL
from verifier.model import Box, Inconsistency, InconsistencyKind, InconsistencyPlace

_CONFIDENCE = 0.85
_UNITS = {
    "ten": 10,
    "hundred": 100,
    "thousand": 1000,
    "ten thousand": 10_000,
    "hundred thousand": 100_000,
    "million": 10**6,
    "10": 10,
    "50": 50,
    "100": 100,
    "500": 500,
    "1,000": 1000,
    "1000": 1000,
    "10,000": 10_000,
    "100,000": 100_000,
    "five": 5,
    "5": 5,
}
_NOTE = re.compile(
    rf"\bround(?:ed|ing)\b(?:\s\w+){{0,3}}?\sto\s(?:the\s)?(?:nearest|closest)\s"
    rf"(?P<unit>{'|'.join(sorted(_UNITS, key=len, reverse=True))})\b(?!,)",
    re.IGNORECASE,
)
_MOST_ODD = Decimal("0.4")
"""Share of a column's figures that may fail the note: where more do, it means another column or another unit."""
_LEAST = 3


def unrounded(sheet: Sheet) -> Iterator[Inconsistency]:
    """The figures of a table's columns that its note about rounding does not hold for."""
    for text in (sheet.table.below.text, sheet.table.caption):
        said = _NOTE.search(text)
        if said is None:
            continue
        unit = Decimal(_UNITS[said["unit"].lower()])
        for column in range(len(sheet.sound)):
            found = _in_column(sheet, column, unit, said, below=text == sheet.table.below.text)
            if found is not None:
                yield found
        return


def _in_column(sheet: Sheet, column: int, unit: Decimal, said: re.Match[str], *, below: bool) -> Inconsistency | None:
    values = [(row, value) for row in range(len(sheet.values)) if (value := sheet.value(row, column)) is not None]
    used = [(row, value) for row, value in values if value.value and not value.percent]
    odd = [row for row, value in used if value.value % unit]
    rounded = len(used) - len(odd)
    if not odd or rounded < _LEAST or len(odd) > _MOST_ODD * len(used) or any(v.step < 1 for _, v in used):
        return None
    if all(TOTAL.fullmatch(sheet.head(row)) for row in odd):
        return None  # the sum of exact figures may be given exactly
    cells = [sheet.cell(row, column).text for row in odd]
    message = (
        f"{name_of(sheet.table)}: its note says “{said.group()}”, but {_listed(cells)} "
        f"{'is' if len(cells) == 1 else 'are'} not."
    )
    boxes: tuple[Box, ...] = sheet.table.below.boxes(*said.span()) if below else ()
    note = InconsistencyPlace(boxes[0].page if boxes else None, said.group(), boxes)
    places = (*(sheet.place(row, column) for row in odd), note)
    return Inconsistency(InconsistencyKind.ROUNDING, message, places, ", ".join(cells), said.group(), _CONFIDENCE)


def _listed(cells: list[str]) -> str:
    return cells[0] if len(cells) == 1 else f"{', '.join(cells[:-1])} and {cells[-1]}"
