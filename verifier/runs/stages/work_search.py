"""Works that are cited without an address: looked for by their titles in the registries that the settings name.

What is sure to be the cited work gives addresses of the source, which are guesses: they are fetched so that figures and
quotations can be held against them, and raise no finding about a link. Never for a document of a confidential folder.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from db.records import CapturedText, CitedSource, StoredDocument
from verifier.checker import captions_in, is_sure_record
from verifier.model import (
    Citation,
    DescribedWork,
    Extraction,
    Footnote,
    Nature,
    Origin,
    RegistryAnswer,
    Source,
    SourceAddress,
    WorkKind,
)
from verifier.model import (
    Work as CitedWork,
)
from verifier.parser import PARSER_VERSION
from verifier.pipeline import cite_sources
from verifier.resolver import (
    REGISTRY_NAMES,
    Registry,
    SoughtWork,
    TemplateResolver,
    address_of,
    host_of,
    identifier_keys,
    registries_named,
)
from verifier.runs.context import Work
from verifier.runs.stages.registries import open_extractions
from verifier.runs.stages.registry_questions import Question, answers_to

MOST_ADDRESSES = 3
"""Addresses of one work that are tried."""


@dataclass(frozen=True, slots=True)
class _Sought:
    """A citation that registries are asked about, by its places in an extraction."""

    footnote: int
    ordinal: int
    citation: Citation
    questions: tuple[Question, ...]


def find_works(work: Work, documents: Sequence[StoredDocument]) -> None:
    """Look for every work that the documents cite without an address, and for every identifier that may not exist.

    What registries answer is in `work.answers`, by the citation's words; addresses of works that were found are kept
    with what their documents cite.
    """
    asked = registries_named(work.settings.check.registries)
    if not asked:
        return
    read = ((document, tuple(_sought(read, asked))) for document, read in open_extractions(work, documents))
    sought = [(document, of_one) for document, of_one in read if of_one]
    answers = answers_to(work, [question for _, of_one in sought for one in of_one for question in one.questions])
    for document, of_one in sought:
        for one in of_one:
            work.answers[one.citation.text] = tuple(_answer(question, answers) for question in one.questions)
        _keep_addresses(work, document, of_one)


def _sought(extraction: Extraction, asked: Sequence[Registry]) -> Iterator[_Sought]:
    for number, note in enumerate(extraction.footnotes):
        if extraction.pages_by_ocr & note.pages:
            continue
        for ordinal, citation in enumerate(note.citations):
            questions = _questions(note, citation, asked)
            if questions:
                yield _Sought(number, ordinal, citation, questions)


def _questions(note: Footnote, citation: Citation, asked: Sequence[Registry]) -> tuple[Question, ...]:
    """What is asked about a citation: whether its identifier exists, and its title where it has no address.

    A reference back describes nothing of its own; what its form leaves in doubt is not looked for.
    """
    if citation.refers_to is not None or citation.work is None:
        return ()
    keys = identifier_keys(citation)
    questions = [
        Question(registry, url, key, decisive=True)
        for key in keys
        for registry in asked
        if registry.is_decisive_for(key) and (url := registry.address_of(key))
    ]
    is_case = any(key.startswith("case:") for key in keys)
    claimed = {url for one in note.citations for url in one.urls}
    if citation.urls or set(note.urls) - claimed or (keys and not is_case):
        return tuple(questions)
    found = _described(citation, citation.work)
    if found is not None:
        searches = ((registry, registry.search_for(found)) for registry in asked)
        questions += [Question(registry, one.address, None, one.decisive) for registry, one in searches if one]
    return tuple(questions)


def _described(citation: Citation, work: CitedWork) -> SoughtWork | None:
    parties = captions_in(citation.text)
    if not work.title and not (work.kind is WorkKind.CASE and parties):
        return None
    first = next(iter(work.authors), None)
    return SoughtWork(
        title=work.title or "",
        kind=WorkKind.REGULATION if work.container == "Federal Register" else work.kind,
        author=first.family if first and first.given else "",
        year=work.year or "",
        parties=parties[0] if parties else (),
    )


def _answer(question: Question, answers: dict[str, CapturedText]) -> RegistryAnswer:
    captured = answers.get(question.url)
    works = _works(question, captured.text.work) if captured is not None else None
    return RegistryAnswer(
        registry=REGISTRY_NAMES.get(question.registry.name, question.registry.name),
        url=question.url,
        asked_for=question.key or "",
        decisive=question.decisive,
        works=works,
        answered_at=captured.fetched_at if captured else None,
        snapshot=captured.snapshot if captured else None,
    )


def _works(question: Question, answer: DescribedWork | None) -> tuple[DescribedWork, ...] | None:
    """The works of an answer, None for one that does not go with the question: of another identifier, no list."""
    if answer is None or answer.nature is not Nature.LIST:
        return None
    key = question.key
    if key is not None and answer.identifiers and key not in answer.identifiers:
        return None
    if key is not None and answer.listed and not any(question.registry.is_of(key, one) for one in answer.listed):
        return None
    return answer.listed


def _keep_addresses(work: Work, document: StoredDocument, sought: Sequence[_Sought]) -> None:
    """Add the addresses of works that were found to what a document cites, in place of those found before."""
    searched = [one for one in sought if any(question.key is None for question in one.questions)]
    extraction = work.store.documents.extraction(document.pdf_sha256, PARSER_VERSION) if searched else None
    if not isinstance(extraction, Extraction):
        return
    cited = cite_sources(extraction, TemplateResolver())
    cited += [found for one in searched for found in _found(one, work.answers[one.citation.text])]
    if cited != work.store.links.sources_of(document.pdf_sha256, PARSER_VERSION):
        work.store.links.save_sources(document.pdf_sha256, PARSER_VERSION, cited)


def _found(sought: _Sought, answers: Sequence[RegistryAnswer]) -> Iterator[CitedSource]:
    """The sources that the answers' sure records make, each once, with the addresses of all records of it."""
    addresses: dict[str, dict[str, None]] = {}
    for answer in answers:
        if answer.asked_for:
            continue
        for one in answer.works or ():
            if one.addresses and is_sure_record(sought.citation.work, sought.citation.text, one):
                key = next(iter(one.identifiers), None) or f"url:{one.addresses[0]}"
                addresses.setdefault(key, {}).update(dict.fromkeys(address_of(url) for url in one.addresses))
    for key, urls in list(addresses.items())[:1]:
        some = list(urls)[:MOST_ADDRESSES]
        yield CitedSource(
            footnote=sought.footnote,
            citation=sought.ordinal,
            body_link=None,
            source=Source(key, tuple(SourceAddress(url, Origin.GUESSED) for url in some)),
            host_by_url={url: host_of(url) for url in some},
        )
