"""Which way the words about a figure point, and whether they deny: "rose", "fell", "did not"."""

import re
from dataclasses import dataclass
from enum import StrEnum

from verifier.model import Figure

_UP = (
    r"rose|rise[sn]?|rising|grew|grows?|growing|grown|increas(?:ed?|es|ing)|gain(?:ed|s|ing)?|climb(?:ed|s|ing)?"
    r"|jump(?:ed|s|ing)?|surg(?:ed?|es|ing)|soar(?:ed|s|ing)?|expand(?:ed|s|ing)?|growth|went\sup|up(?!\sto\b)"
)
_DOWN = (
    r"fell|falls?|falling|fallen|drop(?:ped|s|ping)?|declin(?:ed?|es|ing)|decreas(?:ed?|es|ing)|shr[aiu]nk(?:s|ing)?"
    r"|plunged?|plummet(?:ed|s)?|slump(?:ed|s)?|reduc(?:ed|es|ing|tion)|went\sdown|down"
)
_LINK = (
    r"(?:\s(?!and\b|but\b|while\b|whereas\b)[\w’'-]+){0,4}?"
    r"\s(?:by|to|of|from|at|about|nearly|over|almost|around|some)?\s?"
)
_VERB = re.compile(rf"\b(?:{_UP}|{_DOWN})\b", re.IGNORECASE)
_BEFORE = re.compile(rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b{_LINK}(?:an?\s|the\s)?[($€£]?$", re.IGNORECASE)
_AFTER = re.compile(
    r"\s(?P<word>(?P<up>increase|rise|growth|gain|jump|hike)|(?P<down>decrease|decline|drop|fall|reduction|loss|cut))\b",
    re.IGNORECASE,
)
_DENIAL = re.compile(r"\b(?:not|never|yet\sto|no\slonger|nobody|none|without|failed\sto)\b|n[’']t\b", re.IGNORECASE)
_DENIED_THEN = re.compile(
    rf"(?:{_DENIAL.pattern})[^\d.;:]*\b(?:in|on|by|before|since|until|till|at|during|as\sof)\s(?:the\s)?$",
    re.IGNORECASE,
)
_OPENS = re.compile(r"(?:^|[.!?]\s)(?:In|On|By|As\sof|Until|Before|At|During)\s$")
_CLAUSE_EDGE = re.compile(r"[.;:!?]\s|,\s(?:but|and|which|who)\b|\bbut\b|\buntil\b")
_REACH = 60
_REVISED = re.compile(r"\brevis\w+\s(?:up|down|higher|lower|\w*wards?)\b[^.;]{0,20}$", re.IGNORECASE)
"""A figure "revised down to 157,000" may still be a gain."""


class Direction(StrEnum):
    """Which way a change goes."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Change:
    """A change as a writer words it: which way it goes, and the word that says so."""

    way: Direction
    word: str


def direction_of(text: str, figure: Figure) -> Change | None:
    """The change that a figure of `text` measures, None for none."""
    after = _AFTER.match(text, figure.end)
    if after is not None:
        return Change(Direction.UP if after["up"] else Direction.DOWN, after["word"])
    if _REVISED.search(text, max(0, figure.start - _REACH), figure.start):
        return None
    verbs = list(_VERB.finditer(text, max(0, figure.start - _REACH), figure.start))
    found = _BEFORE.search(text, verbs[-1].start(), figure.start) if verbs else None
    if found is None:
        return None
    return Change(Direction.UP if found["up"] else Direction.DOWN, found["up"] or found["down"])


def is_denied(text: str, figure: Figure) -> bool:
    """Whether the words about a date deny that something had happened then: "had not been built in 1950".

    The denial is before the date in its clause, with nothing but the thing denied between, or after a date that
    begins its sentence.
    """
    before = _CLAUSE_EDGE.split(text[max(0, figure.start - _REACH) : figure.start])[-1]
    if _DENIED_THEN.search(before) is not None:
        return True
    after = _CLAUSE_EDGE.split(text[figure.end : figure.end + _REACH])[0]
    return (
        _OPENS.search(text[max(0, figure.start - 12) : figure.start]) is not None and _DENIAL.search(after) is not None
    )
