"""Put together what the parser's modules read of one PDF."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from verifier.errors import DocumentError
from verifier.model import (
    BodyLink,
    Contents,
    Document,
    Extraction,
    ExtractionWarning,
    Footnote,
    WarningCode,
)
from verifier.parser.anchors.body import Body, read_body
from verifier.parser.anchors.named_works import tie_named_works
from verifier.parser.anchors.places import anchor_at
from verifier.parser.anchors.sentences import sentence_at
from verifier.parser.citations.cross_references import tie_references
from verifier.parser.citations.linking import FoundUrl, find_urls, is_malformed, tie_links, uri_places, usable_uri
from verifier.parser.citations.running_head_links import running_head_links
from verifier.parser.citations.split import PlacedUrl, split_citations
from verifier.parser.contents import contents_of
from verifier.parser.notes.find import FoundNotes, read_notes
from verifier.parser.page.columns import page_lines
from verifier.parser.page.cross_check import disagreements, suspicious_letters
from verifier.parser.page.direction import as_read
from verifier.parser.page.geometry import Rect
from verifier.parser.page.glyphs import MAX_GLYPHS, read_ink
from verifier.parser.page.lines import Line
from verifier.parser.page.ocr import PageOcr, can_read, read_scan
from verifier.parser.page.open import digest, open_pdf
from verifier.parser.page.running_heads import SplitPages, split_running_heads
from verifier.parser.page.structure import Link, Structure, read_structure
from verifier.parser.page.text_flow import FlowBuilder
from verifier.parser.version import PARSER_VERSION
from verifier.parser.warnings import doubts_about, link_doubts, repeats_within
from verifier.pdfium import PdfiumError

_BACK_REFERENCE = " \u21a9\ufe0e\ufe0f\u21b5\u21b2"
"""The arrows that lead from an endnote back to its marker on web pages, at the note's end."""


@dataclass(frozen=True, slots=True)
class ReadPdf:
    """What was read of a PDF: what is kept of it, and what it says, for checks of the whole."""

    extraction: Extraction
    contents: Contents


def extract_document(path: Path, *, password: str) -> ReadPdf:
    """Read the PDF at `path`; see `verifier.parser.read`."""
    sha256 = digest(path)
    pdf = open_pdf(path, password)
    try:
        pages = len(pdf.document)
        if not pages:
            raise DocumentError(f"{path}: has no pages; export it again from its source")
        if pages > path.stat().st_size:  # compressed page objects come to a few bytes each, but not to less than one
            raise DocumentError(f"{path}: states {pages} pages, more than it can hold; export it again from its source")
        structure = read_structure(pdf.source)
        warnings = list(structure.warnings)
        if pdf.repaired:
            message = "the file is damaged; it was repaired as far as possible, and pages may be missing"
            warnings.append(ExtractionWarning(None, WarningCode.STRUCTURE_DAMAGED, message))
        read = _read_pages(pdf.document, structure, warnings)
        warnings.extend(disagreements(pdf.source, read.doubtful))
    finally:
        pdf.document.close()
    document = Document(str(path), sha256, pages, structure.title, structure.created)
    lines = [line for page in read.split.pages for line in page]
    found_notes = read_notes(lines, read.rules, structure.links)
    builder = FlowBuilder(lines, uris := uri_places(lines, structure.links))
    body = read_body(lines, found_notes, builder)
    footnotes, body_links, guessed = _assemble(lines, found_notes, body, builder, uris, warnings)
    known_urls = {link.url for link in body_links} | {url for note in footnotes for url in note.urls}
    body_links += running_head_links(read.split.running_heads, structure.links, known_urls)
    for page, url in read.areas:
        message = f"the link {url[:80]!r} lies over several notes, and was taken for none of theirs"
        warnings.append(ExtractionWarning(page, WarningCode.BAD_ANNOTATION, message))
        body_links += () if url in known_urls else (BodyLink(page, url, "", ""),)
    warnings.extend(doubts_about(found_notes.notes, footnotes, found_notes.left))
    warnings.extend(repeats_within(found_notes.notes, lines))
    extraction = Extraction(document, PARSER_VERSION, footnotes, body_links, tuple(warnings), guessed)
    return ReadPdf(extraction, contents_of(lines, found_notes, body.flow, builder, warnings))


@dataclass(frozen=True, slots=True)
class _ReadPages:
    """The lines of all pages; of each page (from 1) its rules, and the letters of those whose reading is doubtful.

    `areas` are the addresses of links over areas that are no words', each with its page.
    """

    split: SplitPages
    rules: dict[int, list[Rect]]
    doubtful: dict[int, str]
    areas: Iterable[tuple[int, str]]


def _read_pages(pdf: Any, structure: Structure, warnings: list[ExtractionWarning]) -> _ReadPages:
    pages: list[list[Line]] = []
    rules: dict[int, list[Rect]] = {}
    doubtful: dict[int, str] = {}
    areas: list[tuple[int, str]] = []
    ocr = PageOcr() if can_read() else None
    for index in range(len(pdf)):
        number = index + 1
        try:
            ink, scanned = read_scan(pdf, read_ink(pdf, index), ocr)
        except PdfiumError:
            warnings.append(ExtractionWarning(number, WarningCode.PAGE_UNREADABLE, "the page is damaged"))
            pages.append([])
            continue
        if ink.cut:
            message = f"only the first {MAX_GLYPHS} characters of the page were read"
            warnings.append(ExtractionWarning(number, WarningCode.PAGE_UNREADABLE, message))
        if scanned is not None:
            warnings.append(scanned)
        letters = suspicious_letters(ink)
        if letters is not None:
            doubtful[number] = letters
        ink = as_read(ink)
        page = page_lines(ink, pages[-1] if pages else ())
        links = structure.links.get(number, [])
        warnings.extend(_bad_annotations(number, links))
        areas.extend((number, link.uri) for link in tie_links(page, links) if link.uri and usable_uri(link.uri))
        rules[number] = ink.rules
        pages.append(page)
    return _ReadPages(split_running_heads(pages), rules, doubtful, dict.fromkeys(areas))


def _bad_annotations(number: int, links: Sequence[Link]) -> Iterator[ExtractionWarning]:
    for link in links:
        if link.uri and is_malformed(link.uri):
            yield ExtractionWarning(number, WarningCode.BAD_ANNOTATION, f"the link {link.uri[:80]!r} is no address")


def _assemble(
    lines: Sequence[Line],
    found_notes: FoundNotes,
    body: Body,
    builder: FlowBuilder,
    uris: Mapping[tuple[int, int], str],
    warnings: list[ExtractionWarning],
) -> tuple[tuple[Footnote, ...], tuple[BodyLink, ...], tuple[str, ...]]:
    """The footnotes, the links of the body, and the addresses that are nowhere more than a guess."""
    certain: dict[str, bool] = {}
    footnotes = []
    for number, note in enumerate(found_notes.notes, start=1):
        flow = builder.build(note.pieces, paragraphs=False)
        text = flow.text.rstrip(_BACK_REFERENCE)
        found = find_urls(flow, uris)
        warnings.extend(link_doubts(note.start.page, found))
        _note_certainty(found, certain)
        footnotes.append(
            Footnote(
                id=f"fn-{number}",
                label=note.start.label.text,
                kind=note.kind,
                page=note.start.page,
                text=text,
                urls=tuple(dict.fromkeys(item.url for item in found)),
                boxes=flow.boxes(lines, 0, len(flow.text)),
                anchors=tuple(anchor_at(target, lines, builder) for target in note.targets) or body.anchors(note),
                citations=split_citations(text, [PlacedUrl(item.start, item.url) for item in found]),
            )
        )
    links = []
    in_body = find_urls(body.flow, uris)
    _note_certainty(in_body, certain)
    for item in in_body:
        start, end = sentence_at(body.flow.text, item.end)
        line, _ = body.flow.place(item.start)
        warnings.extend(link_doubts(lines[line].page, [item] if item.guessed else []))
        links.append(
            BodyLink(lines[line].page, item.url, body.flow.text[item.start : item.end], body.flow.text[start:end])
        )
    guessed = tuple(url for url, sure in certain.items() if not sure)
    return tie_named_works(tie_references(footnotes)), tuple(links), guessed


def _note_certainty(found: Sequence[FoundUrl], certain: dict[str, bool]) -> None:
    """Keep of every address whether it was read for sure anywhere."""
    for item in found:
        certain[item.url] = certain.get(item.url, False) or not item.guessed
