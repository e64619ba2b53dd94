"""Figures, and what became of them when they were held against a source."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Qualifier(StrEnum):
    """The writer's word before a figure, as an editor reads it."""

    EXACT = "exact"
    ABOUT = "about"
    OVER = "over"
    AT_LEAST = "at_least"
    UNDER = "under"
    AT_MOST = "at_most"
    NEARLY = "nearly"
    BETWEEN = "between"


class Verdict(StrEnum):
    """What a source says of a figure, or of a claim as a whole (`NO_FIGURES` only of a claim)."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NOT_FOUND = "not_found"
    NO_FIGURES = "no_figures"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in prose: `text` as written, `start` and `end` its place in the scanned text.

    `value` is scaled ("1.2 million" is 1200000); `low` and `high` bound what the writer's words admit;
    `unit` is a canonical unit ("%", "USD", "km", "" for a bare count), `dimension` what it measures.
    """

    text: str
    start: int
    end: int
    value: Decimal
    low: Decimal
    high: Decimal
    unit: str
    dimension: str
    qualifier: Qualifier = Qualifier.EXACT


@dataclass(frozen=True, slots=True)
class FigureComparison:
    """A figure held against one source's text.

    `source_text` is the figure as the source writes it, `source_quote` the passage around it and
    `source_start` the quote's place in the source's text; all None when nothing was aligned.
    `confidence` is 0 to 1: how sure we are of the verdict.
    """

    figure: Figure
    verdict: Verdict
    confidence: float
    reason: str
    source_text: str | None = None
    source_quote: str | None = None
    source_start: int | None = None


@dataclass(frozen=True, slots=True)
class ClaimComparison:
    """A claim held against one source: the worst of its figures decides."""

    verdict: Verdict
    confidence: float
    figures: tuple[FigureComparison, ...] = ()
