"""Wires the wings for one document and one host batch; knows no SQL and no threads."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from db.records import CapturedText, CitedSource, ComparisonRecord
from verifier.checker import (
    CHECKER_VERSION,
    Check,
    CitedClaim,
    CitedText,
    ReadSource,
    document_findings,
    failed_claim,
    read_source,
    reads,
    run_checks,
)
from verifier.cited_works import WorksInRun, cited_text, work_findings
from verifier.claims import ClaimPlace, WatchedEdition, claims_of
from verifier.errors import LimitReached, is_of_one_unit
from verifier.model import (
    Citation,
    Coverage,
    EarlierCapture,
    Extraction,
    Finding,
    Footnote,
    HostBatch,
    LinkCheck,
    Origin,
    Source,
    SourceAddress,
)
from verifier.parser import cited_work
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

Texts = Mapping[str, CapturedText]
"""The newest readable text of each address that has one."""


@dataclass(frozen=True, slots=True)
class FailedClaim:
    """A claim of a note that our own check failed on, with the error."""

    label: str
    error: Exception


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """What comparing one document brought; `failures` are the claims that could not be checked."""

    comparisons: tuple[ComparisonRecord, ...]
    findings: tuple[Finding, ...]
    coverage: Coverage
    failures: tuple[FailedClaim, ...] = ()


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
    earlier: Callable[[str], EarlierCapture | None] = lambda address: None,
    read: ReadPayload = read_payload,
    fragments: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> None:
    """Check a batch's addresses in order and emit each at once; end early when nobody wants more.

    It ends early too when the session asks nothing more.

    An address whose host (or one that it leads to) asks to be left alone is passed over: it was not checked.

    `earlier` tells what is kept of an address from before; `read` reads bodies;
    `fragments` are the parts of each address that are cited.
    """
    for address in batch.addresses:
        cited = fragments.get(address, ())

        def check(address: str = address, cited: Sequence[str] = cited) -> LinkCheck:
            return check_address(address, session, earlier(address), read, cited)

        try:
            checked = isolated(address, check)
        except HostAsksToWait:
            continue
        except LimitReached:
            return
        if not emit(without_body(checked)):
            return


class SourceReader:
    """Prepares each source text once, however many claims are held against it."""

    def __init__(self) -> None:
        self._read: dict[int, ReadSource] = {}

    def read(self, text: CapturedText) -> ReadSource:
        """The prepared source of a text."""
        if text.text_id not in self._read:
            self._read[text.text_id] = read_source(text.text.text)
        return self._read[text.text_id]


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
    told = (*document_findings(edition.key, edition.extraction), *of_works.findings)
    findings = {finding.fingerprint: finding for finding in told}
    figures_seen: dict[tuple[int, int | None], int] = {}
    notes = edition.extraction.footnotes
    citations = [citation for note in notes for citation in note.citations]
    decisions = sum(any(map(is_decision, citation.identifiers)) for citation in citations)
    coverage = Coverage(footnotes=len(notes), citations=len(citations), decisions=decisions) + of_works.coverage
    by_note = _NoteSources(notes, cited, texts, copies, reader)
    failures = [FailedClaim(*failure) for failure in of_works.failures]
    for place, claim in claims_of(edition):
        try:
            found = by_note.of(place)
            result = run_checks(checks, CitedClaim(claim, found.texts, found.unread, edition.made, found.foreign))
        except Exception as error:
            if not is_of_one_unit(error):
                raise
            failed = failed_claim(claim)
            findings.setdefault(failed.fingerprint, failed)
            failures.append(FailedClaim(claim.footnote_label, error))
            continue
        coverage += result.coverage
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
    return DocumentResult(tuple(comparisons), tuple(findings.values()), coverage, tuple(failures))


@dataclass(frozen=True, slots=True)
class _Found:
    """What a claim's sources say: `foreign` are the languages of those that we cannot read, of the `unread` ones."""

    texts: tuple[CitedText, ...]
    text_ids: tuple[int, ...]
    unread: int
    foreign: tuple[str, ...] = ()
    foreign_ids: tuple[int, ...] = ()

    def text_id(self, source_index: int | None) -> int | None:
        """The text that a comparison rests on: where nothing else was there, the one whose language is not read."""
        if source_index is not None:
            return self.text_ids[source_index]
        return next(iter(self.foreign_ids), None) if not self.texts else None


def _is_printed(source: Source) -> bool:
    return any(address.origin is Origin.PRINTED for address in source.addresses)


class _NoteSources:
    """What the sources of each note say, as far as they could be read."""

    def __init__(
        self, notes: Sequence[Footnote], cited: Sequence[CitedSource], texts: Texts, copies: Texts, reader: SourceReader
    ) -> None:
        self._notes = notes
        self._texts = texts
        self._copies = copies
        self._reader = reader
        self._by_id = {note.id: number for number, note in enumerate(notes)}
        self._cited: dict[int, list[CitedSource]] = {}
        for entry in cited:
            if entry.footnote is not None:
                self._cited.setdefault(entry.footnote, []).append(entry)

    def of(self, place: ClaimPlace) -> _Found:
        entries = self._entries(place.footnote, place.citation, seen=set())
        texts: list[CitedText] = []
        ids: list[int] = []
        foreign: list[CapturedText] = []
        unread = 0
        prints = any(_is_printed(entry.source) for entry, _ in entries)
        for entry, citation in entries:
            beside = prints and not _is_printed(entry.source)
            captures = self._captured(entry.source)
            found = [captured for captured in captures if reads(captured.text.language)]
            if not beside:
                unread += not found or self._is_guessed(entry.source)
                foreign += [] if found else captures[-1:]
            for captured in found:
                if captured.text_id not in ids:
                    texts.append(replace(self._cited_text(entry.source, captured, citation), may_be_part=beside))
                    ids.append(captured.text_id)
        languages = tuple(text.text.language or "" for text in foreign)
        return _Found(tuple(texts), tuple(ids), unread, languages, tuple(text.text_id for text in foreign))

    def _entries(
        self, footnote: int, citation: int | None, seen: set[int]
    ) -> list[tuple[CitedSource, Citation | None]]:
        """The cited sources of a note or of one of its citations, those an ibid. or supra points to included."""
        seen.add(footnote)
        note = self._notes[footnote]
        entries: list[tuple[CitedSource, Citation | None]] = [
            (entry, None if entry.citation is None else note.citations[entry.citation])
            for entry in self._cited.get(footnote, ())
            if citation is None or entry.citation in (citation, None)
        ]
        wanted = note.citations if citation is None else note.citations[citation : citation + 1]
        for pointing in wanted:
            target = self._by_id.get(pointing.refers_to or "")
            if target is not None and target not in seen:
                meant = cited_work(pointing, self._notes[target])
                entries += [(entry, pointing) for entry, _ in self._entries(target, meant, seen)]
            elif target == footnote and citation:  # an id. within the note: the work just before it
                entries += [(entry, pointing) for entry, _ in self._entries(footnote, citation - 1, seen)]
        return entries

    def _readable(self, source: Source) -> SourceAddress | None:
        """The first address that was read; where none was, the first printed one of which an archived copy was."""
        own = (address for address in source.addresses if address.url in self._texts)
        copied = (a for a in source.addresses if a.origin is Origin.PRINTED and a.url in self._copies)
        return next(own, None) or next(copied, None)

    def _captured(self, source: Source) -> list[CapturedText]:
        """What the first readable address says today, and before it what it said near the document's date."""
        read = self._readable(source)
        return [] if read is None else [texts[read.url] for texts in (self._copies, self._texts) if read.url in texts]

    def _is_guessed(self, source: Source) -> bool:
        """Whether only a guessed address was read: it may show an abstract or a catalogue's entry, not the work."""
        read = self._readable(source)
        return read is not None and read.origin is Origin.GUESSED

    def _cited_text(self, source: Source, captured: CapturedText, citation: Citation | None) -> CitedText:
        can_be_read = captured.url in self._texts and not self._texts[captured.url].out_of_reach
        text = cited_text(source.key, captured, self._reader.read)
        return replace(
            text, signal=citation.signal if citation else None, copy_url=None if can_be_read else text.copy_url
        )
