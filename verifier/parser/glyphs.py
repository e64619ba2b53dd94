"""The characters of a page with their places, as pdfium sees them, and the thin rules drawn on it."""

import ctypes
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from verifier.parser.geometry import Frame, Rect

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
_RULE_THICKNESS = 2.5
_RULE_LENGTH = 25.0


@dataclass(slots=True)
class Glyph:
    """A character in the reading frame: origin, right edge, tight vertical box, baseline, size as drawn.

    `parted`: pdfium sees a space before it that is not drawn.
    """

    char: str
    x0: float
    x1: float
    bottom: float
    top: float
    base: float
    size: float
    parted: bool = False


@dataclass(frozen=True, slots=True)
class PageInk:
    """What is drawn on a page (from 1): glyphs in the order of the content stream, and horizontal rules.

    `cut`: the page holds more than is read of one. `hidden`: its text is set invisible, as OCR programs lay it
    under the picture of a scanned page.
    """

    page: int
    frame: Frame
    glyphs: list[Glyph]
    rules: list[Rect]
    images: int = 0
    cut: bool = False
    hidden: bool = False


def read_ink(document: Any, index: int) -> PageInk:
    """Read page `index` (from 0) of an open pypdfium2 document.

    Raises pypdfium2.PdfiumError when pdfium cannot load the page.
    """
    page = document[index]
    try:
        drawings = _drawings(page.raw)
        text_page = page.get_textpage()
        try:
            count = pdfium.FPDFText_CountChars(text_page.raw)
            frame, glyphs = _glyphs(text_page.raw, min(count, MAX_GLYPHS), drawings.panels)
        finally:
            text_page.close()
    finally:
        page.close()
    rules = [frame.rect_to_reading(rule) for rule in drawings.rules]
    rules = [rule for rule in rules if rule.height <= _RULE_THICKNESS and rule.width >= _RULE_LENGTH]
    return PageInk(index + 1, frame, glyphs, rules, drawings.images, count > MAX_GLYPHS, drawings.hidden)


def _glyphs(text_page: Any, count: int, panels: Sequence[Rect]) -> tuple[Frame, list[Glyph]]:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    x, y = ctypes.c_double(), ctypes.c_double()
    matrix, loose = pdfium.FS_MATRIX(), pdfium.FS_RECTF()
    colour = tuple(ctypes.c_uint() for _ in range(4))
    raw: list[tuple[str, int, float, float, Rect, Rect, float, bool]] = []
    parted = False
    unseen: list[int] = []
    turns: Counter[int] = Counter()
    for i in range(count):
        code = pdfium.FPDFText_GetUnicode(text_page, i)
        if 0xD800 <= code <= 0xDFFF:
            code = _whole(text_page, i, code)
        if code in (0x0A, 0x0D, 0):
            continue
        if pdfium.FPDFText_IsGenerated(text_page, i) == 1:
            parted = code == _SPACE
            continue
        pdfium.FPDFText_GetCharBox(text_page, i, left, right, bottom, top)
        pdfium.FPDFText_GetCharOrigin(text_page, i, x, y)
        pdfium.FPDFText_GetLooseCharBox(text_page, i, loose)
        pdfium.FPDFText_GetMatrix(text_page, i, matrix)
        a, b, c, d = matrix.a, matrix.b, matrix.c, matrix.d
        quarters = _quarters(a, b)
        turns[quarters] += 1
        size = pdfium.FPDFText_GetFontSize(text_page, i) * ((c * c + d * d) ** 0.5 or 1.0)
        char = HYPHEN_AT_BREAK if code in (0x02, 0xFFFE, 0xAD) else chr(code)
        tight = Rect(left.value, bottom.value, right.value, top.value)
        wide = Rect(loose.left, loose.bottom, loose.right, loose.top)
        if _is_white(text_page, i, colour) and not _lies_on(tight, panels):
            unseen.append(len(raw))
        raw.append((char, quarters, x.value, y.value, tight, wide, size, parted))
        parted = False
    if unseen and len(unseen) < len(raw):
        gone = set(unseen)
        raw = [item for at, item in enumerate(raw) if at not in gone]
    frame = Frame(turns.most_common(1)[0][0] if turns else 0)
    return frame, [_placed(frame, *item) for item in raw if item[1] == frame.quarters]


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
    frame: Frame, char: str, _quarters: int, x: float, y: float, tight: Rect, wide: Rect, size: float, parted: bool
) -> Glyph:
    if frame.quarters:
        x, y = frame.to_reading(x, y)
        tight, wide = frame.rect_to_reading(tight), frame.rect_to_reading(wide)
    right = max(wide.x1, tight.x1 if wide.x1 <= wide.x0 else wide.x1)
    return Glyph(char, x, max(x, right), tight.y0, tight.y1, y, size or wide.height or 1.0, parted)


def _is_white(text_page: Any, index: int, colour: tuple[ctypes.c_uint, ...]) -> bool:
    """Whether a character is filled with white or with nothing: job tickets and slugs are set so."""
    if not pdfium.FPDFText_GetFillColor(text_page, index, *colour):
        return False
    red, green, blue, alpha = (part.value for part in colour)
    return alpha == 0 or min(red, green, blue) >= _WHITE


def _lies_on(glyph: Rect, panels: Sequence[Rect]) -> bool:
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2
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
        if len(modes) < 2:
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
