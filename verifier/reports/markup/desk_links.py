"""Links in a PDF's margin that lead from a comment to its finding at the desk.

A comment's own text is never clickable in viewers, and a link over the highlight would keep its comment from opening.
So the link is a small box of its own beside it (ISO 32000-1, 12.5.6.5, with a URI action, 12.6.4.7), drawn with an
arrow, and with a border for viewers that draw no appearance of links.
"""

from collections.abc import Sequence
from urllib.parse import quote

from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from verifier.parser.page.structure import DESK_LINKS

SIZE = 10.0
_GAP = 3.0
_EDGE = 4.0
"""Points: a box's side, the space between two, and from the page's edge."""

_PRINTED = 4
_IN_URIS = "%/:=&?~#+!$,;'@()*[]"
"""What may be in an address as it is (RFC 3986)."""

_ARROW = "2.5 2.5 m 7.5 7.5 l S 3.8 7.5 m 7.5 7.5 l 7.5 3.8 l S"
"""From the lower left to the upper right of a box of ten points."""


class DeskLinks:
    """Places the links of one page, none over another. `edges` is the page's crop box: left, bottom, right, top."""

    def __init__(self, edges: Sequence[float]) -> None:
        self._left, self._bottom, self._right, self._top = edges
        self._taken: list[tuple[float, float]] = []

    def beside(self, rect: Sequence[float]) -> tuple[float, float, float, float]:
        """A free place at the height of a comment's upper edge, in the margin that is nearer to it."""
        middle = (rect[0] + rect[2]) / 2
        is_left = middle <= (self._left + self._right) / 2 or rect[0] - self._left < self._right - rect[2]
        x = self._left + _EDGE if is_left else self._right - _EDGE - SIZE
        return self._free(x, min(max(rect[3], self._bottom + _EDGE + SIZE), self._top - _EDGE))

    def behind(self, rect: Sequence[float]) -> tuple[float, float, float, float]:
        """A free place to the right of a note at the page's edge."""
        return self._free(rect[2] + _GAP, rect[3])

    def _free(self, x: float, top: float) -> tuple[float, float, float, float]:
        """The place, or the next one below it that is free; where the margin is full, in a row of its own beside it."""
        inwards = SIZE + _GAP if x < (self._left + self._right) / 2 else -SIZE - _GAP
        while any(abs(x - other) < SIZE and abs(top - height) < SIZE + _GAP for other, height in self._taken):
            top -= SIZE + _GAP
            if top - SIZE < self._bottom + _EDGE:
                top, x = self._top - _EDGE, x + inwards
        self._taken.append((x, top))
        return (x, top - SIZE, x + SIZE, top)


def desk_link(
    name: str, title: str, address: str, place: Sequence[float], colour: Sequence[float], picture: IndirectObject
) -> DictionaryObject:
    """A link annotation to the desk; `picture` is what `arrow` drew, as the writer keeps it."""
    action = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Action"),
            NameObject("/S"): NameObject("/URI"),
            NameObject("/URI"): TextStringObject(quote(address, safe=_IN_URIS)),
        }
    )
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Link"),
            NameObject("/Rect"): ArrayObject([FloatObject(round(value, 2)) for value in place]),
            NameObject("/A"): action,
            NameObject("/Contents"): TextStringObject(f"At the desk: {title}"),
            NameObject("/NM"): TextStringObject(f"{DESK_LINKS}{name}"),
            NameObject("/Border"): ArrayObject([NumberObject(2), NumberObject(2), NumberObject(1)]),
            NameObject("/C"): ArrayObject([FloatObject(part) for part in colour]),
            NameObject("/H"): NameObject("/I"),
            NameObject("/F"): NumberObject(_PRINTED),
            NameObject("/AP"): DictionaryObject({NameObject("/N"): picture}),
        }
    )


def arrow(colour: Sequence[float]) -> StreamObject:
    """What a link looks like: an arrow in a box of the comment's colour."""
    fill = " ".join(f"{part:.3f}" for part in colour)
    form = StreamObject()
    form.set_data(f"{fill} rg 0 0 {SIZE:g} {SIZE:g} re f 0.15 G 1 w {_ARROW}".encode())
    form.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject([FloatObject(value) for value in (0, 0, SIZE, SIZE)]),
        }
    )
    return form
