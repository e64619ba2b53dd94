"""A source made ready to be compared: scanned and indexed once, for all claims on it."""

import re
from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from math import log

from verifier.checker.align.flat_tables import flat_tables, with_cells_parted
from verifier.checker.align.tables import Cell, read_tables
from verifier.checker.align.words import WORD, stem
from verifier.checker.figures.dates import date_parts
from verifier.checker.figures.lower_case import lower_case
from verifier.checker.figures.scanner import scan, scan_implied
from verifier.model import Figure

_SEGMENT_END = re.compile(r"[\n\f.!?;](?:(?<=[\n\f])[\n\f]*|(?<=[.!?])[\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])|(?<=;)\s)")
_LIFE_SPAN = re.compile(r"\((?:[^()\d]{0,80})?((?:[^()–—-]{0,18}?)\d{4})\s?[–—-]\s?((?:[^()–—-]{0,18}?)\d{4})\)")
_HEAD = 3000
WHOLE_TEXT = (0.0, float("inf"))
"""All words of a text, as a first and a last one."""

_CLAUSE_END = re.compile(r"[,;:()–—]\s|\s[–—-]\s|\b(?:while|whereas|but|and|versus|compared|against|from|than)\b")


@dataclass(frozen=True, slots=True)
class ReadSource:
    """A source's text with its figures, and where each word stem is; made by `read_source`.

    Words count from 0; `word_starts` holds their places in the text, `postings` the words of each stem;
    `segment_starts` holds the first word of each sentence, line or table row, `segments` and `clauses` the number of
    the segment and of the clause that each word is in; `figure_spans` holds for each figure the first and the last word
    that are nearer to it than to any other figure of its dimension; `dateline` is the day that the text gives first, as
    yyyymmdd, 0 for none.
    """

    text: str
    figures: tuple[Figure, ...]
    implied: tuple[Figure, ...]
    cells: dict[int, Cell]
    word_starts: "array[int]" = field(repr=False)
    postings: dict[str, list[int]] = field(repr=False)
    segment_starts: "array[int]" = field(repr=False)
    segments: "array[int]" = field(repr=False)
    clauses: "array[int]" = field(repr=False)
    years: dict[int, list[int]] = field(repr=False)
    year_words: list[int] = field(repr=False)
    year_values: list[int] = field(repr=False)
    figure_words: "array[int]" = field(repr=False)
    figure_spans: list[tuple[float, float]] = field(repr=False)
    dateline: int

    def word_at(self, place: int) -> int:
        """The index of the word at (or next before) a place in the text."""
        return bisect_right(self.word_starts, place) - 1

    def segment_at(self, word: int) -> int:
        """The index of the segment that a word is in."""
        return self.segments[word] if self.segments else 0

    def segment_span(self, segment: int) -> tuple[int, int]:
        """The words of a segment: the first, and the one after the last."""
        after = segment + 1
        last = self.segment_starts[after] if after < len(self.segment_starts) else len(self.word_starts)
        return self.segment_starts[segment], last

    def length_of(self, segment: int) -> int:
        """How many words a segment has."""
        first, last = self.segment_span(segment)
        return last - first

    def figures_of(self, segment: int) -> range:
        """The figures of a segment, by their index."""
        first, last = self.segment_span(segment)
        return range(bisect_left(self.figure_words, first), bisect_left(self.figure_words, last))

    def years_between(self, first: int, last: int) -> frozenset[int]:
        """The years named among the words from `first` up to `last`."""
        low, high = bisect_left(self.year_words, first), bisect_left(self.year_words, last)
        return frozenset(self.year_values[low:high])

    def rarity(self, term: str) -> float:
        """How much a term tells: its inverse frequency over the segments, 1 for one that is absent or unique."""
        total = len(self.segment_starts)
        found = len(self.postings.get(term, ()))
        return 1.0 if found <= 1 else max(0.15, 1.0 - log(found) / log(total + 3))


def read_source(text: str) -> ReadSource:
    """Scan and index a source's text; time grows linearly with its length."""
    flat = flat_tables(text)
    figures = scan(with_cells_parted(text, flat))
    words = list(WORD.finditer(text))
    word_starts: array[int] = array("l", [word.start() for word in words])
    postings = _postings(text, words)
    _add_life_spans(text, word_starts, postings)
    segment_starts = _starts_after(_SEGMENT_END, text, word_starts)
    clause_starts = _starts_after(_CLAUSE_END, lower_case(text), word_starts)
    figure_words: array[int] = array("l", (bisect_right(word_starts, figure.end - 1) - 1 for figure in figures))
    years: dict[int, list[int]] = {}
    year_words: list[int] = []
    year_values: list[int] = []
    for figure, word in zip(figures, figure_words, strict=True):
        if figure.dimension == "date" and (year := date_parts(figure)[0]):
            years.setdefault(year, []).append(word)
            year_words.append(word)
            year_values.append(year)
    return ReadSource(
        text=text,
        figures=figures,
        implied=scan_implied(text),
        cells=read_tables(text, figures, flat),
        word_starts=word_starts,
        postings=postings,
        segment_starts=segment_starts,
        segments=_numbers(segment_starts, len(word_starts)),
        clauses=_numbers(clause_starts, len(word_starts)),
        years=years,
        year_words=year_words,
        year_values=year_values,
        figure_words=figure_words,
        figure_spans=_figure_spans(figures, figure_words),
        dateline=_dateline(figures),
    )


def _postings(text: str, words: list[re.Match[str]]) -> dict[str, list[int]]:
    """The words of each stem, by their number."""
    postings: dict[str, list[int]] = {}
    for index, word in enumerate(words):
        written = word.group()
        term = stem(written) if len(written) > 1 else _letter(text, word.start())
        if term in postings:
            postings[term].append(index)
        elif term:
            postings[term] = [index]
    return postings


def _figure_spans(figures: tuple[Figure, ...], figure_words: "array[int]") -> list[tuple[float, float]]:
    """For every figure the words nearer to it than to any other figure of its dimension, as (first, last)."""
    figure_spans = [WHOLE_TEXT] * len(figures)
    last: dict[str, int] = {}
    for number, figure in enumerate(figures):
        before = last.get(figure.dimension)
        if before is not None:
            middle = (figure_words[before] + figure_words[number]) / 2
            figure_spans[before] = figure_spans[before][0], middle
            figure_spans[number] = middle, float("inf")
        last[figure.dimension] = number
    return figure_spans


def _dateline(figures: tuple[Figure, ...]) -> int:
    """The day that a text gives first, near its beginning, as yyyymmdd: mostly when it was published; 0 for none."""
    for figure in figures:
        if figure.start > _HEAD:
            break
        if figure.unit == "date" and all(date_parts(figure)):
            return int(figure.value)
    return 0


def _add_life_spans(text: str, word_starts: "array[int]", postings: dict[str, list[int]]) -> None:
    """Say "born" and "died" where a work of reference leaves them out: "Weir (March 4, 1871 - August 19, 1938)"."""
    added = False
    for found in _LIFE_SPAN.finditer(text):
        for group, event in ((1, "born"), (2, "died")):
            year = bisect_right(word_starts, found.end(group) - 1) - 1
            postings.setdefault(stem(event), []).append(max(0, year - 1))
            added = True
    if added:
        for event in ("born", "died"):
            postings[stem(event)].sort()


def _letter(text: str, start: int) -> str:
    """The term of a lone capital that names something: the B of "Model B"."""
    letter = text[start]
    named = letter.isupper() and letter != "I" and start > 1 and text[start - 2].isalnum()
    return letter + "." if named or letter.isdigit() else ""


def _starts_after(edge: re.Pattern[str], text: str, word_starts: "array[int]") -> "array[int]":
    """The first word, and the first word after each edge."""
    starts: array[int] = array("l", [0])
    for found in edge.finditer(text):
        word = bisect_right(word_starts, found.end() - 1)
        if starts[-1] < word < len(word_starts):
            starts.append(word)
    return starts


def _numbers(starts: "array[int]", words: int) -> "array[int]":
    """For every word, the number of the stretch it is in."""
    numbers: array[int] = array("l")
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else words
        numbers.extend([number] * (end - start))
    return numbers
