"""Which end of a range a figure is: a claim's ends are held against the same ends of a source's range."""

import re

from verifier.checker.align.index import ReadSource
from verifier.checker.slots.slot import Slot, SlotReading, State
from verifier.model import Figure

_JOINT = re.compile(r"\s?[–—-]\s?|\sto\s|\sand\s", re.IGNORECASE)


def end_of_range(source: ReadSource, number: int) -> str:
    """ "low" or "high" where a figure and its neighbour make a range ("10 to 15 percent"), else an empty string."""
    figures = source.figures
    if number + 1 < len(figures) and _are_range(source, number):
        return "low"
    return "high" if number and _are_range(source, number - 1) else ""


def _are_range(source: ReadSource, first: int) -> bool:
    low, high = source.figures[first], source.figures[first + 1]
    if low.dimension != high.dimension or low.unit != high.unit or low.value >= high.value:
        return False
    joint = _JOINT.fullmatch(source.text, low.end, high.start)
    if joint is None:
        return False
    before = source.text[max(0, low.start - 14) : low.start].lower()
    if joint.group().strip().lower() == "and":
        return "between" in before
    return joint.group().strip() != "to" or "from" not in before


def compare_with_range(figure: Figure, source: ReadSource, number: int) -> SlotReading | None:
    """A value within a range whose ends the source gives: "some 13,000" beside "between 11,000 and 15,000"."""
    end = end_of_range(source, number)
    if not end or figure.dimension != source.figures[number].dimension:
        return None
    low, high = (number, number + 1) if end == "low" else (number - 1, number)
    if not source.figures[low].value <= figure.value <= source.figures[high].value:
        return None
    if figure.value in (source.figures[low].value, source.figures[high].value):
        return None
    return SlotReading(Slot.RELATION, State.CONFLICT, "a range that holds it")


def compare_ends(mine: str, theirs: str) -> SlotReading | None:
    """The ends of two ranges: the low end says nothing of the high one."""
    if not mine or not theirs or mine == theirs:
        return None
    return SlotReading(Slot.RELATION, State.CONFLICT, f"the {theirs} end of a range")
