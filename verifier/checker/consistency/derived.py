"""`percentage` and `change` in tables: a column that is worked out from others, and the cell that was not.

How a column was worked out is learned from its own cells: where all of them but one follow from others by one formula,
the one that does not is found. Tolerance: every figure that enters lies within half a unit of its last digit, so the
result is an interval; the printed one, with half a unit of its own, must touch it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from verifier.checker.consistency.sheet import Sheet, column_name, name_of
from verifier.checker.consistency.values import Value, plain
from verifier.checker.consistency.words import CHANGE, OVERLAP, PERCENT
from verifier.model import Inconsistency, InconsistencyKind, InconsistencyPlace

_LEAST_AGREEING = 3
_CONFIDENCE = 0.88
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Interval:
    """What a formula gives for figures that were rounded; `exact` for the figures as printed."""

    low: Decimal
    high: Decimal
    exact: Decimal

    def meets(self, stated: Value) -> bool:
        """Whether a printed figure can have been rounded from it."""
        return self.low <= stated.high and stated.low <= self.high


Formula = Callable[[Value, Value], Interval | None]


def share(part: Value, whole: Value) -> Interval | None:
    """A part of a whole in per cent."""
    if whole.low <= 0 or part.low < 0:
        return None
    ends = [_HUNDRED * p / w for p in (part.low, part.high) for w in (whole.low, whole.high)]
    return Interval(min(ends), max(ends), _HUNDRED * part.value / whole.value)


def change(first: Value, second: Value) -> Interval | None:
    """From one figure to another, in per cent of the first."""
    ratio = share(second, first)
    return ratio and Interval(ratio.low - _HUNDRED, ratio.high - _HUNDRED, ratio.exact - _HUNDRED)


def difference(first: Value, second: Value) -> Interval | None:
    """From one figure to another, in units."""
    exact, slack = second.value - first.value, (first.step + second.step) / 2
    return Interval(exact - slack, exact + slack, exact)


def wrong_shares(sheet: Sheet) -> Iterator[Inconsistency]:
    """Cells of a column of shares that are not the shares that the other cells of it are."""
    for column in _of_shares(sheet):
        found = _share_of_total(sheet, column) or _share_of_column(sheet, column)
        if found is not None:
            yield found


def wrong_changes(sheet: Sheet) -> Iterator[Inconsistency]:
    """Cells of a column of changes that are not the changes that the other cells of it are."""
    for column in _headed(sheet, CHANGE):
        for one in range(column):
            for other in range(one + 1, column):
                pairs = [(sheet.value(row, one), sheet.value(row, other)) for row in range(len(sheet.values))]
                for formula in (change, difference):
                    odd = _odd_one(sheet, column, pairs, formula)
                    if odd is not None:
                        row, computed = odd
                        yield _changed(sheet, row, column, (one, other), computed)
                        return


def _headed(sheet: Sheet, heads: re.Pattern[str]) -> list[int]:
    columns = range(len(sheet.sound))
    return [at for at in columns if sheet.sound[at] and heads.search(sheet.table.columns[at].head)]


def _of_shares(sheet: Sheet) -> list[int]:
    signed = [
        at
        for at in range(len(sheet.sound))
        if sheet.sound[at] and any(row[at] for row in sheet.values if (value := row[at]) is not None and value.percent)
    ]
    return sorted({*signed, *_headed(sheet, PERCENT)})


def _share_of_total(sheet: Sheet, column: int) -> Inconsistency | None:
    """Shares of a column's total."""
    totals = [row for row in range(len(sheet.values)) if sheet.is_total(row)]
    if len(totals) != 1 or OVERLAP.search(sheet.context):
        return None
    for counts in range(len(sheet.sound)):
        whole = sheet.value(totals[0], counts)
        if counts == column or whole is None or not sheet.sound[counts] or whole.percent:
            continue
        pairs = [(row[counts], whole) if at != totals[0] else (None, None) for at, row in enumerate(sheet.values)]
        odd = _odd_one(sheet, column, pairs, share)
        if odd is not None and _adds_up(sheet, counts, totals[0]):
            row, computed = odd
            return _shared(sheet, row, column, (counts, totals[0]), computed)
    return None


def _adds_up(sheet: Sheet, column: int, total: int) -> bool:
    """Whether the counts come to their total: where they do not, that is what is wrong."""
    parts = [v.value for at, row in enumerate(sheet.values) if at != total and (v := row[column]) is not None]
    whole = sheet.value(total, column)
    return whole is not None and abs(sum(parts) - whole.value) <= len(parts) * whole.step


def _share_of_column(sheet: Sheet, column: int) -> Inconsistency | None:
    """Shares of another column's figure in the same row."""
    for part in range(len(sheet.sound)):
        for whole in range(len(sheet.sound)):
            if len({part, whole, column}) < 3 or not (sheet.sound[part] and sheet.sound[whole]):
                continue
            pairs = [(row[part], row[whole]) for row in sheet.values]
            odd = _odd_one(sheet, column, pairs, share)
            if odd is not None:
                row, computed = odd
                places = (sheet.place(row, column), sheet.place(row, part), sheet.place(row, whole))
                return _finding(sheet, InconsistencyKind.PERCENTAGE, row, column, computed, places)
    return None


def _odd_one(
    sheet: Sheet, column: int, pairs: Sequence[tuple[Value | None, Value | None]], formula: Formula
) -> tuple[int, Decimal] | None:
    """The one row whose cell does not follow from its pair, where at least three others do."""
    agreeing, odd = 0, []
    for row, (one, other) in enumerate(pairs):
        stated = sheet.value(row, column)
        if stated is None or one is None or other is None or not stated.step:
            continue
        computed = formula(one, other)
        if computed is None:
            continue
        if computed.meets(stated):
            agreeing += stated.value != 0
        else:
            odd.append((row, computed.exact))
    if len(odd) == 1 and agreeing >= _LEAST_AGREEING:
        return odd[0]
    return None


def _shared(sheet: Sheet, row: int, column: int, whole: tuple[int, int], computed: Decimal) -> Inconsistency:
    counts, total = whole
    places = (sheet.place(row, column), sheet.place(row, counts), sheet.place(total, counts))
    return _finding(sheet, InconsistencyKind.PERCENTAGE, row, column, computed, places)


def _changed(sheet: Sheet, row: int, column: int, pair: tuple[int, int], computed: Decimal) -> Inconsistency:
    places = (sheet.place(row, column), *(sheet.place(row, one) for one in pair))
    return _finding(sheet, InconsistencyKind.CHANGE, row, column, computed, places)


def _finding(
    sheet: Sheet,
    kind: InconsistencyKind,
    row: int,
    column: int,
    computed: Decimal,
    places: tuple[InconsistencyPlace, ...],
) -> Inconsistency:
    stated = sheet.value(row, column)
    places_shown = Decimal(0) if stated is None or stated.step >= 1 else stated.step
    shown = plain(computed.quantize(places_shown)) if places_shown else plain(computed.quantize(Decimal(1)))
    cell = sheet.cell(row, column).text
    held = " and ".join(place.text.rpartition(": ")[2] for place in places[1:])
    message = (
        f"{name_of(sheet.table)}: “{sheet.head(row)}”{column_name(sheet.table, column)} is {cell}, "
        f"but {held} make it {shown}, as in the other rows."
    )
    return Inconsistency(kind, message, places, cell, shown, _CONFIDENCE)
