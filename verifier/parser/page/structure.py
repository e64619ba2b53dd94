"""What the PDF's structure says, read with pypdf: link annotations and the document's own data."""

import logging
import struct
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from pypdf import PdfReader, PdfWriter
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, NullObject

from verifier.model import ExtractionWarning, WarningCode
from verifier.parser.page.geometry import Rect

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it remarks on damage, we say in warnings of our own

DESK_LINKS = "verifier-desk-"
"""How the names of the links begin that commented copies bear (`reports.markup.desk_links`)."""

DAMAGE = (
    PyPdfError,
    DependencyError,
    ValueError,
    TypeError,
    AttributeError,
    NotImplementedError,
    OverflowError,
    AssertionError,
    zlib.error,
    struct.error,
    LookupError,
    RecursionError,
)
"""What pypdf raises on a damaged object (it checks little and lets Python complain)."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link annotation: `uri` of an external one, or page (from 1) and height of an internal one.

    `target_y` is None where the destination shows the whole page.
    """

    rects: tuple[Rect, ...]
    uri: str | None = None
    target_page: int | None = None
    target_x: float | None = None
    target_y: float | None = None


@dataclass(frozen=True, slots=True)
class Structure:
    """The links of every page (from 1), title and date, and what could not be read."""

    links: dict[int, list[Link]]
    title: str | None
    created: datetime | None
    warnings: tuple[ExtractionWarning, ...]


def read_structure(source: Path | IO[bytes]) -> Structure:
    """Read links and metadata of a PDF that is not encrypted; what is damaged is left out and said in `warnings`."""
    warnings: list[ExtractionWarning] = []
    links: dict[int, list[Link]] = {}
    title: str | None = None
    created: datetime | None = None
    try:
        with PdfReader(source, strict=False) as reader:
            title, created = _metadata(reader)
            links = _all_links(reader, warnings)
    except (*DAMAGE, OSError):
        warnings.append(_warning(None, WarningCode.STRUCTURE_DAMAGED, "links and metadata could not be read"))
    return Structure(links, title, created, tuple(warnings))


def rewritten(path: Path) -> bytes | None:
    """A damaged PDF as pypdf can write it anew; empty when it has no pages, None when it cannot be read either."""
    copy = BytesIO()
    try:
        with PdfReader(path, strict=False) as reader:
            if not len(reader.pages):
                return b"" if "/Root" in reader.trailer else None
            PdfWriter(clone_from=reader).write(copy)
    except (*DAMAGE, OSError):
        return None
    return copy.getvalue()


def _warning(page: int | None, code: WarningCode, message: str) -> ExtractionWarning:
    return ExtractionWarning(page=page, code=code, message=message)


def _metadata(reader: PdfReader) -> tuple[str | None, datetime | None]:
    try:
        data = reader.metadata
    except DAMAGE:
        return None, None
    if data is None:
        return None, None
    title = data.get("/Title")
    dates = (_date(data, name) for name in ("creation_date", "modification_date"))
    return (_sound(str(title)).strip() or None) if title else None, next((date for date in dates if date), None)


def _sound(text: str) -> str:
    """Text that can be written: halves of UTF-16 characters are joined, or become U+FFFD where one is alone."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _date(data: Any, name: str) -> datetime | None:
    try:
        date = getattr(data, name)
    except DAMAGE:
        return None
    if not isinstance(date, datetime):
        return None
    return date.replace(tzinfo=UTC) if date.tzinfo is None else date.astimezone(UTC)


def _all_links(reader: PdfReader, warnings: list[ExtractionWarning]) -> dict[int, list[Link]]:
    links: dict[int, list[Link]] = defaultdict(list)
    pages: dict[int, int] = {}
    raw: list[tuple[int, DictionaryObject]] = []
    for number, page in enumerate(reader.pages, start=1):
        reference = page.indirect_reference
        if reference is not None:
            pages[reference.idnum] = number
        raw.extend((number, item) for item in _annotations(page, number, warnings))
    named = _Names(reader)
    for number, item in raw:
        try:
            link = _link(item, pages, named)
        except DAMAGE:
            warnings.append(_warning(number, WarningCode.BAD_ANNOTATION, "a link could not be read"))
            continue
        if link is not None:
            links[number].append(link)
    return dict(links)


def _annotations(page: Any, number: int, warnings: list[ExtractionWarning]) -> Iterator[DictionaryObject]:
    try:
        entries = page.get("/Annots")
        entries = entries.get_object() if entries is not None else []
        entries = list(entries) if isinstance(entries, ArrayObject) else []
    except DAMAGE:
        warnings.append(_warning(number, WarningCode.BAD_ANNOTATION, "the page's links could not be read"))
        return
    for entry in entries:
        try:
            item = entry.get_object()
        except DAMAGE:
            continue
        if isinstance(item, DictionaryObject) and item.get("/Subtype") == "/Link" and not _is_ours(item):
            yield item


def _is_ours(item: DictionaryObject) -> bool:
    """Whether a link leads from a commented copy to the desk: such a copy may be read again, and cites no desk."""
    return str(item.get("/NM") or "").startswith(DESK_LINKS)


class _Names:
    """The named destinations, read only when a link asks for one."""

    def __init__(self, reader: PdfReader) -> None:
        self._reader = reader
        self._table: dict[str, Any] | None = None

    def get(self, name: str) -> Any:
        if self._table is None:
            try:
                self._table = dict(self._reader.named_destinations)
            except DAMAGE:
                self._table = {}
        found = self._table.get(name)
        return found.dest_array if found is not None else None


def _link(item: DictionaryObject, pages: dict[int, int], named: _Names) -> Link | None:
    rects = _rects(item)
    action = item.get("/A")
    action = action.get_object() if action is not None else None
    if isinstance(action, DictionaryObject):
        if action.get("/S") == "/URI":
            return Link(rects, uri=_uri(action.get("/URI")))
        target = action.get("/D") if action.get("/S") == "/GoTo" else None
    else:
        target = item.get("/Dest")
    if target is None:
        return None
    return _internal(rects, target, pages, named)


def _internal(rects: tuple[Rect, ...], target: Any, pages: dict[int, int], named: _Names) -> Link | None:
    target = target.get_object()
    if not isinstance(target, ArrayObject | DictionaryObject):
        target = named.get(str(target))
    if isinstance(target, DictionaryObject):
        target = target.get("/D")
    if not isinstance(target, ArrayObject) or not target:
        return None
    page = getattr(target.raw_get(0) if hasattr(target, "raw_get") else list.__getitem__(target, 0), "idnum", None)
    number = pages.get(page) if page is not None else None
    if number is None:
        return None
    numbers = [None if isinstance(x.get_object(), NullObject) else x.get_object() for x in list(target)[2:]]
    if target[1] == "/XYZ" and len(numbers) >= 2:
        x, y = numbers[0], numbers[1]
        return Link(rects, None, number, None if x is None else float(x), None if y is None else float(y))
    if target[1] in ("/FitH", "/FitBH") and numbers and numbers[0] is not None:
        return Link(rects, None, number, None, float(numbers[0]))
    return Link(rects, None, number)


def _uri(value: Any) -> str:
    value = value.get_object()
    if isinstance(value, ByteStringObject | bytes):
        return bytes(value).decode("utf-8", "replace").strip()
    original = getattr(value, "original_bytes", None)
    if original:
        try:
            return bytes(original).decode("utf-8").strip()
        except UnicodeDecodeError:
            return _sound(str(value)).strip()
    return _sound(str(value)).strip()


def _rects(item: DictionaryObject) -> tuple[Rect, ...]:
    quads: Any = item.get("/QuadPoints")
    quads = quads.get_object() if quads is not None else None
    values = [float(x) for x in list(quads)] if isinstance(quads, ArrayObject) else []
    if values and len(values) % 8 == 0:
        return tuple(
            Rect(
                min(values[i : i + 8 : 2]),
                min(values[i + 1 : i + 8 : 2]),
                max(values[i : i + 8 : 2]),
                max(values[i + 1 : i + 8 : 2]),
            )
            for i in range(0, len(values), 8)
        )
    edges: Any = item["/Rect"]
    x0, y0, x1, y1 = (float(x) for x in edges)
    return (Rect(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)),)
