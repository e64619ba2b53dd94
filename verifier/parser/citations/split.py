"""Citations: the works that one note cites, each with its signal, addresses, identifiers and what is said of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from verifier.model import Citation, Signal
from verifier.parser.citations.identifiers import find_identifiers
from verifier.parser.citations.signals import governing_signal
from verifier.parser.citations.spans import citation_spans
from verifier.parser.urls import find_addresses
from verifier.parser.works.imprint import find_pinpoint
from verifier.parser.works.read import read_work


@dataclass(frozen=True, slots=True)
class PlacedUrl:
    """An address of a note and where in its text it is."""

    start: int
    url: str


def split_citations(text: str, urls: Sequence[PlacedUrl]) -> tuple[Citation, ...]:
    """The citations of a note's text; every address of the note goes to the citation it is in.

    A signal holds for all works that follow it in the same sentence, up to the next signal (The Bluebook, rule 1.3).
    """
    spans = citation_spans(text, [url.start for url in urls])
    citations: list[Citation] = []
    signal: Signal | None = None
    for number, span in enumerate(spans):
        last = number == len(spans) - 1
        own = [u.url for u in urls if (span.start <= u.start or not number) and (u.start < span.end or last)]
        part = text[span.start : span.end].strip(" ;")
        signal = governing_signal(part) or (signal if span.strung else None)
        citation = _citation(part, signal, tuple(dict.fromkeys(own)))
        if citation.text or citation.urls:
            citations.append(citation)
    return tuple(citations)


def read_citations(text: str) -> tuple[Citation, ...]:
    """The citations of a note that is text only: its addresses are the ones printed in it."""
    return split_citations(text, [PlacedUrl(found.start, found.url) for found in find_addresses(text)])


def _citation(part: str, signal: Signal | None, urls: tuple[str, ...]) -> Citation:
    identifiers = find_identifiers(part, urls)
    work = read_work(part, addressed=bool(urls or identifiers))
    return Citation(
        text=part,
        signal=signal,
        urls=urls,
        identifiers=identifiers,
        work=work,
        pinpoint=work.pinpoint if work else find_pinpoint(part),
    )
