"""Markdown: CommonMark with tables and footnotes, and of Pandoc's additions what changes the words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from verifier.errors import DocumentError
from verifier.model import NoteKind, WarningCode
from verifier.parser.drafts.bibtex import beside, read_bibliography
from verifier.parser.drafts.charset import decoded
from verifier.parser.drafts.html import read_page
from verifier.parser.drafts.markdown_inline import InlineWriter
from verifier.parser.drafts.paragraphs import CellPlace, Draft, DraftNote, DraftWarning, ItemPlace, Paragraph
from verifier.parser.drafts.typed_notes import find_typed_notes
from verifier.parser.drafts.works import CitedWork
from verifier.parser.patterns import regex

_MOST_BYTES = 32 * 1024**2
_LONGEST_LINE = 400_000
"""Characters; a paragraph on one line is shorter, and brackets in longer ones would take minutes to match."""
_MOST_BRACKETS = 20_000
"""Opening brackets in one line."""
_NESTED = regex(r"^(?:[ \t]{0,3}>){40,}", re.M)
_FENCED_DIV = regex(r"^ {0,3}:{3,}.*$", re.M)
_RAISED_COMMA = regex(r"\^([,;/–-])\^(?=\[\^)")
"""What Pandoc puts between two markers; its second sign and the next bracket would else begin a note."""
_FIELD = regex(r"^(bibliography|title)\s*:\s*(.*?)\s*$((?:\n\s*-\s+.*$)*)", re.M)


def read_markdown(path: Path) -> Draft:
    """Read a Markdown file. Raises DocumentError."""
    with path.open("rb") as file:
        data = file.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise DocumentError(f"{path}: is larger than {_MOST_BYTES // 1024**2} MB")
    text = decoded(data).replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    for line in text.split("\n"):
        if len(line) > _LONGEST_LINE or line.count("[") > _MOST_BRACKETS:
            raise DocumentError(f"{path}: has a line of {len(line)} characters, more than is read; break it")
    if _NESTED.search(text):
        raise DocumentError(f"{path}: is nested too deeply to be read")
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(front_matter_plugin).use(footnote_plugin)
    tokens = parser.parse(_RAISED_COMMA.sub(r"<sup>\1</sup>", _FENCED_DIV.sub("", text)))
    reader = _Reader(path)
    reader.read(tokens)
    return find_typed_notes(reader.draft)


class _Reader:
    """Walks the blocks of a parsed file."""

    def __init__(self, path: Path) -> None:
        self.draft = Draft()
        self._path = path
        self._works: dict[str, CitedWork] = {}
        self._cited: dict[str, CitedWork] = {}

    def read(self, tokens: Sequence[Any]) -> None:
        notes: dict[str, DraftNote] = {}
        into = self.draft.paragraphs
        quoted, heading, cell = 0, False, False
        table = row = column = 0
        lists: list[ItemPlace | None] = []
        for token in tokens:
            match token.type:
                case "front_matter":
                    self._front_matter(token.content)
                case "blockquote_open":
                    quoted += 1
                case "blockquote_close":
                    quoted -= 1
                case "heading_open" | "heading_close":
                    heading = token.type == "heading_open"
                case "bullet_list_open" | "ordered_list_open":
                    number = self.draft.begin_list()
                    lists.append(ItemPlace(number, 0) if token.attrGet("start") in (None, 1) else None)
                case "bullet_list_close" | "ordered_list_close":
                    lists.pop()
                case "list_item_open":
                    place = lists[-1]
                    lists[-1] = replace(place, item=place.item + 1) if place is not None else None
                case "table_open":
                    table, row = self.draft.begin_table(), -1
                case "tr_open":
                    row, column = row + 1, -1
                case "th_open" | "td_open" | "th_close" | "td_close":
                    cell = token.type.endswith("_open")
                    column += cell
                case "footnote_open":
                    number = token.meta["id"]
                    note = DraftNote(f"md:{number}", str(number + 1), NoteKind.FOOTNOTE)
                    notes[note.key] = note
                    into = note.paragraphs
                case "footnote_close":
                    into = self.draft.paragraphs
                case "html_block":
                    into.extend(_html(token.content))
                case "inline":
                    paragraph = InlineWriter(self._works, self._cite).write(
                        token.children or (), whole=cell, heading=heading, quoted=quoted > 0
                    )
                    if cell:
                        paragraph = replace(paragraph, cell=CellPlace(table, row, column, is_head=row == 0))
                    elif lists:
                        paragraph = replace(paragraph, item=lists[-1])
                    if paragraph.text or paragraph.markers:
                        into.append(paragraph)
        self.draft.notes = [*notes.values(), *self._references()]

    def _cite(self, work: CitedWork) -> str:
        self._cited.setdefault(work.key, work)
        return f"work:{work.key}"

    def _references(self) -> Iterator[DraftNote]:
        for number, work in enumerate(self._cited.values(), 1):
            words = Paragraph(work.reference())
            yield DraftNote(f"work:{work.key}", str(number), NoteKind.REFERENCE, [words], (work,))

    def _front_matter(self, text: str) -> None:
        for field in _FIELD.finditer(text):
            if field[1] == "title":
                self.draft.title = field[2].strip("\"' ") or None
                continue
            for name in re.split(r"\s*,\s*|\n\s*-\s+", f"{field[2].strip('[]')}{field[3]}"):
                file = beside(self._path, name.strip("\"' "), ("", ".bib")) if name.strip() else None
                if file is not None and file.suffix.lower() == ".bib":
                    self._works |= read_bibliography(file)
                elif name.strip("\"' "):
                    message = f"the bibliography {name.strip()[:80]} is not in its folder; the works of it are not read"
                    self.draft.warnings.append(DraftWarning(WarningCode.PAGE_UNREADABLE, message))


def _html(content: str) -> list[Paragraph]:
    """The paragraphs of HTML between Markdown; comments hold none."""
    if not re.sub(r"<!--.*?(?:-->|$)", "", content, flags=re.S).strip():
        return []
    try:
        return read_page(content.encode(), "HTML").paragraphs
    except DocumentError:  # nothing but tags
        return []
