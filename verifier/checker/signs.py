"""The signs by which figures are judged, as numbers: for a pair of figures, and for a figure as a whole.

A pair is a figure of the claim and a candidate of the source: its signs tell whether both speak of one thing. A
figure's signs set its best agreeing candidate against its best differing one. Both lists are named, since the weights
(`weights.json`) refer to signs by name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from verifier.checker.agreement import Relation
from verifier.checker.align import Alignment, Candidate
from verifier.model import Figure

PAIR_SIGNS = (
    "context", "near", "names", "tight", "noun", "noun_other", "flank", "time_same", "time_other", "cell", "implied",
    "explained", "same_unit", "lone", "fellows", "no_fellows", "of_best", "likeness", "slip", "coverage", "names_known",
    "best_segment", "year", "date", "count", "share", "money", "age", "ordinal", "coarse", "unit_differs",
    "context_dated", "tight_dated", "likeness_dated", "likeness_count", "noun_count", "year_known", "score", "behind",
)  # fmt: skip
FIGURE_SIGNS = (
    "agree", "agree_same", "agree_odds", "differ", "differ_same", "differ_odds", "odds_gap", "coarse", "coarse_same",
    "second_same", "coverage", "names_known", "best_segment", "year", "date", "count", "share", "money", "small",
    "year_known", "many_differ", "many_agree", "agree_cell", "agree_fellows", "agree_tight", "differ_likeness",
    "differ_slip", "differ_unit", "differ_explained", "differ_flank", "differ_noun", "differ_fellows",
    "differ_context", "differ_near", "differ_tight", "differ_cell", "gap_context", "gap_tight", "gap_near",
    "odds_alone", "has_fellows", "fellows_known",
)  # fmt: skip
_LIMIT = 1e-3
_JOINT = 5


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate with the chance (0 to 1) that it speaks of the same thing, and the share of fellows found with it."""

    candidate: Candidate
    same: float
    fellows: float


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
        candidate.noun,
        candidate.noun < 0,
        candidate.flank,
        candidate.time > 0,
        candidate.time < 0,
        candidate.is_cell,
        candidate.is_implied,
        candidate.explained,
        candidate.is_same_unit,
        candidate.is_lone,
        fellows,
        not has_fellows,
        close.context / alignment.best_segment if alignment.best_segment else 0.0,
        candidate.likeness,
        candidate.is_slip,
        alignment.coverage,
        alignment.names_known,
        alignment.best_segment,
        figure.unit == "year",
        figure.unit == "date",
        counted,
        figure.dimension in ("share", "points"),
        figure.dimension == "money",
        figure.dimension == "age",
        figure.dimension == "ordinal",
        candidate.relation is Relation.COMPATIBLE,
        candidate.relation is Relation.UNIT_DIFFERS,
        close.context * dated,
        close.tight * dated,
        candidate.likeness * dated,
        candidate.likeness * counted,
        candidate.noun * counted,
        alignment.year_known,
        score,
        score - best,
    ]


def figure_signs(
    alignment: Alignment,
    agreeing: Sequence[Weighed],
    differing: Sequence[Weighed],
    coarse: Sequence[Weighed],
    fellows: Sequence[frozenset[int]],
) -> list[float]:
    """The signs of a figure, in the order of `FIGURE_SIGNS`; the candidates of each relation come best first."""
    figure = alignment.figure
    agree, differ = _best(agreeing), _best(differing)
    same_agree, same_differ = (agree.same if agree else 0.0), (differ.same if differ else 0.0)
    mine, theirs = (agree.candidate if agree else None), (differ.candidate if differ else None)
    second = next((w.same for w in differing[1:] if theirs and w.candidate.figure.text != theirs.figure.text), 0.0)
    gap = agree is not None
    return [
        agree is not None,
        same_agree,
        _odds(same_agree),
        differ is not None,
        same_differ,
        _odds(same_differ),
        _odds(same_agree) - _odds(same_differ) if gap else 0.0,
        bool(coarse),
        coarse[0].same if coarse else 0.0,
        second,
        alignment.coverage,
        alignment.names_known,
        alignment.best_segment,
        figure.unit == "year",
        figure.unit == "date",
        figure.dimension == "count",
        figure.dimension in ("share", "points"),
        figure.dimension == "money",
        figure.dimension == "count" and figure.value <= 12,
        alignment.year_known,
        min(1.0, len(differing) / 10),
        min(1.0, len(agreeing) / 4),
        mine.is_cell if mine else 0.0,
        agree.fellows if agree else 0.0,
        mine.closeness.tight if mine else 0.0,
        theirs.likeness if theirs else 0.0,
        theirs.is_slip if theirs else 0.0,
        theirs is not None and theirs.relation is Relation.UNIT_DIFFERS,
        theirs.explained if theirs else 0.0,
        theirs.flank if theirs else 0.0,
        theirs.noun if theirs else 0.0,
        differ.fellows if differ else 0.0,
        theirs.closeness.context if theirs else 0.0,
        theirs.closeness.near if theirs else 0.0,
        theirs.closeness.tight if theirs else 0.0,
        theirs.is_cell if theirs else 0.0,
        _gap(mine, theirs, "context"),
        _gap(mine, theirs, "tight"),
        _gap(mine, theirs, "near"),
        0.0 if gap else _odds(same_differ),
        bool(fellows),
        sum(bool(segments) for segments in fellows) / len(fellows) if fellows else 0.0,
    ]


def _best(weighed: Sequence[Weighed]) -> Weighed | None:
    return weighed[0] if weighed else None


def _gap(mine: Candidate | None, theirs: Candidate | None, sign: str) -> float:
    if mine is None:
        return 0.0
    ours: float = getattr(mine.closeness, sign)
    return (float(getattr(theirs.closeness, sign)) if theirs else 0.0) - ours


def _odds(chance: float) -> float:
    return log(max(chance, _LIMIT) / max(1 - chance, _LIMIT))
