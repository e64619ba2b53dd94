"""Lines and glyphs made by hand, for the parser's tests."""

from array import array

from verifier.parser.page.geometry import Frame
from verifier.parser.page.glyphs import Glyph
from verifier.parser.page.lines import Line, Raised


def make_line(
    text: str,
    *,
    page: int = 1,
    y: float = 700.0,
    x0: float = 72.0,
    size: float = 10.0,
    column: int = 0,
    edges: tuple[float, float] = (72.0, 500.0),
    raised: tuple[tuple[int, int], ...] = (),
) -> Line:
    """A line whose characters are all half as wide as the type is high."""
    width = size / 2
    places: array[float] = array("f")
    for i in range(len(text)):
        places.extend((x0 + i * width, x0 + (i + 1) * width))
    return Line(
        page=page,
        frame=Frame(),
        text=text,
        edges=places,
        base=y,
        top=y + 0.7 * size,
        bottom=y - 0.2 * size,
        size=size,
        raised=tuple(Raised(a, b) for a, b in raised),
        column=column,
        column_x0=edges[0],
        column_x1=edges[1],
    )


def make_glyphs(text: str, *, x: float = 72.0, y: float = 700.0, size: float = 10.0) -> list[Glyph]:
    """Glyphs of one word or line, drawn one after the other; spaces are drawn too."""
    width = size / 2
    return [Glyph(char, x + i * width, x + (i + 1) * width, y, y + 0.7 * size, y, size) for i, char in enumerate(text)]
