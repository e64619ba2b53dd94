"""The slot `scope`, as far as a sentence gives one thing for several places: "by 41% in grassland, by 12% in forest".

What is attached to a figure by "in", "among" or "for" is its own. A figure is in conflict where the claim names what
is attached to another figure of the sentence, and nothing of what is attached to this one.
"""

import re

from verifier.checker.align.index import ReadSource
from verifier.checker.align.proximity import stems_of
from verifier.checker.align.words import STOP_WORDS, WORD
from verifier.checker.slots.leads import is_verb
from verifier.checker.slots.slot import Slot, SlotReading, State
from verifier.checker.slots.span import segment_chars

_ATTACHED = re.compile(
    r"(?:\s\([^()]{0,60}\))?(?:\s(?!and\b|or\b|but\b|to\b|from\b|than\b)[a-z][\w’'-]*){0,2}?"
    r"\s(?:in|among|for|at|on)\s(?:the\s)?(?P<words>[A-Za-z][\w’'-]*(?:\s[A-Za-z][\w’'-]*){0,2})"
)


def compare_attached_places(claim: ReadSource, index: int, source: ReadSource, number: int) -> SlotReading | None:
    """A figure of another place or group than the claim's, beside one of the claim's in the same sentence."""
    other = source.figures[number]
    if "date" in (claim.figures[index].dimension, other.dimension) or number in source.cells:
        return None
    words = _attached_words(source, number)
    theirs = _stems(words)
    if not theirs:
        return None
    start, end = segment_chars(claim, claim.segment_at(claim.figure_words[index]))
    mine = stems_of(claim.text[start:end])
    if mine & theirs:
        return None
    for sibling in source.figures_of(source.segment_at(source.figure_words[number])):
        beside = source.figures[sibling]
        if sibling == number or beside.dimension != other.dimension or beside.value == other.value:
            continue
        if mine & _stems(_attached_words(source, sibling)):
            return SlotReading(Slot.SCOPE, State.CONFLICT, words)
    return None


def _attached_words(source: ReadSource, number: int) -> str:
    """What is attached to a figure; empty for nothing."""
    figure = source.figures[number]
    _, end = segment_chars(source, source.segment_at(source.figure_words[number]))
    found = _ATTACHED.match(source.text, figure.end, end)
    if found is None:
        return ""
    kept: list[str] = []
    for word in WORD.findall(found["words"]):
        if word.lower() in STOP_WORDS or (kept and is_verb(word)):
            break
        kept.append(word)
    return " ".join(kept)


def _stems(words: str) -> frozenset[str]:
    return frozenset(term for term in stems_of(words) if term.isalpha())
