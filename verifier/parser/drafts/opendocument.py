"""OpenDocument text: .odt, .ott and flat .fodt, with tracked changes as accepted."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from verifier.errors import DocumentError
from verifier.model import NoteKind
from verifier.parser.citations.identifiers import find_identifiers
from verifier.parser.drafts.cells import write_cell
from verifier.parser.drafts.opendocument_styles import Styles
from verifier.parser.drafts.package import MOST_BYTES, Package, parse_xml
from verifier.parser.drafts.paragraphs import Draft, DraftNote, Paragraph, ParagraphWriter, cut
from verifier.parser.drafts.typed_notes import find_typed_notes
from verifier.parser.drafts.works import CitedWork, csl_works, plain_date, read_name

_PREFIXES = {
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": "draw",
    "urn:oasis:names:tc:opendocument:xmlns:meta:1.0": "meta",
    "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0": "svg",
    "http://purl.org/dc/elements/1.1/": "dc",
}
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_NOT_PRINTED = frozenset(
    (
        "text:tracked-changes", "office:annotation", "office:annotation-end", "text:hidden-text",
        "text:hidden-paragraph", "text:ruby-text", "svg:title", "svg:desc", "office:forms",
        "text:sequence-decls", "text:variable-decls",
        "text:user-field-decls", "text:section-source", "text:table-of-content-source", "text:index-title-template",
        "office:event-listeners", "text:bibliography-source", "text:alphabetical-index-source",
        "table:covered-table-cell",
    )
)  # fmt: skip
_BLOCKS = frozenset(("text:p", "text:h"))
_QUOTATIONS = ("quotations", "quote", "blockquotation", "blocktext")


def _name(element: Any) -> str:
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    namespace, _, local = tag.rpartition("}")
    return f"{_PREFIXES.get(namespace[1:], '')}:{local}"


def read_opendocument(path: Path) -> Draft:
    """Read an OpenDocument text. Raises DocumentError."""
    content, styles, meta = _parts(path)
    text = next(content.iter("{urn:oasis:names:tc:opendocument:xmlns:office:1.0}text"), None)
    if text is None:
        raise DocumentError(f"{path}: holds no text document; check that the right file was given")
    draft = Draft()
    reader = _Reader(draft, Styles([root for root in (styles, content) if root is not None]))
    reader.blocks(text, draft.paragraphs)
    draft.title, draft.created = _properties(meta)
    return find_typed_notes(draft)


def _parts(path: Path) -> tuple[Any, Any, Any]:
    with path.open("rb") as file:
        head = file.read(2)
        if head != b"PK":
            data = head + file.read(MOST_BYTES)
            root = parse_xml(data, str(path))
            return root, None, root
    with Package(path) as package:
        if package.has("META-INF/manifest.xml") and b"encryption-data" in package.read("META-INF/manifest.xml"):
            raise DocumentError(f"{path}: is encrypted; save it without a password")
        styles = package.xml("styles.xml") if package.has("styles.xml") else None
        meta = package.xml("meta.xml") if package.has("meta.xml") else None
        return package.xml("content.xml"), styles, meta


def _properties(meta: Any) -> tuple[str | None, datetime | None]:
    properties: dict[str, str] = {}
    for element in meta.iter() if meta is not None else ():
        kind = _name(element)
        if kind in ("dc:title", "dc:date", "meta:creation-date"):
            properties.setdefault(kind, (element.text or "").strip())
    created = None
    for key in ("dc:date", "meta:creation-date"):
        if created is None and properties.get(key):
            with suppress(ValueError):
                created = datetime.fromisoformat(properties[key][:19])
    return properties.get("dc:title") or None, created


class _Reader:
    """Walks the text in its order; notes stand where their markers do."""

    def __init__(self, draft: Draft, styles: Styles) -> None:
        self._draft = draft
        self._styles = styles
        self._boxes: list[Any] = []
        self._marks: dict[str, tuple[int, tuple[CitedWork, ...]]] = {}

    def blocks(self, parent: Any, into: list[Paragraph]) -> None:
        """Read the paragraphs below an element."""
        for element in parent:
            kind = _name(element)
            if kind in _NOT_PRINTED or element.get(f"{_TEXT}display") == "none":
                continue
            if kind in _BLOCKS:
                self._paragraph(element, into)
            elif kind == "table:table":
                self._table(element, into)
            elif isinstance(element.tag, str):
                self.blocks(element, into)

    def _paragraph(self, element: Any, into: list[Paragraph]) -> None:
        style = element.get(f"{_TEXT}style-name") or ""
        if self._styles.is_hidden(style):
            return
        held, self._boxes = self._boxes, []
        writer = ParagraphWriter()
        self._inline(element, writer, raised=self._styles.is_raised(style))
        paragraph = writer.finish(
            heading=_name(element) == "text:h" or self._styles.is_a(style, ("title", "heading")),
            quoted=self._styles.is_a(style, _QUOTATIONS),
        )
        if paragraph.text or paragraph.markers:
            into.append(paragraph)
        boxes, self._boxes = self._boxes, held
        for box in boxes:
            self.blocks(box, into)

    def _table(self, table: Any, into: list[Paragraph]) -> None:
        for cell in _cells(table):
            words: list[Paragraph] = []
            self.blocks(cell, words)
            write_cell(words, into)

    def _inline(self, element: Any, writer: ParagraphWriter, *, raised: bool) -> None:
        self._write(element.text, writer, raised=raised)
        for one in element:
            kind = _name(one)
            if kind and kind not in _NOT_PRINTED and one.get(f"{_TEXT}display") != "none":
                self._one(one, kind, writer, raised=raised)
            self._write(one.tail, writer, raised=raised)

    def _write(self, text: str | None, writer: ParagraphWriter, *, raised: bool) -> None:
        if text and raised:
            writer.write_raised(text)
        elif text:
            writer.write(text)

    def _one(self, element: Any, kind: str, writer: ParagraphWriter, *, raised: bool) -> None:
        match kind:
            case "text:s" | "text:tab" | "text:line-break":
                writer.write(" ")
            case "text:soft-page-break":
                pass
            case "text:note":
                self._note(element, writer)
            case "text:a":
                writer.open_link(element.get(_HREF) or "")
                self._inline(element, writer, raised=raised)
                writer.close_link()
            case "text:span":
                style = element.get(f"{_TEXT}style-name") or ""
                if not self._styles.is_hidden(style):
                    self._inline(element, writer, raised=raised or self._styles.is_raised(style))
            case "text:note-ref" if raised:
                writer.mark(element.get(f"{_TEXT}ref-name") or "")
            case "text:bibliography-mark":
                start = writer.length
                self._inline(element, writer, raised=raised)
                writer.add_works(start, (_bibliography_work(element),))
            case "text:reference-mark-start":
                name = element.get(f"{_TEXT}name") or ""
                self._marks[name] = (writer.length, csl_works(name))
            case "text:reference-mark-end":
                start, works = self._marks.pop(element.get(f"{_TEXT}name") or "", (0, ()))
                if works:
                    writer.add_works(min(start, writer.length), works)
            case "draw:text-box" | "table:table":
                self._boxes.append(element)
            case _:
                self._inline(element, writer, raised=raised)

    def _note(self, element: Any, writer: ParagraphWriter) -> None:
        endnote = element.get(f"{_TEXT}note-class") == "endnote"
        citation = next(element.iterchildren(f"{_TEXT}note-citation"), None)
        label = "".join(citation.itertext()).strip() if citation is not None else ""
        if citation is not None and citation.get(f"{_TEXT}label"):
            label = citation.get(f"{_TEXT}label").strip()
        key = element.get(f"{_TEXT}id") or f"note {len(self._draft.notes) + 1}"
        if any(note.key == key for note in self._draft.notes[-200:]):
            key = f"{key} ({len(self._draft.notes) + 1})"
        writer.mark(key)
        note = DraftNote(key, label, NoteKind.ENDNOTE if endnote else NoteKind.FOOTNOTE)
        self._draft.notes.append(note)
        for body in element.iterchildren(f"{_TEXT}note-body"):
            self.blocks(body, note.paragraphs)
        note.paragraphs = [paragraph for paragraph in note.paragraphs if paragraph.text]
        first = note.paragraphs[0] if note.paragraphs else None
        if first is not None and first.text[:2] in (". ", ") "):
            note.paragraphs[0] = cut(first, 1)


def _cells(parent: Any) -> Iterator[Any]:
    for element in parent:
        kind = _name(element)
        if kind == "table:table-cell":
            yield element
        elif kind not in _NOT_PRINTED:
            yield from _cells(element)


def _bibliography_work(element: Any) -> CitedWork:
    def said(name: str) -> str | None:
        return " ".join((element.get(f"{_TEXT}{name}") or "").split()) or None

    url = said("url") or ""
    urls = (url,) if url.lower().startswith(("http://", "https://")) else ()
    printed = [said(f"custom{number}") or "" for number in range(1, 6)] + [
        (said("isbn") and f"ISBN {said('isbn')}") or ""
    ]
    return CitedWork(
        key=said("identifier") or url,
        title=said("title"),
        container=said("journal") or said("booktitle"),
        publisher=said("publisher") or said("organizations") or said("institution"),
        authors=tuple(filter(None, map(read_name, (said("author") or "").split(";")))),
        date=plain_date(said("year") or ""),
        urls=urls,
        identifiers=find_identifiers(" ".join(printed), urls),
    )
