"""The signs by which figures are judged, as numbers: for a pair of figures, and for a figure as a whole.

A pair is a figure of the claim and a candidate of the source: its signs tell whether both speak of one thing. A
figure's signs set its best agreeing candidate against its best differing one. Both lists are named, since the weights
(`weights.json`) refer to signs by name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from verifier.checker.align.candidates import Alignment, Candidate
from verifier.checker.figures.dates import date_parts
from verifier.checker.figures.equality import Relation
from verifier.checker.slots import NOTHING_READ, SlotComparison
from verifier.model import Figure, Qualifier

PAIR_SIGNS = (
    "context", "near", "names", "tight", "owned", "clause", "noun", "flank", "cell", "implied", "same_unit",
    "no_fellows", "of_best", "likeness", "slip", "scale", "coverage", "names_known", "best_segment", "length", "digits",
    "date", "coarse", "dateline", "crowd", "early", "year_same", "month_same", "day_same", "context_dated",
    "tight_dated", "likeness_count", "noun_count", "score", "behind", "tight_owned",
)  # fmt: skip
FIGURE_SIGNS = (
    "agree_same", "agree_context", "agree_tight", "agree_near", "agree_owned", "agree_clause", "agree_flank",
    "agree_crowd", "agree_early", "agree_time", "agree_fellows", "differ_same", "differ_context", "differ_tight",
    "differ_near", "differ_owned", "differ_clause", "differ_flank", "differ_crowd", "differ_early", "differ_names",
    "differ_noun", "differ_likeness", "differ_slip", "differ_cell", "differ_explained", "second_same", "coarse_same",
    "odds_gap", "odds_alone", "gap_tight", "gap_near", "gap_owned", "gap_clause", "gap_flank", "gap_score", "exchange",
    "coverage", "names_known", "best_segment", "length", "year", "year_known", "beyond", "small", "qualified",
    "many_differ", "many_agree", "has_fellows", "fellows_known", "agree_tight_owned", "differ_tight_owned",
)  # fmt: skip
_LIMIT = 1e-3
_JOINT = 5


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate with the chance (0 to 1) that it speaks of the same thing, and the share of fellows found with it."""

    candidate: Candidate
    same: float
    fellows: float
    slots: SlotComparison = NOTHING_READ


@dataclass(frozen=True, slots=True)
class OfWhat:
    """Whether the source knows the name, or any word, that the claim begins with."""

    is_topic_unknown: bool = False
    is_lead_unknown: bool = False


def fellows_of(alignments: Sequence[Alignment], index: int) -> list[frozenset[int]]:
    """For each other figure of the claim, the segments of the source where it is found.

    The other end of a range or score is no fellow: both stand or fall together.
    """
    figure = alignments[index].figure
    return [
        frozenset(c.segment for c in alignment.candidates if c.relation is Relation.AGREES)
        for number, alignment in enumerate(alignments)
        if number != index and not _are_joined(figure, alignment.figure)
    ]


def _are_joined(one: Figure, other: Figure) -> bool:
    """Whether two figures are ends of one expression ("52 to 48", "$10-15 million"): hardly anything stands between."""
    return max(one.start, other.start) - min(one.end, other.end) <= _JOINT


def fellows_at(segment: int, fellows: Sequence[frozenset[int]]) -> float:
    """The share of the claim's other figures that are found in a segment."""
    return sum(segment in segments for segments in fellows) / len(fellows) if fellows else 0.0


def pair_signs(
    alignment: Alignment, candidate: Candidate, fellows: float, has_fellows: bool, best: float
) -> list[float]:
    """The signs of a pair, in the order of `PAIR_SIGNS`; `best` is the highest score among the figure's candidates."""
    figure, close = alignment.figure, candidate.closeness
    dated, counted = figure.dimension == "date", figure.dimension == "count"
    score = candidate.score + 0.3 * fellows - 0.5 * candidate.explained
    return [
        close.context,
        close.near,
        close.names,
        close.tight,
        close.owned,
        close.clause,
        candidate.noun,
        candidate.flank,
        candidate.is_cell,
        candidate.is_implied,
        candidate.is_same_unit,
        not has_fellows,
        close.context / alignment.best_segment if alignment.best_segment else 0.0,
        candidate.likeness,
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
        candidate.crowd,
        candidate.is_early,
        *_parts_alike(figure, candidate.figure),
        close.context * dated,
        close.tight * dated,
        candidate.likeness * counted,
        candidate.noun * counted,
        score,
        score - best,
        close.tight_owned,
    ]


def _parts_alike(one: Figure, other: Figure) -> list[int]:
    """For year, month and day of two dates: 1 where both give the same, -1 where they differ, else 0."""
    if one.dimension != "date" or other.dimension != "date":
        return [0, 0, 0]
    pairs = zip(date_parts(one), date_parts(other), strict=True)
    return [(1 if mine == theirs else -1) if mine and theirs else 0 for mine, theirs in pairs]


def figure_signs(
    alignment: Alignment,
    agreeing: Sequence[Weighed],
    differing: Sequence[Weighed],
    coarse: Sequence[Weighed],
    fellows: Sequence[frozenset[int]],
    exchange: float,
) -> list[float]:
    """The signs of a figure, in the order of `FIGURE_SIGNS`; the candidates of each relation come best first."""
    figure = alignment.figure
    agree, differ = _best(agreeing), _best(differing)
    same_agree, same_differ = (agree.same if agree else 0.0), (differ.same if differ else 0.0)
    return [
        *_agree_signs(agree),
        *_differ_signs(differ),
        _second(differing),
        coarse[0].same if coarse else 0.0,
        _odds(same_agree) - _odds(same_differ) if agree else 0.0,
        0.0 if agree else _odds(same_differ),
        *_gaps(agree, differ),
        exchange,
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
        bool(fellows),
        sum(bool(segments) for segments in fellows) / len(fellows) if fellows else 0.0,
        agree.candidate.closeness.tight_owned if agree else 0.0,
        differ.candidate.closeness.tight_owned if differ else 0.0,
    ]


def _agree_signs(agree: Weighed | None) -> list[float]:
    """The signs of the best agreeing candidate; zeros where there is none."""
    if agree is None:
        return [0.0] * 11
    mine, close = agree.candidate, agree.candidate.closeness
    where = [close.context, close.tight, close.near, close.owned, close.clause]
    return [agree.same, *where, mine.flank, mine.crowd, mine.is_early, mine.time, agree.fellows]


def _differ_signs(differ: Weighed | None) -> list[float]:
    """The signs of the best differing candidate; zeros where there is none."""
    if differ is None:
        return [0.0] * 15
    theirs, close = differ.candidate, differ.candidate.closeness
    where = [close.context, close.tight, close.near, close.owned, close.clause]
    number = [theirs.noun, theirs.likeness, theirs.is_slip, theirs.is_cell, theirs.explained]
    return [differ.same, *where, theirs.flank, theirs.crowd, theirs.is_early, close.names, *number]


def _second(differing: Sequence[Weighed]) -> float:
    """The chance of the best differing candidate that is written otherwise than the first."""
    return next((w.same for w in differing[1:] if w.candidate.figure.text != differing[0].candidate.figure.text), 0.0)


def _gaps(agree: Weighed | None, differ: Weighed | None) -> list[float]:
    """By how much the best differing candidate is nearer to the claim than the best agreeing one."""
    if agree is None:
        return [0.0] * 6
    return [theirs - ours for theirs, ours in zip(_nearness(differ), _nearness(agree), strict=True)]


def _nearness(weighed: Weighed | None) -> list[float]:
    if weighed is None:
        return [0.0] * 6
    candidate, close = weighed.candidate, weighed.candidate.closeness
    return [close.tight, close.near, close.owned, close.clause, candidate.flank, candidate.score]


def _best(weighed: Sequence[Weighed]) -> Weighed | None:
    return weighed[0] if weighed else None


def _odds(chance: float) -> float:
    return log(max(chance, _LIMIT) / max(1 - chance, _LIMIT))
