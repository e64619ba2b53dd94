"""The slot `scope`, as far as a phrase of the claim says of which kind a figure is: "for cataract surgery".

Where the source has no such word anywhere, its figure may be of another kind of the same thing ("for hip surgery"), or
the claim may put it in other words: nothing that an accusation could rest on.
"""

import re

from verifier.checker.align.index import ReadSource
from verifier.checker.align.words import EVERYDAY, STOP_WORDS, WORD, stem
from verifier.checker.figures.number_words import SMALL
from verifier.checker.slots.leads import is_verb
from verifier.checker.slots.slot import Slot, SlotReading, State
from verifier.checker.slots.span import clause_chars

_PHRASE = re.compile(
    r"\b(?:in|for|among|of|at|amongst|across|with|without)\s(?:(?:the|a|an|all|its|their|his|her|these|those|our)\s)?"
    r"(?P<words>[a-z][a-z’'-]+(?:\s[a-z][a-z’'-]+){0,2})"
)
_OF_TIME = frozenset(
    stem(word)
    for word in """
    year years month months week weeks day days quarter period time decade century end start beginning middle spring
    summer autumn winter morning evening past last next first second half average total fact addition contrast
    comparison particular general
    """.split()  # noqa: SIM905
)
"""What says when or how, and not of which kind."""


def unknown_phrase(claim: ReadSource, index: int, source: ReadSource) -> SlotReading | None:
    """A phrase of the claim that says of which kind its figure is in a word that the source has nowhere."""
    start, end = clause_chars(claim, index)
    figure = claim.figures[index]
    for found in _PHRASE.finditer(claim.text, start, end):
        if found.start("words") < figure.end and figure.start < found.end("words"):
            continue
        if _is_unknown(found["words"], source):
            return SlotReading(Slot.SCOPE, State.ABSENT)
    return None


def _is_unknown(words: str, source: ReadSource) -> bool:
    """Whether the first word of a phrase that tells something is nowhere in the source."""
    for word in WORD.findall(words):
        low = word.lower()
        if low in STOP_WORDS or low in SMALL:
            continue
        if is_verb(word) or word.endswith("ly"):
            return False
        term = stem(word)
        if not term or term in EVERYDAY or term in _OF_TIME:
            continue
        return term not in source.postings
    return False
