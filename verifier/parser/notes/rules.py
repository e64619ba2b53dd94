"""Rules that add points: named tables of what speaks for a note's start, for a step between two notes, or for a pair.

A table is summed over what was seen of one candidate; the unit is a plain raised label. The points were set by hand on
the documents that `measured_on` names; docs/parser.md says how well all of it does on documents it was not written
from.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Seen = TypeVar("Seen")


@dataclass(frozen=True, slots=True)
class Rule(Generic[Seen]):
    """`points` are added as often as `test` says of what was seen: 0 or 1, or how far it holds.

    `measured_on` says what became of the notes of which documents when the rule was left out.
    """

    name: str
    test: Callable[[Seen], float]
    points: float
    measured_on: str


def points_of(rules: Sequence[Rule[Seen]], seen: Seen) -> float:
    """The sum of a table for one candidate."""
    total = 0.0
    for rule in rules:
        total += rule.points * rule.test(seen)
    return total


def first_points(rules: Sequence[Rule[Seen]], seen: Seen) -> float:
    """The points of the first rule of a table that holds; 0 where none does."""
    return next((rule.points for rule in rules if rule.test(seen)), 0.0)
