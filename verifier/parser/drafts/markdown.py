"""Markdown: CommonMark with tables and footnotes, and of Pandoc's additions what changes the words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
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
from verifier.parser.drafts.paragraphs import Draft, DraftNote, DraftWarning, Paragraph, cut
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


class _Reader:
    """Walks the blocks of a parsed file."""

    def __init__(self, files: DraftFiles) -> None:
        self.draft = Draft()
        self._files = files
        self._works: dict[str, CitedWork] = {}
        self._cited: dict[str, CitedWork] = {}

    def read(self, tokens: Sequence[Any]) -> None:
        notes: dict[str, DraftNote] = {}
        into = self.draft.paragraphs
        quoted, heading, cell = 0, False, False
        ordinal: int | None = None
        for number, token in enumerate(tokens):
            after_table = number > 1 and tokens[number - 2].type == "table_close"
            match token.type:
                case "front_matter":
                    self._front_matter(token.content)
                case "blockquote_open":
                    quoted += 1
                case "blockquote_close":
                    quoted -= 1
                case "heading_open" | "heading_close":
                    heading = token.type == "heading_open"
                case "th_open" | "td_open" | "th_close" | "td_close":
                    cell = token.type.endswith("_open")
                case "footnote_open":
                    number = token.meta["id"]
                    note = DraftNote(f"md:{number}", str(number + 1), NoteKind.FOOTNOTE)
                    notes[note.key] = note
                    into = note.paragraphs
                case "footnote_close":
                    into = self.draft.paragraphs
                case "list_item_open":
                    ordinal = int(token.info) if token.info.isdecimal() else None
                case "math_block":
                    into.append(InlineWriter(self._works, self._cite).write([token]))
                case "html_block":
                    into.extend(_html(token.content))
                case "inline":
                    writer = InlineWriter(self._works, self._cite, in_note=into is not self.draft.paragraphs)
                    paragraph = writer.write(
                        _captioned(token.children or ()), whole=cell, heading=heading, quoted=quoted > 0
                    )
                    lead = _CAPTION.match(paragraph.text) if after_table else None
                    if lead is not None:
                        paragraph = cut(paragraph, lead.end())
                    if paragraph.text or paragraph.markers:
                        into.append(replace(paragraph, ordinal=ordinal))
                        ordinal = None
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
            for name in bibliographies(field[2], field[3]):
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
