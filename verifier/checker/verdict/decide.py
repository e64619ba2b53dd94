"""The verdict on a claim's figures from their alignments: supported, contradicted or not found, and how surely."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from verifier.checker.align.candidates import Alignment, Candidate
from verifier.checker.figures.equality import Relation
from verifier.checker.slots import Slot, SlotReader, SlotReading, State
from verifier.checker.verdict.arithmetic import Calculation
from verifier.checker.verdict.features import (
    OfWhat,
    Weighed,
    co_figure_segments,
    co_figure_share,
    figure_features,
    pair_features,
)
from verifier.checker.verdict.swaps import gain_of_swap
from verifier.checker.verdict.trees import Weights
from verifier.model import Figure, Verdict

SUPPORT_CUT = 0.4
SUPPORT_FLOOR = 0.2  # enough where "not found" is less likely still: the figure is in the source
DOUBT, DOUBTFUL_SAME = 0.7, 0.3  # so likely a contradiction, a figure that speaks of another thing is no support
CONTRADICTION_CUT = 0.58
CONTRADICTION_CUT_BESIDE_AGREEMENT = 0.89
CONTRADICTION_CUT_BESIDE_CONFLICT = 0.7
CONTRADICTION_CUT_OTHER_COLUMN = 0.45  # the claim names the head of the cell beside
"""The chances from which a verdict is given, chosen on held-out documents (docs/checker.md): a contradiction needs more
where the claim's own figure is in the source, too, unless both are in one table."""

SAME_FLOOR, FAR_SAME_FLOOR = 0.15, 0.25
"""The chance of speaking of the same thing that the candidate of a contradiction has at least, whatever else holds; the
second one where the numbers are a factor of ten or a hundred years apart, and no slip of the scale explains it."""

UNCERTAIN = 0.8
"""The most confidence, below the accusation cut, where subject or measure are not known to be the same, or the same
digits are given of something else."""

ACCUSING_SAME = 0.5
"""How likely to speak of the same thing what an accusation rests on is: likelier than not."""

ELSEWHERE_SAME = 0.3
SMALL_COUNT, COMMON_SHARES = 12, (Decimal(50), Decimal(100))
"""Up to here a count supports nothing where its sentence has no word of the claim: "two-tier" is no "two schools"."""

_READ_SLOTS = 6
_NEXT_BEST = 0.5
"""How likely to speak of the same thing, beside the likeliest, a candidate is that contradicts in the stead of one in
conflict."""

OTHER_COLUMN, OTHER_COLUMN_GAP = 0.95, 0.1
"""The confidence that a figure was taken from the wrong column, and how much nearer the right head is to the claim."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, how sure it is (0 to 1), and the candidate or the sum it rests on.

    `opposed` holds the claim's and the source's verb where only these disagree ("rose", "fell"); `conflict` the slot
    that differs where the source gives the same figure of something else. `elsewhere` is, of a figure that was not
    found, where the source has the like all the same: of something else, or not surely of the same thing.
    """

    verdict: Verdict
    confidence: float
    candidate: Candidate | None
    calculation: Calculation | None = None
    opposed: tuple[str, str] | None = None
    conflict: SlotReading | None = None
    elsewhere: Candidate | None = None


@dataclass(frozen=True, slots=True)
class WeighedFigure:
    """A figure's candidates of each relation, the likeliest to speak of the same thing first."""

    alignment: Alignment
    agreeing: tuple[Weighed, ...]
    differing: tuple[Weighed, ...]
    coarse: tuple[Weighed, ...]
    co_figures: tuple[frozenset[int], ...]
    swap_gain: float
    of: OfWhat = field(default_factory=OfWhat)

    def features(self) -> list[float]:
        """The features of the figure, in the order of `FIGURE_FEATURES`."""
        return figure_features(
            self.alignment, self.agreeing, self.differing, self.coarse, self.co_figures, self.swap_gain
        )


def weigh(alignments: Sequence[Alignment], index: int, weights: Weights, slots: SlotReader) -> WeighedFigure:
    """Give every candidate of a figure its chance of speaking of the same thing."""
    alignment, co_figures = alignments[index], co_figure_segments(alignments, index)
    pairs = all_pair_features(alignment, co_figures)
    return weighed_figure(alignments, index, [weights.chance_same(features) for _, features in pairs], pairs, slots)


def weighed_figure(
    alignments: Sequence[Alignment],
    index: int,
    chances: Sequence[float],
    pairs: Sequence[tuple[Candidate, list[float]]],
    slots: SlotReader,
) -> WeighedFigure:
    """A figure with its candidates by relation, those in conflict over what it is of apart from the others."""
    alignment, co_figures = alignments[index], co_figure_segments(alignments, index)
    found: dict[Relation, list[Weighed]] = {relation: [] for relation in Relation}
    for (candidate, _), chance in zip(pairs, chances, strict=True):
        found[candidate.relation].append(Weighed(candidate, chance, co_figure_share(candidate.segment, co_figures)))
    return WeighedFigure(
        alignment,
        _with_slots(found[Relation.AGREES], index, slots),
        _with_slots(found[Relation.DIFFERS] + found[Relation.UNIT_DIFFERS], index, slots),
        tuple(sorted(found[Relation.COMPATIBLE], key=lambda one: -one.same)),
        tuple(co_figures),
        gain_of_swap(alignments, index),
        OfWhat(slots.subjects.is_topic_unknown(index), slots.subjects.is_lead_unknown(index)),
    )


def _with_slots(weighed: list[Weighed], index: int, slots: SlotReader) -> tuple[Weighed, ...]:
    """The candidates, the likeliest first; slots are read up to the first that is in no conflict."""
    weighed.sort(key=lambda one: -one.same)
    for place, one in enumerate(weighed[:_READ_SLOTS]):
        if one.candidate.number >= 0:
            one = weighed[place] = replace(one, slots=slots.compare(index, one.candidate.number))
        if one.slots.conflict is None:
            break
    return tuple(weighed)


def all_pair_features(
    alignment: Alignment, co_figures: Sequence[frozenset[int]]
) -> list[tuple[Candidate, list[float]]]:
    """Every candidate of a figure with its features, in the order of `PAIR_FEATURES`."""
    shares = [co_figure_share(candidate.segment, co_figures) for candidate in alignment.candidates]
    best = max(
        (c.score + 0.3 * share - 0.5 * c.explained for c, share in zip(alignment.candidates, shares, strict=True)),
        default=0.0,
    )
    return [
        (candidate, pair_features(alignment, candidate, share, bool(co_figures), best))
        for candidate, share in zip(alignment.candidates, shares, strict=True)
    ]


def decide(figure: WeighedFigure, chances: tuple[float, float, float]) -> Judgement:
    """The verdict that the chances (supported, contradicted, not found) amount to.

    A candidate with a slot in conflict neither contradicts nor supports.
    """
    agrees, differs = _first_that_agrees(figure), _first_without_conflict(figure.differing)
    if differs is not None and not _is_about_the_claim(figure, differs):
        differs = None
    if differs is not None and chances[1] >= _cut(figure, agrees, differs):
        return Judgement(Verdict.CONTRADICTED, _how_surely(figure, agrees, differs, chances[1]), differs.candidate)
    if agrees is None and figure.agreeing:
        return _same_digits(figure, figure.agreeing[0], chances[2])
    if agrees is not None and _supports(figure, agrees, chances):
        return Judgement(Verdict.SUPPORTED, chances[0], agrees.candidate)
    return _not_found(figure, max(chances[2], 0.5) if _is_unnamed(figure, agrees) else chances[2])


def _not_found(figure: WeighedFigure, confidence: float) -> Judgement:
    """That the source does not give a figure, with the place where it has the like; small counts are everywhere."""
    common = is_common(figure.alignment.figure)
    places = (one.candidate for one in figure.agreeing if not common or one.same >= SAME_FLOOR)
    return Judgement(Verdict.NOT_FOUND, confidence, None, elsewhere=next(places, None))


def _is_about_the_claim(figure: WeighedFigure, differs: Weighed) -> bool:
    """Whether the first differing candidate without a conflict is likely enough to speak of the same thing."""
    if differs.candidate.time < 0:
        return False  # its sentence or column is of other years than the claim's
    if differs.candidate.is_cell and differs.slots.state_of(Slot.SUBJECT) is State.ABSENT:
        return False
    return may_contradict(differs) and differs.same >= _NEXT_BEST * figure.differing[0].same


def _is_unnamed(figure: WeighedFigure, agrees: Weighed | None) -> bool:
    """Whether the source gives the figure but never names whom the claim gives it for."""
    absent = agrees is not None and agrees.slots.state_of(Slot.SUBJECT) is State.ABSENT
    return figure.of.is_topic_unknown and absent


def _supports(figure: WeighedFigure, agrees: Weighed, chances: tuple[float, float, float]) -> bool:
    """Whether the first agreeing candidate without a conflict supports the claim."""
    supported, contradicted, not_found = chances
    if figure.differing and figure.differing[0].slots.conflict is not None and agrees.same >= DOUBTFUL_SAME:
        supported, contradicted = supported / (supported + not_found), 0.0  # what spoke against it is of something else
    doubtful = agrees.same < ELSEWHERE_SAME or is_common(figure.alignment.figure)
    if _is_unnamed(figure, agrees) or (doubtful and _is_elsewhere(agrees)):
        return False
    if supported < SUPPORT_CUT and contradicted >= DOUBT and agrees.same < DOUBTFUL_SAME:
        return False
    return supported >= SUPPORT_CUT or supported > max(not_found, SUPPORT_FLOOR)


def is_common(figure: Figure) -> bool:
    """Whether a figure is one that any text has somewhere: a bare count ("two", "6"), half, all, an hour of the day."""
    if figure.dimension == "share":
        return figure.value in COMMON_SHARES
    if figure.dimension == "clock":
        return True
    return figure.dimension == "count" and figure.value <= SMALL_COUNT and figure.value == int(figure.value)


def _is_elsewhere(weighed: Weighed) -> bool:
    """Whether no word of the claim is in the sentence of a figure that agrees, in its cell's heads, or by "third"."""
    candidate, close = weighed.candidate, weighed.candidate.proximity
    if candidate.is_cell:
        return weighed.slots.state_of(Slot.SUBJECT) is State.ABSENT or close.nearest_share == 0
    return (close.nearest_share == 0 and close.clause == 0) or (candidate.is_implied and candidate.noun < 0)


def _cut(figure: WeighedFigure, agrees: Weighed | None, differs: Weighed) -> float:
    """The chance from which a contradiction is one: the more speaks for the claim's own figure, the more it takes."""
    if agrees is not None and _is_other_column(agrees.candidate, differs.candidate):
        return CONTRADICTION_CUT_OTHER_COLUMN
    if differs.candidate.is_cell or not figure.agreeing:
        return CONTRADICTION_CUT
    if agrees is None and differs.slots.is_known:
        return CONTRADICTION_CUT_BESIDE_CONFLICT
    return CONTRADICTION_CUT_BESIDE_AGREEMENT


def _first_that_agrees(figure: WeighedFigure) -> Weighed | None:
    """The first agreeing candidate without a conflict; of a small count the first whose sentence is of the claim."""
    first = _first_without_conflict(figure.agreeing)
    if first is None or not is_common(figure.alignment.figure) or not _is_elsewhere(first):
        return first
    others = (one for one in figure.agreeing if one.slots.conflict is None and not _is_elsewhere(one))
    return next((one for one in others if one.same >= DOUBTFUL_SAME), first)


def _first_without_conflict(weighed: Sequence[Weighed]) -> Weighed | None:
    return next((one for one in weighed if one.slots.conflict is None), None)


def _how_surely(figure: WeighedFigure, agrees: Weighed | None, differs: Weighed, contradicted: float) -> float:
    """The confidence of a contradiction by a differing candidate, which must be known to be of the same thing."""
    inherited = differs.slots.state_of(Slot.SUBJECT) is State.INHERITED
    beside_conflict = agrees is None and figure.agreeing and contradicted < CONTRADICTION_CUT_BESIDE_AGREEMENT
    if (
        differs.same < ACCUSING_SAME
        or beside_conflict
        or not differs.slots.is_known
        or (figure.of.is_lead_unknown and not inherited)
    ):
        return min(contradicted, UNCERTAIN)
    if agrees is not None and _is_other_column(agrees.candidate, differs.candidate):
        return max(contradicted, OTHER_COLUMN)
    return contradicted


def _same_digits(figure: WeighedFigure, weighed: Weighed, not_found: float) -> Judgement:
    """The source gives the claim's figure, but of something else: of another measure, a thing to check; of another
    subject, nothing that bears on the claim."""
    conflict = weighed.slots.conflict
    assert conflict is not None
    if conflict.slot is Slot.SUBJECT or weighed.same < SAME_FLOOR:
        return _not_found(figure, max(not_found, 0.5))
    return Judgement(Verdict.CONTRADICTED, UNCERTAIN, weighed.candidate, conflict=conflict)


def may_contradict(weighed: Weighed) -> bool:
    """Whether a differing candidate speaks of the same thing surely enough, whatever else holds."""
    candidate = weighed.candidate
    far = candidate.similarity == 0 and not candidate.is_other_scale
    return weighed.same >= (FAR_SAME_FLOOR if far else SAME_FLOOR)


def _is_other_column(agree: Candidate, differ: Candidate) -> bool:
    """Whether the claim's figure is in the right row of a table under another head than the one that it names."""
    same_row = agree.is_cell and differ.is_cell and agree.segment == differ.segment
    return same_row and differ.proximity.context - agree.proximity.context >= OTHER_COLUMN_GAP
