"""Sources that no longer say what supported a document's figures on an earlier night.

The document was right when it was written: that is a change of the source to be reported, and no figure that disagrees.
"""

from collections.abc import Iterator, Mapping, Sequence

from db.passages import ComparedPassage
from db.records import CapturedText, CitedSource
from db.store import Store
from verifier.checker import CurrentText, RestedPassage, source_changed_finding
from verifier.claims import WatchedEdition
from verifier.model import Finding


def changed_sources(
    edition: WatchedEdition,
    cited: Sequence[CitedSource],
    texts: Mapping[str, CapturedText],
    passages: Sequence[ComparedPassage],
) -> list[Finding]:
    """A finding for each passage that is no longer in the newest text of its address.

    Each figure is held against the first passage that supported it at an address, so that a change is reported once and
    a page that goes back to what it said resolves its finding. Texts of other versions of the extractor are passed
    over: they may differ where the page does not.
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


def supported_before(
    store: Store, texts: Mapping[str, CapturedText], passages: Sequence[ComparedPassage]
) -> dict[str, CapturedText]:
    """What pages said when they first supported a figure, where they say something else now, by address."""
    first: dict[str, ComparedPassage] = {}
    for passage in _first_ones(passages, texts):
        if texts[passage.url].text_id != passage.text_id:
            first.setdefault(passage.url, passage)
    said = store.comparisons.texts([passage.text_id for passage in first.values()])
    return {
        url: CapturedText(
            url,
            passage.text_id,
            said[passage.text_id],
            passage.read_at,
            passage.snapshot,
            supplied_by=passage.supplied_by,
        )
        for url, passage in first.items()
    }


def _first_ones(passages: Sequence[ComparedPassage], texts: Mapping[str, CapturedText]) -> Iterator[ComparedPassage]:
    """The passage of the first text that supported each figure at an address."""
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
        supplied_by=passage.supplied_by,
    )
