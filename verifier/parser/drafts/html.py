"""HTML: web pages of any maker, read as text with the notes that their links, roles and classes show."""

import re
from collections.abc import Sequence
from dataclasses import replace
from html.entities import name2codepoint
from pathlib import Path
from typing import Any

import lxml.etree
import lxml.html

from verifier.errors import DocumentError
from verifier.parser.drafts.cells import write_cell
from verifier.parser.drafts.charset import decoded
from verifier.parser.drafts.html_notes import HtmlNotes, find_html_notes
from verifier.parser.drafts.html_tree import (
    BLOCKS,
    HEADINGS,
    IGNORED,
    is_hidden,
    is_raised,
    tag_of,
)
from verifier.parser.drafts.package import MOST_BYTES, MOST_TAGS
from verifier.parser.drafts.paragraphs import Draft, DraftNote, Paragraph, ParagraphWriter, cut
from verifier.parser.drafts.typed_notes import find_typed_notes
from verifier.parser.patterns import regex

_BACK = regex(r"[\s↩↵↲↑^⏎⤴︎️]+$")
_LEADING_BACK = regex(r"^(?:[.):\]]+(?=\s))?[\s↩↵↲↑^⏎⤴︎️]+(?=\S)")
_ENTITY = regex(r"&([A-Za-z][A-Za-z0-9]{1,10});")
_DECLARATION = regex(r"^\s*<\?xml[^>]*\?>")
_CONDITIONAL = regex(r"<!\[(?:if|endif)[^>]*>", re.I)
"""Word's conditional comments that every browser shows the inside of."""


def read_html(path: Path) -> Draft:
    """Read a web page. Raises DocumentError."""
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise DocumentError(f"{path}: is larger than {MOST_BYTES // 1024**2} MB")
    return find_typed_notes(read_page(data, str(path)))


def read_page(data: bytes, what: str) -> Draft:
    """The draft of one page's bytes; notes that are only typed are not looked for."""
    root = parsed(decoded(data), what)
    draft = Draft()
    title = root.find(".//title")
    draft.title = " ".join(title.text_content().split()) or None if title is not None else None
    body = root.find(".//body")
    PageReader(find_html_notes(body if body is not None else root), draft).read(body if body is not None else root)
    return draft


def parsed(text: str, what: str) -> Any:
    """The tree of a page. Raises DocumentError where there is none."""
    if text.count("<") > MOST_TAGS:
        raise DocumentError(f"{what}: has more than {MOST_TAGS} tags")
    if text.lstrip().startswith("<?xml"):
        root = _as_xml(text)
        if root is not None:
            return root
    text = _CONDITIONAL.sub("", _DECLARATION.sub("", text)).replace("\0", "")
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError) as error:
        raise DocumentError(f"{what}: holds no text; check that the right file was given") from error
    return root


def _as_xml(text: str) -> Any:
    """The tree of XHTML that is well formed, without namespaces; None for others.

    HTML's rules would take `<a id="x"/>` for a link that never ends.
    """
    text = _ENTITY.sub(_numbered, _DECLARATION.sub("", text).lstrip())
    parser = lxml.etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    parser.set_element_class_lookup(lxml.html.HtmlElementClassLookup())
    try:
        root = lxml.etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (lxml.etree.XMLSyntaxError, ValueError):
        return None
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.rpartition("}")[2].lower()
    return root if root.tag == "html" else None


def _numbered(match: "re.Match[str]") -> str:
    """A named entity of HTML as the characters that it stands for; XML's own stay."""
    character = name2codepoint.get(match[1])
    return match[0] if character is None or match[1] in ("amp", "lt", "gt", "quot", "apos") else f"&#{character};"


_UNNUMBERED = -(10**10)
"""In the place of a list's number: it has bullets."""


class PageReader:
    """Walks a page's elements: blocks become paragraphs, notes are taken out of the running text."""

    def __init__(self, notes: HtmlNotes, draft: Draft) -> None:
        self._notes = notes
        self._draft = draft
        self._into: list[Paragraph] = draft.paragraphs
        self._writer = ParagraphWriter()
        self._quoted = 0
        self._heading = False
        self._in_note = False
        self._numbers: list[int] = []
        self._ordinal: int | None = None

    def read(self, root: Any) -> None:
        """Read a page: its text, then its notes in the order of their markers."""
        self._walk(root)
        self._flush()
        read: list[list[Paragraph]] = []
        for note in self._notes.notes:
            paragraphs: list[Paragraph] = []
            self._into, self._in_note = paragraphs, True
            for element in note.elements:
                self._element_content(element)
                self._flush()
            read.append(paragraphs)
        bare = _print_bare_labels([(note.label, found) for note, found in zip(self._notes.notes, read, strict=True)])
        for note, found in zip(self._notes.notes, read, strict=True):
            words = _trimmed(found, note.label, bare=bare)
            self._draft.notes.append(DraftNote(note.key, note.label, note.kind, words))
        self._into, self._in_note = self._draft.paragraphs, False

    def _element_content(self, element: Any) -> None:
        if tag_of(element) == "table":
            self._walk(element)
        else:
            self._children(element)

    def _flush(self) -> None:
        writer, self._writer = self._writer, ParagraphWriter()
        paragraph = writer.finish(heading=self._heading, quoted=self._quoted > 0)
        if paragraph.text or paragraph.markers:
            self._into.append(replace(paragraph, ordinal=self._ordinal) if self._ordinal is not None else paragraph)
            self._ordinal = None

    def _children(self, element: Any) -> None:
        self._text(element.text, element)
        for one in element:
            self._walk(one)
            self._text(one.tail, element)

    def _text(self, text: str | None, element: Any) -> None:
        if not text:
            return
        if is_raised(element):
            self._writer.write_raised(text)
        else:
            self._writer.write(text)

    def _walk(self, element: Any) -> None:
        tag = tag_of(element)
        if not tag or tag in IGNORED:
            return
        marked = self._notes.markers.get(element)
        if marked is not None:
            for key in marked:
                self._writer.mark(key)
            return
        if element in self._notes.taken or is_hidden(element):
            return
        if tag == "br":
            self._writer.write(" ")
        elif tag == "img":
            pass
        elif tag == "table":
            self._table(element)
        elif tag in BLOCKS:
            self._block(element, tag)
        elif tag == "a":
            self._writer.open_link(element.get("href") or "")
            self._children(element)
            self._writer.close_link()
        elif tag == "q":
            self._writer.write("“")
            self._children(element)
            self._writer.write("”")
        else:
            self._children(element)

    def _block(self, element: Any, tag: str) -> None:
        self._flush()
        quoted = tag == "blockquote"
        self._quoted += quoted
        heading, self._heading = self._heading, self._heading or tag in HEADINGS
        if tag in ("ol", "ul"):
            self._numbers.append(_number(element.get("start"), 1) - 1 if tag == "ol" else _UNNUMBERED)
        elif tag == "li" and self._numbers and self._numbers[-1] != _UNNUMBERED:
            self._numbers[-1] = _number(element.get("value"), self._numbers[-1] + 1)
            self._ordinal = self._numbers[-1]
        self._children(element)
        self._flush()
        if tag in ("ol", "ul"):
            self._numbers.pop()
        elif tag == "li":
            self._ordinal = None
        self._heading = heading
        self._quoted -= quoted

    def _table(self, table: Any) -> None:
        self._flush()
        held = self._into
        for cell in table.iter("td", "th", "caption"):
            if _owner(cell) is not table:
                continue
            if cell in self._notes.taken or cell.getparent() in self._notes.taken:
                continue
            self._into = []
            self._children(cell)
            self._flush()
            write_cell(self._into, held)
        self._into = held


def _number(stated: str | None, otherwise: int) -> int:
    return int(stated) if stated is not None and re.fullmatch(r"-?\d{1,9}", stated.strip()) else otherwise


def _owner(cell: Any) -> Any:
    return next(cell.iterancestors("table"), None)


def _print_bare_labels(notes: Sequence[tuple[str, list[Paragraph]]]) -> bool:
    """Whether at least half of the notes begin with their label and a blank: then it is no figure of their text."""
    begun = sum(bool(label) and bool(words) and words[0].text.startswith(f"{label} ") for label, words in notes)
    return 2 * begun >= len(notes)


def _trimmed(paragraphs: list[Paragraph], label: str, *, bare: bool) -> list[Paragraph]:
    """A note's words without the label that they begin with and the arrows that lead back.

    `bare`: the page prints labels with nothing but a blank behind them.
    """
    kept = list(paragraphs)
    if kept:
        first = next((span for span in kept[0].raised if span.start == 0), None)
        if first is not None and label and kept[0].text[: first.end].strip(" []().") == label:
            kept[0] = cut(kept[0], first.end)
        lead = _LEADING_BACK.match(kept[0].text)
        if lead is not None:
            kept[0] = cut(kept[0], lead.end())
        stem = re.match(
            rf"(?:\[{re.escape(label)}\]|\({re.escape(label)}\)|{re.escape(label)})(?:[.):\]]|\b|(?=\s))\s*",
            kept[0].text,
        )
        if len(kept) > 1 and label and kept[0].text.strip(" []().:") == label:
            del kept[0]
        elif stem is not None and label and _is_label(kept[0].text, stem.end(), label, bare=bare):
            kept[0] = cut(kept[0], stem.end())
    while kept:
        end = _BACK.search(kept[-1].text)
        if end is None:
            break
        text = kept[-1].text[: end.start()]
        if text:
            kept[-1] = _cut_end(kept[-1], len(text))
            break
        kept.pop()
    return [paragraph for paragraph in kept if paragraph.text]


def _is_label(text: str, end: int, label: str, *, bare: bool) -> bool:
    """Whether a note's first word is its label and not the number that its text begins with: `9 U.S.C.` of note 9."""
    return (
        not label[-1:].isalnum()
        or text[:1] in "[("
        or (text[end - 1 : end] in " .):]" and text[len(label) : len(label) + 1] in (" .):]" if bare else ".):]"))
    )


def _cut_end(paragraph: Paragraph, end: int) -> Paragraph:
    links = tuple(replace(link, end=min(end, link.end)) for link in paragraph.links if link.start < end)
    return replace(paragraph, text=paragraph.text[:end], links=links)
