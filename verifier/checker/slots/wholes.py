"""The slot `scope`, as far as the whole of a share decides it: what a percentage is of.

A share of "teens who own a phone" is not of all teens, and one "of TikTok users" is not "of U.S. adults".
"""

import re

from verifier.checker.align.index import ReadSource
from verifier.checker.align.words import STOP_WORDS, stem
from verifier.checker.slots.leads import is_verb
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
    low, high = _own_words(source, number)
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


_WORD = r"[A-Za-z][\w’'.-]*"
_WHOLE = rf"(?:(?:all|the|those|these|every|our|its|their)\s)*(?P<whole>{_WORD}(?:\s{_WORD}){{0,4}})"
_AFTER = re.compile(rf"\)?\s(?:of|among|for|in)\s{_WHOLE}")
_BEFORE = re.compile(rf"\b(?:of|among|for|Of|Among|For)\s{_WHOLE}")
_MOST_NEIGHBOURS, _BESIDE_BRACKET = 2, 50


def whole_of(source: ReadSource, number: int) -> frozenset[str]:
    """The stems of what a share is of: named just after it ("of", "among", "in"), else before it; empty for none."""
    figure = source.figures[number]
    low, high = _own_words(source, number)
    found = _AFTER.match(source.text, figure.end, max(high, figure.end))
    if found is None:
        found = next(iter(_BEFORE.finditer(source.text, low, figure.start)), None)
    if found is None:
        return frozenset()
    return _stems(found["whole"])


def _own_words(source: ReadSource, number: int) -> tuple[int, int]:
    """The characters of a figure's own words: of one in brackets also those before, "half of the users (52%)"."""
    low, high = own_span(source, number)
    start = source.figures[number].start
    return (max(0, start - _BESIDE_BRACKET) if source.text[start - 1 : start] == "(" else low), high


_HEADLESS = re.compile(r"(?:what|whatever|that\swhich|those)\b", re.IGNORECASE)


def _stems(words: str) -> frozenset[str]:
    """The stems of a noun phrase, up to its verb or the next phrase; "what is now exported" names none."""
    stems: list[str] = []
    if _HEADLESS.match(words):
        return frozenset()
    for word in words.split():
        if stems and (word.lower() in STOP_WORDS or is_verb(word)):
            break
        if term := stem(word.rstrip(".")):
            stems.append(term)
    return frozenset(stems)


def compare_shares(claim: ReadSource, index: int, source: ReadSource, number: int) -> SlotReading | None:
    """What two shares are of: in conflict where the source gives another share of what the claim's is of.

    Two descriptions of one whole may share no word, so that the other share close by has to show that this is not it.
    """
    if claim.figures[index].dimension != "share" or source.figures[number].dimension != "share":
        return None
    mine, theirs = whole_of(claim, index), whole_of(source, number)
    if not mine or not theirs or mine & theirs:
        return None
    nearby = range(max(0, number - _MOST_NEIGHBOURS), min(len(source.figures), number + _MOST_NEIGHBOURS + 1))
    for other in nearby:
        if other != number and source.figures[other].dimension == "share" and mine & whole_of(source, other):
            return SlotReading(Slot.SCOPE, State.CONFLICT, " ".join(sorted(theirs)))
    return None
