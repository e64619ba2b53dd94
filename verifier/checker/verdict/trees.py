"""Sums of small decision trees, read from `weights.json`: how the features are weighed.

The file is made by `benchmarks/train_checker.py`. A tree is nested lists: `[feature, bound, below, above]`, where a
value at most the bound goes `below`, or a number, the leaf. A sum of trees is turned into a chance by the logistic
function, or by softmax where there is one sum for each verdict.
"""

import json
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp

from verifier.checker.verdict.features import FIGURE_FEATURES, PAIR_FEATURES

Tree = tuple[int, float, "Tree", "Tree"] | float
"""A leaf, or a question to a feature (by its place): a value at most the bound goes to the third part, else the
fourth."""


_MOST_LEAVES = 8
_LOWEST = tuple((byte & -byte).bit_length() - 1 for byte in range(256))
"""The place of the lowest bit of a byte."""


@dataclass(frozen=True, slots=True)
class Question:
    """All bounds that the trees of a forest compare with one feature, in order.

    `left[n]` are the leaves that a value above just the first `n` bounds leaves open: a byte a tree, a bit a leaf.
    """

    feature: int
    bounds: tuple[float, ...]
    left: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Forest:
    """A starting value and the trees whose answers are added to it.

    All trees are asked at once, as QuickScorer does (Lucchese et al., SIGIR 2015): each feature strikes out the leaves
    that its value rules out, and the first leaf that is left in a tree, from below on, is its answer.
    """

    base: float
    leaves: tuple[tuple[float, ...], ...]
    questions: tuple[Question, ...]

    def total(self, features: Sequence[float]) -> float:
        """The sum for these features."""
        total, left = self.base, (1 << 8 * len(self.leaves)) - 1
        for question in self.questions:
            left &= question.left[bisect_left(question.bounds, features[question.feature])]
        for open_leaves, leaves in zip(left.to_bytes(len(self.leaves), "little"), self.leaves, strict=True):
            total += leaves[_LOWEST[open_leaves]]
        return total


def forest_of(base: float, trees: Sequence[Tree]) -> Forest:
    """A forest of trees, each of at most eight leaves; ValueError for a larger one."""
    leaves: list[tuple[float, ...]] = []
    asked: dict[int, list[tuple[float, int]]] = {}
    for number, tree in enumerate(trees):
        found: list[float] = []
        _list_leaves(tree, found, asked, 8 * number)
        if len(found) > _MOST_LEAVES:
            raise ValueError(f"a tree has {len(found)} leaves, more than {_MOST_LEAVES}")
        leaves.append(tuple(found))
    return Forest(
        base, tuple(leaves), tuple(_question(feature, asked[feature], len(leaves)) for feature in sorted(asked))
    )


def _list_leaves(tree: Tree, leaves: list[float], asked: dict[int, list[tuple[float, int]]], shift: int) -> None:
    """List the leaves of a tree from below on, and for each bound the leaves that a value above it rules out."""
    if not isinstance(tree, tuple):
        leaves.append(tree)
        return
    feature, bound, below, above = tree
    first = len(leaves)
    _list_leaves(below, leaves, asked, shift)
    ruled_out = ((1 << len(leaves)) - (1 << first)) << shift
    asked.setdefault(feature, []).append((bound, ruled_out))
    _list_leaves(above, leaves, asked, shift)


def _question(feature: int, asked: list[tuple[float, int]], trees: int) -> Question:
    asked = sorted(asked)
    left = [(1 << 8 * trees) - 1]
    for _, ruled_out in asked:
        left.append(left[-1] & ~ruled_out)
    return Question(feature, tuple(bound for bound, _ in asked), tuple(left))


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learned: `same` for pairs; `supported`, `contradicted` and `not_found` for figures."""

    same: Forest
    supported: Forest
    contradicted: Forest
    not_found: Forest

    def chance_same(self, features: Sequence[float]) -> float:
        """The chance that a pair (`PAIR_FEATURES`) speaks of one thing."""
        return 1 / (1 + exp(-self.same.total(features)))

    def chances(self, features: Sequence[float]) -> tuple[float, float, float]:
        """The chances that a figure (`FIGURE_FEATURES`) is supported, contradicted, not found."""
        sums = [forest.total(features) for forest in (self.supported, self.contradicted, self.not_found)]
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
        same=_forest(raw["same"], PAIR_FEATURES),
        supported=_forest(raw["supported"], FIGURE_FEATURES),
        contradicted=_forest(raw["contradicted"], FIGURE_FEATURES),
        not_found=_forest(raw["not_found"], FIGURE_FEATURES),
    )


def _forest(raw: dict[str, object], names: Sequence[str]) -> Forest:
    base, trees = raw["base"], raw["trees"]
    assert isinstance(base, int | float)
    assert isinstance(trees, list)
    return forest_of(float(base), [_tree(tree, names) for tree in trees])


def _tree(raw: object, names: Sequence[str]) -> Tree:
    if isinstance(raw, int | float):
        return float(raw)
    assert isinstance(raw, list)
    feature, bound, below, above = raw
    return names.index(feature), float(bound), _tree(below, names), _tree(above, names)
