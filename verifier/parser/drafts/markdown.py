"""Markdown: CommonMark with tables and footnotes, and of Pandoc's additions what changes the words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from verifier.errors import DocumentError
from verifier.model import NoteKind, WarningCode
from verifier.parser.drafts.bibtex import read_bibliography
from verifier.parser.drafts.charset import decoded
from verifier.parser.drafts.html import read_page
from verifier.parser.drafts.markdown_inline import InlineWriter, accepted
from verifier.parser.drafts.markdown_tables import with_piped_tables
from verifier.parser.drafts.named_parts import bibliographies
from verifier.parser.drafts.paragraphs import CellPlace, Draft, DraftNote, DraftWarning, ItemPlace, Paragraph, cut
from verifier.parser.drafts.parts import BIBLIOGRAPHY_SUFFIXES, DraftFiles, draft_files
from verifier.parser.drafts.typed_notes import find_typed_notes
from verifier.parser.drafts.works import CitedWork, csl_library
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
_CAPTION = regex(r"(?:Table)?:\s+")
"""How Pandoc marks a caption below its table."""
_TAGS = regex(r"<(?:sup|a)\b|\]\(#", re.I)
_FIELD = regex(r"^(bibliography|title)[ \t]*:[ \t]*(.*?)[ \t]*$((?:\n[ \t]*-[ \t]+.*$)*)", re.M)


def read_markdown(path: Path) -> Draft:
    """Read a Markdown file. Raises DocumentError."""
    files = draft_files(path)
    text = decoded(files.main(_MOST_BYTES)).replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    for line in text.split("\n"):
        if len(line) > _LONGEST_LINE or line.count("[") > _MOST_BRACKETS:
            raise DocumentError(f"{path}: has a line of {len(line)} characters, more than is read; break it")
    if _NESTED.search(text):
        raise DocumentError(f"{path}: is nested too deeply to be read")
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(front_matter_plugin)
    parser.use(footnote_plugin).use(deflist_plugin).use(dollarmath_plugin, allow_space=False, allow_digits=False)
    parser.normalizeLinkText = _as_written  # type: ignore[assignment, method-assign]
    tokens = parser.parse(_RAISED_COMMA.sub(r"<sup>\1</sup>", _FENCED_DIV.sub("", with_piped_tables(accepted(text)))))
    reader = _Reader(files)
    reader.read(tokens)
    draft = find_typed_notes(reader.draft)
    return draft if draft.notes or not _TAGS.search(text) else _as_html(parser, tokens, draft)


def _as_written(url: str) -> str:
    """What is printed of an address: not what its escapes stand for."""
    return url


def _as_html(parser: MarkdownIt, tokens: Sequence[Any], draft: Draft) -> Draft:
    """The draft as a page: its markers and notes may be tags; as it was where that shows none."""
    try:
        page = find_typed_notes(read_page(parser.renderer.render(tokens, parser.options, {}).encode(), "HTML"))
    except DocumentError:
        return draft
    if not page.notes:
        return draft
    page.title, page.warnings = draft.title, draft.warnings
    return page


@dataclass
class _Surroundings:
    """What the words being read are within: quotations, headings, lists, tables."""

    draft: Draft
    quoted: int = 0
    heading: bool = False
    cell: bool = False
    table: int = 0
    row: int = 0
    column: int = 0
    lists: list[ItemPlace | None] = field(default_factory=list)
    ordinal: int | None = None

    def pass_by(self, token: Any) -> None:
        """Take note of a block that begins or ends."""
        match token.type:
            case "blockquote_open" | "blockquote_close":
                self.quoted += 1 if token.type.endswith("_open") else -1
            case "heading_open" | "heading_close":
                self.heading = token.type == "heading_open"
            case "bullet_list_open" | "ordered_list_open":
                listed = self.draft.begin_list()
                self.lists.append(ItemPlace(listed, 0) if token.attrGet("start") in (None, 1) else None)
            case "bullet_list_close" | "ordered_list_close":
                self.lists.pop()
            case "list_item_open":
                place = self.lists[-1]
                self.lists[-1] = replace(place, item=place.item + 1) if place is not None else None
                self.ordinal = int(token.info) if token.info.isdecimal() else None
            case "table_open":
                self.table, self.row = self.draft.begin_table(), -1
            case "tr_open":
                self.row, self.column = self.row + 1, -1
            case "th_open" | "td_open" | "th_close" | "td_close":
                self.cell = token.type.endswith("_open")
                self.column += self.cell

    def placed(self, paragraph: Paragraph) -> Paragraph:
        """A paragraph with its place in a table or list."""
        if self.cell:
            return replace(paragraph, cell=CellPlace(self.table, self.row, self.column, is_head=self.row == 0))
        return replace(paragraph, item=self.lists[-1]) if self.lists else paragraph


class _Reader:
    """Walks the blocks of a parsed file."""

    def __init__(self, files: DraftFiles) -> None:
        self.draft = Draft()
        self._files = files
        self._works: dict[str, CitedWork] = {}
        self._cited: dict[str, CitedWork] = {}
        self._within = _Surroundings(self.draft)

    def read(self, tokens: Sequence[Any]) -> None:
        notes: dict[str, DraftNote] = {}
        into = self.draft.paragraphs
        for number, token in enumerate(tokens):
            match token.type:
                case "front_matter":
                    self._front_matter(token.content)
                case "footnote_open":
                    noted = token.meta["id"]
                    note = DraftNote(f"md:{noted}", str(noted + 1), NoteKind.FOOTNOTE)
                    notes[note.key] = note
                    into = note.paragraphs
                case "footnote_close":
                    into = self.draft.paragraphs
                case "math_block":
                    into.append(InlineWriter(self._works, self._cite).write([token]))
                case "html_block":
                    into.extend(_html(token.content))
                case "inline":
                    after_table = number > 1 and tokens[number - 2].type == "table_close"
                    self._inline(token, into, after_table=after_table)
                case _:
                    self._within.pass_by(token)
        self.draft.notes = [*notes.values(), *self._references()]

    def _inline(self, token: Any, into: list[Paragraph], *, after_table: bool) -> None:
        within = self._within
        writer = InlineWriter(self._works, self._cite, in_note=into is not self.draft.paragraphs)
        paragraph = writer.write(
            _captioned(token.children or ()), whole=within.cell, heading=within.heading, quoted=within.quoted > 0
        )
        lead = _CAPTION.match(paragraph.text) if after_table else None
        if lead is not None:
            paragraph = cut(paragraph, lead.end())
        paragraph = within.placed(paragraph)
        if paragraph.text or paragraph.markers:
            into.append(replace(paragraph, ordinal=within.ordinal))
            within.ordinal = None

    def _cite(self, work: CitedWork) -> str:
        self._cited.setdefault(work.key, work)
        return f"work:{work.key}"

    def _references(self) -> Iterator[DraftNote]:
        for number, work in enumerate(self._cited.values(), 1):
            words = Paragraph(work.reference())
            yield DraftNote(f"work:{work.key}", str(number), NoteKind.REFERENCE, [words], (work,))

    def _front_matter(self, text: str) -> None:
        for entry in _FIELD.finditer(text):
            if entry[1] == "title":
                self.draft.title = entry[2].strip("\"' ") or None
                continue
            for name in bibliographies(entry[2], entry[3]):
                part = self._files.beside(name, BIBLIOGRAPHY_SUFFIXES)
                if part is not None and part.name.lower().endswith(".bib"):
                    self._works |= read_bibliography(part.data)
                elif part is not None and part.name.lower().endswith(".json"):
                    self._works |= csl_library(part.data)
                else:
                    message = f"the bibliography {name[:80]} is not in its folder; the works of it are not read"
                    self.draft.warnings.append(DraftWarning(WarningCode.PART_UNREAD, message))


def _captioned(tokens: Sequence[Any]) -> Sequence[Any]:
    """What a paragraph prints: of a picture that is alone in it the caption."""
    return tokens[0].children or () if len(tokens) == 1 and tokens[0].type == "image" else tokens


def _html(content: str) -> list[Paragraph]:
    """The paragraphs of HTML between Markdown; comments hold none."""
    if not re.sub(r"<!--.*?(?:-->|$)", "", content, flags=re.S).strip():
        return []
    try:
        return read_page(content.encode(), "HTML").paragraphs
    except DocumentError:  # nothing but tags
        return []
