"""The work that a page's JSON-LD (schema.org) describes."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import lxml.etree

from verifier.model import Author
from verifier.resolver.works.fields import NEWS_TYPES, WORK_TYPES, author_of, date_in, identifier_of, plain

_LONGEST = 500_000  # characters of one script
_DEEPEST = 6
_MOST = 400  # objects of a page


@dataclass(frozen=True, slots=True)
class LinkedData:
    """What the page's one work is by its JSON-LD; empty where there is none, or several of different titles."""

    title: str = ""
    authors: tuple[Author, ...] = ()
    date: str | None = None
    container: str | None = None
    publisher: str | None = None
    is_news: bool = False
    identifiers: tuple[str, ...] = ()
    works: int = 0


def linked_data(tree: lxml.etree._Element) -> LinkedData:
    """The work of a page's JSON-LD; a page that lists works says how many in `works`, and nothing else."""
    found = [one for one in _objects(tree) if _types(one) & WORK_TYPES and _title(one)]
    titles = {_title(one) for one in found}
    if len(titles) != 1:
        return LinkedData(works=len(titles))
    best = max(found, key=len)
    types = _types(best)
    return LinkedData(
        title=_title(best),
        authors=_authors(best.get("author") or best.get("creator")),
        date=date_in(best.get("datePublished")) or date_in(best.get("dateCreated")),
        container=_name(best.get("isPartOf")) or None,
        publisher=_name(best.get("publisher")) or None,
        is_news=bool(types & NEWS_TYPES),
        identifiers=tuple(_identifiers(best)),
        works=1,
    )


def _objects(tree: lxml.etree._Element) -> Iterator[dict[str, Any]]:
    count = 0
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            value = json.loads((script.text or "")[:_LONGEST])
        except (ValueError, RecursionError):
            continue
        for one in _within(value, 0):
            count += 1
            if count > _MOST:
                return
            yield one


def _within(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for one in value:
            yield from _within(one, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _within(value.get(name), depth + 1)


def _types(value: dict[str, Any]) -> frozenset[str]:
    stated = value.get("@type")
    many = stated if isinstance(stated, list) else [stated]
    return frozenset(one.rsplit("/", 1)[-1].lower() for one in many if isinstance(one, str))


def _title(value: dict[str, Any]) -> str:
    return plain(value.get("headline")) or plain(value.get("name"))


def _name(value: Any) -> str:
    if isinstance(value, list):
        value = next(iter(value), None)
    return plain(value.get("name"), 200) if isinstance(value, dict) else plain(value, 200)


def _authors(value: Any) -> tuple[Author, ...]:
    many = value if isinstance(value, list) else [value]
    authors = []
    for one in many[:200]:
        name = _name(one)
        institution = isinstance(one, dict) and "organization" in _types(one)
        author = Author(name) if institution and name else author_of(name)
        if author is not None:
            authors.append(author)
    return tuple(authors)


def _identifiers(value: dict[str, Any]) -> Iterator[str]:
    for name, kind in (("doi", "doi"), ("identifier", "doi"), ("sameAs", "doi"), ("@id", "doi"), ("isbn", "isbn")):
        stated = value.get(name)
        for one in stated if isinstance(stated, list) else [stated]:
            text = one.get("value") if isinstance(one, dict) else one
            key = identifier_of(kind, text)
            if key is not None:
                yield key
