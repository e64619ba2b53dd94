"""The one seam to pdfium: documents opened, their pages as characters with boxes, links and pictures; and its lock.

Beside it only `verifier.parser.page.glyphs` and `.tagging` call pdfium themselves: they are the parser's own readers of
a page's characters, shapes and structure, and asking is most of their time. A document or page is pypdfium2's; all
coordinates are PDF points from the bottom left, on the page as it lies without its rotation.
"""

import ctypes
import math
import threading
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

if TYPE_CHECKING:
    from PIL.Image import Image

PDFIUM = threading.Lock()
"""pdfium is not thread-safe: a program with threads holds this around every use of it, also of an open document."""

PdfiumError: type[Exception] = pypdfium2.PdfiumError
"""What pdfium cannot open, load or read."""

_LONG_SIDE = 1400.0
_LARGEST_SCALE = 3.0
_URI_BYTES = 8192


class Edges(NamedTuple):
    """Left, bottom, right and top of what is on a page."""

    left: float
    bottom: float
    right: float
    top: float


def open_document(source: Path | bytes, password: str = "") -> Any:
    """The open document of a file or its bytes; to be closed. Raises PdfiumError, OSError."""
    # pdfium says why the last document failed, and one without pages is no failure to it: it would pass for what the
    # document before it was, encrypted for one. So the last is always one that is no PDF.
    pdfium.FPDF_LoadMemDocument64(b"", 0, None)
    return pypdfium2.PdfDocument(source, password=password or None)


def decrypted(document: Any) -> BytesIO | None:
    """A copy of a document without its encryption; None for one that has none."""
    if pdfium.FPDF_GetSecurityHandlerRevision(document.raw) < 0:
        return None
    copy = BytesIO()
    document.save(copy, flags=pdfium.FPDF_REMOVE_SECURITY)
    copy.seek(0)
    return copy


def characters(page: Any) -> Iterator[tuple[str, bool, Edges | None]]:
    """The characters of a page in the order of its content, each with whether pdfium put it in, and its advance box.

    Raises PdfiumError when the page's text cannot be read.
    """
    edges = pdfium.FS_RECTF()
    rotation = page.get_rotation()
    page.set_rotation(0)  # pdfium shuffles the lines of a page that is shown turned
    text_page = page.get_textpage()
    try:
        for i in range(pdfium.FPDFText_CountChars(text_page.raw)):
            generated = pdfium.FPDFText_IsGenerated(text_page.raw, i) == 1
            there = pdfium.FPDFText_GetLooseCharBox(text_page.raw, i, ctypes.byref(edges))
            box = Edges(edges.left, edges.bottom, edges.right, edges.top) if there else None
            yield chr(pdfium.FPDFText_GetUnicode(text_page.raw, i)), generated, box
    finally:
        text_page.close()
        page.set_rotation(rotation)


def web_links(document: Any, page: Any) -> Iterator[tuple[str, Edges]]:
    """The address and rectangle of every link annotation of a page that has one (URI action), in their order."""
    position, link, edges = ctypes.c_int(0), pdfium.FPDF_LINK(), pdfium.FS_RECTF()
    buffer = ctypes.create_string_buffer(_URI_BYTES)
    while pdfium.FPDFLink_Enumerate(page.raw, ctypes.byref(position), ctypes.byref(link)):
        action = pdfium.FPDFLink_GetAction(link)
        if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
            continue
        length = pdfium.FPDFAction_GetURIPath(document.raw, action, buffer, _URI_BYTES)
        if 0 < length <= _URI_BYTES and pdfium.FPDFLink_GetAnnotRect(link, ctypes.byref(edges)):
            uri = buffer.raw[: length - 1].decode("utf-8", "replace").strip()
            yield uri, Edges(edges.left, edges.bottom, edges.right, edges.top)


def scale_of(page: Any) -> float:
    """Pixels a point of a page's picture."""
    return float(min(_LARGEST_SCALE, _LONG_SIDE / max(*page.get_size(), 1.0)))


def render(page: Any) -> "Image":
    """The picture of a page, as readers show it (turned, cropped). Raises PdfiumError."""
    bitmap = page.render(scale=scale_of(page))
    try:
        picture: Image = bitmap.to_pil()
        return picture.convert("RGB")
    finally:
        bitmap.close()


def to_pixels(page: Any) -> Callable[[float, float], tuple[int, int]]:
    """From PDF points to the pixels of `render`'s picture, under the page's rotation and crop box."""
    scale = scale_of(page)
    width, height = (max(1, math.ceil(side * scale)) for side in page.get_size())

    def convert(x: float, y: float) -> tuple[int, int]:
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(page.raw, 0, 0, width, height, 0, x, y, across, down)
        return across.value, down.value

    return convert
