"""Sums of small decision trees, read from `weights.json`: how the signs are weighed.

The file is made by `benchmarks/train_checker.py`. A tree is nested lists: `[sign, bound, below, above]`, where a value
at most the bound goes `below`, or a number, the leaf. A sum of trees is turned into a chance by the logistic function,
or by softmax where there is one sum for each verdict.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp

from verifier.checker.verdict.features import FIGURE_SIGNS, PAIR_SIGNS

Tree = tuple[int, float, "Tree", "Tree"] | float
"""A leaf, or a question to a sign (by its place): a value at most the bound goes to the third part, else the fourth."""


@dataclass(frozen=True, slots=True)
class Forest:
    """A starting value and the trees whose answers are added to it."""

    base: float
    trees: tuple[Tree, ...]

    def total(self, signs: Sequence[float]) -> float:
        """The sum for these signs."""
        total = self.base
        for tree in self.trees:
            while type(tree) is tuple:
                sign, bound, below, above = tree
                tree = below if signs[sign] <= bound else above
            total += tree  # type: ignore[operator]
        return total


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learned: `same` for pairs; `supported`, `contradicted` and `not_found` for figures."""

    same: Forest
    supported: Forest
    contradicted: Forest
    not_found: Forest

    def chance_same(self, signs: Sequence[float]) -> float:
        """The chance that a pair (`PAIR_SIGNS`) speaks of one thing."""
        return 1 / (1 + exp(-self.same.total(signs)))

    def chances(self, signs: Sequence[float]) -> tuple[float, float, float]:
        """The chances that a figure (`FIGURE_SIGNS`) is supported, contradicted, not found."""
        sums = [forest.total(signs) for forest in (self.supported, self.contradicted, self.not_found)]
        top = max(sums)
        parts = [exp(value - top) for value in sums]
        supported, contradicted, not_found = (part / sum(parts) for part in parts)
        return supported, contradicted, not_found


@cache
def load_weights() -> Weights:
    """The weights that the package carries."""
    return read_weights(files("verifier.checker.verdict").joinpath("weights.json").read_text(encoding="utf-8"))


def read_weights(text: str) -> Weights:
    """Weights from their JSON text."""
    raw = json.loads(text)
    return Weights(
        same=_forest(raw["same"], PAIR_SIGNS),
        supported=_forest(raw["supported"], FIGURE_SIGNS),
        contradicted=_forest(raw["contradicted"], FIGURE_SIGNS),
        not_found=_forest(raw["not_found"], FIGURE_SIGNS),
    )


def _forest(raw: dict[str, object], names: Sequence[str]) -> Forest:
    base, trees = raw["base"], raw["trees"]
    assert isinstance(base, int | float)
    assert isinstance(trees, list)
    return Forest(float(base), tuple(_tree(tree, names) for tree in trees))


def _tree(raw: object, names: Sequence[str]) -> Tree:
    if isinstance(raw, int | float):
        return float(raw)
    assert isinstance(raw, list)
    sign, bound, below, above = raw
    return names.index(sign), float(bound), _tree(below, names), _tree(above, names)
