"""What a reader of any format makes of a file: paragraphs with notes, markers and links."""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any

from verifier.model import NoteKind, WarningCode
from verifier.parser.drafts.works import CitedWork
from verifier.parser.patterns import regex

_DROPPED = dict.fromkeys((0, 0xAD, 0x200B, 0x2060, 0xFEFF))
"""Characters without a glyph: nothing, the soft hyphen, the zero-width space, the word joiner, the byte order mark."""
_BLANK = regex(r"\s+")
_SEPARATORS = (",", ";", "–", "-", "/")
_STOPS = tuple(".,;:!?")
_CLOSES_UP = ".,;:!?)]”’"


@dataclass(frozen=True, slots=True)
class LinkSpan:
    """Characters `start:end` of a paragraph that carry a link to `url`."""

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class NoteMarker:
    """Where in a paragraph (an offset) a marker stood, and the key of the note that it points to."""

    offset: int
    key: str


@dataclass(frozen=True, slots=True)
class WorkSpan:
    """Characters `start:end` of a paragraph that a reference manager wrote, and the works that it wrote them for."""

    start: int
    end: int
    works: tuple[CitedWork, ...]


@dataclass(frozen=True, slots=True)
class RaisedSpan:
    """Characters `start:end` of a paragraph that are set above the line and that no format calls a marker."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Origin:
    """Characters from `start` on were written by `source`, a part of the file's own structure."""

    start: int
    source: Any


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph's words, each run of blanks as one, with what stands in them.

    `whole`: the words are one anchor, as those of a table's cell are; `heading`: they head what follows; `ordinal`: the
    number that a list prints before them.
    """

    text: str
    links: tuple[LinkSpan, ...] = ()
    markers: tuple[NoteMarker, ...] = ()
    works: tuple[WorkSpan, ...] = ()
    raised: tuple[RaisedSpan, ...] = ()
    whole: bool = False
    heading: bool = False
    quoted: bool = False
    origins: tuple[Origin, ...] = ()
    ordinal: int | None = None

    def source_at(self, offset: int) -> Any:
        """What wrote the character at an offset, None where the reader does not keep it."""
        at = bisect_right(self.origins, offset, key=lambda origin: origin.start) - 1
        return self.origins[at].source if at >= 0 else None


@dataclass(slots=True)
class DraftNote:
    """A note under the key that its markers have, with the label that a reader sees."""

    key: str
    label: str
    kind: NoteKind
    paragraphs: list[Paragraph] = field(default_factory=list)
    works: tuple[CitedWork, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftWarning:
    """What could not be read, in words for an editor."""

    code: WarningCode
    message: str


@dataclass(slots=True)
class Draft:
    """A file as read: the running text's paragraphs in reading order, the notes in the order of their first marker."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    notes: list[DraftNote] = field(default_factory=list)
    title: str | None = None
    created: datetime | None = None
    warnings: list[DraftWarning] = field(default_factory=list)


class ParagraphWriter:
    """Collects one paragraph: words, links, markers. Blanks are joined, characters without a glyph dropped."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._last = ""
        self._links: list[LinkSpan] = []
        self._open_links: list[tuple[int, str]] = []
        self._markers: list[NoteMarker] = []
        self._works: list[WorkSpan] = []
        self._raised: list[RaisedSpan] = []
        self._origins: list[Origin] = []

    @property
    def length(self) -> int:
        """How many characters there are so far."""
        return self._length

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it: no word and no marker."""
        return not self._length and not self._markers

    @property
    def tail(self) -> str:
        """The last characters written, at least as many as tell how the next ones join."""
        return self._last

    def write(self, text: str, source: Any = None) -> None:
        """Add words; `source` is the part of the file that they stand in."""
        text = _BLANK.sub(" ", text.translate(_DROPPED))
        if text.startswith(" ") and (not self._length or self._last.endswith(" ")):
            text = text[1:]
        if not text:
            return
        if source is not None:
            self._origins.append(Origin(self._length, source))
        self._parts.append(text)
        self._length += len(text)
        self._last = (self._last + text)[-24:]

    def write_raised(self, text: str, source: Any = None) -> None:
        """Add words above the line: a power is marked with `^`, other raised words are kept as they are and noted."""
        digits = text.strip()
        if digits[:1].isdecimal() and digits.isdecimal() and self._last[-1:].isdecimal():
            self._raised.append(RaisedSpan(self._length, self._length + 1 + len(digits)))
            self.write(f"^{digits}", source)
            return
        start = self._length
        self.write(text, source)
        if self._length > start:
            self._raised.append(RaisedSpan(start, self._length))

    def open_link(self, url: str) -> None:
        """What follows carries a link."""
        self._open_links.append((self._length, url))

    def close_link(self) -> None:
        """The link that was opened last ends."""
        if not self._open_links:
            return
        start, url = self._open_links.pop()
        if url:
            self._links.append(LinkSpan(start, self._length, url))

    def mark(self, key: str) -> None:
        """A marker of the note with this key stands here."""
        self._markers.append(NoteMarker(self._length, key))

    def add_works(self, start: int, works: tuple[CitedWork, ...]) -> None:
        """What was written from `start` on stands for these works."""
        self._works.append(WorkSpan(start, self._length, works))

    def finish(self, *, whole: bool = False, heading: bool = False, quoted: bool = False) -> Paragraph:
        """The paragraph; blanks at its end are not part of it."""
        while self._open_links:
            self.close_link()
        text = "".join(self._parts)
        end = len(text.rstrip())
        paragraph = Paragraph(
            text=text[:end],
            links=tuple(LinkSpan(min(s.start, end), min(s.end, end), s.url) for s in self._links),
            markers=tuple(NoteMarker(min(m.offset, end), m.key) for m in self._markers),
            works=tuple(WorkSpan(min(w.start, end), min(w.end, end), w.works) for w in self._works),
            raised=tuple(r for r in self._raised if r.start < end),
            whole=whole,
            heading=heading,
            quoted=quoted,
            origins=tuple(self._origins),
        )
        between = _separators(paragraph)
        return without(paragraph, dict.fromkeys(between, "")) if between else paragraph


def _separators(paragraph: Paragraph) -> list[tuple[int, int]]:
    """What is set for the markers and not for the sentence.

    Commas and dashes that part one marker from the next, and the blank before a marker that a full stop follows.
    """
    text = paragraph.text
    blanks = {
        (marker.offset - 1, marker.offset)
        for marker in paragraph.markers
        if text[marker.offset - 1 : marker.offset + 1][:1] == " " and text[marker.offset : marker.offset + 1] in _STOPS
    }
    return sorted(blanks) + [
        (one.offset, one.offset + len(paragraph.text[one.offset : two.offset].rstrip()))
        for one, two in pairwise(paragraph.markers)
        if one.offset < two.offset and paragraph.text[one.offset : two.offset].strip() in _SEPARATORS
    ]


def joined(paragraphs: list[Paragraph]) -> Paragraph:
    """Several paragraphs as one, a blank between them: a note's text, a cell's words."""
    if len(paragraphs) == 1:
        return paragraphs[0]
    text = ""
    links: list[LinkSpan] = []
    markers: list[NoteMarker] = []
    works: list[WorkSpan] = []
    raised: list[RaisedSpan] = []
    origins: list[Origin] = []
    for paragraph in paragraphs:
        if text and paragraph.text:
            text += " "
        at = len(text)
        text += paragraph.text
        links += [LinkSpan(span.start + at, span.end + at, span.url) for span in paragraph.links]
        markers += [NoteMarker(marker.offset + at, marker.key) for marker in paragraph.markers]
        works += [WorkSpan(span.start + at, span.end + at, span.works) for span in paragraph.works]
        raised += [RaisedSpan(span.start + at, span.end + at) for span in paragraph.raised]
        origins += [Origin(origin.start + at, origin.source) for origin in paragraph.origins]
    return Paragraph(text, tuple(links), tuple(markers), tuple(works), tuple(raised), origins=tuple(origins))


def cut(paragraph: Paragraph, start: int) -> Paragraph:
    """A paragraph without its first characters and the blanks behind them."""
    start += len(paragraph.text) - start - len(paragraph.text[start:].lstrip())
    return Paragraph(
        text=paragraph.text[start:],
        links=tuple(LinkSpan(max(0, s.start - start), s.end - start, s.url) for s in paragraph.links if s.end > start),
        markers=tuple(NoteMarker(max(0, m.offset - start), m.key) for m in paragraph.markers),
        works=tuple(
            WorkSpan(max(0, w.start - start), w.end - start, w.works) for w in paragraph.works if w.end > start
        ),
        raised=tuple(RaisedSpan(r.start - start, r.end - start) for r in paragraph.raised if r.start >= start),
        whole=paragraph.whole,
        heading=paragraph.heading,
        quoted=paragraph.quoted,
        origins=tuple(Origin(max(0, o.start - start), o.source) for o in paragraph.origins),
    )


def without(paragraph: Paragraph, spans: dict[tuple[int, int], str]) -> Paragraph:
    """A paragraph in which these characters are markers of notes: gone from the words, with the notes' keys.

    Characters with no key are taken out as well.
    """
    text = ""
    shifts: list[tuple[int, int]] = [(0, 0)]
    markers = []
    done = 0
    for (start, end), key in sorted(spans.items()):
        piece = paragraph.text[done:start]
        glued = paragraph.text[end : end + 1]
        if piece.endswith(" ") and (not glued or glued in _CLOSES_UP or glued == " "):
            piece = piece.rstrip(" ")
        text += piece
        if key:
            markers.append(NoteMarker(len(text), key))
        shifts.append((end, end - len(text)))
        done = end
    text += paragraph.text[done:]
    ends = [end for end, _ in shifts]

    def moved(offset: int) -> int:
        return min(len(text), max(0, offset - shifts[bisect_right(ends, offset) - 1][1]))

    return Paragraph(
        text=text.rstrip(),
        links=tuple(LinkSpan(moved(s.start), moved(s.end), s.url) for s in paragraph.links),
        markers=tuple(
            sorted([*(NoteMarker(moved(m.offset), m.key) for m in paragraph.markers), *markers], key=lambda m: m.offset)
        ),
        works=tuple(WorkSpan(moved(w.start), moved(w.end), w.works) for w in paragraph.works),
        raised=(),
        whole=paragraph.whole,
        heading=paragraph.heading,
        quoted=paragraph.quoted,
        origins=tuple(Origin(moved(o.start), o.source) for o in paragraph.origins),
        ordinal=paragraph.ordinal,
    )
