"""The works that an edition cites, each held against what its addresses show of themselves."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from db.records import CapturedText, CitedSource
from verifier.checker import (
    CitedText,
    CitedWork,
    Claim,
    ReadSource,
    ShownWork,
    WorkCheck,
    compare_work,
    failed_claim,
    registry_findings,
)
from verifier.claims import WatchedEdition
from verifier.errors import is_of_one_unit
from verifier.model import (
    CheckedPart,
    Citation,
    Coverage,
    DescribedWork,
    Finding,
    Footnote,
    Nature,
    Origin,
    RegistryAnswer,
    SourceAddress,
    WorkKind,
    WorkVerdict,
    docket_numbers,
)
from verifier.resolver import at_address, identifier_keys, source_of_url

_LASTING = frozenset({"doi", "arxiv", "pmid", "pmcid", "isbn", "hdl", "rfc"})
"""Schemes whose identifiers name one work for good; those of law name an act in whatever state it is in."""


@dataclass(frozen=True, slots=True)
class WorksInRun:
    """How a run checks cited works: the check, what registries keep of identifiers, by their keys, and what they say
    of citations, by their words."""

    check: WorkCheck = field(default_factory=WorkCheck)
    records: Mapping[str, tuple[CapturedText, ...]] = field(default_factory=dict)
    answers: Mapping[str, tuple[RegistryAnswer, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WorkFindings:
    """The findings of an edition's cited works, and what became of each (note, citation, both counted from 0).

    `failures` are the labels of the notes that our own check failed on, `coverage` has the counts of works that
    registries were asked about.
    """

    findings: tuple[Finding, ...] = ()
    parts: tuple[tuple[int, int, CheckedPart], ...] = ()
    coverage: Coverage = field(default_factory=Coverage)
    failures: tuple[tuple[str, Exception], ...] = ()


def work_findings(
    edition: WatchedEdition,
    cited: Sequence[CitedSource],
    texts: Mapping[str, CapturedText],
    read: Callable[[CapturedText], ReadSource],
    works: WorksInRun,
) -> WorkFindings:
    """Hold every citation that describes a work against each of its addresses that was read, and against its records.

    `read` prepares a text.
    """
    findings: list[Finding] = []
    failures: list[tuple[str, Exception]] = []
    coverage = Coverage()
    parts: list[tuple[int, int, CheckedPart]] = []
    for (note, citation), work, shown in _placed_works(edition, cited, texts, read, works.records):
        found: tuple[Finding, ...]
        try:
            found = works.check.findings(work, shown, edition.made) if shown else ()
            if shown:
                parts.append((note, citation, works.check.part(work, shown, found)))
            unknown, counts = registry_findings(work, works.answers.get(work.text, ()))
        except Exception as error:
            if not is_of_one_unit(error):
                raise
            found, unknown, counts = (failed_claim(_claim(work)),), (), Coverage()
            failures.append((work.footnote_label, error))
        findings += (*found, *unknown)
        coverage += counts
    return WorkFindings(tuple(findings), tuple(parts), coverage, tuple(failures))


def works_beside_sources(
    edition: WatchedEdition,
    cited: Sequence[CitedSource],
    texts: Mapping[str, CapturedText],
    read: Callable[[CapturedText], ReadSource],
    records: Mapping[str, tuple[CapturedText, ...]] = MappingProxyType({}),
) -> Iterator[tuple[CitedWork, tuple[ShownWork, ...]]]:
    """Every citation that describes a work and has an address that was read, with what was read.

    A reference back (`ibid.`) describes nothing of its own. The addresses are the printed ones, and those that an
    identifier of the citation names; where a search found the work is none of them.
    """
    for _, work, shown in _placed_works(edition, cited, texts, read, records):
        if shown:
            yield work, shown


def _placed_works(
    edition: WatchedEdition,
    cited: Sequence[CitedSource],
    texts: Mapping[str, CapturedText],
    read: Callable[[CapturedText], ReadSource],
    records: Mapping[str, tuple[CapturedText, ...]],
) -> Iterator[tuple[tuple[int, int], CitedWork, tuple[ShownWork, ...]]]:
    """Every citation that describes a work, with the ordinals of its note and itself, and what shows it, if anything
    does."""
    by_citation: dict[tuple[int, int], list[CitedSource]] = {}
    for entry in cited:
        if entry.footnote is not None and entry.citation is not None:
            by_citation.setdefault((entry.footnote, entry.citation), []).append(entry)
    for number, note in enumerate(edition.extraction.footnotes):
        for ordinal, citation in enumerate(note.citations):
            entries = by_citation.get((number, ordinal), [])
            if citation.refers_to is not None or citation.work is None:
                continue
            shown = [one for entry in entries for one in _shown(entry, citation, texts, read)]
            shown += _recorded(citation, records, read)
            yield (number, ordinal), _cited_work(edition, note, citation), tuple(shown)


def _shown(
    entry: CitedSource,
    citation: Citation,
    texts: Mapping[str, CapturedText],
    read: Callable[[CapturedText], ReadSource],
) -> Iterator[ShownWork]:
    own = identifier_keys(citation)
    for address in entry.source.addresses:
        captured = texts.get(address.url)
        if captured is None or captured.text.work is None:
            continue
        found_by_search = address.origin is Origin.GUESSED and entry.source.key not in own
        identifies = _identifies(entry.source.key, address) and not found_by_search
        if address.origin is Origin.PRINTED or identifies:
            yield ShownWork(
                cited_text(entry.source.key, captured, read), at_address(captured.text.work, captured.url), identifies
            )


def _recorded(
    citation: Citation,
    records: Mapping[str, tuple[CapturedText, ...]],
    read: Callable[[CapturedText], ReadSource],
) -> Iterator[ShownWork]:
    """The records of the identifiers that a citation gives, and of addresses that spell a registry's number."""
    for key in record_keys(citation):
        for captured in records.get(key, ()):
            described = _best_of(key, citation, captured.text.work)
            if described is not None:
                yield ShownWork(cited_text(key, captured, read), described, identifies=True, key=key)


def record_keys(citation: Citation) -> tuple[str, ...]:
    """The keys that registries may keep a record of: identifiers, docket numbers, and addresses that spell a registry's
    own number."""
    is_case = citation.work is not None and citation.work.kind in (WorkKind.CASE, WorkKind.DOCKET)
    dockets = docket_numbers(citation.text) if is_case else ()
    return (
        *identifier_keys(citation),
        *(f"docket:{number}" for number in dockets),
        *(f"url:{url}" for url in citation.urls),
    )


def _best_of(key: str, citation: Citation, described: DescribedWork | None) -> DescribedWork | None:
    """A record; of several under one identifier (decisions on a page of a reporter) the cited one, else the first.

    Every district court has a docket of one number: one of a court that the note does not name is not the cited one.
    """
    if described is None:
        return None
    listed = described.listed if described.nature is Nature.LIST else (described,)
    same = (one for one in listed if compare_work(citation.work, citation.text, one).verdict is WorkVerdict.SAME)
    found = next(same, None)
    if found is None and key.startswith("docket:"):
        said = _without_blanks(citation.text)
        listed = tuple(one for one in listed if one.site and _without_blanks(one.site) in said)
    return found or next(iter(listed), None)


def _without_blanks(text: str) -> str:
    return "".join(text.split())


def _identifies(key: str, address: SourceAddress) -> bool:
    """Whether an address is the one of the source's lasting identifier, printed or made from it."""
    if key.partition(":")[0] not in _LASTING:
        return False
    return address.origin is Origin.GUESSED or source_of_url(address.url).key == key


def cited_text(key: str, captured: CapturedText, read: Callable[[CapturedText], ReadSource]) -> CitedText:
    """A text of a source under its key, prepared by `read`."""
    return CitedText(
        source_key=key,
        address=captured.url,
        read=read(captured),
        title=captured.text.title,
        captured_at=captured.fetched_at,
        dated=captured.text.dated,
        snapshot=captured.snapshot,
        copy_url=captured.copy_url,
        out_of_reach=captured.out_of_reach,
        supplied_by=captured.supplied_by,
    )


def _cited_work(edition: WatchedEdition, note: Footnote, citation: Citation) -> CitedWork:
    return CitedWork(
        document_key=edition.key,
        footnote_id=note.id,
        footnote_label=note.label,
        page=note.page,
        text=citation.text,
        note_text=note.text,
        work=citation.work,
        others=tuple((one.work, one.text) for one in note.citations if one is not citation),
        by_ocr=bool(edition.extraction.pages_by_ocr & note.pages),
    )


def _claim(work: CitedWork) -> Claim:
    return Claim(
        document_key=work.document_key,
        footnote_id=work.footnote_id,
        footnote_label=work.footnote_label,
        page=work.page,
        text=work.text,
        sentence=work.note_text,
        in_note=True,
    )
