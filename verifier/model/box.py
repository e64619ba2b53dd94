"""Where something is on a page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page: page from 1, edges in PDF points, origin bottom left."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float
