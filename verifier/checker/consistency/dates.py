"""`date`: a day that does not exist, a weekday that its date does not have, a span that ends before it begins.

No tolerance: the calendar is exact. Dates before 1900 are left alone (other calendars, other places).
"""

import calendar
import re
from collections.abc import Iterator
from datetime import date

from verifier.checker.consistency.prose import Sentence
from verifier.model import Inconsistency, InconsistencyKind

_SURE, _SPAN = 0.9, 0.75
_MONTHS = {name.lower(): at for at, name in enumerate(calendar.month_name) if name}
_DAYS = [name.lower() for name in calendar.day_name]
_MONTH = "|".join(_MONTHS)
_DATES = (
    re.compile(
        rf"(?:\b(?P<weekday>{'|'.join(_DAYS)}),?\s(?:the\s)?)?\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<month>{_MONTH})(?:,?\s(?P<year>\d{{4}}))?\b(?![-–\d])",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:\b(?P<weekday>{'|'.join(_DAYS)}),?\s)?\b(?P<month>{_MONTH})\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d/:–-])(?:,?\s(?P<year>\d{{4}}))?\b",
        re.IGNORECASE,
    ),
)
_NAMED = re.compile(rf"\b(?:{_MONTH})\b", re.IGNORECASE)
_SPANS = (
    re.compile(
        r"\b(?:from|between)\s(?:[A-Z][a-z]+\s)?(?P<first>(?:19|20)\d\d)\s(?:to|until|till|through|and)\s(?:[A-Z][a-z]+\s)?(?P<last>(?:19|20)\d\d)\b(?P<after>[\s-]?\w*)"
    ),
    re.compile(r"\((?P<first>(?:19|20)\d\d)–(?P<last>(?:19|20)\d\d)\)(?P<after>)"),
)
_BACKWARD = re.compile(
    r"\b(?:back\w*|earlier|revers\w+|down|return\w*|compar\w+|levels?|prices|dollars|baseline|shift\w*|moved?|chang\w+|differ\w*|versus)\b",
    re.IGNORECASE,
)
_EARLIEST = 1900


def impossible_dates(sentence: Sentence) -> Iterator[Inconsistency]:
    """The dates and spans of a sentence that cannot be."""
    for pattern in _DATES if _NAMED.search(sentence.text) else ():
        for found in pattern.finditer(sentence.text):
            yield from _wrong_day(sentence, found)
    for pattern in _SPANS:
        for found in pattern.finditer(sentence.text):
            if int(found["last"]) >= int(found["first"]) or _BACKWARD.search(sentence.text):
                continue
            span = sentence.text[found.start() : found.end("last")]
            message = f"“{span}” ends before it begins."
            place = sentence.place(found.start(), found.end("last"))
            yield Inconsistency(InconsistencyKind.DATE, message, (place,), span, None, _SPAN)


def _wrong_day(sentence: Sentence, found: re.Match[str]) -> Iterator[Inconsistency]:
    day, month = int(found["day"]), _MONTHS[found["month"].lower()]
    year = int(found["year"]) if found["year"] else None
    if found["month"] == "may" or (year is not None and not _EARLIEST <= year <= 2100):
        return
    last = calendar.monthrange(year or 2000, month)[1]
    said = found.group()
    place = sentence.place(*found.span())
    if 0 < last < day <= 31:
        if day == 30 and month == 2 and year is None:
            return
        message = (
            f"“{said}” is no day of the calendar: {found['month']} has {last} days{f' in {year}' if year else ''}."
        )
        yield Inconsistency(InconsistencyKind.DATE, message, (place,), said, f"{last} {found['month']}", _SURE)
    elif 0 < day <= last and year is not None and found["weekday"]:
        right = _DAYS[date(year, month, day).weekday()]
        if right != found["weekday"].lower():
            message = f"{day} {found['month']} {year} was a {right.capitalize()}, not a {found['weekday']}."
            yield Inconsistency(InconsistencyKind.DATE, message, (place,), said, right.capitalize(), _SURE)
