"""`restated`: the same quantity given twice in the running text, with two values.

Two clauses speak of the same quantity where they have the same content words, the same year and the same unit, and no
word that sets one apart (revised, planned, provisional). A difference that rounding of the coarser figure explains is
none, nor is one behind a hedge; and only a slip of the pen or a small difference is found, since two quantities may
share their words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from verifier.checker.consistency.prose import NUMBER, Sentence, is_year, value_at
from verifier.checker.consistency.values import Value, is_near, is_slip, plain
from verifier.checker.consistency.words import HEDGE
from verifier.model import Inconsistency, InconsistencyKind

_CONFIDENCE = 0.75
_NEAR = Decimal("0.10")
_LEAST_WORDS = 2
_LEAST_VALUE = 100
_FIGURE = re.compile(
    rf"(?P<money>[$€£]\s?)?(?<![\w.,/–-])(?P<number>(?!0\d){NUMBER})(?![\w/–-]|[.,]\d)"
    r"(?P<scale>\s(?:thousand|million|billion|trillion)\b)?(?P<percent>\s?(?:%|per\s?cent\b|percent\b))?"
)
_CLAUSE = re.compile(r"[,;:()—]\s|\s–\s|\s\(|[,;:]$")
_WORD = re.compile(r"[A-Za-z][a-z’'-]+|[A-Z]+")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_EMPTY = frozenset(
    re.findall(
        r"\w+",
        "the a an of in on at to for by with and or as is are was were be been has have had that this these "
        "those it its from than more ever before said above noted already mentioned according shows show "
        "showed there all which who total we our also again overall some number about only just year years "
        "during into ",
    )
)
_IDENTIFIER = re.compile(
    r"\b(?:Nos?\.|no\.|number|docket|section|page|pp?\.|§|RIN|ISBN|ISSN|article|rule|part)\W*$", re.IGNORECASE
)
_APART = re.compile(
    r"\b(?:revis\w+|provisional\w*|prelimin\w+|first|initial\w*|original\w*|old|new|earlier|later|previous\w*|former\w*|forecast\w*|project\w+"
    r"|plan(?:s|ned)?|target\w*|budget\w*|estimat\w+|correct\w+|updated?|compared|instead|rather|whereas|another|other|real|nominal|adjusted"
    r"|net|gross|median|average|mean|per|each|every|would|could|will|if|scenario|assum\w+|expected|peak|minimum|maximum|series|rose|fell|from)\b",
    re.IGNORECASE,
)
_SCALES = {"": 1, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}


@dataclass(frozen=True, slots=True)
class _Stated:
    """A figure of a clause with what it is about."""

    value: Value
    unit: str
    words: frozenset[str]
    years: frozenset[str]
    sentence: Sentence
    start: int
    end: int


def restated_in_text(sentences: Sequence[Sentence]) -> Iterator[Inconsistency]:
    """Figures that are given again with another value."""
    by_key: dict[tuple[str, frozenset[str], frozenset[str]], list[_Stated]] = {}
    for sentence in sentences:
        for stated in _figures(sentence):
            by_key.setdefault((stated.unit, stated.words, stated.years), []).append(stated)
    for same in by_key.values():
        if len({stated.value.value for stated in same}) != 2 or len(same) > 4:
            continue
        first = same[0]
        other = next(stated for stated in same if stated.value.value != first.value.value)
        if first.sentence.number == other.sentence.number or _agree(first, other):
            continue
        one, two = (stated.sentence.text[stated.start : stated.end] for stated in (first, other))
        message = f"The same is given as {one} here and as {two} there."
        places = (other.sentence.place(other.start, other.end), first.sentence.place(first.start, first.end))
        yield Inconsistency(InconsistencyKind.RESTATED, message, places, two, plain(first.value.value), _CONFIDENCE)


def _agree(one: _Stated, two: _Stated) -> bool:
    """Whether two values may be one quantity, rounded, or are too far apart to be one."""
    a, b = one.value, two.value
    if a.low <= b.high and b.low <= a.high:
        return True
    return not (is_slip(a.value, b.value) or is_near(a.value, b.value, _NEAR))


def _figures(sentence: Sentence) -> Iterator[_Stated]:
    """The figures of a sentence that are alone in their clause, with its words."""
    years = frozenset(_YEAR.findall(sentence.text))
    if len(years) != 1:
        return
    start = 0
    for end in [*(found.end() for found in _CLAUSE.finditer(sentence.text)), len(sentence.text)]:
        clause = sentence.text[start:end]
        figures = [found for found in _FIGURE.finditer(clause) if not is_year(found["number"])]
        if not figures or _APART.search(_between_stops(sentence.text, start, end)):
            start = end
            continue
        before = sentence.text[: start + figures[0].start()]
        if len(figures) == 1 and not HEDGE.search(before) and not _IDENTIFIER.search(before):
            found = figures[0]
            value = _value(found)
            words = frozenset(w.lower() for w in _WORD.findall(clause[: found.start()] + " " + clause[found.end() :]))
            words -= _EMPTY
            if len(words) >= _LEAST_WORDS and (value.value >= _LEAST_VALUE or found["percent"] or found["money"]):
                unit = (found["money"] or "").strip() + ("%" if found["percent"] else "")
                yield _Stated(value, unit, words, years, sentence, start + found.start(), start + found.end())
        start = end


def _between_stops(text: str, start: int, end: int) -> str:
    """What a clause is said with, up to the next semicolon on either side."""
    after = text.find(";", end - 1)
    return text[text.rfind(";", 0, start) + 1 : after if after >= 0 else len(text)]


def _value(found: re.Match[str]) -> Value:
    scale = _SCALES[(found["scale"] or "").strip()]
    value = value_at(found["number"])
    step = value.step * scale
    number = value.value * scale
    while scale == 1 and step < 10**6 and number and number % (step * 10) == 0 and step >= 1:
        step *= 10  # noughts at the end may be rounding
    return Value(number, step)
