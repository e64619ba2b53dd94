"""The passage that a finding rests on, found again in what an editor is shown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from verifier.review.evidence.character_index import CharacterIndex, Span, characters_of

_FEWEST = 12
"""Letters that a piece of a passage must have to be sought by itself: fewer are found anywhere."""

_REACH = 20_000
"""Letters within which the next piece of a passage must be: a menu and a page's foot are further apart."""

_PIECES = re.compile(r"[\n\f|…]|\[\.\.\.\]|(?<=[.!?;])\s")
_CONTEXT = 300
"""Characters before a passage that tell it from its repetitions."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a source and the figure in them, as a finding's evidence quotes them.

    `before` is what the source's text says just before: it distinguishes words that the source says more than once.
    """

    words: str
    figure: str | None = None
    before: str = ""

    @classmethod
    def at(cls, text: str, start: int, words: str, figure: str | None = None) -> "Passage":
        """The passage that is at a place of a source's text."""
        return cls(words, figure, text[max(0, start - _CONTEXT) : start])


NO_PASSAGE = Passage("")
"""For a source that is shown for its own sake."""


@dataclass(frozen=True, slots=True)
class Located:
    """Where a passage is among letters: in one piece or several, in order, and its figure."""

    pieces: tuple[Span, ...] = ()
    figure: Span | None = None

    @property
    def found(self) -> bool:
        """Whether anything of the passage was found."""
        return bool(self.pieces)


def locate(letters: str, passage: Passage) -> Located:
    """Find a passage among letters (see `characters_of`): as a whole, else such sentences, lines and cells as are
    there.

    Of several places that say the same, the one counts that the same words lead up to.
    """
    wanted = characters_of(passage.words)
    if not wanted:
        return Located()
    starts = list(_occurrences(letters, wanted))
    if not starts:
        return _in_pieces(letters, passage)
    before = characters_of(passage.before)
    at = max(starts, key=lambda start: _shared_end(letters, start, before))
    return Located(((at, at + len(wanted)),), _figure_in(passage.words, passage.figure, at))


def _in_pieces(letters: str, passage: Passage) -> Located:
    spans: list[Span] = []
    figure: Span | None = None
    for words in _PIECES.split(passage.words):
        wanted = characters_of(words)
        if len(wanted) < _FEWEST:
            continue
        after = spans[-1][1] if spans else 0
        at = letters.find(wanted, after, after + _REACH if spans else len(letters))
        if at >= 0:
            spans.append((at, at + len(wanted)))
            figure = figure or _figure_in(words, passage.figure, at)
    return Located(tuple(spans), figure)


def _occurrences(letters: str, wanted: str) -> Iterator[int]:
    at = letters.find(wanted)
    while at >= 0:
        yield at
        at = letters.find(wanted, at + 1)


def _shared_end(letters: str, start: int, before: str) -> int:
    """How many letters just before `start` are those at the end of `before`."""
    count = 0
    while count < min(start, len(before)) and letters[start - 1 - count] == before[-1 - count]:
        count += 1
    return count


def _figure_in(words: str, figure: str | None, at: int) -> Span | None:
    """Where the figure is, for words that are at `at`; the first place of a figure that they give twice."""
    inside = words.find(figure) if figure else -1
    if inside < 0 or not figure or not (length := len(characters_of(figure))):
        return None
    first = at + len(characters_of(words[:inside]))
    return first, first + length


@dataclass(frozen=True, slots=True)
class Marking:
    """Where in a text the marks of a passage go, in characters."""

    pieces: tuple[Span, ...] = ()
    figure: Span | None = None

    @classmethod
    def of(cls, text: str, passage: Passage) -> "Marking":
        """The marks of a passage in a text; none where it is not there."""
        index = CharacterIndex.of(text)
        located = locate(index.letters, passage)
        pieces = [index.characters(piece) for piece in located.pieces]
        if located.figure is None or not passage.figure or located.figure in located.pieces:
            return cls(tuple(pieces))
        figure = _with_signs(text, index.characters(located.figure), passage.figure)
        return cls(tuple(_around(piece, figure) for piece in pieces), figure)

    def marked(self, text: str, start: int = 0) -> Markup:
        """A part of the text that begins at `start`, escaped, with `<mark>` around what is to be marked.

        The first mark of all has the id `passage`, so that a link can lead there; the figure has the class `figure`.
        """
        parts: list[Markup] = []
        for begin, end, is_marked, is_figure in self._runs(start, start + len(text)):
            words = escape(text[begin - start : end - start])
            if not is_marked:
                parts.append(words)
                continue
            first = Markup(' id="passage"') if begin == self.pieces[0][0] else Markup("")
            kind = Markup(' class="figure"') if is_figure else Markup("")
            parts.append(Markup("<mark{}{}>{}</mark>").format(first, kind, words))
        return Markup("").join(parts)

    def _runs(self, start: int, end: int) -> Iterator[tuple[int, int, bool, bool]]:
        """(begin, end, marked, figure) of runs that are marked alike between two places."""
        marks = (*self.pieces, *((self.figure,) if self.figure else ()))
        cuts = sorted({start, end, *(edge for span in marks for edge in span if start < edge < end)})
        for begin, stop in pairwise(cuts):
            is_figure = self.figure is not None and self.figure[0] <= begin < self.figure[1]
            yield begin, stop, is_figure or any(a <= begin < b for a, b in self.pieces), is_figure


def _around(piece: Span, figure: Span) -> Span:
    """A piece with the signs of the figure that it begins or ends with."""
    if figure[1] <= piece[0] or piece[1] <= figure[0]:
        return piece
    return min(piece[0], figure[0]), max(piece[1], figure[1])


def _with_signs(text: str, span: Span, figure: str) -> Span:
    """A figure's span with the signs that it has around its digits: `$`, `-`, `%`."""
    begin, end = span
    lead = len(figure) - len(figure.lstrip("$€£¥+-−–±~≈<>≤≥#("))
    tail = len(figure) - len(figure.rstrip("%‰°$€£¥)"))
    if lead and text[max(0, begin - lead) : begin] == figure[:lead]:
        begin -= lead
    if tail and text[end : end + tail] == figure[-tail:]:
        end += tail
    return begin, end
