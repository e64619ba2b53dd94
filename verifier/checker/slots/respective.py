"""The slot `scope`, as far as "respectively" decides it: "Norway and Sweden emitted 9 and 4 tonnes, respectively"."""

import re

from verifier.checker.align.index import ReadSource
from verifier.checker.align.proximity import stems_of
from verifier.checker.slots.leads import is_verb
from verifier.checker.slots.slot import Slot, SlotReading, State
from verifier.checker.slots.span import segment_chars

_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)
_JOINS = re.compile(r"(?:,|\band|,\sand)\s?[$€£¥]?\s?$")
_BRACKETS = re.compile(r"\([^()]*\)")
_AND = re.compile(r",?\sand\s")
_LONGEST_GAP = 70


def compare_respective(claim: ReadSource, index: int, source: ReadSource, number: int) -> SlotReading | None:
    """Whether a figure of a list belongs to the item that the claim names or to another; None for no such list."""
    if number in source.cells or source.figures[number].dimension == "date":
        return None
    start, end = segment_chars(source, source.segment_at(source.figure_words[number]))
    word = _RESPECTIVELY.search(source.text, start, end)
    if word is None:
        return None
    listed = _listed(source, number, word.start())
    if len(listed) < 2:
        return None
    mine = stems_of(claim.text[slice(*segment_chars(claim, claim.segment_at(claim.figure_words[index])))])
    before = source.text[start : _first_of_list(source, listed[0], start)]
    behind = source.text[source.figures[listed[-1]].end : word.start()]
    for words in (behind, before):
        items = _items(words, len(listed))
        named = [place for place, stems in enumerate(_stems_of_their_own(items)) if stems & mine]
        if len(named) == 1:
            if listed[named[0]] == number:
                return SlotReading(Slot.SCOPE, State.SAME)
            return SlotReading(Slot.SCOPE, State.CONFLICT, items[listed.index(number)].strip(" ,;"))
    return None


def _listed(source: ReadSource, number: int, until: int) -> list[int]:
    """The figures of one dimension that a list before "respectively" joins, if `number` is one of them."""
    among = source.figures_of(source.segment_at(source.figure_words[number]))
    before = [n for n in among if source.figures[n].end <= until]
    if not before:
        return []
    dimension = source.figures[number].dimension
    alike = [n for n in before if source.figures[n].dimension == dimension]
    # only the last figure of a list may have the unit: "9.4 and 4.5 tonnes"
    unlike = [n for n in before if source.figures[n].dimension in (dimension, "count") or n == before[-1]]
    runs = (_last_run(source, numbers) for numbers in (alike, unlike))
    return next((run for run in runs if number in run and len(run) > 1), [])


def _last_run(source: ReadSource, alike: list[int]) -> list[int]:
    """The last of some figures, as far back as they are joined."""
    run: list[int] = []
    for one in reversed(alike):
        if run and not _is_joined(source.text[source.figures[one].end : source.figures[run[0]].start]):
            break
        run.insert(0, one)
    return run


def _is_joined(between: str) -> bool:
    return len(between) <= _LONGEST_GAP and _JOINS.search(_BRACKETS.sub("", between)) is not None


def _first_of_list(source: ReadSource, first: int, start: int) -> int:
    """Where the list of figures begins; a figure's sign or currency is its own."""
    return max(start, source.figures[first].start)


def _items(words: str, count: int) -> list[str]:
    """What a list of so many figures is of: the coordinated phrases before it; empty where they are not as many."""
    joints = list(_AND.finditer(words))
    if not joints:
        return []
    last = joints[-1]
    before = words[: last.start()]
    head = [before] if count == 2 else before.split(",")
    if len(head) != count - 1:
        return []
    last_item = _up_to_verb(words[last.end() :].split())
    shortest = min(len(item.split()) for item in (*head[1:], " ".join(last_item)))
    first = head[0].split()[-shortest:]  # "Prices for oats, barley and rye": what is said of all comes before
    longest = min(len(item.split()) for item in head)
    return [" ".join(first), *head[1:], " ".join(last_item[:longest])]


def _up_to_verb(words: list[str]) -> list[str]:
    """The last item without what is said of all after it."""
    verb = next((place for place, word in enumerate(words) if place and is_verb(word)), len(words))
    return words[:verb]


def _stems_of_their_own(items: list[str]) -> list[frozenset[str]]:
    """The stems that one item has and no other."""
    stems = [frozenset(term for term in stems_of(item) if term.isalpha()) for item in items]
    return [
        mine - frozenset().union(*(other for place, other in enumerate(stems) if place != number))
        for number, mine in enumerate(stems)
    ]
