"""Pages of PDFs as pictures, by pdfium.

pdfium is not thread-safe: a program with threads holds PDFIUM while it calls anything here or in `placing`.
"""

import ctypes
import math
import threading
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium
from PIL import Image

PDFIUM = threading.Lock()
"""Held around every use of pdfium, by programs with threads."""

_LONG_SIDE = 1400.0
_LARGEST_SCALE = 3.0


def scale_of(page: Any) -> float:
    """Pixels a point of a page's picture."""
    return float(min(_LARGEST_SCALE, _LONG_SIDE / max(*page.get_size(), 1.0)))


def render(page: Any) -> Image.Image:
    """The picture of an open pypdfium2 page, as readers show it (turned, cropped)."""
    bitmap = page.render(scale=scale_of(page))
    try:
        picture: Image.Image = bitmap.to_pil()
        return picture.convert("RGB")
    finally:
        bitmap.close()


def to_pixels(page: Any) -> Callable[[float, float], tuple[int, int]]:
    """From PDF points to the picture's pixels, under the page's rotation and crop box."""
    scale = scale_of(page)
    width, height = (max(1, math.ceil(side * scale)) for side in page.get_size())

    def convert(x: float, y: float) -> tuple[int, int]:
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(page.raw, 0, 0, width, height, 0, x, y, across, down)
        return across.value, down.value

    return convert
