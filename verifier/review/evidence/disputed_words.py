"""What a finding disputes, found again in the document's sentence and in the source's words beside it.

Of a figure that is the figure; of an altered quotation the words that differ. A word that is there several times is
found by its neighbours, which both sides share; where that leaves two places, none is marked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from verifier.checker.checks.messages import disputed_figure, missing_quotation, quoted_differences
from verifier.checker.quotations.lookup import placed_words
from verifier.review.evidence.character_index import Span

_NEIGHBOURS = 6
"""Words on either side by which two places are told apart."""

_MOST_WORDS = 2000
"""Words of a text beyond which nothing is sought in it."""

_Words = Sequence[tuple[str, int, int]]


@dataclass(frozen=True, slots=True)
class Disputed:
    """Places in the document's words and in the source's, in order."""

    here: tuple[Span, ...] = ()
    there: tuple[Span, ...] = ()


def disputed_words(message: str, sentence: str, quote: str = "") -> Disputed:
    """Where a finding's message says that sentence and source differ; nothing where that is not certain."""
    figure = disputed_figure(message, sentence)
    if figure is not None:
        return Disputed((figure,))
    ours, theirs = placed_words(sentence), placed_words(quote)
    if max(len(ours), len(theirs)) > _MOST_WORDS:
        return Disputed()
    missing = [word for word, _, _ in placed_words(missing_quotation(message))]
    if missing:
        found = list(_places(ours, missing))
        return Disputed(_spans(ours, found[0], len(missing)) if len(found) == 1 else ())
    here: list[Span] = []
    there: list[Span] = []
    for difference in quoted_differences(message):
        gone = [word for word, _, _ in placed_words(difference.quoted)]
        come = [word for word, _, _ in placed_words(difference.source)]
        pair = _pair(ours, gone, theirs, come)
        if pair is not None:
            here += _spans(ours, pair[0], len(gone))
            there += _spans(theirs, pair[1], len(come))
    return Disputed(tuple(sorted(set(here))), tuple(sorted(set(there))))


def _pair(ours: _Words, gone: Sequence[str], theirs: _Words, come: Sequence[str]) -> tuple[int, int] | None:
    """Where the words are on both sides: the one pair of places whose neighbours agree most."""
    ranked = sorted(
        ((_shared(ours, i, i + len(gone), theirs, j, j + len(come)), i, j))
        for i in _places(ours, gone)
        for j in _places(theirs, come)
    )
    if not ranked or ranked[-1][0] == 0 or (len(ranked) > 1 and ranked[-2][0] == ranked[-1][0]):
        return None
    return ranked[-1][1:]


def _places(words: _Words, wanted: Sequence[str]) -> Iterator[int]:
    """Where these words are; without words, every gap."""
    for at in range(len(words) - len(wanted) + 1):
        if all(words[at + n][0] == word for n, word in enumerate(wanted)):
            yield at


def _shared(ours: _Words, start: int, end: int, theirs: _Words, begin: int, finish: int) -> int:
    """How many neighbours on both sides are the same words."""
    before = 0
    while before < min(start, begin, _NEIGHBOURS) and ours[start - 1 - before][0] == theirs[begin - 1 - before][0]:
        before += 1
    after = 0
    while (
        after < min(len(ours) - end, len(theirs) - finish, _NEIGHBOURS)
        and ours[end + after][0] == theirs[finish + after][0]
    ):
        after += 1
    return before + after


def _spans(words: _Words, at: int, count: int) -> tuple[Span, ...]:
    return ((words[at][1], words[at + count - 1][2]),) if count else ()
