"""The slot `scope`, as far as relative clauses decide it: a share of "teens who own a phone" is not of all teens."""

import re

from verifier.checker.align.index import ReadSource
from verifier.checker.slots.slot import Slot, SlotReading, State
from verifier.checker.slots.span import own_span

_ALL = re.compile(r"\b(?:(?:among|of|for)\sall|all\s[a-z]+s\b|overall)", re.IGNORECASE)
_PART = re.compile(
    r"\b(?:[a-z]+\s(?:who|whose)"
    r"|(?!(?:shows|says|finds|suggests|reports|estimates|was|is)\b)[a-z]+s\s(?:that|which|using|owning|aged|living\sin"
    r"|working\sin|with|without))\s\w+|\busers\b|\bthose\s\w+ing\b",
    re.IGNORECASE,
)


def compare_wholes(claim: ReadSource, index: int, source: ReadSource, number: int) -> SlotReading | None:
    """A part's share beside a claim of all: only where the source gives the share of all in the same sentence, too."""
    if source.figures[number].dimension != "share":
        return None
    low, high = own_span(source, number)
    part = _PART.search(source.text, low, high)
    mine = own_span(claim, index)
    if part is None or _PART.search(claim.text, *mine):
        return None
    among = source.figures_of(source.segment_at(source.figure_words[number]))
    nearby = range(max(0, among.start - 2), min(len(source.figures), among.stop + 2))
    for other in nearby:
        is_share = other != number and source.figures[other].dimension == "share"
        if is_share and _ALL.search(source.text, *own_span(source, other)):
            return SlotReading(Slot.SCOPE, State.CONFLICT, part.group())
    return None
