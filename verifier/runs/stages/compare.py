"""A run's third stage: figures and quotations held against what their sources said."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from db.records import CapturedText, CitedSource, StoredDocument
from verifier.checker import CHECKER_VERSION, Check, FigureCheck, QuotationCheck, WorkCheck, is_out_of_reach
from verifier.cited_works import WorksInRun
from verifier.claims import WatchedEdition
from verifier.errors import is_of_one_unit
from verifier.model import Extraction, Finding, FindingCode, LinkStatus, Origin
from verifier.note_sources import SourceReader
from verifier.parser import PARSER_VERSION
from verifier.pipeline import DocumentResult, compare_document
from verifier.reports.labels import counted
from verifier.runs.confidential import confidential_collections
from verifier.runs.context import Work, utc_now
from verifier.runs.notify.log import error_words
from verifier.runs.stages.changed_sources import changed_sources, supported_before
from verifier.runs.stages.near_captures import fetch_captures, known_captures

STAGE = "figures"

READ_AT_ONCE = 2000
"""Addresses whose history is in memory at a time."""

_QUOTATIONS = {FindingCode.QUOTE_DIFFERS, FindingCode.QUOTE_NOT_FOUND}


def compare_documents(work: Work, documents: Sequence[StoredDocument]) -> None:
    """Hold each document's figures and quotations against its sources, unless nothing has changed since."""
    basis, last_fetch = _basis(work), work.store.comparisons.last_fetch()
    outdated = work.store.comparisons.outdated(basis) | _with_lost_sources(work)
    settled = [document.id for document in documents if document.id not in outdated]
    waiting = [document for document in documents if document.id in outdated]
    work.observer.stage(STAGE, len(waiting))
    near = work.settings.check.near_days
    checks: tuple[Check, ...] = (FigureCheck(near_days=near), QuotationCheck(near_days=near))
    for done, document in enumerate(waiting):
        if work.time_is_up():
            work.left.append(f"{counted(len(waiting) - done, 'document')} not compared yet")
            break
        if _compare_or_report(work, document, checks):
            settled.append(document.id)
        work.observer.step(STAGE, document.path)
    work.store.comparisons.up_to_date(settled, basis, last_fetch)
    shared = work.store.findings.share_decisions(utc_now())
    if shared:
        decisions = counted(shared, "decision")
        work.notes.append(f"{decisions} about one form or edition of a document carried over to another.")


def _basis(work: Work) -> str:
    """What every document's comparisons rest on besides its own edition and sources."""
    basis = f"{PARSER_VERSION} {CHECKER_VERSION} {work.settings.check.near_days}"
    records = _records_key(work)
    return f"{basis} {_digest(chr(10).join(records))}" if records else basis


def _with_lost_sources(work: Work) -> set[int]:
    """The documents that print an address which came out of reach by this run's check, or back into it."""
    checked = work.store.links.fetched_in(work.run.id)
    turned: list[str] = []
    for first in range(0, len(checked), READ_AT_ONCE):
        history = work.store.links.past_checks(checked[first : first + READ_AT_ONCE])
        turned += [url for url, checks in history.items() if is_out_of_reach(checks) != is_out_of_reach(checks[:-1])]
    places = (place for of_url in work.store.links.citing(turned).values() for place in of_url)
    return {place.document_id for place in places if place.document_id is not None}


def _as_reached(work: Work, texts: dict[str, CapturedText]) -> dict[str, CapturedText]:
    """The texts of sources, those marked that are dead or blocked by now; what a person handed in stays what it is."""
    fetched = sorted(url for url, text in texts.items() if text.supplied_by is None)
    history = work.store.links.past_checks(fetched)
    lost = {url for url, checks in history.items() if is_out_of_reach(checks)}
    return {url: replace(text, out_of_reach=url in lost) for url, text in texts.items()}


def _compare_or_report(work: Work, document: StoredDocument, checks: Sequence[Check]) -> bool:
    """As `_compare`; a document that makes it fail is reported, and compared again by the next run."""
    try:
        return _compare(work, document, checks)
    except Exception as error:
        if not is_of_one_unit(error):
            raise
        work.report_failure(document.path, error_words(error))
        return False


def _compare(work: Work, document: StoredDocument, checks: Sequence[Check]) -> bool:
    """Compare a document where it needs it; whether nothing is left to ask for it."""
    extraction = work.store.documents.extraction(document.pdf_sha256, PARSER_VERSION)
    if not isinstance(extraction, Extraction):
        return True
    cited = work.store.links.sources_of(document.pdf_sha256, PARSER_VERSION)
    urls = sorted({address.url for entry in cited for address in entry.source.addresses})
    texts = _as_reached(work, work.store.links.texts(urls))
    made = (extraction.document.created or document.first_seen).date()
    passages = work.store.comparisons.passages_of(document.id)
    copies = known_captures(work, urls, made) | supported_before(work.store, texts, passages)
    key = _compared_key(work, document, texts, copies)
    if work.store.findings.compared_key(document.id) == key:
        return True
    edition = WatchedEdition(document.key, made, extraction)
    works = WorksInRun(WorkCheck(work.settings.check.near_days), work.records)
    held_against = partial(compare_document, edition, cited, texts, checks, SourceReader(), works=works)
    result = held_against(copies)
    before = _quoted_before(work, result, texts)
    if before.keys() - copies.keys():
        copies = before | copies
        result = held_against(copies)
    settled = True
    doubtful = (_doubtful(work, result, texts, made) | _out_of_reach(work, result, cited, texts)) - set(copies)
    if doubtful and document.collections.isdisjoint(confidential_collections(work.store, work.settings)):
        copies |= fetch_captures(work, doubtful, made)
        missed = doubtful - set(copies)
        settled = not (missed and (work.silent_archives or missed & work.copies_missed or work.time_is_up()))
        key = _compared_key(work, document, texts, copies)
        if not settled:
            key += " without archives"  # the next run compares again, and asks them
        result = held_against(copies)
    if result.failures:
        key += " with failures"  # the next run compares again
    changed = changed_sources(edition, cited, texts, passages)
    findings = (*result.findings, *changed)
    work.store.findings.save_document_result(
        document.id, work.run.id, key, result.comparisons, findings, result.coverage, utc_now(), result.parts
    )
    if document.edition_of_key is not None:
        earlier = replace(edition, key=document.edition_of_key)
        there = compare_document(earlier, cited, texts, checks, SourceReader(), copies, works).findings
        _carry_over(work, document, findings, (*there, *changed_sources(earlier, cited, texts, passages)))
    for failure in result.failures:
        work.report_failure(f"{document.path}, note {failure.label}", error_words(failure.error))
    return settled and not result.failures


def _carry_over(work: Work, document: StoredDocument, findings: Sequence[Finding], there: Sequence[Finding]) -> None:
    """Give a document the decisions about an earlier one that says mostly the same: by sentence, source and figure.

    `there` are the same findings, in the same order, as they are called in the earlier document: the fingerprints are
    then its own, wherever sentence, source and figure are the same.
    """
    pairs = [(here.fingerprint, other.fingerprint) for here, other in zip(findings, there, strict=True)]
    carried = work.store.findings.carry_over(document.id, pairs, utc_now())
    if carried:
        decisions = counted(carried, "decision")
        work.notes.append(f"{decisions} carried over to a document that reads like a new edition of a known one.")


def _quoted_before(work: Work, result: DocumentResult, texts: dict[str, CapturedText]) -> dict[str, CapturedText]:
    """What pages said when we first read them that have other words now and lack a quotation, by address."""
    first = work.store.links.first_texts(sorted(_addresses(result, _QUOTATIONS)))
    return {url: text for url, text in first.items() if url in texts and text.text_id != texts[url].text_id}


def _doubtful(work: Work, result: DocumentResult, texts: dict[str, CapturedText], made: date) -> set[str]:
    """Addresses whose page says something else, too long after the document for its author to have read that page."""
    urls = _addresses(result, {FindingCode.FIGURE_CHECK, FindingCode.QUOTE_NOT_FOUND})
    near = work.settings.check.near_days
    return {url for url in urls if url in texts and (texts[url].fetched_at.date() - made).days > near}


def _out_of_reach(
    work: Work, result: DocumentResult, cited: Sequence[CitedSource], texts: dict[str, CapturedText]
) -> set[str]:
    """Printed addresses of sources that were never read, and are blocked or dead: an archived copy may be read.

    None where nothing was left uncompared for want of a source.
    """
    seen = result.coverage
    if not seen.figures_source_unread and seen.quotations_compared == seen.quotations:
        return set()
    unread = [entry.source for entry in cited if not any(address.url in texts for address in entry.source.addresses)]
    printed = {address.url for source in unread for address in source.addresses if address.origin is Origin.PRINTED}
    statuses = work.store.links.statuses(sorted(printed))
    return {url for url, known in statuses.items() if known.status in (LinkStatus.BLOCKED, LinkStatus.BROKEN)}


def _addresses(result: DocumentResult, codes: Collection[FindingCode]) -> set[str]:
    return {finding.url for finding in result.findings if finding.code in codes and finding.url}


def _compared_key(
    work: Work, document: StoredDocument, texts: dict[str, CapturedText], copies: dict[str, CapturedText]
) -> str:
    """Everything that a document's comparisons rest on; while it is the same, they need not be made again."""
    parts = [PARSER_VERSION, CHECKER_VERSION, document.pdf_sha256, str(work.settings.check.near_days)]
    parts += [f"{url} {text.text_id}{' lost' * text.out_of_reach}" for url, text in sorted(texts.items())]
    parts += [f"copy of {url} {text.text_id}" for url, text in sorted(copies.items())]
    return _digest("\n".join((*parts, *_records_key(work))))


def _records_key(work: Work) -> list[str]:
    """What registries say of identifiers, whichever document cites them."""
    return [f"record {one.url} {one.text_id}" for _, records in sorted(work.records.items()) for one in records]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
