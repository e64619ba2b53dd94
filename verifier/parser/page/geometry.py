"""Where things are on a page: the reading frame of turned text, and rectangles in it.

All lengths are PDF points; y grows upwards. Text that was set sideways is read in a frame turned with it, in
which every line runs from left to right; `Frame.to_page` turns rectangles back.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle: left, bottom, right, top."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """Its horizontal extent."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Its vertical extent."""
        return self.y1 - self.y0

    def joined(self, other: "Rect") -> "Rect":
        """The smallest rectangle that holds both."""
        return Rect(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))


@dataclass(frozen=True, slots=True)
class Frame:
    """The turn of a page's text, in quarter turns counter-clockwise: 0, 1, 2 or 3; `mirrored` text runs to the left."""

    quarters: int = 0
    mirrored: bool = False

    def to_reading(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page, as seen by a reader who turned the page until its text is upright (and runs right)."""
        x, y = self._turned(x, y)
        return (-x, y) if self.mirrored else (x, y)

    def _turned(self, x: float, y: float) -> tuple[float, float]:
        if self.quarters == 1:
            return y, -x
        if self.quarters == 2:
            return -x, -y
        if self.quarters == 3:
            return -y, x
        return x, y

    def to_page(self, rect: Rect) -> Rect:
        """A rectangle of the reading frame, back on the page."""
        if self.mirrored:
            rect = Rect(-rect.x1, rect.y0, -rect.x0, rect.y1)
        return _turned(rect, Frame((4 - self.quarters) % 4))

    def rect_to_reading(self, rect: Rect) -> Rect:
        """A rectangle of the page, in the reading frame."""
        return _turned(rect, self)


def _turned(rect: Rect, frame: Frame) -> Rect:
    ax, ay = frame.to_reading(rect.x0, rect.y0)
    bx, by = frame.to_reading(rect.x1, rect.y1)
    return Rect(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
