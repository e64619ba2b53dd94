"""Which figures of a source may speak of the same thing as a figure of the claim, and how surely."""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from math import log10

from verifier.checker.align.index import ReadSource
from verifier.checker.align.proximity import (
    NOWHERE,
    Proximity,
    Terms,
    prose_proximity,
    proximity_of,
    segment_weights,
    weigh_terms,
)
from verifier.checker.align.tables import Cell
from verifier.checker.align.words import WORD, stem
from verifier.checker.figures.dates import date_parts
from verifier.checker.figures.equality import Relation, is_other_scale, is_slip, relation, similarity
from verifier.checker.figures.units import UNITS
from verifier.model import Figure

_NEIGHBOURS = 4
_MOST_CANDIDATES = 12
_HEAD = 300
_PASSAGE = 300
"""Up to how many characters a source is a passage, which speaks of the claim's matter or does not; a page does so in
parts. With the length of the whole page as a feature, 16 answers of 200 changed when a page was put around a source."""
_CLAUSE_STOP = re.compile(r"[.;:(\n|]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A source's figure beside a claim's: the relation of their numbers, and the features that say whether they speak
    of one thing.

    `number` is the figure's index in the source, -1 for an implied one; `noun` is 1 where the same thing is counted, -1
    where another one is; `neighbour_overlap` the share of the words next to the two figures that are the same; `time`
    is 1 for the same year, -1 for another one, 0 when either gives none. `explained` marks a figure that agrees with
    another one of the claim, `is_dateline` the day that a text gives first, `is_early` one in the head of a long text;
    `figure_density` is how many figures its sentence or row has to a word. `score` is one number to rank candidates by.
    """

    figure: Figure
    relation: Relation
    segment: int
    number: int = -1
    proximity: Proximity = NOWHERE
    noun: float = 0.0
    neighbour_overlap: float = 0.0
    time: int = 0
    is_cell: bool = False
    is_implied: bool = False
    explained: bool = False
    similarity: float = 0.0
    is_slip: bool = False
    is_other_scale: bool = False
    is_same_unit: bool = False
    is_dateline: bool = False
    figure_density: float = 0.0
    is_early: bool = False

    score: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        close = self.proximity
        score = (
            close.context
            + 0.35 * close.near
            + 0.3 * close.near_weight
            + 0.2 * self.noun
            + 0.2 * self.time
            + 0.3 * self.neighbour_overlap
        )
        object.__setattr__(self, "score", score)


@dataclass(frozen=True, slots=True)
class Alignment:
    """All candidates of one figure of the claim, best first, with what the source as a whole has to do with the claim.

    `coverage` is the share of the claim's weighed words that the source has anywhere, `best_segment` the share that its
    best sentence or row has, `names_known` the share of its names that the source has; `year_known` says whether the
    source names the figure's year, `beyond_dateline` how that year compares to the source's dateline (3: later by more
    than one, 2: by one, 1: the same, -1: earlier, 0: no year or no dateline); `length` is the decimal logarithm of the
    source's characters, as far as they are a passage: from there on a text is a page, however long.
    """

    figure: Figure
    candidates: tuple[Candidate, ...]
    coverage: float
    best_segment: float
    names_known: float
    year_known: bool
    beyond_dateline: int
    length: float


def align(claim: ReadSource, source: ReadSource) -> list[Alignment]:
    """The alignment of every figure of the claim, in their order."""
    return [_align_figure(claim, index, source) for index in range(len(claim.figures))]


@dataclass(frozen=True, slots=True)
class _Claimed:
    """A figure of the claim with its words: what its alignment with a source's figures rests on."""

    figure: Figure
    terms: Terms
    years: frozenset[int]
    neighbours: list[str]
    following: list[str]
    others: list[Figure]


def _align_figure(claim: ReadSource, index: int, source: ReadSource) -> Alignment:
    figure = claim.figures[index]
    terms = weigh_terms(claim, index, source)
    claimed = _Claimed(
        figure,
        terms,
        _years_beside(claim, index),
        _neighbours_of(claim.text, figure),
        _following(claim.text, figure.end),
        [other for number, other in enumerate(claim.figures) if number != index],
    )
    found = []
    for number in range(len(source.figures)):
        how = _relation_to(figure, source, number)
        if how is not Relation.UNRELATED:
            found.append(_candidate(claimed, how, source, number))
    found += _implied(claimed, source)
    total = terms.weight or 1.0
    return Alignment(
        figure,
        tuple(_best_of_each_relation(found)),
        sum(term.weight for term in terms.each if term.places) / total,
        max(segment_weights(terms, source).values(), default=0.0) / total,
        _names_known(terms),
        figure.dimension == "date" and date_parts(figure)[0] in source.years,
        _beyond_dateline(figure, source),
        log10(min(len(source.text), _PASSAGE) + 10),
    )


def _relation_to(figure: Figure, source: ReadSource, number: int) -> Relation:
    """How the source's figure `number` compares to a figure of the claim, in view of its table and of its years."""
    other, cell = source.figures[number], source.cells.get(number)
    how = relation(figure, _with_unit_of(cell, figure, other), cell.scale, True) if cell else relation(figure, other)
    if how is Relation.UNRELATED:
        return how
    if figure.unit == "date" and other.dimension == "date":
        how = _in_view_of_years(how, figure, other, source)
    if cell is not None and cell.is_head and figure.dimension != "date" and how is not Relation.AGREES:
        return Relation.UNRELATED
    return how


def _with_unit_of(cell: Cell, figure: Figure, other: Figure) -> Figure:
    """A bare number of a table in the unit of its heads, where that measures what the claim's figure does."""
    unit = UNITS.get(cell.unit)
    if unit is None or cell.scale != 1 or other.dimension != "count" or unit.dimension != figure.dimension:
        return other
    return replace(other, unit=unit.name, dimension=unit.dimension)


def _candidate(claimed: _Claimed, how: Relation, source: ReadSource, number: int) -> Candidate:
    """The source's figure `number` beside a figure of the claim."""
    figure, other = claimed.figure, source.figures[number]
    segment = source.segment_at(source.figure_words[number])
    return Candidate(
        figure=other,
        relation=how,
        segment=segment,
        number=number,
        proximity=proximity_of(claimed.terms, source, number),
        noun=_same_noun(claimed.following, source, other),
        neighbour_overlap=_neighbour_overlap(claimed.neighbours, source.text, other),
        time=_same_time(claimed.years, source, number) if figure.dimension != "date" else 0,
        is_cell=number in source.cells,
        explained=how is not Relation.AGREES
        and any(relation(mine, other) is Relation.AGREES for mine in claimed.others),
        similarity=similarity(figure, other),
        is_slip=is_slip(figure, other),
        is_other_scale=is_other_scale(figure, other),
        is_same_unit=other.unit == figure.unit,
        is_dateline=source.dateline > 0 and other.unit == "date" and other.value == source.dateline,
        figure_density=_figure_density(source, segment),
        is_early=other.start < _HEAD and len(source.text) > 5 * _HEAD,
    )


def _names_known(terms: Terms) -> float:
    """The share of the claim's names that the source has, by weight; 1 where it has none."""
    known = sum(term.weight for term in terms.each if term.is_name and term.places)
    return known / terms.names if terms.names else 1.0


def _figure_density(source: ReadSource, segment: int) -> float:
    """How many figures a segment has to a word: archive lists and rows of numbers have many."""
    return len(source.figures_of(segment)) / max(1, source.length_of(segment))


def _beyond_dateline(figure: Figure, source: ReadSource) -> int:
    if figure.dimension != "date" or not source.dateline:
        return 0
    year = date_parts(figure)[0] - source.dateline // 10000
    return 3 if year > 1 else 2 if year > 0 else 1 if year == 0 else -1


def _best_of_each_relation(found: list[Candidate]) -> list[Candidate]:
    """The candidates worth a closer look, best first."""
    found.sort(key=lambda candidate: -candidate.score)
    seen: Counter[Relation] = Counter()
    kept = []
    for candidate in found:
        seen[candidate.relation] += 1
        if seen[candidate.relation] <= _MOST_CANDIDATES:
            kept.append(candidate)
    return kept


def _in_view_of_years(how: Relation, figure: Figure, other: Figure, source: ReadSource) -> Relation:
    """The relation of two dates, given the years that the source names anywhere.

    A day that agrees but for an unsaid year settles nothing where the source never names the claim's year, or is dated
    years before or after it. A day is not contradicted by a bare other year. Where the source names the claim's year,
    another month of that year, or a bare other year, is a date of something else.
    """
    (year, month, day), (other_year, other_month, _) = date_parts(figure), date_parts(other)
    known = year in source.years
    if how is Relation.AGREES:
        is_open = year and day and not other_year and source.years
        return Relation.COMPATIBLE if is_open and (not known or _is_far_from_dateline(year, source)) else how
    if how is not Relation.DIFFERS or not year:
        return how
    if not known:
        return Relation.UNRELATED if day and _is_bare_year(other) else how
    if year == other_year and not day:
        return Relation.COMPATIBLE
    return how if year == other_year or month == other_month else Relation.UNRELATED


def _is_bare_year(other: Figure) -> bool:
    """Whether a date is a year alone: beside a day it is mostly of something else."""
    return other.unit == "year"


def _is_far_from_dateline(year: int, source: ReadSource) -> bool:
    """Whether a year is no neighbour of the one that a text is dated in: a day without a year is of about then."""
    return source.dateline > 0 and abs(year - source.dateline // 10000) > 1


def _implied(claimed: _Claimed, source: ReadSource) -> list[Candidate]:
    """Words such as "one" or "both", which are figures only if they agree."""
    found = []
    for other in source.implied:
        if relation(claimed.figure, other) is Relation.AGREES:
            place = source.word_at(other.start)
            found.append(
                Candidate(
                    other,
                    Relation.AGREES,
                    source.segment_at(place),
                    proximity=prose_proximity(claimed.terms, source, place),
                    noun=_same_noun(claimed.following, source, other),
                    neighbour_overlap=_neighbour_overlap(claimed.neighbours, source.text, other),
                    is_implied=True,
                )
            )
    return found


def _following(text: str, end: int) -> list[str]:
    """The stems of the next three content words of the clause."""
    stems: list[str] = []
    stop = _CLAUSE_STOP.search(text, end, end + 60)
    for word in WORD.finditer(text, end, end + 60):
        if stop is not None and stop.start() < word.start():
            break
        if term := stem(word.group()):
            stems.append(term)
            if len(stems) == 3:
                break
    return stems


def _same_noun(mine: list[str], source: ReadSource, other: Figure) -> float:
    if not mine:
        return 0.0
    theirs = _following(source.text, other.end)
    if not theirs:
        return 0.0
    if mine[0] == theirs[0]:
        return 1.0
    return 0.6 if set(mine) & set(theirs) else -1.0


def _neighbours_of(text: str, figure: Figure) -> list[str]:
    """The words just before (nearest first) and just after a figure, stop words too, `_NEIGHBOURS` of each."""
    before = WORD.findall(text, max(0, figure.start - 50), figure.start)[-1 : -_NEIGHBOURS - 1 : -1]
    after = WORD.findall(text, figure.end, figure.end + 50)[:_NEIGHBOURS]
    before, after = [word.lower() for word in before], [word.lower() for word in after]
    return before + [""] * (_NEIGHBOURS - len(before)) + after


def _neighbour_overlap(mine: list[str], text: str, other: Figure) -> float:
    theirs = _neighbours_of(text, other)
    first, last = theirs[:_NEIGHBOURS], theirs[_NEIGHBOURS:]
    before = len([word for word in mine[:_NEIGHBOURS] if word and word in first])
    after = len([word for word in mine[_NEIGHBOURS:] if word in last])
    return (before + after) / (2 * _NEIGHBOURS)


def _years_beside(claim: ReadSource, index: int) -> frozenset[int]:
    """The years named in the figure's own sentence of the claim."""
    segment = claim.segment_at(claim.figure_words[index])
    return frozenset(
        year for year, places in claim.years.items() for word in places if claim.segment_at(word) == segment
    )


def _same_time(claim_years: frozenset[int], source: ReadSource, number: int) -> int:
    if not claim_years:
        return 0
    cell = source.cells.get(number)
    if cell is not None:
        years = cell.years
    else:
        first, last = source.segment_span(source.segment_at(source.figure_words[number]))
        years = source.years_between(first, last)
    if not years:
        return 0
    return 1 if years & claim_years else -1
