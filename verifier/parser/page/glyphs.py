"""The characters of a page with their places, as pdfium sees them, and the thin rules drawn on it."""

import ctypes
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from verifier.parser.page.geometry import Frame, Rect
from verifier.parser.page.tagging import tagged_notes

HYPHEN_AT_BREAK = "\u00ad"
"""Stands for a hyphen at a line's end; pdfium reports one as U+0002 or U+FFFE whatever was drawn."""

MAX_GLYPHS = 60_000
"""Characters that are read of one page; a newspaper's densest page has a third of it. Bounds time and memory."""
_MAX_OBJECTS = 60_000
_MAX_FORM_OBJECTS = 200
_MAX_PANELS = 200
_WHITE = 250
"""Of 255, in every colour."""
_SPACE = 0x20
_NO_CHARACTERS = frozenset((0x00, 0x0A, 0x0D))
_HYPHENS = frozenset((0x02, 0xAD, 0xFFFE))
_text_object = ctypes.CFUNCTYPE(ctypes.c_void_p, pdfium.FPDF_TEXTPAGE, ctypes.c_int)(
    ctypes.cast(pdfium.FPDFText_GetTextObject, ctypes.c_void_p).value or 0
)
"""FPDFText_GetTextObject with its answer as a plain number: all that is asked is whether two are one."""
_RULE_THICKNESS = 2.5
_RULE_LENGTH = 25.0
SHORTEST_STROKE, LONGEST_STROKE = 1.5, 12.0
"""Points that a rule is long which stands for an underscore: three tenths of the type size in TeX."""
_MAX_STROKES = 200
_TOUCHING = 1.0
"""Points between the pieces of one line at most."""


@dataclass(slots=True)
class Glyph:
    """A character in the reading frame: origin, right edge, tight vertical box, baseline, size as drawn.

    `parted`: pdfium sees a space before it that is not drawn. `note`: which of the page's tagged notes it is of, as
    `tagged_notes` counts them; 0 for none.
    """

    char: str
    x0: float
    x1: float
    bottom: float
    top: float
    base: float
    size: float
    parted: bool = False
    note: int = 0


@dataclass(frozen=True, slots=True)
class PageInk:
    """What is drawn on a page (from 1): glyphs in the order of the content stream, and horizontal rules.

    `cut`: the page holds more than is read of one. `hidden`: its text is set invisible, as OCR programs lay it
    under the picture of a scanned page. `strokes` are horizontal rules too short to part anything.
    """

    page: int
    frame: Frame
    glyphs: list[Glyph]
    rules: list[Rect]
    images: int = 0
    cut: bool = False
    hidden: bool = False
    strokes: tuple[Rect, ...] = ()


def read_ink(document: Any, index: int) -> PageInk:
    """Read page `index` (from 0) of an open pypdfium2 document.

    Raises pypdfium2.PdfiumError when pdfium cannot load the page.
    """
    page = document[index]
    try:
        drawings = _drawings(page.raw)
        tagged = tagged_notes(document, page)
        text_page = page.get_textpage()
        try:
            count = pdfium.FPDFText_CountChars(text_page.raw)
            frame, glyphs = _glyphs(text_page.raw, min(count, MAX_GLYPHS), drawings.panels, tagged)
        finally:
            text_page.close()
    finally:
        page.close()
    rules = [frame.rect_to_reading(rule) for rule in drawings.rules]
    rules = [rule for rule in rules if rule.height <= _RULE_THICKNESS]
    strokes = tuple(_alone(rules))
    rules = [rule for rule in rules if rule.width >= _RULE_LENGTH]
    cut = count > MAX_GLYPHS
    return PageInk(index + 1, frame, glyphs, rules, drawings.images, cut, drawings.hidden, strokes)


def _alone(rules: Sequence[Rect]) -> Iterator[Rect]:
    """The short rules that touch no other: an underlined word's line may be drawn in pieces."""
    short = [rule for rule in rules if SHORTEST_STROKE <= rule.width <= LONGEST_STROKE]
    for rule in short[:_MAX_STROKES]:
        level = [other for other in rules if other is not rule and abs(other.y0 - rule.y0) <= 1]
        if not any(other.x0 <= rule.x1 + _TOUCHING and rule.x0 <= other.x1 + _TOUCHING for other in level):
            yield rule


class _Style(NamedTuple):
    """What the characters of one text object share.

    Turn in quarters, size as drawn, whether they are white, the tagged note that they are of, and whether they are
    drawn at all (text rendering mode 3).
    """

    quarters: int
    size: float
    white: bool
    note: int
    invisible: bool = False


_Edges = tuple[float, float, float, float]
"""Left, bottom, right, top; in the order of Rect, which is too slow to make for every character."""

_Seen = tuple[_Style, str, float, float, _Edges, _Edges, bool]
"""Style, character, x and y of its origin, its tight and its advance box, and `parted`."""


def _glyphs(text_page: Any, count: int, panels: Sequence[Rect], tagged: Mapping[int, int]) -> tuple[Frame, list[Glyph]]:
    seen = list(_characters(text_page, count, _Styles(text_page, tagged)))
    turns = Counter(item[0].quarters for item in seen)
    frame = Frame(turns.most_common(1)[0][0] if turns else 0)
    under_picture = 2 * sum(item[0].invisible for item in seen) > len(seen)
    visible = [
        item
        for item in seen
        if not (item[0].white or (item[0].invisible and not under_picture)) or _lies_on(item[4], panels)
    ]
    return frame, [_placed(frame, *item) for item in visible or seen if item[0].quarters == frame.quarters]


def _characters(text_page: Any, count: int, styles: "_Styles") -> Iterator[_Seen]:
    """The characters that are drawn. Asking pdfium is most of the time: what can be asked once for many is."""
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    loose = pdfium.FS_RECTF()
    code_at, box_at, origin_at, loose_at = (
        pdfium.FPDFText_GetUnicode,
        pdfium.FPDFText_GetCharBox,
        pdfium.FPDFText_GetCharOrigin,
        pdfium.FPDFText_GetLooseCharBox,
    )
    style_at = styles.at
    parted = False
    for i in range(count):
        code = code_at(text_page, i)
        if 0xD800 <= code <= 0xDFFF:
            code = _whole(text_page, i, code)
        if code in _NO_CHARACTERS:
            continue
        if code == _SPACE and pdfium.FPDFText_IsGenerated(text_page, i) == 1:
            parted = True
            continue
        box_at(text_page, i, left, right, bottom, top)
        origin_at(text_page, i, x, y)
        loose_at(text_page, i, loose)
        char = HYPHEN_AT_BREAK if code in _HYPHENS else chr(code)
        tight = left.value, bottom.value, right.value, top.value
        wide = loose.left, loose.bottom, loose.right, loose.top
        yield style_at(i), char, x.value, y.value, tight, wide, parted
        parted = False


class _Styles:
    """The styles of a page's text objects, each asked for once; `tagged` are the notes' marked contents."""

    def __init__(self, text_page: Any, tagged: Mapping[int, int]) -> None:
        self._text_page = text_page
        self._tagged = tagged
        self._known: dict[int, _Style] = {}
        self._matrix = pdfium.FS_MATRIX()
        self._colour = tuple(ctypes.c_uint() for _ in range(4))

    def at(self, index: int) -> _Style:
        """The style of a character."""
        drawn_by = _text_object(self._text_page, index)
        style = self._known.get(drawn_by)
        if style is None:
            style = self._read(index, drawn_by)
            if drawn_by is not None:
                self._known[drawn_by] = style
        return style

    def _read(self, index: int, drawn_by: int | None) -> _Style:
        matrix = self._matrix
        pdfium.FPDFText_GetMatrix(self._text_page, index, matrix)
        a, b, c, d = matrix.a, matrix.b, matrix.c, matrix.d
        size = pdfium.FPDFText_GetFontSize(self._text_page, index) * ((c * c + d * d) ** 0.5 or 1.0)
        return _Style(_quarters(a, b), size, self._is_white(index), self._note(drawn_by), _is_invisible(drawn_by))

    def _note(self, drawn_by: int | None) -> int:
        if drawn_by is None or not self._tagged:
            return 0
        item = ctypes.cast(ctypes.c_void_p(drawn_by), pdfium.FPDF_PAGEOBJECT)
        return self._tagged.get(pdfium.FPDFPageObj_GetMarkedContentID(item), 0)

    def _is_white(self, index: int) -> bool:
        """Whether a character is filled with white or with nothing: job tickets and slugs are set so."""
        red, green, blue, alpha = self._colour
        if not pdfium.FPDFText_GetFillColor(self._text_page, index, red, green, blue, alpha):
            return False
        return alpha.value == 0 or (red.value >= _WHITE and green.value >= _WHITE and blue.value >= _WHITE)


def _is_invisible(drawn_by: int | None) -> bool:
    if drawn_by is None:
        return False
    item = ctypes.cast(ctypes.c_void_p(drawn_by), pdfium.FPDF_PAGEOBJECT)
    return bool(pdfium.FPDFTextObj_GetTextRenderMode(item) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)


def _whole(text_page: Any, index: int, half: int) -> int:
    """The character that a UTF-16 half belongs to: pdfium counts the two halves of one as two characters.

    The first half stands for both, the second is left out (0); a half alone is U+FFFD.
    """
    if half < 0xDC00:
        low = pdfium.FPDFText_GetUnicode(text_page, index + 1)
        return 0x10000 + ((half - 0xD800) << 10) + (low - 0xDC00) if 0xDC00 <= low <= 0xDFFF else 0xFFFD
    high = pdfium.FPDFText_GetUnicode(text_page, index - 1) if index else 0
    return 0 if 0xD800 <= high < 0xDC00 else 0xFFFD


def _quarters(a: float, b: float) -> int:
    if abs(a) >= abs(b):
        return 0 if a >= 0 else 2
    return 1 if b > 0 else 3


def _placed(
    frame: Frame, style: _Style, char: str, x: float, y: float, tight: _Edges, wide: _Edges, parted: bool
) -> Glyph:
    if frame.quarters:
        x, y = frame.to_reading(x, y)
        tight, wide = (astuple(frame.rect_to_reading(Rect(*box))) for box in (tight, wide))
    _, bottom, right, top = tight
    start, low, end, high = wide
    if end <= start and right > end:
        end = right
    return Glyph(char, x, end if end > x else x, bottom, top, y, style.size or high - low or 1.0, parted, style.note)


def _lies_on(tight: _Edges, panels: Sequence[Rect]) -> bool:
    x, y = (tight[0] + tight[2]) / 2, (tight[1] + tight[3]) / 2
    return any(panel.x0 <= x <= panel.x1 and panel.y0 <= y <= panel.y1 for panel in panels)


@dataclass(frozen=True, slots=True)
class _Drawings:
    """Thin lines and coloured panels, in page coordinates, how many pictures, and whether all text is invisible."""

    rules: list[Rect]
    panels: list[Rect]
    images: int
    hidden: bool


def _drawings(page: Any) -> _Drawings:
    rules: list[Rect] = []
    panels: list[Rect] = []
    images = 0
    modes: set[bool] = set()
    edges = tuple(ctypes.c_float() for _ in range(4))
    for i in range(min(pdfium.FPDFPage_CountObjects(page), _MAX_OBJECTS)):
        item = pdfium.FPDFPage_GetObject(page, i)
        kind = pdfium.FPDFPageObj_GetType(item)
        images += kind == pdfium.FPDF_PAGEOBJ_IMAGE
        if False not in modes:
            modes.update(_hidden_modes(item, kind))
        if kind not in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE):
            continue
        if not pdfium.FPDFPageObj_GetBounds(item, *edges):
            continue
        rect = Rect(*(edge.value for edge in edges))
        if min(rect.width, rect.height) <= _RULE_THICKNESS:
            rules.append(rect)
        elif len(panels) < _MAX_PANELS and (kind == pdfium.FPDF_PAGEOBJ_IMAGE or _is_coloured(item)):
            panels.append(rect)
    return _Drawings(rules, panels, images, hidden=modes == {True})


def _hidden_modes(item: Any, kind: int) -> Iterator[bool]:
    """Whether a text object is set invisible, or those of a form are; OCR programs use either."""
    if kind == pdfium.FPDF_PAGEOBJ_TEXT:
        yield pdfium.FPDFTextObj_GetTextRenderMode(item) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
    elif kind == pdfium.FPDF_PAGEOBJ_FORM:
        for i in range(min(pdfium.FPDFFormObj_CountObjects(item), _MAX_FORM_OBJECTS)):
            part = pdfium.FPDFFormObj_GetObject(item, i)
            if pdfium.FPDFPageObj_GetType(part) == pdfium.FPDF_PAGEOBJ_TEXT:
                yield pdfium.FPDFTextObj_GetTextRenderMode(part) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE


def _is_coloured(item: Any) -> bool:
    """Whether a path fills its area with something that white type can be read on."""
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(item, mode, stroke) or mode.value == pdfium.FPDF_FILLMODE_NONE:
        return False
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(item, red, green, blue, alpha):
        return True
    return alpha.value > 0 and min(red.value, green.value, blue.value) < _WHITE
