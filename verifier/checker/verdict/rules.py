"""Rules that overrule the weighing of features: sums that come out, figures swapped, opposite verbs, changes,
denials."""

import re
from dataclasses import replace
from itertools import pairwise

from verifier.checker.align.candidates import Candidate, align
from verifier.checker.align.index import ReadSource
from verifier.checker.slots import SlotReader
from verifier.checker.verdict.arithmetic import calculate, is_difference
from verifier.checker.verdict.decide import SAME_FLOOR, Judgement, WeighedFigure, decide, is_common, weigh
from verifier.checker.verdict.direction import direction_of, is_denied
from verifier.checker.verdict.trees import load_weights
from verifier.model import Figure, Verdict

CALCULATED = 0.7
"""The confidence in a figure that a sum over the source's figures comes to: all five such claims of the development set
were right ones, and no altered figure was."""

OPPOSED = 0.8
"""The confidence that a figure under the opposite verb ("rose" against "fell") is wrong, kept below the accusation cut:
seven of seven such claims of the development set were wrong, and of 30 with the same verb none was called so."""

SWAPPED, LEAST_GAIN = 0.85, 0.6
"""The confidence that two figures of the claim changed places, below the accusation cut, and the gain from changing
them back that it takes: 30 figures of the development set had it that were exchanged, and three dates that were not."""


def judge(claim: ReadSource, source: ReadSource) -> list[Judgement]:
    """Judge all figures of a claim against one source."""
    weights, alignments = load_weights(), align(claim, source)
    slots = SlotReader(claim, source)
    figures = [weigh(alignments, index, weights, slots) for index in range(len(alignments))]
    judgements = [
        apply_rules(decide(figure, weights.chances(figure.features())), figure, index, claim, source)
        for index, figure in enumerate(figures)
    ]
    return in_view_of_each_other(judgements, claim)


def in_view_of_each_other(judgements: list[Judgement], claim: ReadSource) -> list[Judgement]:
    """The judgements of all figures of a claim in view of its other figures."""
    return in_view_of_other_years(in_view_of_joined_ends(judgements, claim), claim)


_JOINED = re.compile(r"\s?[-–—/]\s?")
_BESIDE = 5


def in_view_of_joined_ends(judgements: list[Judgement], claim: ReadSource) -> list[Judgement]:
    """The judgements, but for one end of a range or season that the source gives the other end of alone.

    "The 1904-1905 season" is not contradicted by "promoted in 1904 ... liquidated in 1910": what contradicts an end has
    to be beside what supports the other one.
    """
    revised = list(judgements)
    for first, second in pairwise(range(len(judgements))):
        between = claim.text[claim.figures[first].end : claim.figures[second].start]
        if not _JOINED.fullmatch(between):
            continue
        for one, other in ((first, second), (second, first)):
            held, denied = judgements[one], judgements[other]
            if held.verdict is not Verdict.SUPPORTED or denied.verdict is not Verdict.CONTRADICTED:
                continue
            if held.candidate is None or denied.candidate is None or denied.conflict is not None:
                continue
            mine, theirs = held.candidate.figure, denied.candidate.figure
            if max(mine.start, theirs.start) - min(mine.end, theirs.end) > _BESIDE:
                revised[other] = Judgement(Verdict.NOT_FOUND, 1 - denied.confidence, None)
    return revised


def in_view_of_other_years(judgements: list[Judgement], claim: ReadSource) -> list[Judgement]:
    """The judgements, but for figures of a year that a passage is not about.

    Where the claim's year and every other figure of its sentence differ from the source's, the source speaks of another
    year: "the 2022 budget set aside 410" against "the 2020 budget set aside 365". Then neither is contradicted.
    """
    revised = list(judgements)
    for segment in {claim.segment_at(word) for word in claim.figure_words}:
        numbers = [n for n in claim.figures_of(segment) if n < len(judgements)]
        years = [n for n in numbers if claim.figures[n].dimension == "date"]
        others = [n for n in numbers if n not in years and not is_common(claim.figures[n])]
        if not others or not any(judgements[n].verdict is Verdict.CONTRADICTED for n in years):
            continue
        if any(judgements[n].verdict is Verdict.SUPPORTED for n in numbers):
            continue
        for n in numbers:
            if judgements[n].verdict is Verdict.CONTRADICTED and judgements[n].conflict is None:
                revised[n] = Judgement(Verdict.NOT_FOUND, 1 - judgements[n].confidence, None)
    return revised


def apply_rules(
    judgement: Judgement, figure: WeighedFigure, index: int, claim: ReadSource, source: ReadSource
) -> Judgement:
    """The judgement of the claim's figure number `index` in view of its words; mostly the same one."""
    if judgement.verdict is not Verdict.CONTRADICTED and (other := _swapped_for(figure)) is not None:
        return Judgement(Verdict.CONTRADICTED, SWAPPED, other)
    if judgement.verdict is Verdict.SUPPORTED:
        return _in_view_of_direction(judgement, figure, claim, source)
    sum_of = calculate(claim, index, source)
    if sum_of is not None:
        return Judgement(Verdict.SUPPORTED, CALCULATED, None, sum_of)
    if judgement.verdict is Verdict.CONTRADICTED and _is_of_another_kind(
        judgement, figure.alignment.figure, claim, source
    ):
        return Judgement(Verdict.NOT_FOUND, 1 - judgement.confidence, None)
    return judgement


def _swapped_for(figure: WeighedFigure) -> Candidate | None:
    """What the source gives in the figure's place where the claim has it in another's place, None where it is right.

    Days of dates are left alone: series of them are in one sentence with hardly a word between.
    """
    if figure.swap_gain < LEAST_GAIN or figure.alignment.figure.unit == "date":
        return None
    return next((weighed.candidate for weighed in figure.differing if weighed.candidate.explained), None)


def _in_view_of_direction(
    judgement: Judgement, figure: WeighedFigure, claim: ReadSource, source: ReadSource
) -> Judgement:
    """A contradiction where every passage that gives the figure says the opposite of "rose" or "fell".

    A date is asked only where it is the claim's one figure: what changed is the other's business.
    """
    mine = direction_of(claim.text, figure.alignment.figure)
    if mine is None or (figure.alignment.figure.dimension == "date" and len(claim.figures) > 1):
        return judgement
    near = [weighed for weighed in figure.agreeing if weighed.same >= SAME_FLOOR]
    theirs = [direction_of(source.text, weighed.candidate.figure) for weighed in near]
    if not theirs or theirs[0] is None or any(one is None or one.way is mine.way for one in theirs):
        return judgement
    return replace(judgement, verdict=Verdict.CONTRADICTED, confidence=OPPOSED, opposed=(mine.word, theirs[0].word))


def _is_of_another_kind(judgement: Judgement, figure: Figure, claim: ReadSource, source: ReadSource) -> bool:
    """Whether two figures cannot contradict each other: a change and a level, or a date on which it had not happened.

    "Rose by 750" says nothing against 12,400, nor "had not been built in 1950" against "built in 1957".
    """
    if figure.dimension == "date":
        return is_denied(claim.text, figure)
    other = judgement.candidate
    if other is not None and _adds_up(figure, other.figure, source):
        return True
    if other is not None and _leaves_one_out(source.text, other.figure) and figure.value == other.figure.value + 1:
        return True
    return other is not None and is_difference(claim.text, figure) and not _is_change(source.text, other.figure)


_JOINED_COUNTS = re.compile(r"\s[^\d.;:()]{1,40}?(?:,|\band|,\sand|\bplus)\s")


def _adds_up(figure: Figure, part: Figure, source: ReadSource) -> bool:
    """Whether a count is that of things the source counts apart, one after the other: "14 men and 9 women"."""
    if figure.dimension != "count" or part.dimension != "count":
        return False
    counts = [one for one in source.figures if one.dimension == "count"]
    place = next((at for at, one in enumerate(counts) if one.start == part.start), None)
    if place is None:
        return False
    for first in range(max(0, place - _MOST_PARTS + 1), place + 1):
        total = counts[first].value
        for one, two in pairwise(counts[first : first + _MOST_PARTS]):
            if not _JOINED_COUNTS.fullmatch(source.text, one.end, two.start):
                break
            total += two.value
            if two.start >= part.start and figure.low <= total <= figure.high:
                return True
    return False


_MOST_PARTS = 4
_ONE_AND = re.compile(
    r"\b(?:(?:[Hh]e|[Ss]he|[Ii]t|I|[Ii]tself|[Hh]imself|[Hh]erself|[Oo]ne|[A-Z][\w’'-]+|\w+)\s(?:and|plus)|together\swith|along\swith|besides)"
    r"\s(?:(?:the|his|her|its)\s)?$"
)
_OTHERS = re.compile(
    r"\s(?:other|others|further|more|additional|adjacent|neighbou?ring|surrounding|fellow|colleagues?|companions?|friends|associates"
    r"|siblings|accomplices)\b"
)


def _leaves_one_out(text: str, figure: Figure) -> bool:
    """Whether a count is of those beside one that is named: "she and four colleagues" are five."""
    if figure.dimension != "count" or not is_common(figure):
        return False
    return (
        _ONE_AND.search(text, max(0, figure.start - 40), figure.start) is not None
        and _OTHERS.match(text, figure.end) is not None
    )


def _is_change(text: str, figure: Figure) -> bool:
    """Whether a figure of a text measures a change or is beside a verb of change."""
    before = text[max(0, figure.start - 9) : figure.start].rstrip("$€£ ")
    changed = direction_of(text, figure) is not None and (not before.endswith(" to") or before.endswith("up to"))
    return changed or is_difference(text, figure)
