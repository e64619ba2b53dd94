"""Sources that no longer say what a document's figures were held against on an earlier night."""

from collections.abc import Iterator, Mapping, Sequence

from db.passages import ComparedPassage
from db.records import CapturedText, CitedSource
from verifier.checker import CurrentText, RestedPassage, source_changed_finding
from verifier.model import Finding
from verifier.pipeline import WatchedEdition


def changed_sources(
    edition: WatchedEdition,
    cited: Sequence[CitedSource],
    texts: Mapping[str, CapturedText],
    passages: Sequence[ComparedPassage],
) -> list[Finding]:
    """A finding for each passage that is no longer in the newest text of its address.

    Each figure is held against the first passage that it rested on at an address, so that a change is told once and
    a page that goes back to what it said heals its finding. Texts of other versions of the extractor are passed over:
    they may differ where the page does not.
    """
    sources = {address.url: entry.source.key for entry in cited for address in entry.source.addresses}
    now: dict[str, CurrentText] = {}
    findings: dict[str, Finding] = {}
    for passage in _first_ones(passages, texts):
        text = texts[passage.url]
        if text.text_id == passage.text_id or passage.url not in sources:
            continue
        current = now.setdefault(passage.url, CurrentText(text.text.text))
        finding = source_changed_finding(_at_its_place(edition, passage, sources[passage.url]), current)
        if finding is not None:
            findings.setdefault(finding.fingerprint, finding)
    return list(findings.values())


def _first_ones(passages: Sequence[ComparedPassage], texts: Mapping[str, CapturedText]) -> Iterator[ComparedPassage]:
    """The passage of the first text that each figure rested on at an address."""
    first: dict[tuple[int, int | None, int, str], int] = {}
    for passage in passages:
        text = texts.get(passage.url)
        if text is None or text.text.extractor_version != passage.extractor_version:
            continue
        figure = passage.footnote, passage.anchor, passage.ordinal, passage.url
        if first.setdefault(figure, passage.text_id) == passage.text_id:
            yield passage


def _at_its_place(edition: WatchedEdition, passage: ComparedPassage, source_key: str) -> RestedPassage:
    note = edition.extraction.footnotes[passage.footnote]
    anchor = None if passage.anchor is None else note.anchors[passage.anchor]
    return RestedPassage(
        document_key=edition.key,
        footnote_id=note.id,
        footnote_label=note.label,
        page=note.page if anchor is None else anchor.page,
        sentence=note.text if anchor is None else anchor.sentence,
        source_key=source_key,
        address=passage.url,
        quote=passage.quote,
        read_at=passage.read_at,
        snapshot=passage.snapshot,
    )
