"""Dates, years, decades and centuries in prose.

A date's value reads yyyymmdd, parts not given are zero ("30 October 2023" is 20231030, "October 2023" 20231000,
"30 October" 1030); its unit is `date`. A year's value is the year and its unit `year`; decades and centuries are
years too, `low` and `high` being their first and last one.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from verifier.checker.figures.number_words import ORDINALS
from verifier.model import Figure, Qualifier

_MONTH_NAMES = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, 1)}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_MONTH = f"(?:{_MONTH}|{_MONTH.upper()})"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:\s?(?:st|nd|rd|th))?"
_YEAR = r"(?:1\d|20|21)\d\d"
_DASH = r"\s?[-–—]\s?"

DATE_PATTERN = re.compile(
    rf"""(?:(?<![\w.$€£-])|(?<=[a-z])(?={_MONTH}\s{_DAY},?\s{_YEAR}(?!\d)))(?:
      (?P<iso>{_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?![\d-])
        (?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?
    | (?P<slashed>(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|[12]\d|3[01])/(?:{_YEAR}|\d\d))(?![\d/])
    | (?P<dmy>{_DAY}(?:(?:{_DASH}|\s(?:to|and)\s){_DAY})?\s(?:of\s)?{_MONTH}(?![a-z])(?:,?\s{_YEAR}(?!\d|,\d))?)
    | (?P<mdy>{_MONTH}\s(?:the\s)?{_DAY}(?:(?:{_DASH}|\s(?:to|and)\s){_DAY})?(?![\d%]|[.,]\d)
        (?:\s?,?\s{_YEAR}(?![\d%]|,\d))?)
    | (?P<my>{_MONTH},?\s(?:of\s)?{_YEAR}(?!\d|,\d))
    | (?P<decade>{_YEAR[:-2]}0\s?['’]?s)\b
    | (?P<short>(?:(?<=\bthe\s)|(?<=\d0s\sand\s)|(?<=\d0s\sor\s))['’]?[2-9]0s)\b
    | (?P<century>(?:\d\d?(?:st|nd|rd|th)
        |[A-Za-z]+(?:-first)?(?:eenth|elfth|tieth|inth|nth|hth|xth|fth|rth)|twenty-first)[\s-]century)\b
    )""",
    re.VERBOSE,
)
_BEGINNING = re.compile(r"[\d'’JFMASOND](?<!\d\d)")
_LEAD = (
    r"(?:in|since|from|until|till|by|of|during|for|before|after|between|and|to|early|late|mid|circa|around|season|year"
    r"|fy|fiscal)"
)
_YEAR_WORDS = re.compile(rf"(?:\b{_LEAD}|[(–—-])\s?$", re.IGNORECASE)
_COUNTED_AFTER = re.compile(r"\s(?!in\b|and\b|or\b|by\b|at\b|the\b|for\b|to\b|with\b|as\b|on\b|of\b)[a-z]{3,}s\b")


def find_dates(text: str) -> list[Figure]:
    """All dates, months of a year, decades and centuries, in reading order; bare years are the scanner's."""
    figures = [_figure(found) for found in _matches(text)]
    return [figure for figure in figures if figure is not None]


def _matches(text: str) -> Iterator[re.Match[str]]:
    """What `DATE_PATTERN.finditer` finds, tried only where a date may begin: at a digit, a month, an apostrophe."""
    if "century" in text:
        yield from DATE_PATTERN.finditer(text)
        return
    end = 0
    for place in _BEGINNING.finditer(text):
        if place.start() >= end and (found := DATE_PATTERN.match(text, place.start())) is not None:
            end = found.end()
            yield found


def looks_like_year(text: str, start: int, end: int) -> bool:
    """Whether the four bare digits there name a year rather than count something."""
    if not text[start:end].isdigit() or not 1000 <= int(text[start:end]) <= 2199:
        return False
    led = _YEAR_WORDS.search(text, max(0, start - 12), start) is not None
    if _COUNTED_AFTER.match(text, end) and not led:
        return False
    return led or 1500 <= int(text[start:end]) <= 2099


def year_figure(text: str, start: int, end: int) -> Figure:
    """The year that is at these four digits."""
    return _years(text, start, end, int(text[start:end]), int(text[start:end]))


def _years(text: str, start: int, end: int, first: int, last: int) -> Figure:
    return Figure(text[start:end], start, end, Decimal(first), Decimal(first), Decimal(last), "year", "date")


def _day(text: str, start: int, end: int, first: int, last: int) -> Figure:
    qualifier = Qualifier.EXACT if first == last else Qualifier.BETWEEN
    value = Decimal(first)
    return Figure(text[start:end], start, end, value, value, Decimal(last), "date", "date", qualifier)


def _figure(found: re.Match[str]) -> Figure | None:
    text, start, end, kind = found.string, found.start(), found.end(), found.lastgroup
    words = found.group()
    if kind == "decade":
        first = int(words[:4])
        return _years(text, start, end, first, first + (99 if first % 100 == 0 else 9))
    if kind == "short":
        return _years(text, start, end, 1900 + int(words.strip("'’s")), 1909 + int(words.strip("'’s")))
    if kind == "century":
        number = _century(words)
        return _years(text, start, end, (number - 1) * 100, number * 100) if number else None
    numbers = [int(number) for number in re.findall(r"\d+", words)]
    if kind == "iso":
        value = numbers[0] * 10000 + numbers[1] * 100 + numbers[2]  # a time of day after it is not compared
        return _day(text, start, end, value, value)
    if kind == "slashed":
        return _slashed(text, start, end, numbers)
    name = re.search(r"[A-Za-z]{3,}", re.sub(r"\d(?:st|nd|rd|th)|\b(?:of|the|and|to)\b", "", words))
    assert name is not None
    month = MONTHS[name.group()[:3].lower()]
    year = numbers.pop() if numbers[-1] > 31 else 0
    base = year * 10000 + month * 100
    days = numbers or [0]
    return _day(text, start, end, base + days[0], base + days[-1])


def _slashed(text: str, start: int, end: int, numbers: list[int]) -> Figure | None:
    first, second, year = numbers
    year += 0 if year > 99 else 2000 if year < 70 else 1900
    if first > 12 and second > 12:
        return None
    month, day = (second, first) if first > 12 else (first, second)
    value = year * 10000 + month * 100 + day
    if first <= 12 and second <= 12 and first != second:
        other = year * 10000 + second * 100 + first
        return Figure(
            text[start:end],
            start,
            end,
            Decimal(value),
            Decimal(min(value, other)),
            Decimal(max(value, other)),
            "date",
            "date",
        )
    return _day(text, start, end, value, value)


_LAST_CENTURY = 21


def _century(words: str) -> int | None:
    digits = re.match(r"\d+", words)
    if digits:
        return int(digits.group())
    name = re.split(r"[\s-]century", words.lower())[0]
    number = ORDINALS.get(name)
    return number if number is not None and number <= _LAST_CENTURY else None


def date_parts(figure: Figure) -> tuple[int, int, int]:
    """Year, month and day of a date or year; zero for a part that is not given."""
    value = int(figure.value)
    if figure.unit == "year":
        return value, 0, 0
    return value // 10000, value // 100 % 100, value % 100
