"""How much of a claim is around a figure of a source: the measure by which figures are aligned."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from verifier.checker.align.index import WHOLE_TEXT, ReadSource
from verifier.checker.align.words import EVERYDAY, WORD, stem

_WINDOW = 60
_OTHER_SENTENCE = 12
_OTHER_CLAUSE = 4
"""Distances are in words; another sentence or clause of the claim or of the source is that much farther."""


@dataclass(frozen=True, slots=True)
class Term:
    """A content word of the claim, weighed for one of its figures: by its rarity and its nearness to the figure.

    `places` are the words of the source that have its stem.
    """

    stem: str
    weight: float
    near_weight: float
    is_name: bool
    places: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """The content words of a claim as they bear on one of its figures, with the sums of their weights."""

    each: tuple[Term, ...]
    weight: float = 0.0
    near_weight: float = 0.0
    names: float = 0.0


@dataclass(frozen=True, slots=True)
class Proximity:
    """How much of the claim is about a figure of the source, as shares of the claim's weighed words, 0 to 1.

    `context` counts words of the sentence or row fully and others less; `near` only those close by; `names` only
    capitalised ones; `near_weight` only those that are close to the figure in the claim too; `nearest_share` only
    those of the sentence or row that no other figure of the same dimension is nearer to; `clause` only those of the
    same clause; `nearest_near_weight` both of these.
    """

    context: float = 0.0
    near: float = 0.0
    names: float = 0.0
    near_weight: float = 0.0
    nearest_share: float = 0.0
    clause: float = 0.0
    nearest_near_weight: float = 0.0


NOWHERE = Proximity()


def weigh_terms(claim: ReadSource, index: int, source: ReadSource) -> Terms:
    """The claim's content words as they bear on its figure number `index`."""
    figure, place = claim.figures[index], claim.figure_words[index]
    segment, clause = claim.segment_at(place), claim.clauses[place]
    terms = []
    for term, places in claim.postings.items():
        outside = [word for word in places if not figure.start <= claim.word_starts[word] < figure.end]
        if not outside:
            continue
        nearest = outside[0] if len(outside) == 1 else min(outside, key=lambda word: abs(word - place))
        distance = abs(nearest - place) + (0 if claim.segment_at(nearest) == segment else _OTHER_SENTENCE)
        distance += _OTHER_CLAUSE * min(3, abs(claim.clauses[nearest] - clause))
        is_name = nearest > 0 and claim.text[claim.word_starts[nearest]].isupper()
        rarity = source.rarity(term) * (0.5 if term in EVERYDAY else 1.0)
        weight, near_weight = rarity / (1 + distance / 10), rarity / (1 + (distance / 4) ** 2)
        terms.append(Term(term, weight, near_weight, is_name, source.postings.get(term, ())))
    return Terms(
        tuple(terms),
        sum(term.weight for term in terms),
        sum(term.near_weight for term in terms),
        sum(term.weight for term in terms if term.is_name),
    )


def segment_weights(terms: Terms, source: ReadSource) -> dict[int, float]:
    """The weight of the claim's words that each sentence or row of the source has, where it has any."""
    totals: dict[int, float] = {}
    for term in terms.each:
        seen = -1
        for place in term.places:
            segment = source.segments[place]
            if segment != seen:
                totals[segment] = totals.get(segment, 0.0) + term.weight
                seen = segment
    return totals


def proximity_of(terms: Terms, source: ReadSource, number: int) -> Proximity:
    """The proximity of the source's figure `number`: a table's cell is judged by its heads."""
    cell = source.cells.get(number)
    if cell is None:
        return prose_proximity(terms, source, source.figure_words[number], source.figure_spans[number])
    heads, section = stems_of(cell.row_head) | stems_of(cell.column_head), stems_of(cell.section)
    shares = _Shares()
    in_heads = near_weight_in_heads = 0.0
    for term in terms.each:
        if term.stem in heads:
            shares.add(term, 1.0, 1.0)
            in_heads += term.weight
            near_weight_in_heads += term.near_weight
        elif term.stem in section:
            shares.add(term, 0.8, 0.0)
        elif term.places:
            shares.add(term, 0.2, 0.0)
    return shares.proximity(terms, in_heads, in_heads, near_weight_in_heads)


def prose_proximity(terms: Terms, source: ReadSource, place: int, span: tuple[float, float] = WHOLE_TEXT) -> Proximity:
    """The proximity of the word at `place`, whose figure is the nearest to the words of `span`
    (`ReadSource.figure_spans`)."""
    first, last = source.segment_span(source.segment_at(place))
    clauses = source.clauses
    clause = clauses[place]
    shares = _Shares()
    nearest_share = within = nearest_near_weight = 0.0
    for term in terms.each:
        if not term.places:
            continue
        nearest = _nearest(term.places, place)
        distance = abs(nearest - place)
        if nearest == place or distance > _WINDOW:
            shares.add(term, 0.12, 0.0)
        elif first <= nearest < last:
            if span[0] <= nearest <= span[1]:
                nearest_share += term.weight
                nearest_near_weight += term.near_weight
            apart = abs(clauses[nearest] - clause)
            if not apart:
                within += term.weight
            distance += _OTHER_CLAUSE * min(3, apart)
            shares.add(term, max(0.6, 1 - distance / 80), 1 / (1 + distance / 5))
        else:
            shares.add(term, 0.45, 0.3 / (1 + distance / 5))
    return shares.proximity(terms, nearest_share, within, nearest_near_weight)


@dataclass(slots=True)
class _Shares:
    """The sums of a claim's terms that are about a place, each by how much of it is there."""

    context: float = 0.0
    near: float = 0.0
    names: float = 0.0
    near_weight: float = 0.0

    def add(self, term: Term, context: float, near: float) -> None:
        """A term of which these shares of context and nearness are there."""
        self.context += term.weight * context
        self.near += term.weight * near
        self.near_weight += term.near_weight * context
        if term.is_name:
            self.names += term.weight * context

    def proximity(self, terms: Terms, nearest_share: float, within: float, nearest_near_weight: float) -> Proximity:
        """The proximity of all terms, given the weight that is nearest, that in the clause, and the near weight that is
        nearest."""
        if not terms.weight:
            return NOWHERE
        return Proximity(
            context=self.context / terms.weight,
            near=self.near / terms.weight,
            names=self.names / terms.names if terms.names else 1.0,
            near_weight=self.near_weight / terms.near_weight,
            nearest_share=nearest_share / terms.weight,
            clause=within / terms.weight,
            nearest_near_weight=nearest_near_weight / terms.near_weight,
        )


def _nearest(places: Sequence[int], place: int) -> int:
    """The word of a posting list nearest to `place`, other than itself if there is one."""
    at = bisect_left(places, place)
    own = at < len(places) and places[at] == place
    before = places[at - 1] if at else None
    at += own
    after = places[at] if at < len(places) else None
    if before is None:
        return after if after is not None else place
    if after is None:
        return before
    return before if place - before <= after - place else after


@lru_cache(maxsize=4096)
def stems_of(words: str) -> frozenset[str]:
    """The stems of the content words of a few words, such as a table's head."""
    return frozenset(stem(word.group()) for word in WORD.finditer(words)) - {""}
