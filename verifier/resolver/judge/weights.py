"""How much each feature of a page says, read from `weights.json`: for every kind a table of named weights.

The file is made by `benchmarks/train_judge.py`: logistic regression on labelled pages. docs/links.md gives the figures
on held-out pages.
"""

import json
from enum import StrEnum
from functools import cache
from importlib.resources import files


class Kind(StrEnum):
    """What is distinguished from content: a page that is missing, and any other notice (a wall, a failure, a parked
    domain)."""

    MISSING = "missing"
    NOTICE = "notice"


def weigh(kind: Kind, features: frozenset[str]) -> float:
    """The log-odds that a page of these features is of the kind, over the cut: 0 or more is."""
    weights = _weights()[kind]
    return weights["bias"] - weights["cut"] + sum(weights.get(name, 0.0) for name in features)


@cache
def _weights() -> dict[str, dict[str, float]]:
    tables: dict[str, dict[str, float]] = json.loads(files(__package__).joinpath("weights.json").read_text("utf-8"))
    return tables
