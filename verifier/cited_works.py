"""The works that an edition cites, each held against what its addresses show of themselves."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from db.records import CapturedText, CitedSource
from verifier.checker import CitedText, CitedWork, Claim, ReadSource, ShownWork, WorkCheck, failed_claim
from verifier.claims import WatchedEdition
from verifier.errors import is_of_one_unit
from verifier.model import CheckedPart, Citation, Finding, Footnote, Origin, SourceAddress
from verifier.resolver import at_address, identifier_keys, source_of_url

_LASTING = frozenset({"doi", "arxiv", "pmid", "pmcid", "isbn", "hdl", "rfc"})
"""Schemes whose identifiers name one work for good; those of law name an act in whatever state it is in."""


@dataclass(frozen=True, slots=True)
class WorksInRun:
    """How a run checks cited works: the check, and what registries keep of identifiers, by their keys."""

    check: WorkCheck = field(default_factory=WorkCheck)
    records: Mapping[str, tuple[CapturedText, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WorkFindings:
    """The findings of an edition's cited works, and what became of each (note, citation, both counted from 0).

    `failures` are the labels of the notes that our own check failed on.
    """

    findings: tuple[Finding, ...] = ()
    parts: tuple[tuple[int, int, CheckedPart], ...] = ()
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
    parts: list[tuple[int, int, CheckedPart]] = []
    for (note, citation), work, shown in _placed_works(edition, cited, texts, read, works.records):
        found: tuple[Finding, ...]
        try:
            found = works.check.findings(work, shown, edition.made)
            parts.append((note, citation, works.check.part(work, shown, found)))
        except Exception as error:
            if not is_of_one_unit(error):
                raise
            found = (failed_claim(_claim(work)),)
            failures.append((work.footnote_label, error))
        findings += found
    return WorkFindings(tuple(findings), tuple(parts), tuple(failures))


def works_beside_sources(
    edition: WatchedEdition,
    cited: Sequence[CitedSource],
    texts: Mapping[str, CapturedText],
    read: Callable[[CapturedText], ReadSource],
    records: Mapping[str, tuple[CapturedText, ...]] = MappingProxyType({}),
) -> Iterator[tuple[CitedWork, tuple[ShownWork, ...]]]:
    """Every citation that describes a work and has an address that was read, with what was read.

    A reference back (`ibid.`) describes nothing of its own. The addresses are the printed ones, and those that an
    identifier of the citation names.
    """
    for _, work, shown in _placed_works(edition, cited, texts, read, records):
        yield work, shown


def _placed_works(
    edition: WatchedEdition,
    cited: Sequence[CitedSource],
    texts: Mapping[str, CapturedText],
    read: Callable[[CapturedText], ReadSource],
    records: Mapping[str, tuple[CapturedText, ...]],
) -> Iterator[tuple[tuple[int, int], CitedWork, tuple[ShownWork, ...]]]:
    """As `works_beside_sources`, each with the ordinals of its note and citation."""
    by_citation: dict[tuple[int, int], list[CitedSource]] = {}
    for entry in cited:
        if entry.footnote is not None and entry.citation is not None:
            by_citation.setdefault((entry.footnote, entry.citation), []).append(entry)
    for number, note in enumerate(edition.extraction.footnotes):
        for ordinal, citation in enumerate(note.citations):
            entries = by_citation.get((number, ordinal), [])
            shown = [one for entry in entries for one in _shown(entry, texts, read)]
            shown += _recorded(citation, records, read)
            if shown and citation.refers_to is None and citation.work is not None:
                yield (number, ordinal), _cited_work(edition, note, citation), tuple(shown)


def _shown(
    entry: CitedSource, texts: Mapping[str, CapturedText], read: Callable[[CapturedText], ReadSource]
) -> Iterator[ShownWork]:
    for address in entry.source.addresses:
        captured = texts.get(address.url)
        if captured is None or captured.text.work is None:
            continue
        identifies = _identifies(entry.source.key, address)
        if address.origin is Origin.PRINTED or identifies:
            yield ShownWork(
                cited_text(entry.source.key, captured, read), at_address(captured.text.work, captured.url), identifies
            )


def _recorded(
    citation: Citation,
    records: Mapping[str, tuple[CapturedText, ...]],
    read: Callable[[CapturedText], ReadSource],
) -> Iterator[ShownWork]:
    """The records of the identifiers that a citation gives."""
    for key in identifier_keys(citation):
        for captured in records.get(key, ()):
            if captured.text.work is not None:
                yield ShownWork(cited_text(key, captured, read), captured.text.work, identifies=True, key=key)


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
