"""`extract --show`: pictures of the pages with what was understood drawn over them.

Every page is drawn, also those on which nothing was found: a note that was missed shows nowhere else. Colours are
Okabe and Ito's, which colour-blind people tell apart; purple means that something may be wrong.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from PIL import Image

from verifier.errors import DocumentError, SettingsError
from verifier.model import Anchor, Box, Extraction, Footnote
from verifier.pdfium import PdfiumError, open_document, render, to_pixels, web_links
from verifier.reports.markup.character_index import DocumentIndex, clause_letters
from verifier.reports.markup.locate_text import FEWEST, letters_of, lines_of
from verifier.reports.markup.page_canvas import Colour, PageCanvas, Side, Tag

_NO_ADDRESSES = frozenset({"mailto", "tel", "javascript", "file", "about"})
"""Schemes of links that cite nothing."""


@dataclass(slots=True)
class _PageMarks:
    """What is to be drawn on a page."""

    sentences: list[Box] = field(default_factory=list)
    clauses: list[Box] = field(default_factory=list)
    markers: list[Tag] = field(default_factory=list)
    notes: list[Tag] = field(default_factory=list)
    links: list[Tag] = field(default_factory=list)


def draw_pages(extraction: Extraction, folder: Path, *, password: str = "") -> Iterator[Path]:
    """Draw every page of an extraction's document into `folder`, as `<name of the PDF>-p001.png`, and yield each.

    Raises DocumentError when the PDF cannot be opened any more, SettingsError when the folder cannot be written.
    """
    source = Path(extraction.document.path)
    try:
        pdf = open_document(source, password)
    except (PdfiumError, OSError) as error:
        raise DocumentError(f"{source}: cannot be opened for its pictures ({error}); read it again") from error
    digits = max(3, len(str(len(pdf))))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        artist = _Artist(pdf, extraction)
        for number in range(1, len(pdf) + 1):
            path = folder / f"{source.stem}-p{number:0{digits}}.png"
            artist.draw(number).save(path)
            yield path
    except OSError as error:
        raise SettingsError(f"{folder}: cannot be written: {error.strerror or error}") from None
    finally:
        pdf.close()


class _Artist:
    """Draws the pages of one open document."""

    def __init__(self, pdf: Any, extraction: Extraction) -> None:
        self._pdf = pdf
        self._extraction = extraction
        self._owners = _owners(extraction)
        self._letters = DocumentIndex(pdf, extraction)

    def draw(self, number: int) -> Image.Image:
        """The picture of a page (from 1), under a legend; a page that cannot be read is white."""
        warnings = [f"{w.code.value}: {w.message}" for w in self._extraction.warnings if w.page == number]
        if number == 1:
            warnings += [f"{w.code.value}: {w.message}" for w in self._extraction.warnings if w.page is None]
        try:
            page = self._pdf[number - 1]
        except PdfiumError as error:
            return PageCanvas.blank().finished(self._headline(number, _PageMarks()), [*warnings, f"not drawn: {error}"])
        try:
            canvas = PageCanvas(render(page), to_pixels(page))
            marks = self._marks(page, number)
            canvas.highlight(marks.sentences, Colour.SENTENCE)
            canvas.highlight(marks.clauses, Colour.CLAUSE)
            for tag in (*marks.notes, *marks.links, *marks.markers):
                canvas.outline(tag)
            return canvas.finished(self._headline(number, marks), warnings)
        finally:
            page.close()

    def _headline(self, number: int, marks: _PageMarks) -> str:
        document = self._extraction.document
        counts = f"notes {len(marks.notes)}, markers {len(marks.markers)}, links {len(marks.links)}"
        return f"{Path(document.path).name}   page {number} of {document.pages}   {counts}"

    def _marks(self, page: Any, number: int) -> _PageMarks:
        marks = _PageMarks()
        for note in self._extraction.footnotes:
            self._add_note(marks, note, number)
            for anchor in note.anchors:
                if anchor.page is not None and abs(anchor.page - number) <= 1:
                    self._add_anchor(marks, anchor, note.label, number)
        self._add_links(marks, page, number)
        return marks

    def _add_note(self, marks: _PageMarks, note: Footnote, number: int) -> None:
        here = tuple(box for box in note.boxes if box.page == number)
        if not here:
            return
        words = [note.label if number == note.page else f"{note.label} goes on"]
        if note.kind.value != "footnote":
            words.append(note.kind.value.replace("_", " "))
        unpointed = not note.anchors and note.expects_marker
        if unpointed:
            words.append("no marker")
        colour = Colour.DOUBT if unpointed else Colour.NOTE
        marks.notes.append(Tag(here, ", ".join(words), colour, Side.LEFT))

    def _add_anchor(self, marks: _PageMarks, anchor: Anchor, label: str, number: int) -> None:
        placed = self._letters.sentence(anchor)
        marks.sentences += [box for box in lines_of(placed) if box.page == number]
        marks.clauses += [box for box in lines_of(placed[clause_letters(anchor)]) if box.page == number]
        here = tuple(box for box in anchor.boxes if box.page == number)
        if here:
            whole = placed.count(None) < FEWEST
            words = label if whole else f"{label} sentence not all found"
            marks.markers.append(Tag(here, words, Colour.MARKER if whole else Colour.DOUBT, Side.ABOVE))

    def _add_links(self, marks: _PageMarks, page: Any, number: int) -> None:
        drawn: set[str] = set()
        for uri, boxes in groupby(_annotations(self._pdf, page, number), key=lambda found: found[0]):
            drawn.add(_url_key(uri))
            owners = self._owners.get(_url_key(uri), [])
            near = [label for label, pages in owners if pages & {number - 1, number, number + 1}]
            words = ", ".join(dict.fromkeys(near)) or "not taken"
            colour = Colour.LINK if near else Colour.DOUBT
            marks.links.append(Tag(tuple(box for _, box in boxes), words, colour, Side.RIGHT))
        letters = self._letters.of_page(number)
        for note in self._extraction.footnotes:
            if number in {box.page for box in note.boxes}:
                for url in note.urls:
                    if _url_key(url) not in drawn:
                        _add_visible(marks, letters.find(_bare(url)), note.label)
        for link in self._extraction.body_links:
            if link.page == number and _url_key(link.url) not in drawn:
                _add_visible(marks, letters.find_within(link.text, link.sentence), "text")


def _add_visible(marks: _PageMarks, found: tuple[Box, ...], owner: str) -> None:
    if found:
        marks.links.append(Tag(lines_of(found), owner, Colour.LINK, Side.RIGHT))


def _owners(extraction: Extraction) -> dict[str, list[tuple[str, frozenset[int]]]]:
    """Whose each address is: notes by their label, or the text, with the pages they are on."""
    owners: dict[str, list[tuple[str, frozenset[int]]]] = {}
    for note in extraction.footnotes:
        pages = frozenset(box.page for box in note.boxes)
        for url in note.urls:
            owners.setdefault(_url_key(url), []).append((note.label, pages))
    for link in extraction.body_links:
        pages = frozenset(() if link.page is None else (link.page,))
        owners.setdefault(_url_key(link.url), []).append(("text", pages))
    return owners


def _bare(url: str) -> str:
    return url.partition("://")[2] or url


def _url_key(url: str) -> str:
    return letters_of(unquote(_bare(url)))


def _annotations(pdf: Any, page: Any, number: int) -> Iterator[tuple[str, Box]]:
    """The address and rectangle of every link of a page that leads into the web."""
    for uri, edges in web_links(pdf, page):
        if uri.partition(":")[0].casefold() not in _NO_ADDRESSES:
            yield uri, Box(number, *edges)
