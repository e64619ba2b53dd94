"""Court decisions by their reporters, read by eyecite, which is loaded only where one may be."""

import logging
from dataclasses import dataclass
from functools import cache
from typing import Any

from verifier.parser.patterns import regex

_MAYBE = regex(
    r"(?<![\d.,/-])\d{1,4}\s+(?!(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.|U\.?\s?S\.?\s?C|C\.?\s?F\.?\s?R|Fed\.\s?Reg"
    r"|Stat\.)(?:[A-Z][A-Za-z’']{0,8}\.\s?|F\.?\s?|Wall\s)[A-Za-z0-9.’'\s]{0,24}?\s?\d{1,5}\b"
)
"""A volume, an abbreviation that ends in a point, and a page: cheap, and wide enough for every reporter in use."""


@dataclass(frozen=True, slots=True)
class Case:
    """A decision cited at `start`: its key `case:410/U.S./113`, and of name, year and pinpoint what is given."""

    start: int
    key: str
    name: str | None
    year: str | None
    pinpoint: str | None


@cache
def _reader() -> Any:
    """eyecite's own function; it logs remarks on citations that overlap, which say nothing to a user of ours."""
    from eyecite import get_citations

    logging.getLogger("eyecite").setLevel(logging.CRITICAL)
    return get_citations


def find_cases(text: str) -> tuple[Case, ...]:
    """The decisions that a text cites in full (`410 U.S. 113`), in its order."""
    if not _MAYBE.search(text):
        return ()
    found = []
    for citation in _reader()(text):
        if type(citation).__name__ == "FullCaseCitation":
            found.append(_case(citation))
    return tuple(found)


def _case(citation: Any) -> Case:
    groups, metadata = citation.groups, citation.metadata
    parties = [party.strip(" ,") for party in (metadata.plaintiff, metadata.defendant) if party]
    return Case(
        start=citation.span()[0],
        key=f"case:{groups['volume']}/{citation.corrected_reporter()}/{groups['page']}",
        name=" v. ".join(parties) or None,
        year=metadata.year,
        pinpoint=metadata.pin_cite,
    )
