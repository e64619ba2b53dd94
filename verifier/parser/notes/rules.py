"""Rules that add points: named tables of what speaks for a note's start, for a step between two notes, or for a pair.

A table is summed over what was seen of one candidate; the unit is a plain raised label. The points were set by hand.
`measured_on` says what became of 2,296 notes of 137 documents (14 settings of one paper, 40 generated and 5 real PDFs,
21 small ones of kinds that real ones break, 57 of `tests/data`) when the rule was left out: of the documents as they
are; with labels damaged (no links and tags, 15 % of the notes' labels not raised); or damaged (the same, 15 % of the
text's markers not raised, and no separators). A pair is one of marker and note. Most notes are found by several rules,
so that one alone is worth little on documents as they are. docs/parser.md says how well all of it does on documents it
was not written from.
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
