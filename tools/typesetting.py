"""A small typesetter over fpdf2: justified text with real footnotes, for the demo's PDFs.

fpdf2 sets no footnotes of its own. This one does what an editor's word processor does: a raised marker, a rule, the
note in small type at the foot of the marker's page, and its last lines on the next page when they do not fit.

Text is written in a small markup: `*italic*`, `[^7]` a marker, `^{6}` a power, `<http://...>` a printed address that
may break behind a slash, `[words](http://...)` words that carry a link. Lengths are in PDF points.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from fpdf import FPDF

PAGE_WIDTH, PAGE_HEIGHT = 595.28, 841.89
LEFT, RIGHT, TOP, BOTTOM = 82.0, 82.0, 84.0, 92.0
MEASURE = PAGE_WIDTH - LEFT - RIGHT
RULE_SPACE = 14.0
"""What the rule above the notes takes, with the white around it."""
RAISED, LIFT = 0.66, 0.34
"""The size of raised glyphs and how high they stand, as shares of the type size."""
LINK_COLOUR = (31, 78, 121)

_MARKUP = re.compile(
    r"\[\^(?P<marker>\w+)\]|\^\{(?P<power>[^}]*)\}|<(?P<address>[^>]*)>|\[(?P<words>[^]]*)\]\((?P<target>[^)]*)\)"
    r"|\*(?P<italic>[^*]*)\*|(?P<plain>[^*<\[^]+)"
)


@dataclass(frozen=True, slots=True)
class Face:
    """A type: family, style (`""`, `B`, `I`), size, leading and colour."""

    family: str
    style: str
    size: float
    leading: float
    colour: tuple[int, int, int] = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class Piece:
    """Glyphs in one style; `rise` lifts them and makes them small."""

    text: str
    style: str = ""
    rise: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """What no line break divides: its pieces, whether a space stands before it, and the notes it points to."""

    pieces: tuple[Piece, ...]
    spaced: bool
    markers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkedRun:
    """The part of a line that carries one link, from edge to edge."""

    target: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Line:
    """A set line: words, how far it is indented, and the width of its spaces."""

    words: tuple[Word, ...]
    face: Face
    indent: float
    space: float

    @property
    def markers(self) -> tuple[str, ...]:
        """The notes that this line points to, in order."""
        return tuple(marker for word in self.words for marker in word.markers)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or heading: markup, type, the white above it and at its sides, and how it stands on the page."""

    markup: str
    face: Face
    above: float = 0.0
    indent: float = 0.0
    inset: float = 0.0
    label: str = ""
    justified: bool = False
    stays_with_next: bool = False
    starts_page: bool = False


def words_of(markup: str, style: str = "") -> tuple[Word, ...]:
    """Markup as words."""
    words: list[Word] = []
    pieces: list[Piece] = []
    markers: list[str] = []
    spaced = False

    def close(space_follows: bool) -> None:
        nonlocal spaced
        if pieces:
            words.append(Word(tuple(pieces), spaced, tuple(markers)))
            pieces.clear()
            markers.clear()
        spaced = space_follows

    def running(text: str, style: str, link: str = "") -> None:
        for part in re.split(r"(\s+)", text):
            if part.isspace():
                close(True)
            elif part:
                pieces.append(Piece(part, style, link=link))

    for match in _MARKUP.finditer(markup):
        group = match.groupdict()
        if group["marker"]:
            pieces.append(Piece(group["marker"], style, rise=True))
            markers.append(group["marker"])
        elif group["power"]:
            pieces.append(Piece(group["power"], style, rise=True))
        elif group["address"]:
            for part in re.findall(r"http://[^/]*/|[^/]+/?", group["address"]):
                pieces.append(Piece(part, style, link=group["address"]))
                if part.endswith("/"):
                    close(False)
        elif group["words"]:
            running(group["words"], style, group["target"])
        elif group["italic"]:
            running(group["italic"], "" if style == "I" else "I")
        else:
            running(group["plain"] or "", style)
    close(False)
    return tuple(words)


@dataclass(slots=True)
class Typesetter:
    """Sets blocks on pages of `pdf`, with `notes` (label -> markup) at the foot of the page that points to them."""

    pdf: FPDF
    notes: Mapping[str, str]
    note_face: Face
    _y: float = TOP
    _foot: list[Line] = field(default_factory=list)
    _carried: list[Line] = field(default_factory=list)

    def set(self, blocks: Iterable[Block]) -> None:
        """Set the blocks in order, from where the page stands, and finish the last page."""
        self.set_open(*blocks)
        self._finish_page()
        while self._carried:
            self._turn_page()
            self._finish_page()

    def set_open(self, *blocks: Block) -> None:
        """Set the blocks in order and leave the page open for more."""
        for block in blocks:
            if block.starts_page:
                self._turn_page()
            self._set_block(block)

    def tint(self, height: float, colour: tuple[int, int, int]) -> None:
        """Lay a tint over the whole measure, from where the page stands down."""
        self.pdf.set_fill_color(*colour)
        self.pdf.rect(LEFT, self._y, MEASURE, height, style="F")

    def skip(self, height: float) -> None:
        """Leave white, or room for what is drawn by hand."""
        self._y += height

    def _set_block(self, block: Block) -> None:
        lines = self.lines_of(block)
        needed = (
            block.above + block.face.leading * len(lines) + (3 * block.face.leading if block.stays_with_next else 0)
        )
        if (block.stays_with_next and needed > self._room()) or block.above + block.face.leading > self._room():
            self._turn_page()
        if self._y > TOP:
            self._y += block.above
        for number, line in enumerate(lines):
            new_notes = [self._note_lines(label) for label in line.markers]
            if not self._fits(line, new_notes):
                self._turn_page()
            self._place_notes(line, new_notes)
            if number == 0 and block.label:
                self._draw(block.face, block.label, LEFT, self._y + block.face.size)
            self._draw_line(line, self._y)
            self._y += line.face.leading

    def _room(self, more_notes: bool = False) -> float:
        notes = sum(line.face.leading for line in self._foot)
        rule = RULE_SPACE if self._foot or more_notes else 0.0
        return PAGE_HEIGHT - BOTTOM - self._y - notes - rule

    def _fits(self, line: Line, notes: Sequence[Sequence[Line]]) -> bool:
        """Whether the line fits with its notes; of the last note two lines are enough, the rest is carried over."""
        leading = self.note_face.leading
        whole = sum(len(note) for note in notes[:-1]) * leading
        last = min(2, len(notes[-1])) * leading if notes else 0.0
        return line.face.leading + whole + last <= self._room(more_notes=bool(notes))

    def _place_notes(self, line: Line, notes: Sequence[Sequence[Line]]) -> None:
        room = self._room(more_notes=bool(notes)) - line.face.leading
        for note_line in (one for note in notes for one in note):
            room -= note_line.face.leading
            (self._foot if room >= 0 and not self._carried else self._carried).append(note_line)

    def _turn_page(self) -> None:
        if self.pdf.page:
            self._finish_page()
        self.pdf.add_page()
        self._y = TOP
        self._foot, self._carried = self._carried, []

    def _finish_page(self) -> None:
        if not self._foot:
            return
        y = PAGE_HEIGHT - BOTTOM - sum(line.face.leading for line in self._foot)
        self.pdf.set_draw_color(90)
        self.pdf.set_line_width(0.5)
        self.pdf.line(LEFT, y - 5, LEFT + 144, y - 5)
        for line in self._foot:
            self._draw_line(line, y)
            y += line.face.leading
        self._foot = []

    def _note_lines(self, label: str) -> list[Line]:
        block = Block(f"[^{label}] {self.notes[label]}", self.note_face)
        return [Line(_unmarked(line.words), line.face, line.indent, line.space) for line in self.lines_of(block)]

    def lines_of(self, block: Block) -> list[Line]:
        """The block's markup broken into lines, first fit."""
        space = self._width(" ", block.face, "")
        measure = MEASURE - block.indent - block.inset
        lines: list[list[Word]] = [[]]
        used = 0.0
        for word in words_of(block.markup, block.face.style):
            width = sum(self._piece_width(piece, block.face) for piece in word.pieces)
            gap = space if word.spaced and lines[-1] else 0.0
            if lines[-1] and used + gap + width > measure:
                lines.append([])
                used = gap = 0.0
            lines[-1].append(word)
            used += gap + width
        return [
            Line(tuple(words), block.face, block.indent, self._space(words, block, measure, last=number == len(lines)))
            for number, words in enumerate(lines, 1)
        ]

    def _space(self, words: Sequence[Word], block: Block, measure: float, *, last: bool) -> float:
        natural = self._width(" ", block.face, "")
        gaps = sum(word.spaced for word in words[1:])
        if last or not block.justified or not gaps:
            return natural
        text = sum(self._piece_width(piece, block.face) for word in words for piece in word.pieces)
        return (measure - text) / gaps

    def _draw_line(self, line: Line, y: float) -> None:
        x = LEFT + line.indent
        baseline = y + line.face.size
        linked: list[LinkedRun] = []
        for number, word in enumerate(line.words):
            if number and word.spaced:
                self._draw(line.face, " ", x, baseline)
                x += line.space
            for piece in word.pieces:
                width = self._piece_width(piece, line.face)
                self._draw_piece(piece, line.face, x, baseline)
                if piece.link:
                    _grow(linked, piece.link, x, x + width)
                x += width
        for run in linked:
            self.pdf.link(run.start, y, run.end - run.start, line.face.size * 1.2, link=run.target)

    def _draw_piece(self, piece: Piece, face: Face, x: float, baseline: float) -> None:
        size, lift = (face.size * RAISED, face.size * LIFT) if piece.rise else (face.size, 0.0)
        colour = LINK_COLOUR if piece.link else face.colour
        self._draw(Face(face.family, piece.style, size, face.leading, colour), piece.text, x, baseline - lift)

    def _draw(self, face: Face, text: str, x: float, baseline: float) -> None:
        self.pdf.set_font(face.family, face.style, face.size)
        self.pdf.set_text_color(*face.colour)
        self.pdf.text(x, baseline, text)

    def _piece_width(self, piece: Piece, face: Face) -> float:
        return self._width(piece.text, face, piece.style) * (RAISED if piece.rise else 1.0)

    def _width(self, text: str, face: Face, style: str) -> float:
        self.pdf.set_font(face.family, style, face.size)
        return float(self.pdf.get_string_width(text))


def _unmarked(words: Sequence[Word]) -> tuple[Word, ...]:
    return tuple(Word(word.pieces, word.spaced) for word in words)


def _grow(runs: list[LinkedRun], target: str, start: float, end: float) -> None:
    """Add a linked piece to the runs of its line: neighbours with one target are one run."""
    if runs and runs[-1].target == target:
        start = runs.pop().start
    runs.append(LinkedRun(target, start, end))
