"""The characters of a page with their places, as pdfium sees them, and the thin rules drawn on it."""

import ctypes
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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


def _bare(function: Any, answer: type) -> Any:
    """One of pdfium's functions that takes its arguments as they are: converting them costs more than the answer.

    It is called with ctypes objects and ints only; an address as answer is a plain number.
    """
    return ctypes.CFUNCTYPE(answer)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_code_at = _bare(pdfium.FPDFText_GetUnicode, ctypes.c_uint)
_box_at = _bare(pdfium.FPDFText_GetCharBox, ctypes.c_int)
_origin_at = _bare(pdfium.FPDFText_GetCharOrigin, ctypes.c_int)
_loose_at = _bare(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int)
_object_at = _bare(pdfium.FPDFText_GetTextObject, ctypes.c_void_p)
_is_generated = _bare(pdfium.FPDFText_IsGenerated, ctypes.c_int)
_matrix_at = _bare(pdfium.FPDFText_GetMatrix, ctypes.c_int)
_size_at = _bare(pdfium.FPDFText_GetFontSize, ctypes.c_double)
_colour_at = _bare(pdfium.FPDFText_GetFillColor, ctypes.c_int)
_mode_of = _bare(pdfium.FPDFTextObj_GetTextRenderMode, ctypes.c_int)
_RULE_THICKNESS, _RULE_LENGTH = 2.5, 25.0
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


@dataclass(slots=True)
class _Seen:
    """The characters that are drawn: of each its style, and its glyph if it is turned as the page's frame is.

    `tight` holds the boxes (left, bottom, right, top) of those that may be hidden, by their place in the lists.
    """

    styles: list[_Style] = field(default_factory=list)
    glyphs: list[Glyph | None] = field(default_factory=list)
    tight: dict[int, list[float]] = field(default_factory=dict)


def _glyphs(text_page: Any, count: int, panels: Sequence[Rect], tagged: Mapping[int, int]) -> tuple[Frame, list[Glyph]]:
    styles = _Styles(text_page, tagged)
    frame = Frame()
    seen = _characters(text_page, count, styles, frame)
    turns = Counter(style.quarters for style in seen.styles) if styles.turned else Counter({0: 1})
    if seen.styles and turns.most_common(1)[0][0]:
        frame = Frame(turns.most_common(1)[0][0])
        seen = _characters(text_page, count, styles, frame)
    under_picture = bool(seen.tight) and 2 * sum(style.invisible for style in seen.styles) > len(seen.styles)
    unseen = (at for at in seen.tight if seen.styles[at].white or not under_picture)
    hidden = {at for at in unseen if not _lies_on(seen.tight[at], panels)}
    if len(hidden) == len(seen.styles):
        hidden.clear()
    return frame, [glyph for at, glyph in enumerate(seen.glyphs) if glyph is not None and at not in hidden]


def _characters(text_page: Any, count: int, styles: "_Styles", frame: Frame) -> _Seen:
    """Read the characters. Asking pdfium is most of the time: what can be asked once for many is.

    Nothing but the glyph is kept of one, since the collector's rounds would cost as much again.
    """
    tight, loose = (ctypes.c_double * 6)(), (ctypes.c_float * 4)()
    left, bottom, right, top, x, y = (ctypes.byref(tight, at * ctypes.sizeof(ctypes.c_double)) for at in range(6))
    edges = ctypes.byref(loose)
    page = ctypes.cast(text_page, ctypes.c_void_p)
    code_at, box_at, origin_at, loose_at, object_at = _code_at, _box_at, _origin_at, _loose_at, _object_at
    seen, known = _Seen(), styles.known
    place, quarters = _turned if frame.quarters else _placed, frame.quarters
    add_style, add_glyph = seen.styles.append, seen.glyphs.append
    parted = False
    for i in range(count):
        code = code_at(page, i)
        if code == _SPACE and _is_generated(page, i) == 1:
            parted = True
            continue
        if 0xD800 <= code <= 0xDFFF:
            code = _whole(text_page, i, code)
        if code in _NO_CHARACTERS:
            continue
        char = HYPHEN_AT_BREAK if code in _HYPHENS else chr(code)
        box_at(page, i, left, right, bottom, top)
        origin_at(page, i, x, y)
        loose_at(page, i, edges)
        drawn_by = object_at(page, i)
        style = known.get(drawn_by) or styles.read(i, drawn_by)
        if style.white or style.invisible:
            seen.tight[len(seen.styles)] = tight[:4]
        add_style(style)
        add_glyph(place(frame, style, char, tight[:], loose[:], parted) if style.quarters == quarters else None)
        parted = False
    return seen


class _Styles:
    """The styles of a page's text objects, each asked for once; `tagged` are the notes' marked contents.

    `turned`: some are not upright.
    """

    def __init__(self, text_page: Any, tagged: Mapping[int, int]) -> None:
        self._page = ctypes.cast(text_page, ctypes.c_void_p)
        self._tagged = tagged
        self.known: dict[int | None, _Style] = {}
        self.turned = False
        self._matrix = pdfium.FS_MATRIX()
        self._matrix_ref = ctypes.byref(self._matrix)
        self._colour = (ctypes.c_uint * 4)()
        self._channels = [ctypes.byref(self._colour, at * ctypes.sizeof(ctypes.c_uint)) for at in range(4)]

    def read(self, index: int, drawn_by: int | None) -> _Style:
        """The style of a character of a text object that is not yet `known`."""
        matrix = self._matrix
        _matrix_at(self._page, index, self._matrix_ref)
        c, d = matrix.c, matrix.d
        size = _size_at(self._page, index) * ((c * c + d * d) ** 0.5 or 1.0)
        quarters = _quarters(matrix.a, matrix.b)
        style = _Style(quarters, size, self._is_white(index), self._note(drawn_by), _is_invisible(drawn_by))
        self.turned = self.turned or quarters != 0
        if drawn_by is not None:
            self.known[drawn_by] = style
        return style

    def _note(self, drawn_by: int | None) -> int:
        if drawn_by is None or not self._tagged:
            return 0
        item = ctypes.cast(ctypes.c_void_p(drawn_by), pdfium.FPDF_PAGEOBJECT)
        return self._tagged.get(pdfium.FPDFPageObj_GetMarkedContentID(item), 0)

    def _is_white(self, index: int) -> bool:
        """Whether a character is filled with white or with nothing: job tickets and slugs are set so."""
        if not _colour_at(self._page, index, *self._channels):
            return False
        red, green, blue, alpha = self._colour
        return alpha == 0 or (red >= _WHITE and green >= _WHITE and blue >= _WHITE)


def _is_invisible(drawn_by: int | None) -> bool:
    if drawn_by is None:
        return False
    return bool(_mode_of(ctypes.c_void_p(drawn_by)) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)


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


def _placed(frame: Frame, style: _Style, char: str, tight: list[float], wide: list[float], parted: bool) -> Glyph:
    _, bottom, right, top, x, y = tight
    start, high, end, low = wide
    if end <= start and right > end:
        end = right
    return Glyph(char, x, end if end > x else x, bottom, top, y, style.size or high - low or 1.0, parted, style.note)


def _turned(frame: Frame, style: _Style, char: str, tight: list[float], wide: list[float], parted: bool) -> Glyph:
    """The same on a page whose text is turned."""
    inked = frame.rect_to_reading(Rect(*tight[:4]))
    advance = frame.rect_to_reading(Rect(wide[0], wide[3], wide[2], wide[1]))
    x, y = frame.to_reading(*tight[4:])
    upright = [inked.x0, inked.y0, inked.x1, inked.y1, x, y]
    return _placed(frame, style, char, upright, [advance.x0, advance.y1, advance.x1, advance.y0], parted)


def _lies_on(tight: Sequence[float], panels: Sequence[Rect]) -> bool:
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
