"""What the text says of a table: `restated` where it gives a cell another value, `total` where a note gives another
sum.

A sentence is held against a table only where it names it (`Table 3`) and names the row, or gives a row's figure with
its year and noun and one digit of it wrong. Tolerance: the text may round, so its figure lies within half a unit of its
last digit that is no nought; heads may say thousands or millions. Where any cell of the table agrees, nothing is said.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from verifier.checker.consistency.prose import NUMBER, Sentence, is_year, value_at
from verifier.checker.consistency.sheet import Sheet, column_name, name_of
from verifier.checker.consistency.values import Value, common_step, is_near, is_slip, plain
from verifier.checker.consistency.words import HEDGE, NOT_ADDITIVE, OVERLAP
from verifier.model import Inconsistency, InconsistencyKind, InconsistencyPlace

_NAMED, _UNNAMED, _IN_NOTE = 0.8, 0.7, 0.78
_NEAR, _NEARER = Decimal("0.10"), Decimal("0.05")
_LEAST_VALUE = 100
_LEAST_PARTS = 3
_FIGURE = re.compile(
    rf"(?<![\d.,])(?P<number>{NUMBER})(?P<scale>\s(?:thousand|million|billion)\b)?(?!\d|[.,]\d|\s?(?:%|per\s?cent|percent))"
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_SMALL_WORDS = frozenset(["the", "of", "and", "in", "for", "by", "to", "a", "an", "or", "at", "on", "with", "from"])
_TOTAL_WORDS = re.compile(r"\b(?:total|in all|altogether|overall|combined|together|sum)\b", re.IGNORECASE)
_SCALES = {"": 1, "thousand": 10**3, "million": 10**6, "billion": 10**9}
_HEAD_SCALES = (
    (10**3, re.compile(r"thousand|[’']?000\b")),
    (10**6, re.compile(r"million")),
    (10**9, re.compile(r"billion|\bbn\b")),
)
_COUNTED = re.compile(r"(?<![\d.,$€£~])(?P<number>\d{1,3}(?:,\d{3})+|\d{3,})\s(?P<noun>(?:[a-z-]+\s){0,2}[a-z]{3,}s)\b")
_WHOLE = re.compile(r"\b(?:our|this|the|all|total|analysis|based|covers?|sample|survey|n\s?=)\b", re.IGNORECASE)
_APART = re.compile(
    r"\b(?:revis\w+|estimat\w+|exclud\w+|without|other than|half|part|average|mean|target|forecast|plan\w*|would|could|"
    r"more than|fewer|rose|fell|increase\w*|decrease\w*|difference|change\w*|between|per|first|most|least"
    r"|previous\w*|(?:week|day|month|night)(?:day|end)?s?|wom[ae]n|m[ae]n|girls?|boys?|children|adults|summer|winter|spring"
    r"|autumn|online|foreign|only|new|alone|without|excluding|including|mostly|nearly|of (?:them|these|which|whom))\b",
    re.IGNORECASE,
)


def restated_cells(sheets: Sequence[Sheet], sentences: Sequence[Sentence]) -> Iterator[Inconsistency]:
    """Cells that the text gives with another value."""
    for sentence in sentences if sheets else ():
        if _APART.search(sentence.text):
            continue
        figures = list(_FIGURE.finditer(re.sub(r"\b(?:Table|Figure)\s\d+", _blank, sentence.text)))
        figures = [one for one in figures if not is_year(one["number"])]
        if len(figures) != 1 or HEDGE.search(sentence.text[: figures[0].start()]):
            continue
        found = _in_tables(sheets, sentence, figures[0])
        if found is not None:
            yield found


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _in_tables(sheets: Sequence[Sheet], sentence: Sentence, figure: re.Match[str]) -> Inconsistency | None:
    value = value_at(figure["number"])
    scale = _SCALES[(figure["scale"] or "").strip()]
    stated = Value(value.value * scale, value.step * scale)
    if stated.value < _LEAST_VALUE:
        return None
    named = [
        sheet
        for sheet in sheets
        if sheet.table.label and re.search(rf"\b{re.escape(sheet.table.label)}\b(?![.\d])", sentence.text)
    ]
    if any(_has(sheet, stated) for sheet in sheets):
        return None
    for sheet in named or sheets:
        cell = _meant(sheet, sentence.text)
        if cell is None:
            continue
        row, column = cell
        held = sheet.value(row, column)
        if held is None or held.percent:
            continue
        right = held.value * _head_scale(sheet)
        slip = is_slip(stated.value, right)
        if slip or (named and is_near(stated.value, right, _NEAR)):
            if not named and not _noun_is_tables(sheet, sentence.text, figure):
                continue
            said = figure.group()
            message = (
                f"The text says {said}, {name_of(sheet.table)} {sheet.cell(row, column).text} (“{sheet.head(row)}”)."
            )
            places = (sentence.place(*figure.span()), sheet.place(row, column))
            confidence = _NAMED if named else _UNNAMED
            return Inconsistency(
                InconsistencyKind.RESTATED, message, places, said, sheet.cell(row, column).text, confidence
            )
    return None


def _has(sheet: Sheet, stated: Value) -> bool:
    """Whether any cell of a table is this figure, at any scale and rounding."""
    step = stated.step
    while stated.value % (step * 10) == 0 and step < stated.value:
        step *= 10
    return any(
        value is not None and abs(value.value * scale - stated.value) <= step / 2
        for row in sheet.values
        for value in row
        for scale in (1, 10**3, 10**6, 10**9)
    )


def _head_scale(sheet: Sheet) -> int:
    return next((scale for scale, words in _HEAD_SCALES if words.search(sheet.context.lower())), 1)


def _meant(sheet: Sheet, text: str) -> tuple[int, int] | None:
    """The one cell that a sentence speaks of: its row is named, and its column where there are several."""
    words = set(_words(text))
    rows = [row for row in range(len(sheet.values)) if not sheet.is_bare(row) and _names(sheet.head(row), words, text)]
    if not rows and _TOTAL_WORDS.search(text):
        rows = [row for row in range(len(sheet.values)) if sheet.is_total(row)]
    if len(rows) != 1:
        return None
    columns = [at for at in range(len(sheet.sound)) if sheet.value(rows[0], at) is not None]
    years = set(re.findall(r"\b(?:1[89]|20)\d\d\b", text))
    if len(years) > 1:
        return None
    if len(columns) > 1:
        columns = [at for at in columns if _names_column(sheet, at, words, years)]
    elif years and years.isdisjoint(re.findall(r"\d{4}", sheet.context)):
        return None
    return (rows[0], columns[0]) if len(columns) == 1 else None


def _names(head: str, words: set[str], text: str) -> bool:
    own = [word for word in _words(head) if word not in _SMALL_WORDS]
    return bool(own) and all(word in words for word in own) and head[:1] in text and len("".join(own)) >= 3


def _names_column(sheet: Sheet, column: int, words: set[str], years: set[str]) -> bool:
    head = sheet.table.columns[column].head
    in_head = set(re.findall(r"\b(?:1[89]|20)\d\d\b", head))
    if in_head:
        return bool(in_head & years)
    own = [word for word in _words(head) if word not in _SMALL_WORDS]
    return bool(own) and all(word in words for word in own)


def _noun_is_tables(sheet: Sheet, text: str, figure: re.Match[str]) -> bool:
    after = _words(text[figure.end() : figure.end() + 30])[:1]
    context = set(_words(sheet.context))
    proper = re.findall(r"(?<=[a-z,]\s)[A-Z]\w+", text)
    return bool(after) and after[0] in context and bool(proper)


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def totals_in_notes(sheets: Sequence[Sheet]) -> Iterator[Inconsistency]:
    """A note below a table that gives the whole of what a column counts: `Our analysis of 78,493 variant models`.

    Parts that come to more than their whole contradict it; parts that come to less may be but some of them. Found
    where the note's noun is the column's, the table has no row of totals, and the sum is above the whole by at most a
    tenth.
    """
    for sheet in sheets:
        if not sheet.table.whole:
            continue
        for column in range(len(sheet.sound)):
            found = _note_total(sheet, column)
            if found is not None:
                yield found


def _counted_parts(sheet: Sheet, column: int) -> list[tuple[int, Value]]:
    """The rows and counts that a column's whole is made of; none where they may be anything else."""
    head = sheet.table.columns[column].head
    cells = [(row, value) for row in range(len(sheet.values)) if (value := sheet.value(row, column)) is not None]
    parts = [(row, value) for row, value in cells if not sheet.is_total(row)]
    if not sheet.sound[column] or len(parts) < _LEAST_PARTS or NOT_ADDITIVE.search(head):
        return []
    if any(value.percent or value.value < 0 or value.step < 1 for _, value in parts):
        return []
    computed = sum((value.value for _, value in parts), Decimal(0))
    if any(value.value != computed for row, value in cells if sheet.is_total(row)):
        return []
    overlap = OVERLAP.search(f"{sheet.table.caption} {head}")
    return [] if overlap or any(sheet.is_part(row) or sheet.is_beside(row) for row, _ in parts) else parts


def _note_total(sheet: Sheet, column: int) -> Inconsistency | None:
    head = sheet.table.columns[column].head
    parts = _counted_parts(sheet, column)
    if not parts:
        return None
    computed = sum((value.value for _, value in parts), Decimal(0))
    slack = len(parts) * common_step([value for _, value in parts]) / 2
    slack = slack if slack > len(parts) / 2 else Decimal(0)
    own, around = _stems(head), _stems(f"{sheet.table.caption} {sheet.table.corner}")
    text = sheet.table.below.text
    for found in _COUNTED.finditer(text):
        whole = value_at(found["number"])
        noun = _stems(found["noun"])
        if is_year(found["number"]) or HEDGE.search(text[: found.start()]):
            continue
        if not _WHOLE.search(text[max(0, found.start() - 40) : found.start()]):
            continue
        over = computed - whole.value
        near = _NEAR if own & noun else _NEARER if around & noun else Decimal(0)
        if over <= slack or not is_near(whole.value, computed, near):
            continue
        rows = tuple(row for row, _ in parts)
        message = (
            f"{name_of(sheet.table)}: its note counts {found.group()}, but the {len(rows)} figures"
            f"{column_name(sheet.table, column)} come to {plain(computed)}."
        )
        boxes = sheet.table.below.boxes(*found.span())
        note = InconsistencyPlace(boxes[0].page if boxes else None, _around(text, found), boxes)
        places = (note, sheet.rows_place(rows, column))
        return Inconsistency(InconsistencyKind.TOTAL, message, places, found["number"], plain(computed), _IN_NOTE)
    return None


def _stems(text: str) -> set[str]:
    """The longer words of a text without the ending of their plural."""
    return {word.removesuffix("s") for word in _words(text) if len(word) > 3 and word not in _SMALL_WORDS}


def _around(text: str, found: re.Match[str]) -> str:
    start = text.rfind(". ", 0, found.start()) + 1
    end = text.find(". ", found.end())
    return text[start : end + 1 if end >= 0 else len(text)].strip()
