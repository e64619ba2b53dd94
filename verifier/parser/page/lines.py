"""Lines of text: runs of glyphs put on common baselines, with raised glyphs kept in their place.

A `Line` is compact (a string and an array of edges), so that a long document's lines fit in memory when the
glyphs of its pages are gone.
"""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import mode

from verifier.model import Box
from verifier.parser.page.geometry import Frame, Rect
from verifier.parser.page.glyphs import HYPHEN_AT_BREAK, Glyph
from verifier.parser.page.type_setting import is_spaced_out, tracking, type_size

_WORD_GAP = 0.13
"""Of the type size: a wider gap between two advance boxes is a space. Measured word gaps start at 0.18 (tight
justified text), kerning within words stays under 0.1."""
_HINTED_GAP = 0.05
"""The same where pdfium sees a space: the edge of a slanted letter hides part of the gap behind it."""
_SPLIT_GAP = 4.0
"""Of the type size: a wider gap on one baseline separates cells, not words."""
_LATIN_ENDS = "\u0250"
_SUPERSCRIPTS = frozenset("⁰⁴⁵⁶⁷⁸⁹")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff")


@dataclass(frozen=True, slots=True)
class Raised:
    """Glyphs `start:end` of a line that are above its baseline (or below: `lowered`), and their own extent."""

    start: int
    end: int
    lowered: bool = False
    bottom: float = field(default=0.0, compare=False)
    top: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class LinkSpan:
    """Glyphs `start:end` of a line that carry link annotation number `link` of the page."""

    start: int
    end: int
    link: int


@dataclass(slots=True)
class Line:
    """A line of one column: `edges` holds left and right of every character of `text`, in the reading frame.

    `note`: which of the page's tagged notes most of it is of, as `tagged_notes` counts them; 0 for none.
    """

    page: int
    frame: Frame
    text: str
    edges: "array[float]"
    base: float
    top: float
    bottom: float
    size: float
    raised: tuple[Raised, ...] = ()
    column: int = 0
    column_x0: float = 0.0
    column_x1: float = 0.0
    links: tuple[LinkSpan, ...] = ()
    note: int = 0

    @property
    def x0(self) -> float:
        """Left edge of the first character."""
        return self.edges[0]

    @property
    def x1(self) -> float:
        """Right edge of the last character."""
        return self.edges[-1]

    def rect(self, start: int = 0, end: int | None = None) -> Rect:
        """The place of characters `start:end` in the reading frame."""
        last = len(self.text) if end is None else end
        span = next((s for s in self.raised if s.start <= start and last <= s.end and s.top > s.bottom), None)
        bottom, top = (span.bottom, span.top) if span else (self.bottom, self.top)
        return Rect(self.edges[2 * start], bottom, self.edges[2 * last - 1], top)

    def box(self, start: int = 0, end: int | None = None) -> Box:
        """The place of characters `start:end` on the page."""
        rect = self.frame.to_page(self.rect(start, end))
        return Box(self.page, round(rect.x0, 2), round(rect.y0, 2), round(rect.x1, 2), round(rect.y1, 2))

    def raised_at(self, index: int) -> Raised | None:
        """The raised span that holds character `index`, if any."""
        return next((span for span in self.raised if span.start <= index < span.end), None)


@dataclass(slots=True)
class Run:
    """Glyphs drawn one after the other on one baseline in one size."""

    glyphs: list[Glyph]
    shift: int = 0
    x0: float = 0.0
    x1: float = 0.0
    base: float = 0.0
    size: float = 0.0
    breaks: set[int] = field(default_factory=set)


def make_runs(glyphs: Iterable[Glyph]) -> list[Run]:
    """Cut the glyphs of a page, in drawing order, into runs without spaces at their ends."""
    runs: list[Run] = []
    current: Run | None = None
    last: Glyph | None = None
    was_high = spaced = False
    for glyph in glyphs:
        if glyph.char in _INVISIBLE:
            continue
        if glyph.char.isspace():
            spaced = True
            continue
        high = is_high(glyph)
        if current is None or last is None or not _continues(last, glyph, was_high == high):
            current = Run([])
            runs.append(current)
        elif spaced:
            current.breaks.add(len(current.glyphs))
        current.glyphs.append(glyph)
        last, was_high, spaced = glyph, high, False
    for run in runs:
        run.x0, run.x1 = run.glyphs[0].x0, run.glyphs[-1].x1
        run.base, run.size = run.glyphs[0].base, max([g.size for g in run.glyphs])
    return runs


def _continues(last: Glyph, glyph: Glyph, alike: bool) -> bool:
    """Whether a glyph goes on with the run of the last one; `alike`: both are drawn high, or neither is."""
    size = glyph.size
    if last.base != glyph.base or last.size != size:
        size = max(last.size, size)
        if abs(last.base - glyph.base) > 0.08 * size or abs(last.size - glyph.size) > 0.06 * size:
            return False
    elif glyph.x0 == last.x0:
        return True  # the letters of one ligature
    return alike and -0.6 * size < glyph.x0 - last.x1 < 0.9 * size


def is_high(glyph: Glyph) -> bool:
    """A digit or letter drawn small and high although its baseline is the line's (OpenType `sups`).

    Letters of other alphabets may be high by nature, as the Hebrew yod is.
    """
    if glyph.bottom <= glyph.base + 0.17 * glyph.size:
        return False
    return glyph.char.isalnum() and (glyph.char < _LATIN_ENDS or glyph.char in _SUPERSCRIPTS)


def split_row(row: Sequence[Run], gutters: Sequence[float]) -> list[list[Run]]:
    """Cut a baseline's runs where a column gutter or a very wide gap parts them."""
    pieces: list[list[Run]] = []
    edge = 0.0
    for run in sorted(row, key=lambda r: r.x0):
        gap = run.x0 - edge
        parted = any(edge - 2.0 <= gutter <= run.x0 + 2.0 for gutter in gutters)
        overrun = gap < -0.1 * run.size and any(abs(gutter - run.x0) < 12 for gutter in gutters)
        if not pieces or gap > _SPLIT_GAP * run.size or (parted and gap > 0.3 * run.size) or overrun:
            pieces.append([])
        pieces[-1].append(run)
        edge = max(edge, run.x1) if len(pieces[-1]) > 1 else run.x1
    return pieces


def make_line(page: int, frame: Frame, runs: Sequence[Run]) -> Line:
    """Write a piece of a baseline as a line of text."""
    chars: list[str] = []
    edges: list[float] = []
    raised: list[Raised] = []
    plain = [run for run in runs if not run.shift] or list(runs)
    letters = [glyph for run in plain for glyph in run.glyphs]
    size = type_size(letters)
    tracked = tracking(letters)
    previous: Glyph | None = None
    for run, index in _in_order(runs):
        glyph = run.glyphs[index]
        drawn = index in run.breaks and not (tracked and is_spaced_out(len(run.glyphs), len(run.breaks)))
        if previous is not None and (drawn or _spaced(previous, glyph, run.shift, index, tracked)):
            chars.append(" ")
            edges += previous.x1, glyph.x0
        start = len(chars)
        for char in _LIGATURES.get(glyph.char, glyph.char):
            chars.append(char)
            edges += glyph.x0, glyph.x1
        previous = glyph
        if run.shift:
            raised.append(Raised(start, len(chars), run.shift < 0, glyph.bottom, glyph.top))
    return Line(
        page=page,
        frame=frame,
        text="".join(chars),
        edges=array("f", edges),
        base=plain[0].base,
        top=max([glyph.top for glyph in letters]),
        bottom=min([glyph.bottom for glyph in letters]),
        size=size,
        raised=tuple(_merged(raised)),
        note=_usual_note(runs),
    )


def _usual_note(runs: Sequence[Run]) -> int:
    """The tagged note that most of the glyphs are of; nearly always there is none."""
    notes = [glyph.note for run in runs for glyph in run.glyphs]
    return mode(notes) if any(notes) else 0


def _in_order(runs: Sequence[Run]) -> list[tuple[Run, int]]:
    """The glyphs of runs from left to right: some producers draw a marker after the line that has a gap for it."""
    order = [(run, index) for run in runs for index in range(len(run.glyphs))]
    if any(two.x0 < one.x1 - 0.3 * one.size for one, two in pairwise(runs)):
        order.sort(key=lambda item: item[0].glyphs[item[1]].x0)
    return order


def _spaced(previous: Glyph, glyph: Glyph, shift: int, index: int, tracked: float) -> bool:
    if glyph.x0 <= previous.x1:
        return False
    size = min(previous.size, glyph.size)
    if tracked:
        return glyph.x0 - previous.x1 > tracked + _WORD_GAP * size
    limit = _HINTED_GAP if glyph.parted and previous.char.isalnum() and glyph.char.isalnum() else _WORD_GAP
    return glyph.x0 - previous.x1 > limit * (1.6 if shift and index == 0 else 1.0) * size


def _merged(spans: list[Raised]) -> list[Raised]:
    """Join the spans of neighbouring glyphs."""
    merged: list[Raised] = []
    for span in spans:
        last = merged[-1] if merged else None
        if last and last.end == span.start and last.lowered == span.lowered:
            bottom, top = min(last.bottom, span.bottom), max(last.top, span.top)
            merged[-1] = Raised(last.start, span.end, last.lowered, bottom, top)
        else:
            merged.append(span)
    return merged


def ends_with_hyphen(text: str) -> bool:
    """Whether a line's last glyph is a hyphen, of whatever code."""
    return text.endswith(("-", HYPHEN_AT_BREAK, "‐"))
