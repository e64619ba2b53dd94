"""Wires the wings for one document and one host batch; knows no SQL and no threads."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from db.records import CitedSource, ComparisonRecord, PartRecord
from verifier.checker import (
    CHECKER_VERSION,
    Check,
    CitedClaim,
    document_findings,
    failed_claim,
    run_checks,
)
from verifier.cited_works import WorksInRun, work_findings
from verifier.claims import ClaimPlace, WatchedEdition, claims_of
from verifier.errors import LimitReached, is_of_one_unit
from verifier.model import (
    CheckedPart,
    Coverage,
    Extraction,
    Finding,
    HostBatch,
    LinkCheck,
    Origin,
    PartStatus,
    PriorFetches,
    Source,
)
from verifier.note_sources import NoteSources, SourceReader, Texts
from verifier.resolver import (
    HostAsksToWait,
    ReadPayload,
    Resolver,
    WebSession,
    address_of,
    check_address,
    host_of,
    is_decision,
    isolated,
    read_payload,
    source_of_url,
    without_body,
)


@dataclass(frozen=True, slots=True)
class FailedClaim:
    """A claim of a note that our own check failed on, with the error."""

    label: str
    error: Exception


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """What comparing one document brought; `failures` are the claims that could not be checked.

    `parts` are all figures, quotations and works, also those in order and those that could not be checked.
    """

    comparisons: tuple[ComparisonRecord, ...]
    findings: tuple[Finding, ...]
    coverage: Coverage
    failures: tuple[FailedClaim, ...] = ()
    parts: tuple[PartRecord, ...] = ()


def cite_sources(extraction: Extraction, resolver: Resolver) -> list[CitedSource]:
    """Every source that an extraction cites: by citations, by the rest of a note, by links in the body.

    An address that was read by OCR, or put together over a blank, is a guess: it is tried, and that it fails says
    nothing of the document.
    """
    cited: list[CitedSource] = []
    by_ocr, guessed = extraction.pages_by_ocr, frozenset(extraction.guessed_urls)
    for number, note in enumerate(extraction.footnotes):
        claimed: set[str] = set()
        cite = _guess if by_ocr & note.pages else _cited
        for ordinal, citation in enumerate(note.citations):
            claimed.update(citation.urls)
            cited += [cite(source, footnote=number, citation=ordinal) for source in resolver.sources_of(citation)]
        rest = tuple(url for url in note.urls if url not in claimed)
        cited += [cite(source_of_url(url), footnote=number) for url in rest]
    for number, link in enumerate(extraction.body_links):
        cite = _guess if link.page in by_ocr else _cited
        cited.append(cite(source_of_url(link.url), body_link=number))
    return [_doubted(source, guessed) for source in cited] if guessed else cited


def _doubted(cited: CitedSource, guessed: frozenset[str]) -> CitedSource:
    doubtful = {address_of(url) for url in guessed}
    old = cited.source.addresses
    new = tuple(replace(one, origin=Origin.GUESSED) if one.url in doubtful else one for one in old)
    return replace(cited, source=replace(cited.source, addresses=new))


def _guess(
    source: Source, footnote: int | None = None, citation: int | None = None, body_link: int | None = None
) -> CitedSource:
    guessed = tuple(replace(address, origin=Origin.GUESSED) for address in source.addresses)
    return _cited(replace(source, addresses=guessed), footnote, citation, body_link)


def _cited(
    source: Source, footnote: int | None = None, citation: int | None = None, body_link: int | None = None
) -> CitedSource:
    requested = tuple(replace(address, url=address_of(address.url)) for address in source.addresses)
    return CitedSource(
        footnote=footnote,
        citation=citation,
        body_link=body_link,
        source=replace(source, addresses=requested),
        host_by_url={address.url: host_of(address.url) for address in requested},
    )


def host_batches(due: Sequence[tuple[str, str]]) -> Iterator[HostBatch]:
    """Host batches from (host, address) pairs that are sorted by host."""
    host: str | None = None
    addresses: list[str] = []
    for next_host, address in due:
        if addresses and (next_host != host or len(addresses) == HostBatch.MOST):
            yield HostBatch(host or "", tuple(addresses))
            addresses = []
        host = next_host
        addresses.append(address)
    if addresses:
        yield HostBatch(host or "", tuple(addresses))


def check_host_batch(
    batch: HostBatch,
    emit: Callable[[LinkCheck], bool],
    session: WebSession,
    prior: Callable[[str], PriorFetches | None] = lambda address: None,
    read: ReadPayload = read_payload,
    fragments: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> None:
    """Check a batch's addresses in order and emit each at once; end early when nobody wants more.

    It ends early too when the session asks nothing more.

    An address whose host (or one that it leads to) asks to be left alone is passed over: it was not checked.

    `prior` gives what is kept of an address from before; `read` reads bodies;
    `fragments` are the parts of each address that are cited.
    """
    for address in batch.addresses:
        cited = fragments.get(address, ())

        def check(address: str = address, cited: Sequence[str] = cited) -> LinkCheck:
            return check_address(address, session, prior(address), read, cited)

        try:
            checked = isolated(address, check)
        except HostAsksToWait:
            continue
        except LimitReached:
            return
        if not emit(without_body(checked)):
            return


def compare_document(
    edition: WatchedEdition,
    cited: Sequence[CitedSource],
    texts: Texts,
    checks: Sequence[Check],
    reader: SourceReader,
    copies: Texts = MappingProxyType({}),
    works: WorksInRun | None = None,
) -> DocumentResult:
    """Hold every claim of a document against what its notes cite.

    `copies` are earlier captures, by the address that is cited: they count beside what a source says today. A claim is
    the clause before a marker, against all of the note's sources together, or one citation's own words, against that
    citation's sources alone. What could not be read of the document is among the findings.
    """
    comparisons: list[ComparisonRecord] = []
    of_works = work_findings(edition, cited, texts, reader.read, works or WorksInRun())
    raised = (*document_findings(edition.key, edition.extraction), *of_works.findings)
    findings = {finding.fingerprint: finding for finding in raised}
    figures_seen: dict[tuple[int, int | None], int] = {}
    notes = edition.extraction.footnotes
    citations = [citation for note in notes for citation in note.citations]
    decisions = sum(any(map(is_decision, citation.identifiers)) for citation in citations)
    coverage = Coverage(footnotes=len(notes), citations=len(citations), decisions=decisions)
    by_note = NoteSources(notes, cited, texts, copies, reader)
    failures = [FailedClaim(*failure) for failure in of_works.failures]
    parts = [PartRecord(note, None, citation, part) for note, citation, part in of_works.parts]
    for place, claim in claims_of(edition):
        try:
            found = by_note.of(place)
            result = run_checks(checks, CitedClaim(claim, found.texts, len(found.unread), edition.made, found.foreign))
        except Exception as error:
            if not is_of_one_unit(error):
                raise
            failed = failed_claim(claim)
            findings.setdefault(failed.fingerprint, failed)
            failures.append(FailedClaim(claim.footnote_label, error))
            continue
        coverage += result.coverage
        parts += [_placed(place, part, found.unread) for part in result.parts]
        for finding in result.findings:
            findings.setdefault(finding.fingerprint, finding)
        first = figures_seen.get((place.footnote, place.anchor), 0)
        figures_seen[place.footnote, place.anchor] = first + len(result.comparisons)
        for ordinal, joint in enumerate(result.comparisons, first):
            text_id = found.text_id(joint.source_index)
            if text_id is not None:
                comparisons.append(
                    ComparisonRecord(
                        footnote=place.footnote,
                        anchor=place.anchor,
                        ordinal=ordinal,
                        text_id=text_id,
                        checker_version=CHECKER_VERSION,
                        comparison=joint.comparison,
                    )
                )
    return DocumentResult(tuple(comparisons), tuple(findings.values()), coverage, tuple(failures), tuple(parts))


def _placed(place: ClaimPlace, part: CheckedPart, unread: tuple[str, ...]) -> PartRecord:
    """A part where it is; what could not be read matters to all but those that a source supports."""
    matters = part.status is not PartStatus.AGREES
    return PartRecord(place.footnote, place.anchor, place.citation, part, unread if matters else ())
