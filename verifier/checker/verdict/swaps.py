"""Whether a claim would fit its source better with two of its figures swapped: then somebody swapped them."""

from collections.abc import Sequence

from verifier.checker.align.candidates import Alignment
from verifier.checker.figures.equality import Relation

NO_SWAP = -1.0
"""The gain where no other figure of the claim could change places with this one."""


def gain_of_swap(alignments: Sequence[Alignment], index: int) -> float:
    """By how much the words of two figures of one unit fit better crosswise than as the claim has them, at best."""
    one = alignments[index]
    mine = _agreeing(one)
    gains = [NO_SWAP]
    for other in alignments:
        if other is one or other.figure.unit != one.figure.unit or other.figure.value == one.figure.value:
            continue
        theirs = _agreeing(other)
        across = [candidate.score for candidate in one.candidates if candidate.figure.start in theirs]
        back = [candidate.score for candidate in other.candidates if candidate.figure.start in mine]
        if across and back:
            gains.append(max(across) + max(back) - max(mine.values()) - max(theirs.values()))
    return max(gains)


def _agreeing(alignment: Alignment) -> dict[int, float]:
    """The scores of the candidates that agree, by their place in the source."""
    return {c.figure.start: c.score for c in alignment.candidates if c.relation is Relation.AGREES}
