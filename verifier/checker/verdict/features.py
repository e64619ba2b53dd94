"""The features by which figures are judged, as numbers: for a pair of figures, and for a figure as a whole.

A pair is a figure of the claim and a candidate of the source: its features say whether both speak of one thing. A
figure's features set its best agreeing candidate against its best differing one. Both lists are named, since the
weights (`weights.json`) refer to features by name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from verifier.checker.align.candidates import Alignment, Candidate
from verifier.checker.figures.dates import date_parts
from verifier.checker.figures.equality import Relation
from verifier.checker.slots import NOTHING_READ, SlotComparison
from verifier.model import Figure, Qualifier

PAIR_FEATURES = (
    "context", "near", "names", "near_weight", "nearest_share", "clause", "noun", "neighbour_overlap", "cell",
    "implied", "same_unit", "no_co_figures", "of_best", "similarity", "slip", "scale", "coverage", "names_known",
    "best_segment", "length", "digits", "date", "coarse", "dateline", "figure_density", "early", "year_same",
    "month_same", "day_same", "context_dated", "near_weight_dated", "similarity_count", "noun_count", "score", "behind",
    "nearest_near_weight",
)  # fmt: skip
FIGURE_FEATURES = (
    "agree_same", "agree_context", "agree_near_weight", "agree_near", "agree_nearest_share", "agree_clause",
    "agree_neighbour_overlap", "agree_figure_density", "agree_early", "agree_time", "agree_co_figures", "differ_same",
    "differ_context", "differ_near_weight", "differ_near", "differ_nearest_share", "differ_clause",
    "differ_neighbour_overlap", "differ_figure_density", "differ_early", "differ_names", "differ_noun",
    "differ_similarity", "differ_slip", "differ_cell", "differ_explained", "second_same", "coarse_same", "odds_gap",
    "odds_alone", "gap_near_weight", "gap_near", "gap_nearest_share", "gap_clause", "gap_neighbour_overlap",
    "gap_score", "swap_gain", "coverage", "names_known", "best_segment", "length", "year", "year_known", "beyond",
    "small", "qualified", "many_differ", "many_agree", "has_co_figures", "co_figures_known",
    "agree_nearest_near_weight", "differ_nearest_near_weight",
)  # fmt: skip
_LIMIT = 1e-3
_JOINT = 5


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate with the chance (0 to 1) that it speaks of the same thing, and the share of the claim's other figures
    that are found with it."""

    candidate: Candidate
    same: float
    co_figures: float
    slots: SlotComparison = NOTHING_READ


@dataclass(frozen=True, slots=True)
class OfWhat:
    """Whether the source knows the name, or any word, that the claim begins with."""

    is_topic_unknown: bool = False
    is_lead_unknown: bool = False


def co_figure_segments(alignments: Sequence[Alignment], index: int) -> list[frozenset[int]]:
    """For each other figure of the claim, the segments of the source where it is found.

    The other end of a range or score is no such figure: both are right or wrong together.
    """
    figure = alignments[index].figure
    return [
        frozenset(c.segment for c in alignment.candidates if c.relation is Relation.AGREES)
        for number, alignment in enumerate(alignments)
        if number != index and not _are_joined(figure, alignment.figure)
    ]


def _are_joined(one: Figure, other: Figure) -> bool:
    """Whether two figures are ends of one expression ("52 to 48", "$10-15 million"): hardly anything is between."""
    return max(one.start, other.start) - min(one.end, other.end) <= _JOINT


def co_figure_share(segment: int, co_figures: Sequence[frozenset[int]]) -> float:
    """The share of the claim's other figures that are found in a segment."""
    return sum(segment in segments for segments in co_figures) / len(co_figures) if co_figures else 0.0


def pair_features(
    alignment: Alignment, candidate: Candidate, co_figures: float, has_co_figures: bool, best: float
) -> list[float]:
    """The features of a pair, in the order of `PAIR_FEATURES`; `best` is the highest score among the figure's
    candidates."""
    figure, close = alignment.figure, candidate.proximity
    dated, counted = figure.dimension == "date", figure.dimension == "count"
    score = candidate.score + 0.3 * co_figures - 0.5 * candidate.explained
    return [
        close.context,
        close.near,
        close.names,
        close.near_weight,
        close.nearest_share,
        close.clause,
        candidate.noun,
        candidate.neighbour_overlap,
        candidate.is_cell,
        candidate.is_implied,
        candidate.is_same_unit,
        not has_co_figures,
        close.context / alignment.best_segment if alignment.best_segment else 0.0,
        candidate.similarity,
        candidate.is_slip,
        candidate.is_other_scale,
        alignment.coverage,
        alignment.names_known,
        alignment.best_segment,
        alignment.length,
        len(figure.text),
        figure.unit == "date",
        candidate.relation is Relation.COMPATIBLE,
        candidate.is_dateline,
        candidate.figure_density,
        candidate.is_early,
        *_parts_alike(figure, candidate.figure),
        close.context * dated,
        close.near_weight * dated,
        candidate.similarity * counted,
        candidate.noun * counted,
        score,
        score - best,
        close.nearest_near_weight,
    ]


def _parts_alike(one: Figure, other: Figure) -> list[int]:
    """For year, month and day of two dates: 1 where both give the same, -1 where they differ, else 0."""
    if one.dimension != "date" or other.dimension != "date":
        return [0, 0, 0]
    pairs = zip(date_parts(one), date_parts(other), strict=True)
    return [(1 if mine == theirs else -1) if mine and theirs else 0 for mine, theirs in pairs]


def figure_features(
    alignment: Alignment,
    agreeing: Sequence[Weighed],
    differing: Sequence[Weighed],
    coarse: Sequence[Weighed],
    co_figures: Sequence[frozenset[int]],
    swap_gain: float,
) -> list[float]:
    """The features of a figure, in the order of `FIGURE_FEATURES`; the candidates of each relation come best first."""
    figure = alignment.figure
    agree, differ = _best(agreeing), _best(differing)
    same_agree, same_differ = (agree.same if agree else 0.0), (differ.same if differ else 0.0)
    return [
        *_agree_features(agree),
        *_differ_features(differ),
        _second(differing),
        coarse[0].same if coarse else 0.0,
        _odds(same_agree) - _odds(same_differ) if agree else 0.0,
        0.0 if agree else _odds(same_differ),
        *_gaps(agree, differ),
        swap_gain,
        alignment.coverage,
        alignment.names_known,
        alignment.best_segment,
        alignment.length,
        figure.unit == "year",
        alignment.year_known,
        alignment.beyond_dateline,
        figure.dimension == "count" and figure.value <= 12,
        figure.qualifier is not Qualifier.EXACT,
        min(1.0, len(differing) / 10),
        min(1.0, len(agreeing) / 4),
        bool(co_figures),
        sum(bool(segments) for segments in co_figures) / len(co_figures) if co_figures else 0.0,
        agree.candidate.proximity.nearest_near_weight if agree else 0.0,
        differ.candidate.proximity.nearest_near_weight if differ else 0.0,
    ]


def _agree_features(agree: Weighed | None) -> list[float]:
    """The features of the best agreeing candidate; zeros where there is none."""
    if agree is None:
        return [0.0] * 11
    mine, close = agree.candidate, agree.candidate.proximity
    where = [close.context, close.near_weight, close.near, close.nearest_share, close.clause]
    return [agree.same, *where, mine.neighbour_overlap, mine.figure_density, mine.is_early, mine.time, agree.co_figures]


def _differ_features(differ: Weighed | None) -> list[float]:
    """The features of the best differing candidate; zeros where there is none."""
    if differ is None:
        return [0.0] * 15
    theirs, close = differ.candidate, differ.candidate.proximity
    where = [close.context, close.near_weight, close.near, close.nearest_share, close.clause]
    number = [theirs.noun, theirs.similarity, theirs.is_slip, theirs.is_cell, theirs.explained]
    return [differ.same, *where, theirs.neighbour_overlap, theirs.figure_density, theirs.is_early, close.names, *number]


def _second(differing: Sequence[Weighed]) -> float:
    """The chance of the best differing candidate that is written otherwise than the first."""
    return next((w.same for w in differing[1:] if w.candidate.figure.text != differing[0].candidate.figure.text), 0.0)


def _gaps(agree: Weighed | None, differ: Weighed | None) -> list[float]:
    """By how much the best differing candidate is nearer to the claim than the best agreeing one."""
    if agree is None:
        return [0.0] * 6
    return [theirs - ours for theirs, ours in zip(_proximity_features(differ), _proximity_features(agree), strict=True)]


def _proximity_features(weighed: Weighed | None) -> list[float]:
    if weighed is None:
        return [0.0] * 6
    candidate, close = weighed.candidate, weighed.candidate.proximity
    return [
        close.near_weight,
        close.near,
        close.nearest_share,
        close.clause,
        candidate.neighbour_overlap,
        candidate.score,
    ]


def _best(weighed: Sequence[Weighed]) -> Weighed | None:
    return weighed[0] if weighed else None


def _odds(chance: float) -> float:
    return log(max(chance, _LIMIT) / max(1 - chance, _LIMIT))
