"""The slot `rate`: for how many, or for how long, a figure is given: per 100,000 people, per capita, a year."""

import re
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
_BEFORE = re.compile(
    r"\b(?P<base>annual|yearly|monthly|weekly|daily|hourly|quarterly)\s(?:\w+\s){0,3}?(?:of\s)?\S{0,4}$", re.I
)
_NAMES = {
    "annum": "year", "annual": "year", "yearly": "year", "monthly": "month", "weekly": "week", "daily": "day",
    "hourly": "hour", "quarterly": "quarter", "person": "head", "capita": "head", "people": "head",
    "kilometre": "kilometer", "litre": "liter", "million": "1000000", "thousand": "1000", "hundred": "100",
    "ton": "tonne", "employee": "worker", "student": "pupil",
}  # fmt: skip


def rate_base(text: str, figure: Figure, end: int) -> str:
    """What a figure is given for each of, "" where that is not said; `end` is where its words end."""
    after = _PER.match(text, figure.end, max(end, figure.end))
    found = after or _BEFORE.search(text, max(0, figure.start - 40), figure.start)
    if found is None:
        return ""
    base = found["base"].lower()
    if base[0].isdigit():
        number = Decimal(base.split()[0].replace(",", ""))
        return str(number * 10**6 if base.endswith("million") else number)
    return _NAMES.get(base, base)


def compare_rates(mine: str, theirs: str, claim: Figure, source: Figure) -> SlotReading | None:
    """The rates of two figures: a share is given for a hundred, so that a rate for other numbers is another one."""
    if mine and theirs:
        return None if mine == theirs else SlotReading(Slot.RATE, State.CONFLICT, f"per {theirs}")
    counted = mine or theirs
    if counted[:1].isdigit() and "share" in (claim.dimension, source.dimension) and counted != "100":
        words = f"per {Decimal(theirs):,}" if theirs else "percent"
        return SlotReading(Slot.RATE, State.CONFLICT, words)
    if mine and not theirs:
        return SlotReading(Slot.RATE, State.ABSENT)
    return None
