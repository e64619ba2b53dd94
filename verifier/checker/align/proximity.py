"""How much of a claim stands about a figure of a source: the measure by which figures are aligned."""

from bisect import bisect_left
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
    """A content word of the claim, weighed for one of its figures: by its rarity and its nearness to the figure."""

    stem: str
    weight: float
    tight: float
    is_name: bool


@dataclass(frozen=True, slots=True)
class Closeness:
    """How much of the claim stands about a figure of the source, as shares of the claim's weighed words, 0 to 1.

    `context` counts words of the sentence or row fully and others less; `near` only those close by; `names` only
    capitalised ones; `tight` only those that stand close to the figure in the claim too; `owned` only those of the
    sentence or row that no other figure of the same dimension is nearer to; `clause` only those of the same clause.
    """

    context: float = 0.0
    near: float = 0.0
    names: float = 0.0
    tight: float = 0.0
    owned: float = 0.0
    clause: float = 0.0


NOWHERE = Closeness()


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
        distance = abs(nearest - place) + (0 if claim.segment_at(nearest) == segment else _OTHER_SENTENCE)
        distance += _OTHER_CLAUSE * min(3, abs(claim.clauses[nearest] - claim.clauses[place]))
        is_name = nearest > 0 and claim.text[claim.word_starts[nearest]].isupper()
        rarity = source.rarity(term) * (0.5 if term in EVERYDAY else 1.0)
        terms.append(Term(term, rarity / (1 + distance / 10), rarity / (1 + (distance / 4) ** 2), is_name))
    return tuple(terms)


def segment_weights(terms: tuple[Term, ...], source: ReadSource) -> dict[int, float]:
    """The weight of the claim's words that each sentence or row of the source has, where it has any."""
    totals: dict[int, float] = {}
    for term in terms:
        seen = -1
        for place in source.postings.get(term.stem, ()):
            segment = source.segment_at(place)
            if segment != seen:
                totals[segment] = totals.get(segment, 0.0) + term.weight
                seen = segment
    return totals


def closeness_of(terms: tuple[Term, ...], source: ReadSource, number: int) -> Closeness:
    """The closeness of the source's figure `number`: a table's cell is judged by its heads."""
    cell = source.cells.get(number)
    if cell is None:
        return prose_closeness(terms, source, source.figure_words[number], source.realms[number])
    heads, section = stems_of(cell.row_head) | stems_of(cell.column_head), stems_of(cell.section)
    shares = []
    for term in terms:
        if term.stem in heads:
            shares.append((1.0, 1.0))
        elif term.stem in section:
            shares.append((0.8, 0.0))
        else:
            shares.append((0.2 if term.stem in source.postings else 0.0, 0.0))
    in_heads = sum(term.weight for term, (_, near) in zip(terms, shares, strict=True) if near)
    return _total(terms, shares, in_heads, in_heads)


def prose_closeness(
    terms: tuple[Term, ...], source: ReadSource, place: int, realm: tuple[float, float] = WHOLE_TEXT
) -> Closeness:
    """The closeness of the word at `place`, whose figure owns the words of `realm` (`ReadSource.realms`)."""
    first, last = source.segment_span(source.segment_at(place))
    clause = source.clauses[place]
    shares = []
    owned = within = 0.0
    for term in terms:
        places = source.postings.get(term.stem)
        if places is None:
            shares.append((0.0, 0.0))
            continue
        nearest = _nearest(places, place)
        distance = abs(nearest - place)
        if nearest == place or distance > _WINDOW:
            shares.append((0.12, 0.0))
        elif first <= nearest < last:
            if realm[0] <= nearest <= realm[1]:
                owned += term.weight
            if source.clauses[nearest] == clause:
                within += term.weight
            distance += _OTHER_CLAUSE * min(3, abs(source.clauses[nearest] - clause))
            shares.append((max(0.6, 1 - distance / 80), 1 / (1 + distance / 5)))
        else:
            shares.append((0.45, 0.3 / (1 + distance / 5)))
    return _total(terms, shares, owned, within)


def _total(terms: tuple[Term, ...], shares: list[tuple[float, float]], owned: float, within: float) -> Closeness:
    """The closeness of all terms from the (context, near) share of each, the weight owned and that in the clause."""
    total = sum(term.weight for term in terms)
    if not total:
        return NOWHERE
    tight = sum(term.tight for term in terms)
    all_names = sum(term.weight for term in terms if term.is_name)
    pairs = list(zip(terms, shares, strict=True))
    names = sum(term.weight * context for term, (context, _) in pairs if term.is_name)
    return Closeness(
        context=sum(term.weight * context for term, (context, _) in pairs) / total,
        near=sum(term.weight * near for term, (_, near) in pairs) / total,
        names=names / all_names if all_names else 1.0,
        tight=sum(term.tight * context for term, (context, _) in pairs) / tight,
        owned=owned / total,
        clause=within / total,
    )


def _nearest(places: list[int], place: int) -> int:
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
