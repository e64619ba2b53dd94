"""From a draft's paragraphs to an extraction: sentences, addresses and citations by the rules that hold for PDFs."""

from collections.abc import Iterable, Iterator, Sequence

from verifier.model import (
    Anchor,
    BodyLink,
    Document,
    Extraction,
    ExtractionWarning,
    Footnote,
    WarningCode,
)
from verifier.parser.anchors.block_quotations import FEWEST_WORDS
from verifier.parser.anchors.named_works import tie_named_works
from verifier.parser.anchors.sentences import sentence_at
from verifier.parser.citations.cross_references import dangling_references, tie_references
from verifier.parser.citations.linking import FoundUrl, tie_addresses, usable_uri
from verifier.parser.citations.split import PlacedUrl, split_citations
from verifier.parser.drafts.citation_data import with_works, work_note
from verifier.parser.drafts.paragraphs import Draft, DraftNote, Paragraph, WorkSpan, joined
from verifier.parser.page.text_flow import Flow
from verifier.parser.version import PARSER_VERSION
from verifier.parser.warnings import link_doubts

_AT_END = 2
"""Characters behind a marker that ends a block quotation: a closing mark, a full stop."""


def assemble(path: str, sha256: str, draft: Draft) -> Extraction:
    """The extraction of a draft; it has no pages and no boxes."""
    warnings = [ExtractionWarning(None, warning.code, warning.message) for warning in draft.warnings]
    notes = list(draft.notes)
    texts = {note.key: joined(note.paragraphs) if note.paragraphs else Paragraph("") for note in notes}
    anchors = _anchors(draft.paragraphs, {note.key: [] for note in notes})
    _anchors(texts.values(), anchors, numbered=False)
    footnotes: list[Footnote] = []
    for note in notes:
        footnotes.append(_footnote(f"fn-{len(footnotes) + 1}", note, texts[note.key], anchors[note.key], warnings))
    for work, places in _works_in_text(draft.paragraphs):
        footnotes.append(work_note(f"fn-{len(footnotes) + 1}", work, places))
    tied = tie_named_works(tie_references(footnotes))
    for footnote in tied:
        if not footnote.anchors and footnote.expects_marker:
            message = f"no marker was found for note {footnote.label} ({footnote.text[:60]})"
            warnings.append(ExtractionWarning(None, WarningCode.NOTE_WITHOUT_MARKER, message))
    for footnote, what in dangling_references(tied):
        warnings.append(ExtractionWarning(None, WarningCode.DANGLING_REFERENCE, f"note {footnote.label} {what}"))
    links = tuple(link for paragraph in draft.paragraphs for link in _body_links(paragraph))
    document = Document(path, sha256, None, draft.title, draft.created)
    return Extraction(document, PARSER_VERSION, tied, links, tuple(warnings))


def _footnote(
    note_id: str, note: DraftNote, words: Paragraph, anchors: list[Anchor], warnings: list[ExtractionWarning]
) -> Footnote:
    found = _addresses(words)
    warnings.extend(link_doubts(None, found))
    citations = split_citations(words.text, [PlacedUrl(item.start, item.url) for item in found])
    spans = words.works
    if note.works:
        spans = (*spans, WorkSpan(0, len(words.text), note.works))
    return Footnote(
        id=note_id,
        label=note.label,
        kind=note.kind,
        page=None,
        text=words.text,
        urls=tuple(dict.fromkeys(item.url for item in found)),
        anchors=tuple(anchors),
        citations=with_works(words.text, citations, spans),
    )


def _addresses(paragraph: Paragraph) -> list[FoundUrl]:
    hidden = [
        FoundUrl(link.start, link.end, url)
        for link in paragraph.links
        if usable_uri(url := _absolute(link.url.strip()))
    ]
    return tie_addresses(Flow(paragraph.text, (), ()), sorted(hidden, key=lambda link: link.start))


def _absolute(url: str) -> str:
    return f"https:{url}" if url.startswith("//") else url.replace(" ", "%20")


def _anchors(
    paragraphs: Iterable[Paragraph], anchors: dict[str, list[Anchor]], *, numbered: bool = True
) -> dict[str, list[Anchor]]:
    """Add to each note's anchors the sentences that its markers in these paragraphs support."""
    for number, paragraph in enumerate(paragraphs, 1):
        previous = 0
        for marker in paragraph.markers:
            held = anchors.get(marker.key)
            if held is not None:
                held.append(_anchor(paragraph, marker.offset, previous, number if numbered else None))
            previous = marker.offset
    return anchors


def _anchor(paragraph: Paragraph, offset: int, previous: int, number: int | None) -> Anchor:
    start, end = (0, len(paragraph.text)) if paragraph.whole else sentence_at(paragraph.text, offset)
    words = paragraph.text[:offset]
    ends = len(paragraph.text) - offset <= _AT_END and len(words.split()) >= FEWEST_WORDS
    return Anchor(
        page=None,
        sentence=paragraph.text[start:end],
        marker_offset=max(0, min(offset, end) - start),
        clause_start=max(previous, start) - start if previous < offset else 0,
        block_quotation=words.strip() if paragraph.quoted and ends else None,
        paragraph=number,
        paragraph_text=None if number is None else paragraph.text,
    )


def _works_in_text(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[WorkSpan, list[Anchor]]]:
    """Each work that a field of the running text names, with the sentences that name it."""
    spans: dict[str, WorkSpan] = {}
    places: dict[str, list[Anchor]] = {}
    for number, paragraph in enumerate(paragraphs, 1):
        for span in paragraph.works:
            shown = paragraph.text[span.start : span.end].strip()
            for work in span.works:
                key = next(iter(work.identifiers), "") or work.key or work.title or shown
                spans.setdefault(key, WorkSpan(span.start, span.end, (work,)))
                places.setdefault(key, []).append(_anchor(paragraph, span.end, 0, number))
    for key, span in spans.items():
        yield span, places[key]


def _body_links(paragraph: Paragraph) -> Iterator[BodyLink]:
    for item in _addresses(paragraph):
        start, end = sentence_at(paragraph.text, item.end)
        yield BodyLink(None, item.url, paragraph.text[item.start : item.end], paragraph.text[start:end])
