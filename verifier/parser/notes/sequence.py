"""Labelling: which candidates are notes, and which marker points to which note, decided for the whole document.

Both decisions are a best path. Notes: of all candidates for a note's start, the chain whose labels run in sequence
(restarting at most once a page) and whose members look alike. Markers: of all pairs of a marker and a note with one
label, the heaviest set in which both run in reading order. A power beside the note of the same number loses
because its pair weighs less than the true marker's, and the two exclude each other.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from verifier.parser.labels import Label, Scheme
from verifier.parser.notes.markers import NoteStart
from verifier.parser.notes.rules import Rule, points_of
from verifier.parser.page.lines import Line

_LOOK_BACK = 80
"""Candidates that a chain may leave out between two of its members."""
_SAME_PAGE = 0.3
"""What it costs more that numbering begins again on one page."""
_LOST_ON_A_PAGE = 20
"""Notes that may be missing for every page between two notes of a chain: a page that is damaged or a picture."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A note start with what speaks for it: `weight` sums the signals, in units of one plain raised label."""

    start: NoteStart
    weight: float


@dataclass(frozen=True, slots=True)
class _Looks:
    """Two note starts that may follow each other, with the lines that they begin."""

    one: NoteStart
    two: NoteStart
    first: Line
    second: Line


_LOOKS: tuple[Rule[_Looks], ...] = (
    Rule(
        "other_size",
        lambda seen: abs(seen.first.size - seen.second.size) > 0.06 * seen.first.size,
        -0.8,
        "as they are: nothing; labels damaged: 1 note invented",
    ),
    Rule(
        "raised_and_not",
        lambda seen: seen.one.raised != seen.two.raised,
        -1.2,
        "as they are: nothing; labels damaged: 1 note invented, 1 more found",
    ),
    Rule(
        "pointed_and_not",
        lambda seen: seen.one.pointed != seen.two.pointed,
        -0.4,
        "as they are: nothing; labels damaged: 1 note invented",
    ),
)


def best_chain(
    candidates: Sequence[Candidate],
    lines: Sequence[Line],
    *,
    restart: float,
    absence: float,
    begins_again: Callable[[NoteStart, NoteStart], bool] = lambda before, start: False,
) -> list[NoteStart]:
    """The chain of note starts, in reading order, that explains the candidates best.

    `restart` is the cost of numbering that begins again on a later page, `absence` that of pages between two notes
    without one. `begins_again` says of a note and another before it whether numbering may begin again between them
    although they share a page.
    """
    best: list[float] = []
    back: list[int] = []
    for i, candidate in enumerate(candidates):
        first = candidate.start.label.value == 1
        score, source = (0.0 if first else -0.8), -1
        for j in range(max(0, i - _LOOK_BACK), i):
            step = _step(candidates[j].start, candidate.start, lines, restart, absence)
            if step is None and begins_again(candidates[j].start, candidate.start):
                step = -restart - _SAME_PAGE
            if step is not None and best[j] + step > score:
                score, source = best[j] + step, j
        best.append(score + candidate.weight)
        back.append(source)
    if not best or max(best) <= 0:
        return []
    at = max(range(len(best)), key=best.__getitem__)
    chain = []
    while at >= 0:
        chain.append(candidates[at].start)
        at = back[at]
    return chain[::-1]


def _step(one: NoteStart, two: NoteStart, lines: Sequence[Line], restart: float, absence: float) -> float | None:
    """What it is worth that note `two` follows note `one`; None when it cannot."""
    gap = two.label.value - one.label.value
    a, b = lines[one.line], lines[two.line]
    if gap == 1 or _begins_round(one.label, two.label):
        score = 1.0 - absence * (two.page > one.page + 1)
    elif two.label.value == 1 and two.page > one.page:
        score = -restart
    elif 1 < gap <= 4 and two.label.scheme is not Scheme.SYMBOL:
        score = -1.0 * (gap - 1)
    elif 4 < gap <= _LOST_ON_A_PAGE * (two.page - one.page - 1) and two.label.scheme is not Scheme.SYMBOL:
        score = -3.0
    else:
        return None
    return score + points_of(_LOOKS, _Looks(one, two, a, b))


def _begins_round(one: Label, two: Label) -> bool:
    """Whether symbols begin again one longer, as `***` behind `¶¶`: styles differ in how many they use (4 to 6)."""
    if one.scheme is not Scheme.SYMBOL or two.scheme is not Scheme.SYMBOL:
        return False
    return set(two.text) == {"*"} and len(two.text) == len(one.text) + 1 and one.text[0] not in "*†"


@dataclass(frozen=True, slots=True)
class Pair:
    """A marker and a note (indices into their lists) that may belong together."""

    marker: int
    note: int
    weight: float


def best_pairs(pairs: Sequence[Pair]) -> list[Pair]:
    """The heaviest set of pairs in which markers and notes both strictly rise (patience search, n log n)."""
    ordered = sorted(pairs, key=lambda p: (p.marker, -p.note))
    notes = sorted({pair.note for pair in pairs})
    tree: list[tuple[float, int]] = [(0.0, -1)] * (len(notes) + 1)
    back: list[int] = []
    best = (0.0, -1)
    for index, pair in enumerate(ordered):
        rank = bisect_left(notes, pair.note)
        before = _prefix_max(tree, rank)
        back.append(before[1])
        entry = (before[0] + pair.weight, index)
        _raise(tree, rank + 1, entry)
        if entry[0] > best[0]:
            best = entry
    chosen: list[Pair] = []
    at = best[1]
    while at >= 0:
        chosen.append(ordered[at])
        at = back[at]
    return chosen[::-1]


def _prefix_max(tree: list[tuple[float, int]], count: int) -> tuple[float, int]:
    best = (0.0, -1)
    while count > 0:
        if tree[count][0] > best[0]:
            best = tree[count]
        count -= count & -count
    return best


def _raise(tree: list[tuple[float, int]], position: int, entry: tuple[float, int]) -> None:
    while position < len(tree):
        if entry[0] > tree[position][0]:
            tree[position] = entry
        position += position & -position
