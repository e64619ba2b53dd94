"""A PDF with comments: highlights that ordinary viewers show, the page's own content untouched.

Annotations as ISO 32000-1, 12.5.6.2 (markup), 12.5.6.4 (text), 12.5.6.10 (highlight) and 12.5.6.14 (pop-up) have them.
Each highlight brings its own appearance, multiplied with the page as a highlighter's ink is, so that every viewer
shows the same and no letter is covered.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from itertools import groupby
from typing import Any, cast

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from verifier.characters import shown
from verifier.errors import DocumentError
from verifier.model import Box, Severity
from verifier.parser.drafts.word_comments import AUTHOR
from verifier.parser.page.structure import DAMAGE
from verifier.reports.markup.comments import Comment
from verifier.reports.markup.desk_links import DeskLinks, arrow, desk_link

COLOURS: Mapping[Severity, tuple[float, float, float]] = {
    Severity.HIGH: (1.0, 0.55, 0.50),
    Severity.MEDIUM: (1.0, 0.80, 0.30),
    Severity.LOW: (0.55, 0.80, 1.0),
}
"""Red, amber and blue, 0 to 1; told apart by colour-blind people by their lightness too."""

OPACITY = 0.5
"""With it black print keeps a contrast of 12:1 and a dark blue link 4.5:1 (WCAG 2.2, 1.4.3) on each colour."""

_PRINTED = 4
_STUCK = 4 | 8 | 16
"""Annotation flags: print; and do not zoom or turn with the page (ISO 32000-1, table 165)."""

_POPUP_WIDTH, _POPUP_HEIGHT = 240.0, 150.0
_UNDERLINE, _DARKER = 1.5, 0.4
"""How thick the line under a disputed figure is, and how dark beside the highlight's colour."""
_STICKER = 20.0
"""Points."""


@dataclass(frozen=True, slots=True)
class _Spot:
    """A comment on one page: over these boxes, or at the page's edge where there are none."""

    page: int
    comment: Comment
    boxes: tuple[Box, ...]

    @property
    def figure(self) -> tuple[Box, ...]:
        """The disputed figure's boxes on this page."""
        return tuple(box for box in self.comment.figure if box.page == self.page)


def annotate(pdf: Any, comments: Sequence[Comment], made: datetime) -> bytes:
    """A copy of a PDF with these comments; `pdf` is a path or an open file without encryption.

    Raises DocumentError when pypdf cannot read or copy it.
    """
    try:
        writer = PdfWriter(clone_from=PdfReader(pdf))
        pages = list(writer.pages)
        annotator = _Annotator(writer, made.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ"))
        spots = sorted((spot for comment in comments for spot in _spots(comment)), key=lambda spot: spot.page)
        for number, here in groupby(spots, key=lambda spot: spot.page):
            if 1 <= number <= len(pages):
                annotator.comment(pages[number - 1], list(here))
        copy = BytesIO()
        writer.write(copy)
    except (*DAMAGE, OSError) as error:
        raise DocumentError(f"the PDF cannot be copied for its comments ({error}); export it again") from error
    return copy.getvalue()


def is_signed(pdf: Any) -> bool:
    """Whether a PDF says that it bears digital signatures (ISO 32000-1, 12.7.2, SigFlags): no copy keeps them valid.

    Raises DocumentError when pypdf cannot read it.
    """
    try:
        form = PdfReader(pdf).root_object.get("/AcroForm")
        form = form.get_object() if form is not None else None
        return isinstance(form, DictionaryObject) and bool(int(str(form.get("/SigFlags", 0))) & 1)
    except (*DAMAGE, OSError) as error:
        raise DocumentError(f"the PDF cannot be read ({error}); export it again") from error


class _Annotator:
    """Adds comments to the pages of a writer."""

    def __init__(self, writer: PdfWriter, made: str) -> None:
        self._writer = writer
        self._made = made
        self._arrows: dict[Severity, IndirectObject] = {}

    def comment(self, page: Any, spots: Sequence[_Spot]) -> None:
        """Add the comments of one page: those at its edge one under the other."""
        edges = [float(edge) for edge in page.cropbox]
        added: list[IndirectObject] = []
        links = DeskLinks(edges)
        stuck = 0
        for spot in spots:
            if spot.boxes:
                annotation = self._highlight(spot)
            else:
                top = edges[3] - 4 - stuck * (_STICKER + 4)
                annotation = self._sticker(spot, (edges[0] + 4, top - _STICKER, edges[0] + 4 + _STICKER, top))
                stuck += 1
            added += self._with_popup(annotation, page, edges)
            if spot.comment.link:
                rect = [float(edge) for edge in cast(ArrayObject, annotation["/Rect"])]
                place = links.beside(rect) if spot.boxes else links.behind(rect)
                added.append(self._link(spot, place, page))
        self._attach(page, added)

    def _attach(self, page: Any, added: Sequence[IndirectObject]) -> None:
        there = page.get("/Annots")
        there = there.get_object() if there is not None else None
        kept: Iterable[Any] = there if isinstance(there, ArrayObject) else ()
        page[NameObject("/Annots")] = ArrayObject([*kept, *added])

    def _with_popup(self, annotation: DictionaryObject, page: Any, edges: Sequence[float]) -> list[IndirectObject]:
        """The annotation and its pop-up, each knowing the other: viewers that show no pane show that."""
        place = self._writer._add_object(annotation)  # the public `add_annotation` replaces what /Annots refers to
        right, top = (float(edge) for edge in cast(ArrayObject, annotation["/Rect"])[2:])
        x = min(right, edges[2] - _POPUP_WIDTH)
        popup = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Popup"),
                NameObject("/Rect"): _numbers((x, top - _POPUP_HEIGHT, x + _POPUP_WIDTH, top)),
                NameObject("/Parent"): place,
                NameObject("/Open"): BooleanObject(False),
                NameObject("/F"): NumberObject(_STUCK),
            }
        )
        reference = self._writer._add_object(popup)
        annotation[NameObject("/Popup")] = reference
        annotation[NameObject("/P")] = page.indirect_reference
        return [place, reference]

    def _link(self, spot: _Spot, place: Sequence[float], page: Any) -> IndirectObject:
        comment = spot.comment
        colour = COLOURS[comment.severity]
        if comment.severity not in self._arrows:
            self._arrows[comment.severity] = self._writer._add_object(arrow(colour))
        name = f"{comment.name}-p{spot.page}"
        link = desk_link(name, comment.title, comment.link, place, colour, self._arrows[comment.severity])
        link[NameObject("/P")] = page.indirect_reference
        return self._writer._add_object(link)

    def _highlight(self, spot: _Spot) -> DictionaryObject:
        boxes = spot.boxes
        around = (
            min(b.x0 for b in boxes),
            min(b.y0 for b in boxes),
            max(b.x1 for b in boxes),
            max(b.y1 for b in boxes),
        )
        # Upper left, upper right, lower left, lower right: the order that viewers take, not that of the standard.
        quads = [c for b in boxes for c in (b.x0, b.y1, b.x1, b.y1, b.x0, b.y0, b.x1, b.y0)]
        annotation = self._markup("/Highlight", spot, around)
        annotation[NameObject("/QuadPoints")] = _numbers(quads)
        annotation[NameObject("/CA")] = FloatObject(OPACITY)
        ink = self._writer._add_object(_ink(boxes, spot.figure, around, COLOURS[spot.comment.severity]))
        annotation[NameObject("/AP")] = DictionaryObject({NameObject("/N"): ink})
        return annotation

    def _sticker(self, spot: _Spot, place: Sequence[float]) -> DictionaryObject:
        annotation = self._markup("/Text", spot, place)
        annotation[NameObject("/Name")] = NameObject("/Note")
        annotation[NameObject("/F")] = NumberObject(_STUCK)
        return annotation

    def _markup(self, subtype: str, spot: _Spot, rect: Sequence[float]) -> DictionaryObject:
        comment = spot.comment
        return DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject(subtype),
                NameObject("/Rect"): _numbers(rect),
                NameObject("/Contents"): TextStringObject(shown(f"{comment.title}\n\n{comment.text}")),
                NameObject("/Subj"): TextStringObject(comment.title),
                NameObject("/T"): TextStringObject(AUTHOR),
                NameObject("/NM"): TextStringObject(f"{comment.name}-p{spot.page}"),
                NameObject("/M"): TextStringObject(self._made),
                NameObject("/CreationDate"): TextStringObject(self._made),
                NameObject("/C"): _numbers(COLOURS[comment.severity]),
                NameObject("/F"): NumberObject(_PRINTED),
            }
        )


def _spots(comment: Comment) -> Iterator[_Spot]:
    """Where a comment goes: a sentence that runs over a page has a highlight on each."""
    if not comment.boxes:
        yield _Spot(comment.page, comment, ())
    ordered = sorted(comment.boxes, key=lambda box: box.page)
    for page, boxes in groupby(ordered, key=lambda box: box.page):
        yield _Spot(page, comment, tuple(boxes))


def _ink(boxes: Sequence[Box], figure: Sequence[Box], around: Sequence[float], colour: Sequence[float]) -> StreamObject:
    """What a highlight looks like: its lines multiplied with what is beneath, the disputed figure underlined."""
    lines = [f"{b.x0:.2f} {b.y0:.2f} {b.x1 - b.x0:.2f} {b.y1 - b.y0:.2f} re" for b in boxes]
    form = StreamObject()
    under = [f"{b.x0:.2f} {b.y0:.2f} {b.x1 - b.x0:.2f} {_UNDERLINE:.2f} re" for b in figure]
    drawn = f"/Ink gs {' '.join(f'{part:.3f}' for part in colour)} rg {' '.join(lines)} f"
    if under:
        dark = " ".join(f"{part * _DARKER:.3f}" for part in colour)
        drawn += f" {dark} rg {' '.join(under)} f"
    form.set_data(drawn.encode())
    ink = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/ExtGState"),
            NameObject("/BM"): NameObject("/Multiply"),
            NameObject("/ca"): FloatObject(OPACITY),
        }
    )
    form.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): _numbers(around),
            NameObject("/Group"): DictionaryObject(
                {NameObject("/Type"): NameObject("/Group"), NameObject("/S"): NameObject("/Transparency")}
            ),
            NameObject("/Resources"): DictionaryObject(
                {NameObject("/ExtGState"): DictionaryObject({NameObject("/Ink"): ink})}
            ),
        }
    )
    return form


def _numbers(values: Sequence[float]) -> ArrayObject:
    return ArrayObject([FloatObject(round(value, 2)) for value in values])
