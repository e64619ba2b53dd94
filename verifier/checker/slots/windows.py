"""The slot `window`: of which time a figure is: a quarter or a year, the past decade, since 2015."""

import re

from verifier.checker.figures.number_words import SMALL
from verifier.checker.slots.slot import Slot, SlotReading, State
from verifier.model import Figure

_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_PERIOD = re.compile(
    r"\b(?P<quarter>Q[1-4]\b|(?:first|second|third|fourth|final|1st|2nd|3rd|4th)[\s-]quarter\b|[1-4]Q\d\d\b)"
    r"|\b(?P<half>(?:first|second)\shalf\sof|H[12]\b|six\smonths\s(?:to|ended|ending))"
    r"|\b(?P<nine>(?:first\s)?nine\smonths\b)"
    r"|\b(?P<anyquarter>(?:in|for|during)\sthe\s(?:same\s|prior\s|previous\s|last\s|latest\s)?quarter\b)"
    r"|\b(?P<year>(?:full|fiscal|calendar|whole|entire)[\s-]year\b|for\sthe\syear\b|in\sthe\syear\b|twelve\smonths\b|12\smonths\b)",
    re.IGNORECASE,
)
_MARKS_OF_PERIOD = ("quarter", "half of", "months", "year", "q1", "q2", "q3", "q4", "1q", "2q", "3q", "4q", "h1", "h2")
_MARKS_OF_SPAN = (
    "past", "last", "previous", "preceding", "next", "coming", "decade", "year", "month", "week", "day", "quarter",
)  # fmt: skip
"""What every period and span has one of: most passages have none, and are not searched."""
_NUMBER = "|".join(SMALL)
_SPAN = re.compile(
    rf"\b(?:(?:over|in|within|for|during)\s)?(?:the\s)?(?:past|last|previous|preceding|next|coming)\s(?P<n>\d{{1,3}}|{_NUMBER})?\s?"
    r"(?P<unit>decade|year|month|week|day|quarter|century)?s?\b"
    rf"|\b(?:in|over|within|for)\s(?P<m>\d{{1,3}}|{_NUMBER}|a)\s(?P<unit2>decade|year|month|week|day|quarter)s?\b",
    re.IGNORECASE,
)
_DAYS = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365, "decade": 3650, "century": 36500}


def period_of(text: str, start: int, end: int) -> tuple[str, str]:
    """The period named between two places, as (kind, which one), and its words; empty strings for none."""
    found = None
    low = text[start:end].lower()
    if not any(mark in low for mark in _MARKS_OF_PERIOD):
        return "", ""
    for match in _PERIOD.finditer(text, start, end):
        found = match
        if match.lastgroup != "year":
            break
    if found is None:
        return "", ""
    words = found.group()
    if found.lastgroup in ("quarter", "anyquarter"):
        low = words.lower()
        number = next((str(n) for name, n in _QUARTERS.items() if low.startswith(name)), "")
        number = number or next((c for c in low[:2] if c in "1234"), "")
        return "quarter" + number, words
    if found.lastgroup == "half":
        return "half" + ("2" if words.lower().startswith(("second", "h2")) else "1"), words
    return found.lastgroup or "", words


def length_of(text: str, start: int, end: int) -> tuple[int, str]:
    """How many days a span such as "the past two decades" has, and its words; 0 for none."""
    low = text[start:end].lower()
    if not any(mark in low for mark in _MARKS_OF_SPAN):
        return 0, ""
    for found in _SPAN.finditer(text, start, end):
        unit = found["unit"] or found["unit2"]
        number = found["n"] or found["m"]
        if unit is None:
            if number is None:
                continue
            before = _SPAN.search(text, max(0, start - 80), found.start())
            unit = (before["unit"] or before["unit2"]) if before is not None else None
            if unit is None:
                continue
        count = 1 if number in (None, "a") else int(number) if number.isdigit() else SMALL[number.lower()]
        return count * _DAYS[unit.lower()], found.group()
    return 0, ""


def compare_periods(mine: tuple[str, str], theirs: tuple[str, str]) -> SlotReading | None:
    """Two periods: of one kind they must be the same one, where both say which."""
    if not mine[0] or not theirs[0] or mine[0] == theirs[0]:
        return None
    if mine[0].rstrip("1234") == theirs[0].rstrip("1234") and not (mine[0][-1].isdigit() and theirs[0][-1].isdigit()):
        return None
    return SlotReading(Slot.WINDOW, State.CONFLICT, theirs[1])


def compare_lengths(mine: tuple[int, str], theirs: tuple[int, str]) -> SlotReading | None:
    """Two spans of time: a tenth apart they are the same ("ten years", "a decade")."""
    if not mine[0] or not theirs[0] or abs(mine[0] - theirs[0]) * 10 <= max(mine[0], theirs[0]):
        return None
    return SlotReading(Slot.WINDOW, State.CONFLICT, theirs[1])


_SINCE = re.compile(
    r"\b(?:since|from|between|beginning\sin|starting\sin)\s(?:(?:early|late|mid|about|around|the|fiscal|year|January|February|March"
    r"|April|May|June|July|August|September|October|November|December|\d{1,2},?)[\s-]){0,3}((?:1[89]|20)\d\d)\b",
    re.IGNORECASE,
)


def first_year(text: str, start: int, end: int) -> int:
    """The year that a figure's time begins with ("since 2015", "between 2010 and 2023"), 0 for none."""
    found = _SINCE.search(text, start, end)
    return int(found.group(1)) if found is not None else 0


def compare_starts(mine: int, theirs: int) -> SlotReading | None:
    """Two times that begin in different years."""
    if not mine or not theirs or mine == theirs:
        return None
    return SlotReading(Slot.WINDOW, State.CONFLICT, f"the time since {theirs}")


_NAMED_AFTER = re.compile(r"\s(?:[\"“‘'](?=[A-Z])|(?!(?:The|In|On|At|By|And|But|It|He|She)\b)[A-Z][\w’'-]+)")
_COMPARED = re.compile(
    r"\b(?:same\s(?:time\s)?(?:period|quarter|month|week|day|time)s?|compared\s(?:with|to)|versus|relative\sto|than|(?:up|down)\sfrom)"
    r"\s[^.;,]{0,30}$",
    re.IGNORECASE,
)


def is_edition(text: str, figure: Figure) -> bool:
    """Whether a year says which of several things of one name is meant: "the 1937 Australian Grand Prix"."""
    return figure.unit == "year" and _NAMED_AFTER.match(text, figure.end) is not None


def compare_years(claim: str, mine: Figure, source: str, theirs: Figure) -> SlotReading | None:
    """Two years: two editions of one thing contradict nothing, nor does a year that the source only compares with."""
    if mine.unit != "year" or theirs.unit != "year" or mine.value == theirs.value:
        return None
    if _COMPARED.search(source, max(0, theirs.start - 60), theirs.start) and not _COMPARED.search(
        claim, max(0, mine.start - 60), mine.start
    ):
        return SlotReading(Slot.WINDOW, State.CONFLICT, "the time compared with")
    both = is_edition(claim, mine) and is_edition(source, theirs)
    return SlotReading(Slot.WINDOW, State.ABSENT) if both else None
