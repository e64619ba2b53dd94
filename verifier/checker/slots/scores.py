"""The slot `relation`, as far as a match's score decides it: whose goals a number is in "Arsenal beat Chelsea 3-1"."""

import re
from dataclasses import dataclass

from verifier.checker.align.words import stem
from verifier.checker.slots.slot import Slot, SlotReading, State
from verifier.model import Figure

_NAME = r"[A-Z][\w’'.&-]*(?:\s(?:[A-Z][\w’'.&-]*|of|de|FC|United|City))*"
_BEAT = (
    r"beats?|defeat(?:s|ed)|thrash(?:es|ed)|edge[sd]|overc[ao]me|downed|routed|crushed|outscored"
    r"|(?:won|win)\s(?:against|over)"
)
_LOST = r"(?:lost|fell|losing)\s(?:\w+\s)?to|(?:was|were)\s(?:beaten|defeated|thrashed)\sby"
_SIDES = re.compile(
    rf"(?P<first>{_NAME})\s(?:(?P<beat>{_BEAT})|(?P<lost>{_LOST}))\s(?:the\s)?(?P<second>{_NAME})\s(?:(?:by|in|at|on|with)\s)?"
    r"(?:\w+\s){0,3}?(?P<one>\d{1,3})\s?[-–—]\s?(?P<other>\d{1,3})(?![\d-])"
)
_EACH = re.compile(
    rf"(?P<first>{_NAME})\s(?P<one>\d{{1,3}})(?:,\s(?:and\s)?|;\s|\s[-–—]\s|\s)(?P<second>{_NAME})\s(?P<other>\d{{1,3}})(?!\d)"
)
_REACH = 140


@dataclass(frozen=True, slots=True)
class Score:
    """Whose points a figure is, and whose the other figure of the score is, as stems of their names; empty for none."""

    holder: frozenset[str] = frozenset()
    rival: frozenset[str] = frozenset()


NO_SCORE = Score()


def score_of(text: str, figure: Figure) -> Score:
    """The sides of the score that a figure is a part of."""
    if figure.dimension != "count" or not figure.text.isdigit() or len(figure.text) > 3:
        return NO_SCORE
    low, high = max(0, figure.start - _REACH), figure.end + _REACH
    for form in (_SIDES, _EACH):
        for found in form.finditer(text, low, high):
            if figure.start in (found.start("one"), found.start("other")):
                return _sides(found, figure)
    return NO_SCORE


def _sides(found: re.Match[str], figure: Figure) -> Score:
    first, second = _stems(found["first"]), _stems(found["second"])
    one, other = int(found["one"]), int(found["other"])
    is_first = figure.start == found.start("one")
    if found.re is _SIDES:
        if one == other:
            return NO_SCORE
        is_winners = int(figure.value) == max(one, other)
        is_first = is_winners is (found["beat"] is not None)
    return Score(first, second) if is_first else Score(second, first)


def _stems(name: str) -> frozenset[str]:
    return frozenset(stem(word) for word in name.split()) - {""}


def compare_scores(mine: Score, theirs: Score) -> SlotReading | None:
    """Two parts of scores between the same sides: the winner's points are not the loser's."""
    if mine.holder & theirs.rival and mine.rival & theirs.holder and not mine.holder & theirs.holder:
        return SlotReading(Slot.RELATION, State.CONFLICT, "the other side")
    return None
