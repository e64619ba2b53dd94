"""A picture of a page to be drawn on: highlighted words, outlined and labelled boxes, a legend above."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from PIL import Image, ImageChops, ImageDraw, ImageFont

from verifier.model import Box

_WHITE = (255, 255, 255)
_BLACK = (0, 0, 0)
_LINE = 17
_MARGIN = 6
_TYPE_SIZE = 13
_LABEL_SIZE = 11
_MOST_WARNINGS = 6
_BLANK = (990, 1400)
_NARROWEST = 620
"""Pixels that the legend needs to be read."""

_PRINTED_LABEL = 24
"""Pixels left free between a note and our label, where the note's own label is printed."""

_WRITABLE = str.maketrans(
    {"†": "dagger", "‡": "double dagger", "§": "section", "¶": "pilcrow", "‖": "bars", "∗": "*", "⁎": "*"}
    | dict.fromkeys("‘’", "'")
    | dict.fromkeys("“”", '"')
    | dict.fromkeys("–—‑", "-")
)
"""Labels and punctuation that Pillow's own font lacks."""

Pixels = tuple[int, int, int, int]
"""Left, top, right and bottom in a picture."""

ToPixels = Callable[[float, float], tuple[int, int]]
"""From PDF points to a picture's pixels."""


class Colour(Enum):
    """What a colour stands for: its words in the legend, the colour of lines and words, that of highlights."""

    CLAUSE = ("clause before a marker", (150, 130, 0), (255, 232, 80))
    SENTENCE = ("rest of its sentence", (150, 130, 0), (255, 248, 190))
    MARKER = ("marker", (213, 94, 0), (255, 205, 170))
    NOTE = ("note", (0, 114, 178), (218, 238, 252))
    LINK = ("link, and whose", (0, 140, 100), (200, 242, 226))
    DOUBT = ("something may be wrong", (170, 40, 130), (250, 215, 238))

    def __init__(self, words: str, line: tuple[int, int, int], tint: tuple[int, int, int]) -> None:
        self.words = words
        self.line = line
        self.tint = tint


class Side(Enum):
    """Where a label is, seen from what it labels."""

    LEFT = "left"
    RIGHT = "right"
    ABOVE = "above"


@dataclass(frozen=True, slots=True)
class Tag:
    """Boxes that belong together, with a label beside them."""

    boxes: tuple[Box, ...]
    words: str
    colour: Colour
    side: Side


class PageCanvas:
    """The picture of one page; `to_pixels` takes PDF points to it."""

    def __init__(self, page: Image.Image, to_pixels: ToPixels) -> None:
        self._page = page
        self._to_pixels = to_pixels
        self._tint = Image.new("RGB", page.size, _WHITE)
        self._tints = ImageDraw.Draw(self._tint)
        self._tags: list[Tag] = []

    @classmethod
    def blank(cls) -> "PageCanvas":
        """A white page, for one that cannot be drawn."""
        return cls(Image.new("RGB", _BLANK, _WHITE), lambda x, y: (int(x), int(y)))

    def highlight(self, boxes: Sequence[Box], colour: Colour) -> None:
        """Tint what is in some boxes, as a highlighter does: what is black stays black."""
        for box in boxes:
            self._tints.rectangle(self._pixels(box), fill=colour.tint)

    def outline(self, tag: Tag) -> None:
        """Tint and outline boxes and label them."""
        self.highlight(tag.boxes, tag.colour)
        self._tags.append(tag)

    def finished(self, headline: str, warnings: Sequence[str]) -> Image.Image:
        """The picture with everything drawn, under a legend, a headline and the page's warnings."""
        page = ImageChops.multiply(self._page, self._tint)
        pencil = ImageDraw.Draw(page)
        for tag in self._tags:
            self._draw(pencil, tag)
        lines = list(warnings[:_MOST_WARNINGS])
        if len(warnings) > _MOST_WARNINGS:
            lines.append(f"and {len(warnings) - _MOST_WARNINGS} warnings more")
        head = _LINE * (2 + len(lines)) + 2 * _MARGIN
        whole = Image.new("RGB", (max(page.width, _NARROWEST), page.height + head), _WHITE)
        whole.paste(page, (0, head))
        _draw_head(ImageDraw.Draw(whole), headline, lines)
        ImageDraw.Draw(whole).line((0, head - 1, whole.width, head - 1), fill=_BLACK)
        return whole

    def _pixels(self, box: Box) -> Pixels:
        ax, ay = self._to_pixels(box.x0, box.y0)
        bx, by = self._to_pixels(box.x1, box.y1)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)

    def _draw(self, pencil: ImageDraw.ImageDraw, tag: Tag) -> None:
        places = [self._pixels(box) for box in tag.boxes]
        for place in places:
            pencil.rectangle(place, outline=tag.colour.line)
        font = ImageFont.load_default(_LABEL_SIZE)
        words = tag.words.translate(_WRITABLE)
        width = font.getlength(words)
        x, y = _label_place(tag, places[0], places[-1], width)
        pencil.rectangle((x, y, x + width + 3, y + _LABEL_SIZE + 2), fill=tag.colour.line)
        pencil.text((x + 2, y), words, fill=_WHITE, font=font)


def _label_place(tag: Tag, first: Pixels, last: Pixels, width: float) -> tuple[float, float]:
    """Where a label hides least: left of a note and of its printed label, right of a link, above a marker."""
    match tag.side:
        case Side.LEFT:
            x, y = first[0] - width - _PRINTED_LABEL, first[1]
        case Side.RIGHT:
            x, y = last[2] + 1.0, last[1]
        case Side.ABOVE:
            x, y = first[0] + 0.0, first[1] - _LABEL_SIZE - 2
    return max(0.0, x), max(0, y)


def _draw_head(pencil: ImageDraw.ImageDraw, headline: str, lines: Sequence[str]) -> None:
    font = ImageFont.load_default(_TYPE_SIZE)
    pencil.text((_MARGIN, _MARGIN), headline.translate(_WRITABLE), fill=_BLACK, font=font)
    x = float(_MARGIN)
    y = _MARGIN + _LINE
    for colour in Colour:
        pencil.rectangle((x, y + 2, x + 12, y + 14), fill=colour.tint, outline=colour.line)
        pencil.text((x + 16, y), colour.words, fill=_BLACK, font=font)
        x += font.getlength(colour.words) + 32
    for number, line in enumerate(lines, start=2):
        pencil.text((_MARGIN, _MARGIN + number * _LINE), line.translate(_WRITABLE), fill=Colour.DOUBT.line, font=font)
