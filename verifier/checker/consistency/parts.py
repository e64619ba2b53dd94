"""`part_exceeds_whole`: a part that is larger than what it is said to be part of.

Tolerance: half a unit of the last digit shown for either figure. Rates and means have no parts: a group's rate may be
above that of all.
"""

import re
from collections.abc import Iterator

from verifier.checker.consistency.prose import Sentence, number_at
from verifier.checker.consistency.sheet import Sheet, name_of
from verifier.checker.consistency.values import Value
from verifier.checker.consistency.words import HEDGE, NOT_ADDITIVE
from verifier.model import Inconsistency, InconsistencyKind

_IN_TABLE, _IN_PROSE = 0.9, 0.8
_NUMBER = r"\d{1,3}(?:,\d{3})+|\d+"
_NOUN = r"(?P<noun>(?:[a-z]+[\s-]){0,2}[a-z]{3,})"
_OF_THE = re.compile(
    rf"\b[Oo]f\s(?:the|these|those|our|all|all the)\s(?P<whole>{_NUMBER})\s{_NOUN}\b[^.;:\d]{{0,60}}?,\s"
    rf"(?:only\s|just\s)?(?P<part>{_NUMBER})"
    r"(?=\s(?:were|was|are|is|had|have|has|did|do|said|say|[a-z]+ed|answered|gave|made|came|went)\b|,\sor\s|\s\()"
)
_PART_OF = re.compile(
    rf"(?<![\d.,$€£])(?P<part>{_NUMBER})\s(?:out\s)?of\s(?:the|these|those|all|our)\s(?P<whole>{_NUMBER})"
    r"(?![\d.,]*\d|\s?[%$€£]|\s(?:million|billion))"
)
_FURTHEST = 5
"""A part of more than so many times the whole is another thing than a part."""


def oversized_rows(sheet: Sheet) -> Iterator[Inconsistency]:
    """Rows "of which" that exceed the row they belong to."""
    for column, sound in enumerate(sheet.sound):
        if not sound or NOT_ADDITIVE.search(f"{sheet.table.columns[column].head} {sheet.table.caption}"):
            continue
        pairs = [
            (row, whole) for row in range(len(sheet.values)) if (whole := _whole_of(sheet, row, column)) is not None
        ]
        wrong = [(row, whole) for row, whole in pairs if _exceeds(sheet.value(row, column), sheet.value(whole, column))]
        if len(wrong) != 1 or (len(pairs) > 1 and len(wrong) == len(pairs)):
            continue
        row, whole = wrong[0]
        part, all_ = sheet.value(row, column), sheet.value(whole, column)
        if part is None or all_ is None or part.percent or part.step < 1 or NOT_ADDITIVE.search(sheet.head(whole)):
            continue
        cell, larger = sheet.cell(row, column).text, sheet.cell(whole, column).text
        message = (
            f"{name_of(sheet.table)}: “{sheet.head(row)}” is {cell}, more than the {larger} of “{sheet.head(whole)}”."
        )
        places = (sheet.place(row, column), sheet.place(whole, column))
        yield Inconsistency(InconsistencyKind.PART_EXCEEDS_WHOLE, message, places, cell, larger, _IN_TABLE)


def _whole_of(sheet: Sheet, row: int, column: int) -> int | None:
    if not sheet.is_part(row) or sheet.value(row, column) is None:
        return None
    above = next((at for at in range(row - 1, -1, -1) if not sheet.is_part(at)), None)
    return above if above is not None and sheet.value(above, column) is not None else None


def _exceeds(part: Value | None, whole: Value | None) -> bool:
    return part is not None and whole is not None and part.low > whole.high > 0


def oversized_parts(sentence: Sentence) -> Iterator[Inconsistency]:
    """`Of the 120 villages, 135 have a well`, `135 of the 120 answered`."""
    for pattern in (_OF_THE, _PART_OF):
        for found in pattern.finditer(sentence.text):
            part, whole = number_at(found["part"]), number_at(found["whole"])
            if not 0 < whole < part <= _FURTHEST * whole or HEDGE.search(sentence.text[: found.start("part")]):
                continue
            if _is_year(found["whole"]) or _is_year(found["part"]):
                continue
            message = f"{found['part']} is said to be part of {found['whole']}."
            places = (sentence.place(*found.span("part")), sentence.place(*found.span("whole")))
            yield Inconsistency(
                InconsistencyKind.PART_EXCEEDS_WHOLE, message, places, found["part"], found["whole"], _IN_PROSE
            )
            return


def _is_year(number: str) -> bool:
    return bool(re.fullmatch(r"1[89]\d\d|20\d\d", number))
