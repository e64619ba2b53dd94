"""tesseract's hOCR: lines of characters with their boxes, and which of them are raised."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any

from verifier.parser.page.geometry import Rect
from verifier.parser.page.glyphs import Glyph
from verifier.parser.patterns import regex

_LINES = ("ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat")
_NUMBERS = regex(r"-?\d+(?:\.\d+)?")
_X_SIZE_SHARE = 0.9
"""tesseract's x_size (ascenders to descenders) over the type size, in Latin book faces."""
_X_HEIGHT = 0.45
"""Height of letters without ascenders over the type size (Times 0.45, Computer Modern 0.43, Helvetica 0.52)."""
_SAME_SIZE = 0.06
"""Sizes of lines within this share of each other are one size."""
_DIGIT_HEIGHT = 0.68
"""Height of a digit over its type size."""
_RAISED = 0.28
"""By which share of the type size a mark's foot is above the base line at least; seen were 0.30 to 0.47."""
_MARK_HEIGHTS = (0.345, 0.62)
"""Heights of raised marks as shares of the type size; seen were 0.35 to 0.55, quotation marks 0.23 to 0.33."""
_PLAIN_LETTERS = "acemnorsuvwxz"
_ENOUGH = 10
"""Plain letters by which a line's size is known; a line with fewer has the size of the line before it."""
_IN_SEQUENCE = 0.6
"""Share of the marks of a page that must be read as consecutive numbers for the others to be misread ones."""
_ONE_MARK = 0.35
"""Share of the type size within which two raised signs are one number."""


@dataclass(frozen=True, slots=True)
class OcrChar:
    """A character and its box in points, y upwards."""

    text: str
    box: Rect
    raised: bool = False


@dataclass(frozen=True, slots=True)
class OcrLine:
    """A line: the base line's height at its left end, its slope and its words.

    `x_size` is the height from descenders to ascenders that tesseract estimates, `size` the type size, None while it is
    not known.
    """

    x0: float
    base: float
    slope: float
    x_size: float
    size: float | None
    words: tuple[tuple[OcrChar, ...], ...]

    def base_at(self, x: float) -> float:
        """The base line's height at `x`."""
        return self.base + self.slope * (x - self.x0)

    @property
    def type_size(self) -> float:
        """The type size, by tesseract's own estimate where nothing better is known."""
        return self.size or self.x_size * _X_SIZE_SHARE

    def glyphs(self) -> Iterator[Glyph]:
        """The line's characters as the parser takes them, with a space between words."""
        last: OcrChar | None = None
        for word in self.words:
            if last is not None and word:
                base = self.base_at(last.box.x1)
                yield Glyph(" ", last.box.x1, max(last.box.x1, word[0].box.x0), base, base, base, self.type_size)
            for char, following in zip(word, (*word[1:], None), strict=True):
                right = char.box.x1 if following is None else max(char.box.x1, following.box.x0)
                yield self._glyph(char, right)
            last = word[-1] if word else last

    def _glyph(self, char: OcrChar, right: float) -> Glyph:
        box = char.box
        if char.raised:
            return Glyph(char.text, box.x0, right, box.y0, box.y1, box.y0, box.height / _DIGIT_HEIGHT)
        return Glyph(char.text, box.x0, right, box.y0, box.y1, self.base_at(box.x0), self.type_size)


def read_lines(hocr: bytes, scale: float, height: float) -> list[OcrLine]:
    """The lines in the hOCR (with character boxes) of a page drawn `scale` pixels a point, `height` points high."""
    from lxml import html

    lines = []
    for node in html.fromstring(hocr).iter("span"):
        if node.get("class") in _LINES:
            line = _line(node, scale, height)
            if line.words:
                lines.append(line)
    return _agreed(lines)


def _line(node: Any, scale: float, height: float) -> OcrLine:
    title = _properties(node)
    x0, _, _, bottom = title["bbox"]
    slope, offset = (title.get("baseline") or [0.0, 0.0])[:2]
    words = (
        _in_order([_char(part, scale, height) for part in word.iter("span") if part.get("class") == "ocrx_cinfo"])
        for word in node.iter("span")
        if word.get("class") == "ocrx_word"
    )
    kept = tuple(word for word in words if word)
    x_size = title.get("x_size", [10.0 * scale])[0] / scale
    return OcrLine(x0 / scale, height - (bottom + offset) / scale, -slope, x_size, _size(kept), kept)


def _size(words: Sequence[Sequence[OcrChar]]) -> float | None:
    """The type size by the height of the plain letters, which says more than tesseract's guess of the whole line."""
    heights = [char.box.height for word in words for char in word if char.text in _PLAIN_LETTERS]
    return median(heights) / _X_HEIGHT if len(heights) >= _ENOUGH else None


def _in_order(chars: Sequence[OcrChar]) -> tuple[OcrChar, ...]:
    """A word's characters from left to right; where tesseract lost their places, evenly over the word."""
    if all(one.box.x0 <= two.box.x0 for one, two in pairwise(chars)):
        return tuple(chars)
    left, right = min(char.box.x0 for char in chars), max(char.box.x1 for char in chars)
    step = (right - left) / len(chars)
    return tuple(
        replace(char, box=replace(char.box, x0=left + at * step, x1=left + (at + 1) * step))
        for at, char in enumerate(chars)
    )


def _properties(node: Any) -> dict[str, list[float]]:
    """hOCR's `title`: names with numbers behind them."""
    found = {}
    for part in node.get("title", "").split(";"):
        name, _, rest = part.strip().partition(" ")
        found[name] = [float(number) for number in _NUMBERS.findall(rest)]
    return found


def _char(node: Any, scale: float, height: float) -> OcrChar:
    x0, top, x1, bottom = _properties(node)["x_bboxes"]
    box = Rect(x0 / scale, height - bottom / scale, x1 / scale, height - top / scale)
    return OcrChar(node.text_content(), box)


def _agreed(lines: Sequence[OcrLine]) -> list[OcrLine]:
    """The lines, with one size for nearly the same ones, and that of the line before for those too short to tell."""
    left = sorted(line.size for line in lines if line.size is not None)
    agreed: dict[float, float] = {}
    while left:
        middle = median(left)
        near = [size for size in left if abs(size - middle) <= _SAME_SIZE * middle] or left[:1]
        agreed |= dict.fromkeys(near, round(median(near), 1))
        left = [size for size in left if size not in agreed]
    found: list[OcrLine] = []
    last: float | None = None
    for line in lines:
        last = last if line.size is None else agreed[line.size]
        found.append(replace(line, size=last))
    return found


def raised_marks(lines: Sequence[OcrLine]) -> list[Rect]:
    """The boxes of the signs that are raised like a marker or a label, in the order of the lines."""
    return [rect for line in lines for rect in _marks_of(line)]


def _marks_of(line: OcrLine) -> list[Rect]:
    marks: list[Rect] = []
    for char in (char for word in line.words for char in word):
        if not _stands_raised(char, line):
            continue
        box = char.box
        if marks and box.x0 - marks[-1].x1 < _ONE_MARK * line.type_size:
            last = marks[-1]
            marks[-1] = Rect(last.x0, min(last.y0, box.y0), max(last.x1, box.x1), max(last.y1, box.y1))
        else:
            marks.append(box)
    return marks


def _stands_raised(char: OcrChar, line: OcrLine) -> bool:
    rise = (char.box.y0 - line.base_at(char.box.x0)) / line.type_size
    low, high = _MARK_HEIGHTS
    return rise >= _RAISED and low <= char.box.height / line.type_size <= high


def with_marks(lines: Sequence[OcrLine], marks: Mapping[int, str]) -> list[OcrLine]:
    """The lines with each raised mark (by its place in `raised_marks`) replaced by what it was read as alone.

    Where most labels of a page, or most of its markers, are consecutive numbers, so are those between them.
    """
    rects = [(line, rect) for line in lines for rect in _marks_of(line)]
    labels = [place for place, (line, rect) in enumerate(rects) if rect.x0 <= line.words[0][0].box.x0]
    markers = [place for place in range(len(rects)) if place in marks and place not in labels]
    texts = {**marks, **_in_sequence(labels, marks), **_in_sequence(markers, marks)}
    found: list[OcrLine] = []
    first = 0
    for line in lines:
        own = _marks_of(line)
        read = {rect: texts[first + at] for at, rect in enumerate(own) if first + at in texts}
        first += len(own)
        found.append(replace(line, words=_marked(line, read)) if read else line)
    return found


def _in_sequence(places: Sequence[int], marks: Mapping[int, str]) -> dict[int, str]:
    """The numbers of marks that follow each other, where enough of them were read so; else nothing."""
    read = [int(marks[place]) - at for at, place in enumerate(places) if marks.get(place, "").isdecimal()]
    if not read:
        return {}
    first, times = Counter(read).most_common(1)[0]
    if first < 1 or times < max(2, _IN_SEQUENCE * len(places)):
        return {}
    return {place: str(first + at) for at, place in enumerate(places)}


def _marked(line: OcrLine, texts: Mapping[Rect, str]) -> tuple[tuple[OcrChar, ...], ...]:
    words: list[tuple[OcrChar, ...]] = []
    done: set[Rect] = set()
    for word in line.words:
        chars: list[OcrChar] = []
        for char in word:
            rect = next((rect for rect in texts if _covers(rect, char.box)), None)
            if rect is None:
                chars.append(char)
            elif rect not in done:
                done.add(rect)
                chars.extend(_spread(texts[rect], rect))
        words.append(tuple(chars))
    return tuple(word for word in words if word)


def _covers(rect: Rect, box: Rect) -> bool:
    return rect.x0 <= box.x0 and box.x1 <= rect.x1 and rect.y0 <= box.y0 and box.y1 <= rect.y1


def _spread(text: str, rect: Rect) -> Iterator[OcrChar]:
    """The signs of a raised mark, side by side in its box."""
    edges = [rect.x0 + rect.width * at / len(text) for at in range(len(text) + 1)]
    for sign, (left, right) in zip(text, pairwise(edges), strict=True):
        yield OcrChar(sign, Rect(left, rect.y0, right, rect.y1), raised=True)
