"""Which words of a sentence belong to one of its figures, and which to the next."""

import re

from verifier.checker.align.index import ReadSource

_STRONG = re.compile(r"[;—–]\s|\s(?:while|whereas|but|compared|versus|against|vs\.?|than)\s", re.IGNORECASE)
_WEAK = re.compile(r",\s|\s\(|\sand\s|\sor\s|\)\s", re.IGNORECASE)


def segment_chars(source: ReadSource, segment: int) -> tuple[int, int]:
    """The first character of a sentence or row, and the one after its last."""
    first, last = source.segment_span(segment)
    end = source.word_starts[last] if last < len(source.word_starts) else len(source.text)
    return source.word_starts[first] if first < len(source.word_starts) else 0, end


def own_span(source: ReadSource, number: int) -> tuple[int, int]:
    """The characters of a figure's sentence that are nearer in sense to it than to others of its dimension.

    Two neighbours are parted at the first "while", "but", semicolon or dash between them, else at the last comma,
    bracket, "and" or "or".
    """
    segment = source.segment_at(source.figure_words[number])
    start, end = segment_chars(source, segment)
    figure = source.figures[number]
    among = source.figures_of(segment)
    for other in reversed(range(among.start, number)):
        before = source.figures[other]
        if before.dimension == figure.dimension:
            return _parting(source.text, before.end, figure.start), _right(source, number, among, end)
    return start, _right(source, number, among, end)


def _right(source: ReadSource, number: int, among: range, end: int) -> int:
    figure = source.figures[number]
    for other in range(number + 1, among.stop):
        after = source.figures[other]
        if after.dimension == figure.dimension:
            return _parting(source.text, figure.end, after.start)
    return end


def _parting(text: str, end: int, start: int) -> int:
    """Where the words between two figures change hands."""
    strong = _STRONG.search(text, end, start)
    if strong is not None:
        return strong.start()
    weak = list(_WEAK.finditer(text, end, start))
    return weak[-1].start() if weak else (end + start) // 2
