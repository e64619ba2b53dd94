"""Searches for works that are cited without an address: which registry has which kinds of works, and how it is asked.

`searches.csv` is the table: a registry, the kinds of works that it has, those of them that it has as good as all of
(`decisive`: that it finds none says something), the address, and who says that it is there. Only registries that take
the words of a title all together are decisive: those that answer with whatever is nearest never find nothing.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from urllib.parse import quote

from verifier.model import WorkKind

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_SUBTITLE = re.compile(r":\s|\s[–—-]\s|[?!]\s")
_MOST_WORDS = 14
_FEWEST_WORDS = 4
_ASKS_FOR_AUTHOR = "={author}"
"""Of an address: what it means without an author is the registry's to say, so it is not asked."""
_OPERATORS = frozenset({"AND", "OR", "NOT"})


@dataclass(frozen=True, slots=True)
class SoughtWork:
    """What a registry is asked for: `author` is a family name, empty for none, `parties` those of a decision."""

    title: str
    kind: WorkKind
    author: str = ""
    year: str = ""
    parties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Search:
    """Where a registry is asked; `decisive` says that it has as good as every work of this kind."""

    address: str
    decisive: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    registry: str
    kinds: frozenset[str]
    decisive: frozenset[str]
    address: str


def searches_of(registry: str, sought: SoughtWork) -> Search | None:
    """Where a registry is asked for a work; None where it has no works of the kind, or there is nothing to ask for."""
    line = next((one for one in _lines() if one.registry == registry and sought.kind in one.kinds), None)
    title = title_words(sought.title)
    if line is None or (_ASKS_FOR_AUTHOR in line.address and not sought.author):
        return None
    parties = [words for party in sought.parties if (words := _words(party, 3))]
    if sought.kind is WorkKind.CASE and len(parties) < 2:
        return None
    if sought.kind is not WorkKind.CASE and len(title.split()) < _FEWEST_WORDS:
        return None
    address = line.address.format(
        title=quote(title),
        author=quote(_words(sought.author, 3)),
        year=quote(sought.year),
        parties=quote(" AND ".join(f'"{words}"' for words in parties)),
    )
    return Search(address, sought.kind in line.decisive)


def title_words(title: str) -> str:
    """The words of a title that are asked for: without its subtitle where enough are left, and without signs that
    query languages take for their own."""
    main = _SUBTITLE.split(title)[0]
    chosen = main if len(_WORD.findall(main)) >= _FEWEST_WORDS else title
    return _words(chosen, _MOST_WORDS)


def _words(text: str, most: int) -> str:
    found = _WORD.findall(text)[:most]
    return " ".join(word.lower() if word in _OPERATORS else word for word in found)


@cache
def _lines() -> tuple[_Line, ...]:
    table = resources.files("verifier.resolver.registries").joinpath("searches.csv").read_text("utf-8")
    return tuple(
        _Line(row["registry"], frozenset(row["kinds"].split()), frozenset(row["decisive"].split()), row["address"])
        for row in csv.DictReader(table.splitlines())
    )
