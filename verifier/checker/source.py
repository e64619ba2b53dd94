"""A source made ready to be compared: scanned and indexed once, for all claims on it."""

import re
from array import array
from bisect import bisect_right
from dataclasses import dataclass, field
from math import log

from verifier.checker.dates import date_parts
from verifier.checker.scanner import scan, scan_implied
from verifier.checker.tables import Cell, read_tables
from verifier.checker.words import WORD, stem
from verifier.model import Figure

_SEGMENT_END = re.compile(r"[\n\f]+|(?<=[.!?])[\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])|[;]\s")


@dataclass(frozen=True, slots=True)
class ReadSource:
    """A source's text with its figures, and where each word stem stands; made by `read_source`.

    Words count from 0; `word_starts` holds their places in the text, `postings` the words of each stem;
    `segment_starts` holds the first word of each sentence, line or table row.
    """

    text: str
    figures: tuple[Figure, ...]
    implied: tuple[Figure, ...]
    cells: dict[int, Cell]
    word_starts: "array[int]" = field(repr=False)
    postings: dict[str, list[int]] = field(repr=False)
    segment_starts: "array[int]" = field(repr=False)
    years: dict[int, list[int]] = field(repr=False)
    figure_words: "array[int]" = field(repr=False)

    def word_at(self, place: int) -> int:
        """The index of the word at (or next before) a place in the text."""
        return bisect_right(self.word_starts, place) - 1

    def segment_at(self, word: int) -> int:
        """The index of the segment that a word is in."""
        return bisect_right(self.segment_starts, word) - 1

    def segment_span(self, segment: int) -> tuple[int, int]:
        """The words of a segment: the first, and the one after the last."""
        after = segment + 1
        last = self.segment_starts[after] if after < len(self.segment_starts) else len(self.word_starts)
        return self.segment_starts[segment], last

    def rarity(self, term: str) -> float:
        """How much a term tells: its inverse frequency over the segments, 1 for one that is absent or unique."""
        total = len(self.segment_starts)
        found = len(self.postings.get(term, ()))
        return 1.0 if found <= 1 else max(0.15, 1.0 - log(found) / log(total + 3))


def read_source(text: str) -> ReadSource:
    """Scan and index a source's text; time grows linearly with its length."""
    figures = scan(text)
    word_starts: array[int] = array("l")
    postings: dict[str, list[int]] = {}
    for index, found in enumerate(WORD.finditer(text)):
        word_starts.append(found.start())
        term = stem(found.group())
        if term:
            postings.setdefault(term, []).append(index)
    segment_starts: array[int] = array("l", [0])
    for end in _SEGMENT_END.finditer(text):
        word = bisect_right(word_starts, end.end() - 1)
        if word > segment_starts[-1] and word < len(word_starts):
            segment_starts.append(word)
    figure_words: array[int] = array("l", (bisect_right(word_starts, figure.end - 1) - 1 for figure in figures))
    years: dict[int, list[int]] = {}
    for index, figure in enumerate(figures):
        if figure.dimension == "date" and (year := date_parts(figure)[0]):
            years.setdefault(year, []).append(figure_words[index])
    return ReadSource(
        text, figures, scan_implied(text), read_tables(text, figures), word_starts, postings, segment_starts, years,
        figure_words,
    )  # fmt: skip
