"""Sentences of the running text, with the places of their figures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from verifier.checker.consistency.values import Value
from verifier.model import Box, InconsistencyPlace, PlacedText

NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_END = re.compile(r"(?<=[.!?])[”’\"')\]]*\s+(?=[A-Z“\"(\d])")
_SHORT = re.compile(
    r"(?:\b(?:No|Nos|Fig|Figs|Tab|Eq|Sec|vs|cf|ca|approx|Mr|Mrs|Ms|Dr|Prof|St|pp?|vol|art|e\.g|i\.e|al|U\.S|[A-Z]))\.$"
)
_LONGEST = 1200


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence at `start` of a text; `number` counts it, `paragraph` its paragraph."""

    text: str
    start: int
    source: PlacedText
    paragraph: int
    number: int

    def place(self, start: int = 0, end: int | None = None) -> InconsistencyPlace:
        """Characters of the sentence as a place; the text of the place is the whole sentence."""
        last = len(self.text) if end is None else end
        boxes: tuple[Box, ...] = self.source.boxes(self.start + start, self.start + last)
        return InconsistencyPlace(boxes[0].page if boxes else None, self.text, boxes)


def sentences_of(text: PlacedText) -> Iterator[Sentence]:
    """The sentences of a text; a full stop behind an abbreviation ends none."""
    number = at = 0
    for paragraph, content in enumerate(text.text.split("\n")):
        start = 0
        for end in [*(found.end() for found in _END.finditer(content)), len(content)]:
            if end < len(content) and _SHORT.search(content[:end].rstrip()):
                continue
            said = content[start:end].strip()
            if said and len(said) <= _LONGEST:
                offset = at + start + len(content[start:end]) - len(content[start:end].lstrip())
                yield Sentence(said, offset, text, paragraph, number)
                number += 1
            start = end
        at += len(content) + 1


def number_at(printed: str) -> Decimal:
    """A number as printed, without its separators."""
    return Decimal(printed.replace(",", ""))


def value_at(printed: str) -> Value:
    """A number as printed, with the step of its last digit."""
    value = number_at(printed)
    exponent = value.as_tuple().exponent
    return Value(value, Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0))


def is_year(printed: str) -> bool:
    """Whether a number is written as years are."""
    return re.fullmatch(r"1[789]\d\d|20\d\d|2100", printed) is not None
