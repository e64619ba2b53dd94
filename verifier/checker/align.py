"""Which figures of a source may speak of the same thing as a figure of the claim, and how surely."""

from bisect import bisect_left
from dataclasses import dataclass

from verifier.checker.agreement import Relation, relation
from verifier.checker.dates import date_parts
from verifier.checker.source import ReadSource
from verifier.checker.words import WORD, stem
from verifier.model import Figure

_WINDOW = 60


@dataclass(frozen=True, slots=True)
class Term:
    """A content word of the claim, weighed for one of its figures: by its rarity and its nearness to the figure."""

    stem: str
    weight: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A source's figure beside a claim's: the relation of their numbers, and the signs that they speak of one thing.

    `context` is the share (0 to 1) of the claim's weighed words found about the source's figure, `near` the same with
    only close words counting; `noun` whether the same thing is counted; `time` is 1 for the same year, -1 for another
    one, 0 when either gives none. `is_cell` marks a table's cell, `is_implied` a word such as "one" or "both".
    """

    figure: Figure
    index: int
    relation: Relation
    context: float
    near: float
    noun: float
    time: int
    is_cell: bool
    is_implied: bool = False

    @property
    def score(self) -> float:
        """One number to rank candidates by."""
        return self.context + 0.35 * self.near + 0.2 * self.noun + 0.2 * self.time


def weigh_terms(claim: ReadSource, index: int, source: ReadSource) -> tuple[Term, ...]:
    """The claim's content words as they bear on its figure number `index`."""
    figure, place = claim.figures[index], claim.figure_words[index]
    segment = claim.segment_at(place)
    terms = []
    for term, places in claim.postings.items():
        outside = [word for word in places if not figure.start <= claim.word_starts[word] < figure.end]
        if not outside:
            continue
        nearest = min(outside, key=lambda word: abs(word - place))
        distance = abs(nearest - place) + (0 if claim.segment_at(nearest) == segment else 12)
        terms.append(Term(term, source.rarity(term) / (1 + distance / 10)))
    return tuple(terms)


def candidates(claim: ReadSource, index: int, source: ReadSource) -> list[Candidate]:
    """All figures of the source that could be held against the claim's figure number `index`, best first."""
    figure = claim.figures[index]
    terms = weigh_terms(claim, index, source)
    claim_years = _claim_years(claim, index)
    found = []
    for number, other in enumerate(source.figures):
        cell = source.cells.get(number)
        how = relation(figure, other, cell.scale, True) if cell else relation(figure, other)
        if how is Relation.UNRELATED:
            continue
        if cell is not None and cell.is_head and figure.dimension != "date" and how is not Relation.AGREES:
            continue
        context, near = _closeness(terms, source, number)
        noun = _same_noun(claim, figure, source, other)
        time = _same_time(claim_years, source, number) if figure.dimension != "date" else 0
        found.append(Candidate(other, number, how, context, near, noun, time, cell is not None))
    for other in source.implied:
        if relation(figure, other) is Relation.AGREES:
            place = source.word_at(other.start)
            context, near = _prose_closeness(terms, source, place)
            noun = _same_noun(claim, figure, source, other)
            found.append(Candidate(other, -1, Relation.AGREES, context, near, noun, 0, False, True))
    found.sort(key=lambda candidate: -candidate.score)
    return found


def _closeness(terms: tuple[Term, ...], source: ReadSource, number: int) -> tuple[float, float]:
    cell = source.cells.get(number)
    if cell is None:
        return _prose_closeness(terms, source, source.figure_words[number])
    row, column, section = _stems(cell.row_head), _stems(cell.column_head), _stems(cell.section)
    total = context = near = 0.0
    for term in terms:
        total += term.weight
        if term.stem in row or term.stem in column:
            context += term.weight
            near += term.weight
        elif term.stem in section:
            context += 0.8 * term.weight
        elif term.stem in source.postings:
            context += 0.2 * term.weight
    return (context / total, near / total) if total else (0.0, 0.0)


def _prose_closeness(terms: tuple[Term, ...], source: ReadSource, place: int) -> tuple[float, float]:
    segment = source.segment_at(place)
    first, last = source.segment_span(segment)
    total = context = near = 0.0
    for term in terms:
        total += term.weight
        places = source.postings.get(term.stem)
        if places is None:
            continue
        nearest = _nearest(places, place)
        distance = abs(nearest - place)
        if nearest == place or distance > _WINDOW:
            context += 0.12 * term.weight
        elif first <= nearest < last:
            context += term.weight * max(0.6, 1 - distance / 80)
            near += term.weight / (1 + distance / 5)
        else:
            context += 0.45 * term.weight
            near += 0.3 * term.weight / (1 + distance / 5)
    return (context / total, near / total) if total else (0.0, 0.0)


def _nearest(places: list[int], place: int) -> int:
    at = bisect_left(places, place)
    if at < len(places) and places[at] == place:
        at += 1
        before = places[at - 2] if at >= 2 else None
    else:
        before = places[at - 1] if at else None
    after = places[at] if at < len(places) else None
    if before is None:
        return after if after is not None else place
    if after is None:
        return before
    return before if place - before <= after - place else after


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(word.group()) for word in WORD.finditer(words)) - {""}


def _following(text: str, end: int) -> list[str]:
    stems = []
    for word in WORD.finditer(text, end, end + 60):
        if any(mark in text[end : word.start()] for mark in ".;:(\n|"):
            break
        if term := stem(word.group()):
            stems.append(term)
        if len(stems) == 3:
            break
    return stems


def _same_noun(claim: ReadSource, figure: Figure, source: ReadSource, other: Figure) -> float:
    mine, theirs = _following(claim.text, figure.end), _following(source.text, other.end)
    if not mine or not theirs:
        return 0.0
    if mine[0] == theirs[0]:
        return 1.0
    return 0.6 if set(mine) & set(theirs) else 0.0


def _claim_years(claim: ReadSource, index: int) -> frozenset[int]:
    place = claim.figure_words[index]
    segment = claim.segment_at(place)
    years = {year for year, places in claim.years.items() for word in places if claim.segment_at(word) == segment}
    return frozenset(years)


def _same_time(claim_years: frozenset[int], source: ReadSource, number: int) -> int:
    if not claim_years:
        return 0
    cell = source.cells.get(number)
    if cell is not None:
        if not cell.years:
            return 0
        return 1 if cell.years & claim_years else -1
    first, last = source.segment_span(source.segment_at(source.figure_words[number]))
    years = set()
    for year, places in source.years.items():
        at = bisect_left(places, first)
        if at < len(places) and places[at] < last:
            years.add(year)
    if not years:
        return 0
    return 1 if years & claim_years else -1


def dates_known(source: ReadSource) -> frozenset[int]:
    """All years that a source names."""
    return frozenset(
        year for figure in source.figures if figure.dimension == "date" and (year := date_parts(figure)[0])
    )
