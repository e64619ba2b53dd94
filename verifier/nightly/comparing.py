"""A run's third stage: figures held against what their sources said."""

import hashlib
from collections.abc import Sequence
from datetime import date

from db.records import CapturedText, StoredDocument
from verifier.checker import CHECKER_VERSION, Check, FigureCheck
from verifier.model import Extraction, FindingCode
from verifier.nightly.archived_copies import confidential_collections
from verifier.nightly.near_captures import fetch_captures, known_captures
from verifier.nightly.work import Work, utc_now
from verifier.parser import PARSER_VERSION
from verifier.pipeline import DocumentResult, SourceReader, WatchedEdition, compare_document
from verifier.reports.words import counted

STAGE = "figures"


def compare_documents(work: Work, documents: Sequence[StoredDocument]) -> None:
    """Hold each document's figures against its sources, unless nothing has changed since they last were."""
    work.observer.stage(STAGE, len(documents))
    checks: tuple[Check, ...] = (FigureCheck(near_days=work.settings.check.near_days),)
    for done, document in enumerate(documents):
        if work.time_is_up():
            work.left.append(f"{counted(len(documents) - done, 'document')} not compared yet")
            return
        found = _compare(work, document, checks)
        work.observer.step(STAGE, document.path if found is None else f"{found} to look at")


def _compare(work: Work, document: StoredDocument, checks: Sequence[Check]) -> int | None:
    """How many findings there were; None where there was nothing to do."""
    extraction = work.store.documents.extraction(document.pdf_sha256, PARSER_VERSION)
    if not isinstance(extraction, Extraction):
        return None
    cited = work.store.links.sources_of(document.pdf_sha256, PARSER_VERSION)
    urls = sorted({address.url for entry in cited for address in entry.source.addresses})
    texts = work.store.links.texts(urls)
    made = (extraction.document.created or document.first_seen).date()
    copies = known_captures(work, urls, made)
    key = _compared_key(work, document, texts, copies)
    if work.store.findings.compared_key(document.id) == key:
        return None
    edition = WatchedEdition(document.key, made, extraction)
    reader = SourceReader()
    result = compare_document(edition, cited, texts, checks, reader, copies)
    doubtful = _doubtful(work, result, texts, made) - set(copies)
    if doubtful and document.collection not in confidential_collections(work):
        copies |= fetch_captures(work, doubtful, made)
        key = _compared_key(work, document, texts, copies)
        if doubtful - set(copies) and (work.silent_archives or work.time_is_up()):
            key += " without archives"  # the next run compares again, and asks them
        result = compare_document(edition, cited, texts, checks, reader, copies)
    work.store.findings.save_document_result(
        document.id, work.run.id, key, result.comparisons, result.findings, result.coverage, utc_now()
    )
    return len(result.findings)


def _doubtful(work: Work, result: DocumentResult, texts: dict[str, CapturedText], made: date) -> set[str]:
    """Addresses whose page gives another figure, too long after the document for its author to have read that page."""
    urls = {finding.url for finding in result.findings if finding.code is FindingCode.FIGURE_CHECK and finding.url}
    near = work.settings.check.near_days
    return {url for url in urls if url in texts and (texts[url].fetched_at.date() - made).days > near}


def _compared_key(
    work: Work, document: StoredDocument, texts: dict[str, CapturedText], copies: dict[str, CapturedText]
) -> str:
    """Everything that a document's comparisons rest on; while it is the same, they need not be made again."""
    parts = [PARSER_VERSION, CHECKER_VERSION, document.pdf_sha256, str(work.settings.check.near_days)]
    parts += [f"{url} {text.text_id}" for url, text in sorted(texts.items())]
    parts += [f"copy of {url} {text.text_id}" for url, text in sorted(copies.items())]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
