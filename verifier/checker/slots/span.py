"""Which words of a sentence belong to one of its figures, and which to the next."""

import re

from verifier.checker.align.index import ReadSource
from verifier.checker.slots.leads import lead_of

_JOINT = re.compile(r"(?:[,;]\s(?:and|but|while|whereas)|;)\s", re.IGNORECASE)
_NOMINAL = re.compile(
    r"(?!(?:by|to|of|in|for|from|at|on|with|about|then|so|up|down|another|more|less|fewer)\b)", re.IGNORECASE
)
"""What a clause with a subject of its own does not begin with."""

_STRONG = re.compile(r"[;—–]\s|\s(?:while|whereas|but|compared|versus|against|vs\.?|than)\s", re.IGNORECASE)
_WEAK = re.compile(r",\s|\s\(|\sand\s|\sor\s|\)\s", re.IGNORECASE)


def segment_chars(source: ReadSource, segment: int) -> tuple[int, int]:
    """The first character of a sentence or row, and the one after its last."""
    first, last = source.segment_span(segment)
    end = source.word_starts[last] if last < len(source.word_starts) else len(source.text)
    return source.word_starts[first] if first < len(source.word_starts) else 0, end


def clause_chars(source: ReadSource, number: int) -> tuple[int, int]:
    """The characters of the clause that a figure is in, where its sentence joins clauses that each have a subject.

    "A crossing would cost $184 million, and prices rose by 6.2 percent": what the second is of is said in it alone.
    """
    segment = source.segment_at(source.figure_words[number])
    start, end = segment_chars(source, segment)
    at = source.figures[number].start
    for joint in _JOINT.finditer(source.text, start, end):
        lead = lead_of(source.text, joint.end(), end)
        if lead is None or lead.is_anaphoric or not lead.stems or not _NOMINAL.match(source.text, joint.end()):
            continue
        if joint.end() <= at:
            start = joint.end()
        else:
            return start, joint.start()
    return start, end


def own_span(source: ReadSource, number: int) -> tuple[int, int]:
    """The characters of a figure's sentence that are nearer in sense to it than to others of its dimension.

    Two neighbours are split at the first "while", "but", semicolon or dash between them, else at the last comma,
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
