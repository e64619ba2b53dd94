"""Records of registries: what they keep of the identifiers that documents cite.

Only where the settings name a registry, and never for a document of a confidential folder. An answer that is no record
of the identifier (silence, an error, another work's record) says nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from db.records import StoredDocument
from verifier.cited_works import record_keys
from verifier.model import DescribedWork, Extraction, Nature
from verifier.parser import PARSER_VERSION
from verifier.resolver import records_of, registries_named
from verifier.runs.confidential import confidential_collections
from verifier.runs.context import Work
from verifier.runs.stages.registry_questions import Question, answers_to


def read_records(work: Work, documents: Sequence[StoredDocument]) -> None:
    """Ask for the records of every identifier that the documents cite; what is known of them is in `work.records`."""
    asked = registries_named(work.settings.check.registries)
    if not asked:
        return
    keys = dict.fromkeys(key for _, read in open_extractions(work, documents) for key in _keys(read))
    questions = [
        Question(registry, url, key) for key in keys for registry in asked if (url := registry.address_of(key))
    ]
    answers = answers_to(work, questions)
    for question in questions:
        captured = answers.get(question.url)
        if captured is None or captured.text.work is None or question.key is None:
            continue
        found = records_of(question.key, question.registry, captured.text.work)
        if found:
            described = found[0] if len(found) == 1 else DescribedWork(nature=Nature.LIST, listed=found)
            one = replace(captured, text=replace(captured.text, work=described))
            work.records[question.key] = (*work.records.get(question.key, ()), one)


def open_extractions(work: Work, documents: Sequence[StoredDocument]) -> Iterator[tuple[StoredDocument, Extraction]]:
    """The documents that third parties may be asked about, with what was read in them."""
    secret = confidential_collections(work.store, work.settings)
    for document in documents:
        if not document.collections.isdisjoint(secret):
            continue
        extraction = work.store.documents.extraction(document.pdf_sha256, PARSER_VERSION)
        if isinstance(extraction, Extraction):
            yield document, extraction


def _keys(extraction: Extraction) -> Iterator[str]:
    for note in extraction.footnotes:
        for citation in note.citations:
            yield from record_keys(citation)
