"""What a statistic's label says that a number is: an end of a confidence interval, a p-value, a standard error.

The labels are those of reporting guidelines for trials (CONSORT) and of the APA's style for statistics.
"""

import re

from verifier.checker.slots.slot import Slot, SlotReading, State
from verifier.model import Figure

_LABEL = re.compile(
    r"(?P<interval>(?:\bC\.?I\.?|(?i:confidence\sinterval|credible\sinterval|interquartile\srange)|\bIQR|\bCrI)\b[^)\];]{0,28})$"
    r"|(?P<p>\b[Pp](?:[\s-](?i:value))?(?:\s(?:of|was))?\s?[=<>≤]\s?(?:0(?=\.))?)$"
    r"|(?P<deviation>\b(?:SD|S\.D\.|SE|SEM|(?i:standard\s(?:deviation|error)))(?:\sof)?\s?[=:,]?\s?|±\s?)$"
    r"|(?P<t>\b[tF]\s?\([\d,.\s]+\)\s?=\s?)$"
    r"|(?P<n>\b[nN]\s?=\s?)$"
)
_MARKS = (
    "=",
    "<",
    ">",
    "≤",
    "≥",
    "±",
    "CI",
    "C.I",
    "IQR",
    "CrI",
    "nterval",
    "INTERVAL",
    "ange",
    "RANGE",
    "S",
    "tandard",
)
"""What every label has one of: most figures have none before them, and are not searched."""


def label_of(text: str, figure: Figure) -> str:
    """Which statistic a number is labelled as, an empty string for none."""
    before = text[max(0, figure.start - 60) : figure.start]
    if not any(mark in before for mark in _MARKS):
        return ""
    found = _LABEL.search(text, max(0, figure.start - 60), figure.start)
    return (found.lastgroup or "") if found is not None else ""


_WORDS = {
    "interval": "an interval's end",
    "p": "a p-value",
    "deviation": "a deviation or error",
    "t": "a test statistic",
    "n": "the number of cases",
}


def compare_labels(mine: str, theirs: str) -> SlotReading | None:
    """Two labels: what one side calls an interval's end or a p-value is no estimate."""
    if mine == theirs or "n" in (mine, theirs):
        return None
    if not theirs:
        return SlotReading(Slot.MEASURE, State.ABSENT) if mine in ("p", "interval") else None
    return SlotReading(Slot.MEASURE, State.CONFLICT, _WORDS[theirs])
