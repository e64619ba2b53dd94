"""The glyphs of a scanned page, read by tesseract where the `ocr` extra and the program are installed."""

import importlib.util
import os
import shlex
import shutil
import time
from collections.abc import Sequence
from typing import Any

from verifier.model import ExtractionWarning, WarningCode
from verifier.parser.page.geometry import Frame, Rect
from verifier.parser.page.glyphs import PageInk
from verifier.parser.page.hocr import raised_marks, read_lines, with_marks
from verifier.parser.patterns import regex

_DOTS_PER_INCH = 300
"""What tesseract's models were trained on (its documentation, "Improving the quality of the output")."""

_LARGEST_SIDE = 6000
"""Pixels; a larger page is rendered smaller."""

_BUDGET = 150.0
"""Seconds of one document: half of the reading process's deadline, so that the other pages are still read."""

_MARK_HEIGHT, _MARK_CELL, _MARKS_A_ROW = 60, 120, 8
"""Raised marks are read again enlarged to this height, each in a cell of this width, so many in a row (pixels)."""

_MARKS = "0123456789*\"'“”‘’"
"""What a raised mark may be; the quotation marks are there so that they are not taken for digits."""


_MARK = regex(r"\d{1,3}|\*{1,3}")


_LEAST_LETTERS = 100
"""A picture with fewer letters is a photograph, a chart or a cover; what tesseract sees in one makes no sentences."""


def can_read() -> bool:
    """Whether pytesseract (the `ocr` extra) and tesseract itself are installed."""
    return importlib.util.find_spec("pytesseract") is not None and shutil.which("tesseract") is not None


def read_scan(document: Any, ink: PageInk, ocr: "PageOcr | None") -> tuple[PageInk, ExtractionWarning | None]:
    """A page as far as it is read: where it has pictures and no text, by OCR; with what is to be said of it.

    `ocr` is None where nothing that reads scans is installed.
    """
    written = any(not glyph.char.isspace() for glyph in ink.glyphs)
    if not ink.images or (written and not ink.hidden):
        return ink, None
    if written:
        message = "the page is a scan, and the text under its picture was read by OCR: it may be misread"
        return ink, ExtractionWarning(ink.page, WarningCode.READ_BY_OCR, message)
    seen = ocr.read(document, ink.page - 1) if ocr is not None else None
    if seen is None:
        why = (
            "no text could be read on them" if ocr is not None else "with the `ocr` extra and tesseract it can be read"
        )
        message = f"the page has no text, only pictures: it is scanned and needs OCR ({why})"
        return ink, ExtractionWarning(ink.page, WarningCode.NO_TEXT_LAYER, message)
    message = "the page is a scan; its text was read by OCR and may be misread"
    return seen, ExtractionWarning(ink.page, WarningCode.READ_BY_OCR, message)


class PageOcr:
    """Reads the scanned pages of one document until its time is used up."""

    def __init__(self, seconds: float = _BUDGET) -> None:
        self._ends = time.monotonic() + seconds

    def read(self, document: Any, index: int) -> PageInk | None:
        """The ink of page `index` (from 0) of an open document; None when there is no text on it, or no time left.

        Letters come from one reading of the page; small raised signs, which tesseract takes for quotation marks, are
        read a second time on their own. Raises pypdfium2.PdfiumError when the page cannot be drawn.
        """
        import pytesseract

        page = document[index]
        try:
            picture, scale, height = _picture(page)
        finally:
            page.close()
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # a reader per core is running already
        try:
            lines = read_lines(self._hocr(picture, "-c hocr_char_boxes=1"), scale, height)
            marks = raised_marks(lines)
            if marks:
                lines = with_marks(lines, self._read_again(picture, marks, scale, height))
        except (pytesseract.TesseractError, RuntimeError):  # pytesseract tells a time-out by a RuntimeError
            return None
        glyphs = [glyph for line in lines for glyph in line.glyphs()]
        if sum(glyph.char.isalpha() for glyph in glyphs) < _LEAST_LETTERS:
            return None
        return PageInk(index + 1, Frame(0), glyphs, [], images=1)

    def _hocr(self, picture: Any, config: str) -> bytes:
        import pytesseract

        left = self._ends - time.monotonic()
        if left <= 1:
            raise RuntimeError("no time left")
        found = pytesseract.image_to_pdf_or_hocr(picture, extension="hocr", config=config, timeout=left)
        return bytes(found)

    def _read_again(self, picture: Any, marks: Sequence[Rect], scale: float, height: float) -> dict[int, str]:
        """What each raised mark reads as when it is enlarged and read among its like; only digits and stars count."""
        sheet = _sheet(picture, marks, scale, height)
        config = f"--psm 6 -c hocr_char_boxes=1 -c {shlex.quote(f'tessedit_char_whitelist={_MARKS}')}"
        found: dict[int, str] = {}
        for line in read_lines(self._hocr(sheet, config), 1.0, sheet.height):
            for char in (char for word in line.words for char in word):
                middle_x, middle_y = (char.box.x0 + char.box.x1) / 2, (char.box.y0 + char.box.y1) / 2
                row = int((sheet.height - middle_y) // (2 * _MARK_HEIGHT))
                place = row * _MARKS_A_ROW + int(middle_x // _MARK_CELL)
                found[place] = found.get(place, "") + char.text
        return {place: text for place, text in found.items() if _MARK.fullmatch(text)}


def _picture(page: Any) -> tuple[Any, float, float]:
    """The page as it is drawn without its rotation, pixels a point, and its height in points."""
    page.set_rotation(0)
    width, height = page.get_size()
    scale = min(_DOTS_PER_INCH / 72, _LARGEST_SIDE / max(width, height, 1.0))
    return page.render(scale=scale, grayscale=True).to_pil(), scale, height


def _sheet(picture: Any, marks: Sequence[Rect], scale: float, height: float) -> Any:
    """A picture of the marks alone, in rows of cells."""
    from PIL import Image

    rows = -(-len(marks) // _MARKS_A_ROW)
    sheet = Image.new("L", (_MARK_CELL * _MARKS_A_ROW, 2 * _MARK_HEIGHT * rows), 255)
    for place, mark in enumerate(marks):
        edges = (mark.x0 * scale, (height - mark.y1) * scale, mark.x1 * scale, (height - mark.y0) * scale)
        left, top, right, bottom = (round(edge) for edge in edges)
        margin = max(2, (bottom - top) // 4)
        cut = picture.crop((left - margin, top - 2, right + margin, bottom + 2))
        width = min(round(cut.width * _MARK_HEIGHT / max(cut.height, 1)), _MARK_CELL - 20)
        row, column = divmod(place, _MARKS_A_ROW)
        sheet.paste(
            cut.resize((max(width, 1), _MARK_HEIGHT)),
            (column * _MARK_CELL + 20, 2 * _MARK_HEIGHT * row + _MARK_HEIGHT // 2),
        )
    return sheet
