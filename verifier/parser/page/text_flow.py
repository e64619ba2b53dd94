"""Running text made of lines, with the way back: every character of a `Flow` knows its line and place."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from verifier.model import Box
from verifier.parser.page.glyphs import HYPHEN_AT_BREAK
from verifier.parser.page.hyphens import hyphenates_words, printed_hosts
from verifier.parser.page.lines import Line, ends_with_hyphen
from verifier.parser.page.vocabulary import Vocabulary
from verifier.parser.patterns import regex
from verifier.parser.urls import goes_on, open_address

PARAGRAPH = "\n"
"""Parts paragraphs in a flow's text; nothing else is a line feed there."""

_TAIL = 700
"""Characters before a joint that may matter to it: the longest address that is followed over lines."""

_FIRST_WORD = regex(r"\S+")
_TIED_WORDS = regex(r"(?:(?:[A-Z][a-z]{0,4}|pp?|no|vol|art|sec|fig)\.|§+)\s\S+")
"""What typesetters do not part at a line's end: a title or an abbreviation and what it belongs to."""
_LAST_WORD = regex(r"[^\W\d_]+$")
_WORD = regex(r"[^\W\d_]+")
_SLUG = regex(r"\w-\w{3,}[-\u00ad]$")
"""An address's end in which hyphens already part words."""
_NUMBERED_HEADING = regex(r"\d{1,2}(?:\.\d{1,2})*\.?\s+[A-ZÀ-ÖØ-Þ]")
_STOPS = frozenset(".,;:!?)”’")
"""What follows the rest of a bracketed mark that was broken over two lines belongs to the words before the mark."""
_BULLETS = frozenset("•◦▪■●‣")
_GLUED_DASH = regex(r"[^\W_][–—]\n[^\W_]|[^\W_]\n—[^\W_]")
"""A line's end beside a dash that is set without blanks, as in the middle of a line."""
_BULLET = regex(r"[•◦▪■●–—‣∙·]\s|[-*]\s|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s")


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters `start:end` of line `line` (an index), less the spans in `without`."""

    line: int
    start: int
    end: int
    without: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Segment:
    offset: int
    line: int
    chars: Sequence[int]


@dataclass(frozen=True, slots=True)
class Flow:
    """A text and where each of its characters stands.

    `doubtful` are the offsets at which an address was joined at a hyphen that may or may not be its own.
    """

    text: str
    segments: tuple[_Segment, ...]
    offsets: tuple[int, ...]
    doubtful: tuple[int, ...] = ()

    def place(self, offset: int) -> tuple[int, int]:
        """Line index and character of a text offset."""
        segment = self.segments[max(0, bisect_right(self.offsets, offset) - 1)]
        inside = min(max(0, offset - segment.offset), len(segment.chars) - 1)
        return segment.line, segment.chars[inside]

    def lines_of(self, start: int, end: int) -> list[int]:
        """The indexes of the lines that `start:end` stands on, in order."""
        first = max(0, bisect_right(self.offsets, start) - 1)
        return [segment.line for segment in takewhile(lambda one: one.offset < end, self.segments[first:])]

    def boxes(self, lines: Sequence[Line], start: int, end: int) -> tuple[Box, ...]:
        """The places of `start:end` on their pages, a box for each line."""
        boxes = []
        at = max(0, bisect_right(self.offsets, start) - 1)
        for segment in self.segments[at:]:
            if segment.offset >= end:
                break
            first = max(0, start - segment.offset)
            last = min(len(segment.chars), end - segment.offset)
            if first < last:
                boxes.append(lines[segment.line].box(segment.chars[first], segment.chars[last - 1] + 1))
        return tuple(boxes)


@dataclass(frozen=True, slots=True)
class _Joint:
    """How two lines join: characters to cut from the first, what to put between, and whether that is a guess."""

    cut: int
    glue: str
    doubtful: bool = False


def _is_in_path(address: str) -> bool:
    return "/" in address.partition("://")[2] or ("://" not in address and "/" in address)


class FlowBuilder:
    """Joins lines into flows; knows the words of the document, to tell a word's own hyphen from a line-end's."""

    def __init__(self, lines: Sequence[Line], uris: Mapping[tuple[int, int], str]) -> None:
        self._lines = lines
        self._uris = uris
        self._vocabulary = Vocabulary(lines)
        self._hosts = printed_hosts(lines, uris.values())
        self._hyphenates_addresses = self._count_hyphenated() > 0
        self._hyphenates = hyphenates_words(lines, self._vocabulary)
        self._leading = _usual_leading(lines)

    def build(self, pieces: Iterable[Piece], *, paragraphs: bool) -> Flow:
        """Join pieces; with `paragraphs`, put a PARAGRAPH where one ends."""
        parts: list[str] = []
        segments: list[_Segment] = []
        length = 0
        previous: Piece | None = None
        tail = ""
        doubtful: list[int] = []
        for piece in pieces:
            text, places = self._render(piece)
            if not text:
                continue
            if previous is not None:
                joint = self._joint(tail, previous, piece, text, paragraphs)
                cut, glue = joint.cut, joint.glue
                if cut:
                    parts[-1] = parts[-1][:-cut]
                    last = segments[-1]
                    segments[-1] = _Segment(last.offset, last.line, last.chars[:-cut])
                    length -= cut
                    tail = tail[:-cut]
                if joint.doubtful:
                    doubtful.append(length)
                parts.append(glue)
                length += len(glue)
                tail += glue
            segments.append(_Segment(length, piece.line, places))
            parts.append(text)
            length += len(text)
            tail = (tail + text)[-_TAIL:]
            previous = piece
        text = "".join(parts).replace(HYPHEN_AT_BREAK, "-")
        return Flow(text, tuple(segments), tuple(s.offset for s in segments), tuple(doubtful))

    def _render(self, piece: Piece) -> tuple[str, Sequence[int]]:
        """The text of a piece, powers marked with `^`, and the places of its characters in the line."""
        line = self._lines[piece.line]
        plain = line.text[piece.start : piece.end]
        if not (line.raised or piece.without or "  " in plain):
            text = plain.strip(" ")
            start = piece.start + len(plain) - len(plain.lstrip(" "))
            return text, range(start, start + len(text))
        text = ""
        places: list[int] = []
        for index in range(piece.start, piece.end):
            if any(start <= index < end for start, end in piece.without):
                continue
            if line.text[index] == " " and text.endswith(" "):
                continue
            written = _as_power(line, index, text[-1:])
            text += written
            places.extend([index] * len(written))
        start = len(text) - len(text.lstrip(" "))
        end = len(text.rstrip(" "))
        return text[start:end], tuple(places[start:end])

    def _joint(self, tail: str, one: Piece, two: Piece, head: str, paragraphs: bool) -> _Joint:
        """How two lines join."""
        word = _FIRST_WORD.match(head)
        first = word.group() if word else ""
        address = open_address(tail)
        if address is not None:
            same = self._same_link(one, two)
            if same or (same is None and self._goes_on(address, first, head, one, two)):
                return self._address_joint(address, head, two, same)
        if ends_with_hyphen(tail) and len(tail) > 1 and tail[-2].isalnum() and head[:1].isalpha():
            return self._hyphen_joint(tail, head)
        if two.without and head[:1] in _STOPS and two.without[0][0] == 0:
            return _Joint(0, "")
        if paragraphs and self._ends_paragraph(one, two, head):
            return _Joint(0, PARAGRAPH)
        return _Joint(0, "" if _GLUED_DASH.search(f"{tail[-2:]}\n{head[:2]}") else " ")

    def _goes_on(self, address: str, first: str, head: str, one: Piece, two: Piece) -> bool:
        """Whether an address goes on in the next line: not in a heading, which is of another size or numbered."""
        line, following = self._lines[one.line], self._lines[two.line]
        if abs(line.size - following.size) > 0.08 * line.size:
            return False
        if address[-1] in ".:)" and _NUMBERED_HEADING.match(head):
            return False
        room = (line.column_x1 - line.x1) / line.size
        return goes_on(address, first, room=room, knows=self._vocabulary.knows)

    def _same_link(self, one: Piece, two: Piece) -> bool | None:
        """Whether the last word of one line and the first of the next carry one external link; None: neither does."""
        before = self._uris.get((one.line, one.end - 1)) or self._uris.get((one.line, max(0, one.end - 2)))
        after = self._uris.get((two.line, two.start))
        if before is None and after is None:
            return None
        return before == after

    def _address_joint(self, address: str, head: str, two: Piece, same: bool | None) -> _Joint:
        """Join an address whose end may be a hyphen: its own, or the layout's.

        That is settled by the annotation over both lines; else by the hosts and words that the document has elsewhere.
        What neither settles is joined as the document joins others, and doubtful. In a document that parts no word at
        its lines' ends the hyphen is the address's own, whatever an annotation made of it.
        """
        if not ends_with_hyphen(address):
            return _Joint(0, "")
        kept, cut = _Joint(0, ""), _Joint(1, "")
        before, after = _LAST_WORD.search(address[:-1]), _WORD.match(head)
        if same:
            uri = self._uris.get((two.line, two.start), "")
            stem = address[:-1][-12:]
            _, found, rest = uri.partition(stem)
            if found and not rest.startswith("-"):
                own = not self._hyphenates and before and after and rest.startswith(after.group())
                return kept if own and _is_in_path(address) else cut
            if found:
                return kept
        by_host = self._hosts.keeps_hyphen(address, head)
        if by_host is not None:
            return kept if by_host else cut
        if not before or not after:
            return kept
        keeps = self._vocabulary.keeps_hyphen(before.group(), after.group())
        if keeps is not None:
            return kept if keeps else cut
        slug = _SLUG.search(address) and self._vocabulary.knows(before.group())
        return _Joint(0 if slug or not self._hyphenates_addresses else 1, "", doubtful=True)

    def _count_hyphenated(self) -> int:
        """How many addresses were cut at a hyphen that is surely none of theirs: then the producer hyphenates them."""
        count = 0
        for a, b in pairwise(self._lines):
            if ends_with_hyphen(a.text) and open_address(a.text):
                before, after = _LAST_WORD.search(a.text[:-1]), _WORD.match(b.text)
                if before and after and self._vocabulary.keeps_hyphen(before.group(), after.group()) is False:
                    count += 1
        return count

    def _hyphen_joint(self, tail: str, head: str) -> _Joint:
        before, after = _LAST_WORD.search(tail[:-1]), _WORD.match(head)
        if not before or not after:
            return _Joint(0, "")
        keeps = self._vocabulary.keeps_hyphen(before.group(), after.group())
        if keeps is None:
            keeps = after.group()[0].isupper()
        return _Joint(0 if keeps else 1, "")

    def _ends_paragraph(self, one: Piece, two: Piece, head: str) -> bool:
        a, b = self._lines[one.line], self._lines[two.line]
        if abs(a.size - b.size) > 0.08 * a.size:
            return True
        if a.page == b.page and a.column == b.column:
            if a.base - b.base > 1.4 * self._leading.get(round(a.size), 1.25 * a.size):
                return True
            if abs(a.base - b.base) < 0.5 * a.size:
                return True
            indented = b.x0 - a.x0 > 0.9 * a.size and not _BULLET.match(a.text)
            if indented and self._last_sign(one) in tuple('.!?”"’'):
                return True
        elif head[:1].islower():
            return False
        if head[:1] in _BULLETS:
            return True
        if _BULLET.match(head) and self._may_list(one, two, self._last_sign(one)):
            return True
        word = _TIED_WORDS.match(b.text, two.start) or _FIRST_WORD.match(b.text, two.start)
        width = b.rect(two.start, word.end()).width if word else 0.0
        return a.x1 + width + 0.5 * a.size < self._right_edge(one, two)

    def _last_sign(self, piece: Piece) -> str:
        """The last character of a piece, less the markers in it."""
        return self._render(piece)[0][-1:]

    def _may_list(self, one: Piece, two: Piece, last: str) -> bool:
        """Whether a list's next item may begin behind a line that ends with `last`.

        Behind a comma, "(iii)" at the head of a line that is neither shorter nor moved in goes on with its sentence.
        """
        a, b = self._lines[one.line], self._lines[two.line]
        if last not in (")", ","):
            return last in tuple('.!?:;”"’')
        return abs(a.x0 - b.x0) > 0.3 * a.size or a.x1 < self._right_edge(one, two) - 2 * a.size

    def _right_edge(self, one: Piece, two: Piece) -> float:
        """Where the lines of this block end: the column's edge, or for an indented block that of its own lines."""
        a, b = self._lines[one.line], self._lines[two.line]
        margin = a.column_x0 + a.size
        if a.x0 < margin or b.x0 < margin or abs(a.x0 - b.x0) > 3:
            return a.column_x1
        around = self._lines[max(0, one.line - 8) : two.line + 8]
        return max(
            line.x1 for line in around if abs(line.x0 - a.x0) <= 3 and line.page == a.page and line.column == a.column
        )


def _as_power(line: Line, index: int, before: str) -> str:
    """A character as it is written behind `before`: the first of a power with `^`, a raised 2 or 3 as `²`, `³`."""
    char = line.text[index]
    span = line.raised_at(index)
    if span is None or span.start != index or span.lowered or char not in "0123456789-−":
        return char
    if before.isdecimal():
        return f"^{char}"
    if char in "23" and span.end == index + 1 and before.isalpha():
        return "²³"[int(char) - 2]
    return char


def _usual_leading(lines: Sequence[Line]) -> dict[int, float]:
    """The median distance of baselines, by rounded type size."""
    distances: dict[int, list[float]] = {}
    for a, b in pairwise(lines):
        gap = a.base - b.base
        if (
            a.page == b.page
            and a.column == b.column
            and 0.8 * a.size < gap < 2.6 * a.size
            and abs(a.size - b.size) < 0.5
        ):
            distances.setdefault(round(a.size), []).append(gap)
    return {size: sorted(gaps)[len(gaps) // 2] for size, gaps in distances.items() if len(gaps) >= 3}
