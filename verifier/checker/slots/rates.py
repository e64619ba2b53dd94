"""The slot `rate`: for how many, or for how long, a figure is given: per 100,000 people, per capita, a year."""

import re
from dataclasses import dataclass
from decimal import Decimal

from verifier.checker.slots.slot import Slot, SlotReading, State
from verifier.model import Figure

_PER = re.compile(
    r"[^.;,\d]{0,40}?\b(?:per|for every|for each|out of every|in every|a|an|each|every)\s"
    r"(?P<base>\d[\d,]*(?:\.\d+)?(?:\smillion)?|million|thousand|hundred|capita|person|people|head|household|worker|employee|student|pupil"
    r"|year|annum|month|week|day|night|hour|minute|second|quarter|decade|kilometre|kilometer|mile|tonne|ton|barrel"
    r"|litre|liter|gallon|kilogram|acre|hectare|share|unit)\b",
    re.IGNORECASE,
)
_AND_PER = re.compile(_PER.pattern.replace("{0,40}?", "{0,3}?", 1), re.IGNORECASE)
_BEFORE = re.compile(
    r"\b(?P<base>annual|yearly|monthly|weekly|daily|hourly|quarterly)\s(?:\w+\s){0,3}?(?:of\s)?\S{0,4}$", re.I
)
_NAMES = {
    "annum": "year", "annual": "year", "yearly": "year", "monthly": "month", "weekly": "week", "daily": "day",
    "hourly": "hour", "quarterly": "quarter", "person": "head", "capita": "head", "people": "head",
    "kilometre": "kilometer", "litre": "liter", "million": "1000000", "thousand": "1000", "hundred": "100",
    "ton": "tonne", "employee": "worker", "student": "pupil",
}  # fmt: skip


_TIMES = frozenset(["year", "month", "week", "day", "night", "hour", "minute", "second", "quarter", "decade"])


@dataclass(frozen=True, slots=True)
class Rate:
    """What a figure is given for each of: a span of time, a number of cases ("100000"), a thing; empty where unsaid."""

    time: str = ""
    number: str = ""
    thing: str = ""


def rate_of(text: str, figure: Figure, end: int) -> Rate:
    """What a figure is given for each of; `end` is where its sentence ends."""
    bases = []
    found = _PER.match(text, figure.end, max(end, figure.end))
    while found is not None:
        bases.append(_base(found["base"].lower()))
        found = _AND_PER.match(text, found.end(), max(end, found.end()))
    before = _BEFORE.search(text, max(0, figure.start - 40), figure.start)
    if before is not None:
        bases.append(_base(before["base"].lower()))
    return Rate(
        next((base for base in bases if base in _TIMES), ""),
        next((base for base in bases if base[0].isdigit()), ""),
        next((base for base in bases if base not in _TIMES and not base[0].isdigit()), ""),
    )


def _base(written: str) -> str:
    if written[0].isdigit():
        number = Decimal(written.split()[0].replace(",", ""))
        return str(number * 10**6 if written.endswith("million") else number)
    return _NAMES.get(written, written)


def compare_rates(mine: Rate, theirs: Rate, claim: Figure, source: Figure) -> SlotReading | None:
    """The rates of two figures: a share is given for a hundred, so that a rate for other numbers is another one."""
    for ours, other in ((mine.number, theirs.number), (mine.time, theirs.time), (mine.thing, theirs.thing)):
        if ours and other and ours != other:
            return SlotReading(Slot.RATE, State.CONFLICT, f"per {_shown(other)}")
    counted = mine.number or theirs.number
    if counted not in ("", "100", mine.number and theirs.number) and "share" in (claim.dimension, source.dimension):
        words = f"per {_shown(theirs.number)}" if theirs.number else "percent"
        return SlotReading(Slot.RATE, State.CONFLICT, words)
    return SlotReading(Slot.RATE, State.ABSENT) if mine != Rate() and theirs == Rate() else None


def _shown(base: str) -> str:
    return f"{Decimal(base):,}" if base[0].isdigit() else base
