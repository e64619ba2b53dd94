"""Word: .docx and .docm, transitional and strict, read as Word prints them with all tracked changes accepted."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from verifier.model import NoteKind, WarningCode
from verifier.parser.drafts.cells import write_cell
from verifier.parser.drafts.package import Package
from verifier.parser.drafts.paragraphs import Draft, DraftNote, DraftWarning, Paragraph, cut
from verifier.parser.drafts.typed_notes import find_typed_notes
from verifier.parser.drafts.word_inline import InlineReader, NoteBookmarks
from verifier.parser.drafts.word_notes import MarkerSeen, labels
from verifier.parser.drafts.word_package import WordFile, WordPart, child, name, open_word, value

_PASSED_OVER = frozenset(
    ("w:del", "w:moveFrom", "mc:Fallback", "w:pPr", "w:rPr", "w:tblPr", "w:trPr", "w:tcPr", "w:sectPr")
)
_SEPARATORS = frozenset(("separator", "continuationSeparator", "continuationNotice"))
_HEADING = ("heading", "title", "subtitle")
_QUOTATION = ("quote", "intensequote", "blocktext", "blockquotation", "quotations")


def read_word(path: Path) -> Draft:
    """Read a Word file. Raises DocumentError."""
    with Package(path) as package:
        file = open_word(package, path)
    reader = _Reader(file)
    draft = reader.read()
    draft.title, draft.created = _properties(file.properties)
    return find_typed_notes(draft)


def read_word_parts(package: Package, path: Path) -> tuple[WordFile, list[Paragraph]]:
    """The parts of an open Word file, and the paragraphs of its text as an extraction counts them.

    The paragraphs know which elements of the parts they were read from. Raises DocumentError.
    """
    file = open_word(package, path)
    return file, find_typed_notes(_Reader(file).read()).paragraphs


def _properties(core: Any) -> tuple[str | None, datetime | None]:
    properties: dict[str, str] = {}
    if core is not None:
        for element in core:
            if isinstance(element.tag, str):
                properties[element.tag.rpartition("}")[2]] = (element.text or "").strip()
    created = None
    for key in ("modified", "created"):
        if created is None and properties.get(key):
            with suppress(ValueError):
                created = datetime.fromisoformat(properties[key])
    return properties.get("title") or None, created


class _Reader:
    """Walks the stories of a Word file: its text, then the notes that the text points to."""

    def __init__(self, file: WordFile) -> None:
        self._file = file
        self._bookmarks = NoteBookmarks(file.document.root)
        self._markers: list[MarkerSeen] = []
        self._sections: list[Any] = []

    def read(self) -> Draft:
        draft = Draft()
        body = child(self._file.document.root, "w:body")
        story = _Story(self._file.document, self)
        draft.paragraphs = story.read(body if body is not None else self._file.document.root)
        self._sections.append(child(body, "w:sectPr") if body is not None else None)
        known = labels(self._markers, self._sections, self._file.settings)
        self._add_notes(draft, known)
        return draft

    @property
    def section(self) -> int:
        return len(self._sections)

    def end_section(self, properties: Any) -> None:
        self._sections.append(properties)

    def inline(self, part: WordPart) -> InlineReader:
        return InlineReader(part, self._file.sources, self._bookmarks, self._see)

    def _see(self, kind: NoteKind, note_id: str) -> MarkerSeen:
        marker = MarkerSeen(kind, note_id, self.section)
        self._markers.append(marker)
        return marker

    def _add_notes(self, draft: Draft, known: dict[str, str]) -> None:
        """The notes that the text points to, in the order of their markers; nothing prints the others."""
        bodies = {
            NoteKind.FOOTNOTE: _bodies(self._file.footnotes, "w:footnote"),
            NoteKind.ENDNOTE: _bodies(self._file.endnotes, "w:endnote"),
        }
        done: set[str] = set()
        for marker in list(self._markers):
            if marker.key in done:
                continue
            done.add(marker.key)
            part = self._file.footnotes if marker.kind is NoteKind.FOOTNOTE else self._file.endnotes
            body = bodies[marker.kind].get(marker.note_id)
            label = known.get(marker.key, "")
            if body is None or part is None:
                message = f"no note was found for the marker {label}"
                draft.warnings.append(DraftWarning(WarningCode.MARKER_WITHOUT_NOTE, message))
                continue
            story = _Story(part, self)
            paragraphs = [paragraph for paragraph in story.read(body) if paragraph.text]
            if paragraphs:
                paragraphs[0] = _without_mark(paragraphs[0], marker.mark)
            draft.notes.append(DraftNote(marker.key, label, marker.kind, paragraphs))


def _bodies(part: WordPart | None, element: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for note in part.root if part is not None else ():
        if name(note) == element and value(note, "type") not in _SEPARATORS:
            found.setdefault(value(note, "id") or "", note)
    return found


def _without_mark(paragraph: Paragraph, mark: str | None) -> Paragraph:
    """A note's first paragraph without the mark of its own, or what was typed behind its number."""
    text = paragraph.text
    if mark and text.startswith(mark):
        return cut(paragraph, len(mark))
    if text[:1] in (".", ")", "]") and text[1:2] == " ":
        return cut(paragraph, 1)
    return paragraph


class _Story:
    """The paragraphs of the text or of one note."""

    def __init__(self, part: WordPart, reader: _Reader) -> None:
        self._reader = reader
        self._inline = reader.inline(part)
        self._done: list[Paragraph] = []
        self._goes_on = False

    def read(self, root: Any) -> list[Paragraph]:
        self._blocks(root)
        if self._goes_on:
            self._finish(None)
        return self._done

    def _blocks(self, parent: Any) -> None:
        for element in parent:
            kind = name(element)
            if kind in _PASSED_OVER:
                continue
            if kind == "w:p":
                self._paragraph(element)
            elif kind == "w:tbl":
                self._table(element)
            elif kind == "mc:AlternateContent":
                self._blocks(chosen(element))
            elif len(element):
                self._blocks(element)

    def _paragraph(self, element: Any) -> None:
        properties = child(element, "w:pPr")
        self._inline.paragraph(element)
        marks = child(properties, "w:rPr") if properties is not None else None
        self._goes_on = marks is not None and any(
            child(marks, change) is not None for change in ("w:del", "w:moveFrom")
        )
        if not self._goes_on:
            self._finish(properties)
        section = child(properties, "w:sectPr") if properties is not None else None
        if section is not None:
            self._reader.end_section(section)

    def _finish(self, properties: Any) -> None:
        style = child(properties, "w:pStyle") if properties is not None else None
        called = (value(style) or "").casefold().replace(" ", "") if style is not None else ""
        outline = child(properties, "w:outlineLvl") if properties is not None else None
        paragraph = self._inline.finish(
            heading=called.startswith(_HEADING) or outline is not None, quoted=called.startswith(_QUOTATION)
        )
        if paragraph.text or paragraph.markers:
            self._done.append(paragraph)
        for box in self._inline.take_boxes():
            self._blocks(box)

    def _table(self, table: Any) -> None:
        for row in _inside(table, "w:tr"):
            properties = child(row, "w:trPr")
            if properties is not None and child(properties, "w:del") is not None:
                continue
            for cell in _inside(row, "w:tc"):
                about = child(cell, "w:tcPr")
                if about is not None and child(about, "w:cellDel") is not None:
                    continue
                held, self._done = self._done, []
                self._blocks(cell)
                write_cell(self._done, held)
                self._done = held


def _inside(parent: Any, wanted: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, those in content controls and inserted ones too."""
    for element in parent:
        kind = name(element)
        if kind == wanted:
            yield element
        elif kind not in _PASSED_OVER and kind not in ("w:tbl", "w:p"):
            yield from _inside(chosen(element) if kind == "mc:AlternateContent" else element, wanted)


def chosen(element: Any) -> Any:
    """Of alternative contents the first choice, which newer programs show, else the fallback."""
    choice = child(element, "mc:Choice")
    fallback = child(element, "mc:Fallback")
    return choice if choice is not None else fallback if fallback is not None else ()
