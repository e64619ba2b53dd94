"""`total`: a row or column of totals that is not the sum of what it is said to be the sum of.

Tolerance: a part that was rounded lies within half a unit of its last digit shown, and so does the total; the sum of
`n` rounded parts may thus differ from the rounded total by half a unit for each of the `n` parts and half a unit more.
Where figures all end in noughts, that unit is the nought's.

What a total adds up is not said in a table, so every reading is tried: all rows above, those since the last total, the
subtotals, every stretch that ends above the total, or that begins below it; with and without the rows that are parts of
others; with the sign turned where a head says "less". A figure is found wrong only where no reading agrees, and either
another column agrees under one reading (so that it is known what is added), or the table has this one column of sums
and the difference is a slip of the pen or small. A mean, a median or an index lies between the least and the greatest
of its parts, so that a total that does is none.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from verifier.checker.consistency.sheet import Sheet, column_name, name_of
from verifier.checker.consistency.values import Value, common_step, is_near, is_slip, plain
from verifier.checker.consistency.words import ACCOUNTS, LESS, NOT_ADDITIVE, OVERLAP, ROUNDING, SELECTED, TOTAL_COLUMN
from verifier.model import Box, Inconsistency, InconsistencyKind, InconsistencyPlace

CONFIRMED, ALONE = 0.92, 0.75
"""Confidence where another column adds up in the same way, and where the column is the only one."""
_SMALL = Decimal("0.10")
"""Share by which a total that is alone may be off: more than that is another quantity as likely as an error."""
_FURTHEST = Decimal(2)
"""How many times the sum a confirmed total may be, or be of it."""
_LEAST_PARTS, _LEAST_ALONE = 2, 3
_MOST_STRETCHES = 60

Rows = tuple[int, ...]


def wrong_totals(sheet: Sheet) -> Iterator[Inconsistency]:
    """The totals of a table that are not the sums of their parts.

    One wrong cell spoils the sum of its row and that of its column: where it is itself a total, that one is said, and
    else the column's.
    """
    of_columns, of_rows = list(_in_rows(sheet)), list(_in_columns(sheet))
    yield from (one for one in of_columns if not any(_is_part_of(row, one) for row in of_rows))
    for row in of_rows:
        if not any(_is_part_of(one, row) or _share_a_part(one, row) for one in of_columns if not _is_part_of(row, one)):
            yield row


def _cells(places: Sequence[InconsistencyPlace]) -> set[Box]:
    return {box for place in places for box in place.boxes}


def _is_part_of(one: Inconsistency, other: Inconsistency) -> bool:
    """Whether the total that one finding is about is among the parts of another."""
    return bool(_cells(one.places[:1]) & _cells(other.places[1:]))


def _share_a_part(one: Inconsistency, other: Inconsistency) -> bool:
    return bool(_cells(one.places[1:]) & _cells(other.places[1:]))


def _in_rows(sheet: Sheet) -> Iterator[Inconsistency]:
    if not sheet.table.whole:
        return
    for total in range(len(sheet.values)):
        if not sheet.is_total(total) or sheet.is_bare(total):
            continue
        readings = list(_readings(sheet, total))
        columns = [c for c in range(len(sheet.sound)) if _may_add_up(sheet, total, c)]
        agree = {c: [rows for rows in readings if _agrees(sheet, total, rows, c)] for c in columns}
        wrong = [c for c in columns if not agree[c]]
        right = [c for c in columns if agree[c] and _is_distinctive(sheet, agree[c], c)]
        if len(wrong) != 1 or not readings:
            continue
        yield from _judged(sheet, total, wrong[0], [agree[c] for c in right], readings[0])


def _judged(
    sheet: Sheet, total: int, column: int, agreeing: Sequence[Sequence[Rows]], likeliest: Rows
) -> Iterator[Inconsistency]:
    """The finding about the one column that no reading agrees with; `agreeing` are the readings of the others."""
    if agreeing:
        rows = _usual(agreeing)
        if _is_confirmed(sheet, total, rows, column):
            yield _finding(sheet, total, rows, column, CONFIRMED)
    elif _is_alone(sheet, total, column) and _is_plainly_wrong(sheet, total, likeliest, column):
        yield _finding(sheet, total, likeliest, column, ALONE)


def _readings(sheet: Sheet, total: int) -> Iterator[Rows]:
    """What a total may add up, the likeliest first."""
    above = [row for row in range(total) if not sheet.is_bare(row)]
    plain_rows = [
        row for row in above if not sheet.is_total(row) and not sheet.is_part(row) and not sheet.is_beside(row)
    ]
    last = max((row for row in range(total) if sheet.is_total(row) or _is_group(sheet, row)), default=-1)
    since = tuple(row for row in plain_rows if row > last)
    subtotals = tuple(row for row in above if sheet.is_total(row))
    grand = sheet.head(total).lower().startswith(("grand", "overall", "all"))
    ordered = [tuple(plain_rows), since] if grand else [since, tuple(plain_rows)]
    ordered += [_outermost(sheet, plain_rows), subtotals, (*subtotals, *since), tuple(above)]
    ordered += [tuple(above[at:]) for at in range(max(0, len(above) - _MOST_STRETCHES), len(above) - 1)]
    ordered += [tuple(plain_rows[at:]) for at in range(max(0, len(plain_rows) - _MOST_STRETCHES), len(plain_rows) - 1)]
    ordered += _below(sheet, total)
    for rows in dict.fromkeys(ordered):
        if len(rows) >= _LEAST_PARTS:
            yield rows


def _below(sheet: Sheet, total: int) -> list[Rows]:
    """What a total that comes first may add up."""
    below = [row for row in range(total + 1, len(sheet.values)) if not sheet.is_bare(row)]
    down = tuple(row for row in below if not sheet.is_total(row) and not sheet.is_part(row))
    return [*(down[: at + 1] for at in range(1, min(len(down), _MOST_STRETCHES))), _outermost(sheet, down)]


def _outermost(sheet: Sheet, rows: Sequence[int]) -> Rows:
    """Those of some rows that are not indented under another."""
    top = min((sheet.table.rows[row].indent for row in rows), default=0.0)
    return tuple(row for row in rows if sheet.table.rows[row].indent < top + 0.5)


def _is_group(sheet: Sheet, row: int) -> bool:
    """Whether a row without figures heads the indented rows below it."""
    rows = sheet.table.rows
    return sheet.is_bare(row) and row + 1 < len(rows) and rows[row + 1].indent > rows[row].indent + 0.4


def _may_add_up(sheet: Sheet, total: int, column: int) -> bool:
    """Whether the column's figures are all read, its head allows sums, and the total is not between its parts."""
    stated = sheet.value(total, column)
    if not sheet.sound[column] or stated is None or NOT_ADDITIVE.search(sheet.table.columns[column].head):
        return False
    parts = [v for row in range(total) if (v := sheet.value(row, column)) is not None and not sheet.is_total(row)]
    parts = parts or [v for row in range(total + 1, len(sheet.values)) if (v := sheet.value(row, column)) is not None]
    if len(parts) < _LEAST_PARTS or not any(part.value for part in parts):
        return False
    if any(part.percent != stated.percent for part in parts if part.step):
        return False
    values = [part.value for part in parts]
    return min(values) < 0 or stated.value > max(values)


def _sum(sheet: Sheet, rows: Rows, column: int) -> tuple[Decimal, list[Value]]:
    parts = [value for row in rows if (value := sheet.value(row, column)) is not None]
    return sum((part.value for part in parts), Decimal(0)), parts


def _agrees(sheet: Sheet, total: int, rows: Rows, column: int) -> bool:
    stated = sheet.value(total, column)
    if stated is None:
        return False
    computed, parts = _sum(sheet, rows, column)
    tolerance = _tolerance(sheet, stated, parts)
    if abs(stated.value - computed) <= tolerance:
        return True
    less = [row for row in rows if LESS.search(sheet.head(row))]
    turned = sum((2 * abs(value.value) for row in less if (value := sheet.value(row, column)) is not None), Decimal(0))
    return bool(less) and abs(stated.value - (computed - turned)) <= tolerance


def _tolerance(sheet: Sheet, stated: Value, parts: Sequence[Value]) -> Decimal:
    """Half a unit for each part that may be rounded and for the total; twice that where the table says so itself.

    Whole numbers are counts, which are not rounded, unless all of them end in noughts or the table speaks of rounding.
    """
    step = common_step(parts)
    says_rounded = ROUNDING.search(sheet.context) is not None
    if step == 1 and stated.step == 1 and not stated.percent and not says_rounded and not _is_scaled(sheet):
        return Decimal(0)
    tolerance = (len(parts) * step + max(stated.step, min(step, _own_step(stated)))) / 2
    return 2 * tolerance if says_rounded else tolerance


def _own_step(stated: Value) -> Decimal:
    return common_step([stated] * 4)


def _is_scaled(sheet: Sheet) -> bool:
    """Whether figures are given in thousands or millions, or as shares: whole numbers are then rounded ones."""
    low = sheet.context.lower()
    return any(
        word in low for word in ("thousand", "million", "billion", "000", "%", "per cent", "percent", "bn", "share")
    )


def _is_distinctive(sheet: Sheet, agreeing: Sequence[Rows], column: int) -> bool:
    """Whether that a column adds up says something: its parts are several and not all nought."""
    return any(sum(part.value != 0 for part in _sum(sheet, rows, column)[1]) >= _LEAST_PARTS for rows in agreeing)


def _usual(readings: Sequence[Sequence[Rows]]) -> Rows:
    """The reading that most columns agree with, the likeliest of these."""
    first = readings[0]
    return max(first, key=lambda rows: (sum(rows in other for other in readings), -first.index(rows)))


def _is_confirmed(sheet: Sheet, total: int, rows: Rows, column: int) -> bool:
    stated, (computed, parts) = sheet.value(total, column), _sum(sheet, rows, column)
    if stated is None or len(parts) < len(rows) or not computed:
        return False
    if OVERLAP.search(sheet.context) or any(sheet.is_beside(row) for row in rows):
        return False
    if is_slip(stated.value, computed):
        return True
    if not sheet.table.columns[column].head or any(part.value < 0 for part in parts):
        return is_near(stated.value, computed, _SMALL) and bool(sheet.table.columns[column].head)
    return 1 / _FURTHEST <= stated.value / computed <= _FURTHEST


def _is_alone(sheet: Sheet, total: int, column: int) -> bool:
    """Whether no other column of the table has sums that could tell what is added."""
    return not any(_may_add_up(sheet, total, c) for c in range(len(sheet.sound)) if c != column)


def _is_plainly_wrong(sheet: Sheet, total: int, rows: Rows, column: int) -> bool:
    """Whether a single column's total is off by a slip or by little, in a table that shows all that it counts."""
    stated, (computed, parts) = sheet.value(total, column), _sum(sheet, rows, column)
    if stated is None or len(parts) < max(_LEAST_ALONE, len(rows)):
        return False
    heads = " ".join(sheet.head(row) for row in rows)
    said = f"{sheet.table.caption} {sheet.table.corner} {sheet.table.columns[column].head} {sheet.head(total)}"
    if SELECTED.search(said) or OVERLAP.search(sheet.context) or ACCOUNTS.search(heads) or LESS.search(heads):
        return False
    if any(sheet.is_beside(row) or sheet.is_part(row) or not sheet.head(row) for row in rows):
        return False
    if any(abs(computed - part.value - stated.value) <= part.step for part in parts):
        return False  # one of the rows is part of another
    if any(int(count) != len(rows) for count in re.findall(r"\b\d{1,3}\b", sheet.head(total))):
        return False  # "All 18 districts", of which fewer are shown
    has_caption = bool(sheet.table.caption)  # without a caption it is not known whether the table shows all
    return is_slip(stated.value, computed) or (has_caption and is_near(stated.value, computed, _SMALL))


def _finding(sheet: Sheet, total: int, rows: Rows, column: int, confidence: float) -> Inconsistency:
    computed, _ = _sum(sheet, rows, column)
    cell = sheet.cell(total, column).text
    message = (
        f"{name_of(sheet.table)}: {sheet.head(total) or 'the total'}{column_name(sheet.table, column)} is {cell}, "
        f"but its {len(rows)} parts come to {plain(computed)}."
    )
    places = (sheet.place(total, column), sheet.rows_place(rows, column))
    return Inconsistency(InconsistencyKind.TOTAL, message, places, cell, plain(computed), confidence)


def _in_columns(sheet: Sheet) -> Iterator[Inconsistency]:
    """A column of totals, each the sum of its row: where nearly all rows agree, the one that does not is wrong."""
    for column in range(2, len(sheet.sound)):
        head = sheet.table.columns[column].heads[-1:]
        if not head or not TOTAL_COLUMN.fullmatch(head[0].strip()) or not sheet.sound[column]:
            continue
        for first in range(column - 1):
            parts = list(range(first, column))
            if not all(sheet.sound[part] for part in parts):
                continue
            rows = [
                row
                for row in range(len(sheet.values))
                if all(v is not None for v in sheet.values[row][first : column + 1])
            ]
            wrong = [row for row in rows if not _row_agrees(sheet, row, parts, column)]
            if len(wrong) == 1 and len(rows) >= 4 and not OVERLAP.search(sheet.context):
                yield _row_finding(sheet, wrong[0], parts, column)
                break
            if rows and not wrong:
                break


def _row_sum(sheet: Sheet, row: int, parts: Sequence[int]) -> tuple[Decimal, list[Value]]:
    values = [value for part in parts if (value := sheet.value(row, part)) is not None]
    return sum((value.value for value in values), Decimal(0)), values


def _row_agrees(sheet: Sheet, row: int, parts: Sequence[int], column: int) -> bool:
    stated, (computed, values) = sheet.value(row, column), _row_sum(sheet, row, parts)
    return stated is not None and abs(stated.value - computed) <= _tolerance(sheet, stated, values)


def _row_finding(sheet: Sheet, row: int, parts: Sequence[int], column: int) -> Inconsistency:
    computed, _ = _row_sum(sheet, row, parts)
    cell = sheet.cell(row, column).text
    message = (
        f"{name_of(sheet.table)}: the total of “{sheet.head(row)}” is {cell}, but its row comes to {plain(computed)}."
    )
    cells = [sheet.place(row, part) for part in parts]
    return Inconsistency(
        InconsistencyKind.TOTAL, message, (sheet.place(row, column), *cells), cell, plain(computed), CONFIRMED
    )
