"""The runs of Word's paragraphs: words, breaks, symbols, links, fields, markers, and what is not printed of them."""

from collections.abc import Callable, Mapping
from typing import Any

from verifier.model import NoteKind
from verifier.parser.drafts.paragraphs import Paragraph, ParagraphWriter
from verifier.parser.drafts.word_fields import (
    Field,
    cited_works,
    content_control_works,
    hyperlink,
    instruction_text,
    note_reference,
)
from verifier.parser.drafts.word_notes import MarkerSeen
from verifier.parser.drafts.word_package import WordPart, child, is_on, name, value
from verifier.parser.drafts.word_symbols import symbol
from verifier.parser.drafts.works import CitedWork

_NOT_PRINTED = frozenset(
    (
        "w:del", "w:moveFrom", "w:delText", "w:delInstrText", "w:pPr", "w:rPr", "w:sdtPr", "w:sdtEndPr", "w:rt",
        "w:footnoteRef", "w:endnoteRef", "w:annotationRef", "w:commentReference", "mc:Fallback", "w:ffData", "w:rubyPr",
        "m:ctrlPr", "w:fldData",
    )
)  # fmt: skip
_BLANKS = frozenset(("w:tab", "w:br", "w:cr", "w:ptab"))
_REFERENCES = {"w:footnoteReference": NoteKind.FOOTNOTE, "w:endnoteReference": NoteKind.ENDNOTE}
_RAISED_STYLES = ("footnotereference", "endnotereference", "superscript", "footnoteanchor", "endnoteanchor")


class NoteBookmarks:
    """Which note each bookmark is set around, by the bookmarks' names."""

    def __init__(self, root: Any) -> None:
        self._notes: dict[str, str] = {}
        opened: dict[str, str] = {}
        for element in root.iter("{*}bookmarkStart", "{*}bookmarkEnd", "{*}footnoteReference", "{*}endnoteReference"):
            kind = name(element)
            if kind == "w:bookmarkStart":
                opened[value(element, "id") or ""] = value(element, "name") or ""
            elif kind == "w:bookmarkEnd":
                opened.pop(value(element, "id") or "", None)
            elif kind in _REFERENCES and opened:
                for bookmark in opened.values():
                    self._notes.setdefault(bookmark, f"{_REFERENCES[kind].value}:{value(element, 'id')}")

    def note(self, bookmark: str) -> str | None:
        """The key of the note that a bookmark is set around."""
        return self._notes.get(bookmark)


class InlineReader:
    """Writes one story's paragraphs; fields may run over several of them."""

    def __init__(
        self,
        part: WordPart,
        sources: Mapping[str, CitedWork],
        bookmarks: NoteBookmarks,
        see: Callable[[NoteKind, str], MarkerSeen],
    ) -> None:
        self._part = part
        self._sources = sources
        self._bookmarks = bookmarks
        self._see = see
        self._writer = ParagraphWriter()
        self._fields: list[Field] = []
        self._boxes: list[Any] = []
        self._unmarked: MarkerSeen | None = None

    def paragraph(self, element: Any) -> None:
        """Read the runs of a paragraph."""
        self._children(element, None)

    def finish(self, *, heading: bool, quoted: bool) -> Paragraph:
        """The paragraph read so far; another begins."""
        writer, self._writer = self._writer, ParagraphWriter()
        self._unmarked = None
        for field in self._fields:
            field.start = 0
            field.closes_link = False
        return writer.finish(heading=heading, quoted=quoted)

    def take_boxes(self) -> list[Any]:
        """The text boxes that hang on the paragraphs read since last asked."""
        boxes, self._boxes = self._boxes, []
        return boxes

    @property
    def _is_shown(self) -> bool:
        return all(field.in_result for field in self._fields)

    def _children(self, parent: Any, properties: Any) -> None:
        for element in parent:
            self._element(element, properties)

    def _element(self, element: Any, properties: Any) -> None:
        kind = name(element)
        if kind in _NOT_PRINTED or self._is_written(kind, element, properties):
            return
        if kind == "w:r":
            self._run(element)
        elif kind in _REFERENCES:
            self._reference(element, _REFERENCES[kind])
        elif kind == "w:hyperlink":
            self._hyperlink(element)
        elif kind == "w:fldSimple":
            self._simple_field(element)
        elif kind == "w:fldChar":
            self._field_character(element)
        elif kind == "w:instrText":
            if self._fields and not self._fields[-1].in_result:
                self._fields[-1].code += instruction_text(element)
        elif kind == "w:sdt":
            self._content_control(element)
        elif kind == "w:txbxContent":
            self._boxes.append(element)
        elif kind == "mc:AlternateContent":
            choice = child(element, "mc:Choice")
            other = choice if choice is not None else child(element, "mc:Fallback")
            if other is not None:
                self._children(other, properties)
        elif len(element):
            self._children(element, properties)

    def _is_written(self, kind: str, element: Any, properties: Any) -> bool:
        """Write an element that is characters itself; whether it was one."""
        if kind in ("w:t", "m:t"):
            self._write(element.text or "", properties, element)
        elif kind in _BLANKS:
            self._write(" ", properties)
        elif kind == "w:noBreakHyphen":
            self._write("-", properties)
        elif kind == "w:sym":
            self._write(symbol(value(element, "font") or "", value(element, "char") or ""), properties)
        else:
            return False
        return True

    def _run(self, run: Any) -> None:
        properties = child(run, "w:rPr")
        if is_on(properties, "w:vanish"):
            return
        self._children(run, properties)
        if self._unmarked is not None and self._unmarked.mark:
            self._unmarked = None

    def _write(self, text: str, properties: Any, source: Any = None) -> None:
        if not self._is_shown:
            return
        if self._unmarked is not None and text.strip():
            self._unmarked.mark = (self._unmarked.mark or "") + text.strip()
            return
        field = next((one for one in reversed(self._fields) if note_reference(one.code)), None)
        if field is not None:
            field.shown.append(text)
            if self._is_marker(field, properties):
                return
        if _is_raised(properties):
            self._writer.write_raised(text, source)
        else:
            self._writer.write(text, source)

    def _reference(self, element: Any, kind: NoteKind) -> None:
        if not self._is_shown:
            return
        marker = self._see(kind, value(element, "id") or "")
        self._writer.mark(marker.key)
        if value(element, "customMarkFollows") in ("1", "true", "on"):
            marker.mark = ""
            self._unmarked = marker

    def _hyperlink(self, element: Any) -> None:
        url = self._part.link(value(element, "id", "r"))
        place = value(element, "anchor")
        if url and place and "#" not in url:
            url = f"{url}#{place}"
        self._writer.open_link(url)
        self._children(element, None)
        self._writer.close_link()

    def _simple_field(self, element: Any) -> None:
        field = Field(value(element, "instr") or "")
        self._fields.append(field)
        self._begin_result(field)
        self._children(element, None)
        self._end_field()

    def _field_character(self, element: Any) -> None:
        match value(element, "fldCharType"):
            case "begin":
                data = child(element, "w:fldData")
                self._fields.append(Field(data=(data.text or "") if data is not None else ""))
            case "separate" if self._fields:
                self._begin_result(self._fields[-1])
            case "end" if self._fields:
                if not self._fields[-1].in_result:
                    self._begin_result(self._fields[-1])
                self._end_field()

    def _begin_result(self, field: Field) -> None:
        field.in_result = True
        field.start = self._writer.length
        url = hyperlink(field.code)
        if url is not None and self._is_shown:
            self._writer.open_link(url)
            field.closes_link = True

    def _end_field(self) -> None:
        field = self._fields.pop()
        if field.closes_link:
            self._writer.close_link()
        if not self._is_shown:
            return
        works = cited_works(field.code, field.data, self._sources)
        if works:
            self._writer.add_works(min(field.start, self._writer.length), works)
        named = note_reference(field.code)
        if named is not None and self._is_marker(field, None):
            note = self._bookmarks.note(named[0])
            if note is not None:
                self._writer.mark(note)

    def _is_marker(self, field: Field, properties: Any) -> bool:
        """Whether what a NOTEREF field shows is set as a marker."""
        named = note_reference(field.code)
        if named is None or self._bookmarks.note(named[0]) is None:
            return False
        return named[1]

    def _content_control(self, element: Any) -> None:
        start = self._writer.length
        content = child(element, "w:sdtContent")
        if content is None:
            return
        self._children(content, None)
        tag = child(element, "w:sdtPr", "w:tag")
        works = content_control_works(value(tag) or "") if tag is not None else ()
        if works:
            self._writer.add_works(min(start, self._writer.length), works)


def _is_raised(properties: Any) -> bool:
    if properties is None:
        return False
    align = child(properties, "w:vertAlign")
    if align is not None:
        return value(align) == "superscript"
    style = child(properties, "w:rStyle")
    return style is not None and (value(style) or "").casefold().replace("-", "") in _RAISED_STYLES
