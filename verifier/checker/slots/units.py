"""The slot `unit`, as far as a table's head decides it: 21,571 "in thousands" are not 21,571 people."""

import re

from verifier.model import Figure

_NOUN_AFTER = re.compile(
    r"\s(?!thousand|million|billion)(?:[a-z]+\s){0,2}?(?:people|persons|men|women|children|[a-z]{3,}s)\b"
)
_NO_NOUN = frozenset(
    """
was is has as this its his hers thus less us plus versus years months days weeks terms
""".split()  # noqa: SIM905
)


_LEAST = 100
"""Smaller numbers are in any table."""


def counts_single_things(text: str, claim: Figure, source: Figure) -> bool:
    """Whether the claim gives a table's number as it is printed and says what things it counts."""
    if claim.dimension != "count" or claim.value != source.value or claim.value < _LEAST:
        return False
    noun = _NOUN_AFTER.match(text, claim.end)
    return noun is not None and noun.group().split()[-1] not in _NO_NOUN and len(noun.group().split()) == 1
