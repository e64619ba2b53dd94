"""The slot `relation`: whether a figure is a change, the end of one, or denied ("by 20", "to 20", "not 20")."""

import re
from enum import StrEnum

from verifier.checker.slots.slot import Slot, SlotReading, State
from verifier.model import Figure, Qualifier

_HEDGE = (
    r"(?:(?:about|around|nearly|almost|over|roughly|some|just|more\sthan|less\sthan|as\smuch\sas|approximately|an|a)\s)"
    r"{0,2}[($€£]?$"
)
_VERB = (
    r"(?:r[oi]se[sn]?|rising|grew|gr[oe]wn?|growing|increas\w+|climb\w*|jump\w*|surg\w+|soar\w*|fell|falls?|fallen|falling|dropp?\w*|declin\w+"
    r"|decreas\w+|shr[aiu]nk|plung\w+|plummet\w*|slump\w*|reduc\w+|cut|lower\w*|rais\w+|up|down|went|edged|dipped|slipped|gained|expand\w*"
    r"|contract\w+)"
)
_VERB_WORD = re.compile(rf"\b{_VERB}\b", re.IGNORECASE)
_BY = re.compile(rf"\b{_VERB}\b(?:\s[\w’'-]+){{0,4}}?\sby\s{_HEDGE}", re.IGNORECASE)
_TO = re.compile(
    rf"\b{_VERB}\b[^.;\d]{{0,60}}?\sto\s{_HEDGE}|\bto\s(?:a\s(?:record|total|rate|level)\s)?(?:of\s)?{_HEDGE}",
    re.IGNORECASE,
)
_UP_TO = re.compile(r"\bup\sto\s(?=[($€£]?$)", re.IGNORECASE)
"""A hedge: "cut by up to 10 days" is what it was cut by."""
_FROM = re.compile(rf"\bfrom\s{_HEDGE}", re.IGNORECASE)
_BARE = re.compile(rf"\b{_VERB}\s{_HEDGE}", re.IGNORECASE)
_DENIED = re.compile(
    r"(?:,\s|\band\s|\s\()?\b(?:not|rather\sthan|instead\sof|and\snot|misstated\s(?:\w+\s){0,6}as|wrongly\s(?:\w+\s){0,4}as"
    r"|incorrectly\s(?:\w+\s){0,6}(?:as|that\s(?:\w+\s){0,6})|not\sthe)\s[$€£]?$",
    re.IGNORECASE,
)
_BOUND = re.compile(r"\bnot\s(?:more|less|fewer)|\bno\s(?:more|less|fewer)", re.IGNORECASE)
_AFTER_DENIAL = re.compile(r"\s(?:figure\s)?(?:was|is)\s(?:wrong|incorrect|false|an\serror|never)", re.IGNORECASE)


class Role(StrEnum):
    """What part of a change a figure is."""

    BY = "by"
    TO = "to"
    FROM = "from"
    PLAIN = "plain"


def role_of(text: str, figure: Figure) -> Role:
    """Whether a figure is a change's amount, its end or its beginning, as its words say."""
    before = text[max(0, figure.start - 70) : figure.start]
    if figure.qualifier is Qualifier.AT_MOST:
        before = _UP_TO.sub("", before)
    if "from" in before.lower() and _FROM.search(before):
        return Role.FROM
    if not _VERB_WORD.search(before):
        return Role.PLAIN
    if _BY.search(before):
        return Role.BY
    if _TO.search(before):
        return Role.TO
    if _BARE.search(before):
        return Role.BY
    return Role.PLAIN


def is_withdrawn(text: str, figure: Figure) -> bool:
    """Whether a text gives a figure only to say that it is not so: "1,241 hospitals, not 1,421"."""
    before = text[max(0, figure.start - 60) : figure.start]
    if _DENIED.search(before) and not _BOUND.search(before[-16:]):
        return True
    return _AFTER_DENIAL.match(text, figure.end) is not None


def compare_roles(mine: Role, theirs: Role) -> SlotReading | None:
    """Two parts of a change: what it changed by is not what it changed to, nor from."""
    if Role.PLAIN in (mine, theirs) or mine is theirs:
        return None
    return SlotReading(Slot.RELATION, State.CONFLICT, f'"{theirs}"')
