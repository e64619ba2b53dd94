"""Reads a run's report out of the store: the one place where stored records become what people are shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from db.link_counts import LinkCounts
from db.records import Run, StoredDocument, StoredFinding
from db.store import Store
from verifier.model import Coverage, FindingCode, FindingState, LinkStatus, RunState
from verifier.reports.contents import CitationPlace, FailedDocument, MissingPart, ReportedFinding, RunReport
from verifier.reports.reviewed import add_reviews, rules_of

SHOWN_STATES = tuple(state for state in FindingState if state is not FindingState.CLOSED)
"""A finding that healed is history; it is not in a report."""

_OF_LINKS = frozenset(code for code in FindingCode if code.value.startswith("link_"))


def gather(
    store: Store,
    run: Run | None = None,
    *,
    documents: Sequence[StoredDocument] | None = None,
    failed: Sequence[FailedDocument] | None = None,
    messages: Sequence[str] = (),
    desk_address: str = "",
) -> RunReport:
    """The report of a run (by default the latest) over some documents (by default all).

    `failed` are the documents that could not be read; by default those whose stored reading is a failure.
    `desk_address` is where browsers reach the desk (`review.address`): findings then have their page there.
    """
    run = run or store.runs.latest()
    report = _of_run(run)
    current = store.documents.current() if documents is None else documents
    if failed is None:
        failed = [FailedDocument(document.path, document.failure) for document in current if document.failure]
    links = store.links.counts(None if documents is None else [document.id for document in documents])
    found = [_reported(finding) for finding in store.findings.list(SHOWN_STATES, run_id=report.run_id)]
    findings = add_reviews(store, found if documents is None else _touching(found, documents), desk_address)
    rules = rules_of(store, findings)
    coverage = _coverage(store, current, len(failed), links)
    return replace(
        report,
        coverage=replace(coverage, findings_quiet=sum(rule.findings for rule in rules), rules=len(rules)),
        findings=tuple(findings),
        rules=rules,
        failed=tuple(failed),
        messages=tuple(messages),
        missing_parts=_missing_parts(store, links.missing_parts),
    )


def _of_run(run: Run | None) -> RunReport:
    """The head of the report; what a run without a record is called where there is none."""
    if run is None:
        return RunReport(None, "", RunState.RUNNING, None, None, Coverage())
    return RunReport(run.id, run.kind, run.state, run.started_at, run.finished_at, Coverage())


def _touching(found: Sequence[ReportedFinding], documents: Sequence[StoredDocument]) -> list[ReportedFinding]:
    ids = {document.id for document in documents}
    return [reported for reported in found if any(place.document_id in ids for place in reported.places)]


def coverage_of(store: Store, documents: Sequence[StoredDocument]) -> Coverage:
    """The counts over some documents."""
    failed = sum(document.failure is not None for document in documents)
    return _coverage(store, documents, failed, store.links.counts([document.id for document in documents]))


@dataclass(frozen=True, slots=True)
class ClosedFindings:
    """The findings that closed in a run: those that a check found healed, and how many others.

    The others belong to documents that are gone, or to addresses that nothing cites any more.
    """

    healed: tuple[ReportedFinding, ...]
    no_longer_cited: int


def closed_in(store: Store, run: Run) -> ClosedFindings:
    """The findings that closed by themselves in a run."""
    closed = [
        found
        for found in store.findings.list((FindingState.CLOSED,), run_id=run.id)
        if found.closed_at is not None and found.closed_at >= run.started_at
    ]
    if not closed:
        return ClosedFindings((), 0)
    present = {document.id for document in store.documents.current()}
    asked = set(store.links.fetched_in(run.id))
    healed = [
        found
        for found in closed
        if (found.finding.url in asked if found.finding.code in _OF_LINKS else found.document_id in present)
    ]
    return ClosedFindings(tuple(map(_reported, healed)), len(closed) - len(healed))


def _missing_parts(store: Store, missing: Mapping[str, tuple[str, ...]]) -> tuple[MissingPart, ...]:
    """The pages that answered when last asked, without a part that is cited."""
    urls = sorted(missing)
    citing = store.links.citing(urls)
    return tuple(
        MissingPart(
            url,
            missing[url],
            tuple(CitationPlace(p.document_path, p.footnote_label, p.page, p.sentence) for p in citing.get(url, ())),
        )
        for url in urls
    )


def _reported(stored: StoredFinding) -> ReportedFinding:
    finding = stored.finding
    first = CitationPlace(
        stored.document or "",
        stored.footnote_label,
        stored.page,
        stored.sentence,
        stored.footnote_id,
        stored.document_id,
    )
    others = tuple(
        CitationPlace(p.document_path, p.footnote_label, p.page, p.sentence, p.footnote_id, p.document_id)
        for p in stored.also_at
    )
    return ReportedFinding(finding, stored.state, (first, *others) if stored.document else others, stored.new_in_run)


def _coverage(store: Store, documents: Sequence[StoredDocument], failed: int, links: LinkCounts) -> Coverage:
    compared = store.findings.document_coverage([document.id for document in documents])
    return replace(
        _links(links) + compared,
        documents=len(documents) - sum(document.failure is not None for document in documents),
        documents_failed=failed,
        documents_not_compared=sum(d.compared_key is None and d.failure is None for d in documents),
    )


def _links(links: LinkCounts) -> Coverage:
    of = links.by_status
    return Coverage(
        addresses=links.addresses,
        addresses_checked=sum(of.values()),
        addresses_ok=of.get(LinkStatus.OK, 0) + of.get(LinkStatus.MOVED, 0),
        addresses_broken=of.get(LinkStatus.BROKEN, 0),
        addresses_unreachable=of.get(LinkStatus.UNREACHABLE, 0),
        addresses_blocked=of.get(LinkStatus.BLOCKED, 0),
        addresses_refused=of.get(LinkStatus.REFUSED, 0),
    )


def document_findings(store: Store, document_id: int) -> tuple[ReportedFinding, ...]:
    """The findings that touch one document, as a report shows them, without those that closed by themselves."""
    return tuple(map(_reported, store.findings.of_document(document_id, SHOWN_STATES)))
