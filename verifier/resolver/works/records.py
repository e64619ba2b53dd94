"""The work that a registry's record describes: one reader a registry, and none that trusts its shape.

Each takes the parsed JSON of one answer. An error, an empty answer and a shape that is not the registry's are
described as nothing.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from verifier.model import Author, DescribedTitle, DescribedWork, Nature, TitleOrigin, Update, UpdateKind
from verifier.resolver.works.fields import author_of, date_in, identifier_of, plain
from verifier.resolver.works.nature import says_failure
from verifier.resolver.works.notices import notice_in

_RECORD_KEYS: Mapping[str, tuple[str, ...]] = {
    "crossref": ("DOI",),
    "datacite": ("doi",),
    "openalex": ("id", "doi"),
    "openlibrary": ("key", "publish_date", "first_publish_year", "isbn_13", "isbn_10"),
    "federalregister": ("document_number",),
    "govinfo": ("packageId", "granuleId"),
    "courtlistener": ("case_name", "caseName", "case_name_full"),
    "arxiv": ("id",),
}
"""Fields of which a record has one: an error's answer has a `title` too (RFC 9457, JSON:API), and none of these."""

_MOST_AUTHORS = 3000
_MOST_ITEMS = 50

CROSSREF_UPDATES: Mapping[str, UpdateKind] = {
    "retraction": UpdateKind.RETRACTION,
    "partial_retraction": UpdateKind.CORRECTION,
    "removal": UpdateKind.WITHDRAWAL,
    "withdrawal": UpdateKind.WITHDRAWAL,
    "expression_of_concern": UpdateKind.CONCERN,
    "correction": UpdateKind.CORRECTION,
    "corrigendum": UpdateKind.CORRECTION,
    "erratum": UpdateKind.CORRECTION,
    "addendum": UpdateKind.CORRECTION,
    "clarification": UpdateKind.CORRECTION,
    "new_version": UpdateKind.NEW_EDITION,
    "new_edition": UpdateKind.NEW_EDITION,
}
"""Types of Crossref's `update-to` and `updated-by` (Crossmark documentation, "Update types"), with what each is here.
A part taken back leaves the rest: no retraction. Types that are not named here say nothing."""


def described_records(source: str, value: Any) -> tuple[DescribedWork, ...]:
    """The works of an answer: one of a look-up, several of a search; empty for errors and unknown registries."""
    name = source.strip().lower().replace(" ", "").replace("_", "")
    reader = READERS.get(name)
    if reader is None or not isinstance(value, dict):
        return ()
    if "error" in value or "errors" in value:
        return ()
    return tuple(work for work in reader(value) if work.nature is Nature.WORK and not says_failure(work.title or ""))


def records_in(body: bytes, source: str) -> tuple[DescribedWork, ...]:
    """The works of a registry's answer as it came; none where it is no JSON."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return ()
    return described_records(source, value)


def is_list(source: str, value: Any) -> bool:
    """Whether an answer is of a search: that the wanted work is not in it says nothing of the note."""
    if not isinstance(value, dict):
        return True
    return (
        any(isinstance(value.get(name), list) for name in ("results", "docs", "items", "packages", "entries"))
        or (isinstance(value.get("message"), dict) and "items" in value["message"])
        or isinstance(value.get("data"), list)
    )


def _crossref(value: dict[str, Any]) -> Iterator[DescribedWork]:
    message = value.get("message", value)
    for item in _items(message, "items"):
        if not _is_record("crossref", item):
            continue
        main = _words(item.get("title"))
        subtitle = _words(item.get("subtitle"))
        dates = [_date_parts(item.get(name)) for name in ("issued", "published-print", "published-online", "published")]
        yield _work(
            titles=_with_subtitle(main, subtitle),
            authors=[_crossref_author(one) for one in _list(item.get("author"))],
            dates=dates,
            container=_words(item.get("container-title")),
            publisher=_words(item.get("publisher")),
            identifiers=[identifier_of("doi", item.get("DOI"))],
            updates=[*_updates(item.get("updated-by"))],
        )


def _crossref_author(value: Any) -> Author | None:
    if not isinstance(value, dict):
        return None
    family, given = plain(value.get("family"), 200), plain(value.get("given"), 200)
    if family:
        return Author(family, given or None)
    name = plain(value.get("name"), 300)
    return Author(name) if name else None


def _updates(value: Any) -> Iterator[Update]:
    for one in _list(value)[:_MOST_ITEMS]:
        if not isinstance(one, dict) or not isinstance(one.get("type"), str):
            continue
        kind = CROSSREF_UPDATES.get(one["type"].strip().lower().replace(" ", "_").replace("-", "_"))
        if kind is not None:
            key = identifier_of("doi", one.get("DOI"))
            yield Update(kind, key.removeprefix("doi:") if key else None, _date_parts(one.get("updated")))


def _datacite(value: dict[str, Any]) -> Iterator[DescribedWork]:
    data = value.get("data", value)
    for item in data if isinstance(data, list) else [data]:
        if not isinstance(item, dict):
            continue
        about = item.get("attributes", item)
        if not isinstance(about, dict) or not _is_record("datacite", about):
            continue
        titles = [one for one in _list(about.get("titles")) if isinstance(one, dict)]
        main = next((words for one in titles if not one.get("titleType") and (words := plain(one.get("title")))), "")
        subtitle = next((plain(one.get("title")) for one in titles if one.get("titleType") == "Subtitle"), "")
        others = [
            plain(one.get("title")) for one in titles if one.get("titleType") in ("TranslatedTitle", "AlternativeTitle")
        ]
        container = about.get("container")
        yield _work(
            titles=[*_with_subtitle(main, subtitle), *others],
            authors=[_datacite_author(one) for one in _list(about.get("creators"))],
            dates=[date_in(about.get("publicationYear"))],
            container=plain(container.get("title"), 300) if isinstance(container, dict) else "",
            publisher=_name(about.get("publisher")),
            identifiers=[identifier_of("doi", about.get("doi"))],
        )


def _datacite_author(value: Any) -> Author | None:
    if not isinstance(value, dict):
        return None
    if value.get("nameType") == "Organizational":
        return Author(plain(value.get("name"), 300)) if plain(value.get("name"), 300) else None
    family = plain(value.get("familyName"), 200)
    return Author(family, plain(value.get("givenName"), 200) or None) if family else author_of(value.get("name"))


def _openalex(value: dict[str, Any]) -> Iterator[DescribedWork]:
    for item in _items(value, "results"):
        if not _is_record("openalex", item):
            continue
        place = item.get("primary_location")
        venue = place.get("source") if isinstance(place, dict) else None
        yield _work(
            titles=[plain(item.get("title")) or plain(item.get("display_name"))],
            authors=[_openalex_author(one) for one in _list(item.get("authorships"))],
            dates=[date_in(item.get("publication_date")), date_in(item.get("publication_year"))],
            container=plain(venue.get("display_name"), 300) if isinstance(venue, dict) else "",
            identifiers=[identifier_of("doi", item.get("doi"))],
        )


def _openalex_author(value: Any) -> Author | None:
    if not isinstance(value, dict):
        return None
    author = value.get("author")
    return author_of(author.get("display_name") if isinstance(author, dict) else value.get("raw_author_name"))


def _openlibrary(value: dict[str, Any]) -> Iterator[DescribedWork]:
    asked = [key for name in value if (key := identifier_of("isbn", name)) is not None]
    found = value.get("docs")
    if found is None and not isinstance(value.get("title"), str):  # answers of /api/books are keyed by the number asked
        inner = [one for one in value.values() if isinstance(one, dict) and isinstance(one.get("title"), str)]
        found = inner or None
    for item in _list(found) if found is not None else [value]:
        if not isinstance(item, dict):
            continue
        if not _is_record("openlibrary", item):
            continue
        names = [one.get("name") if isinstance(one, dict) else one for one in _list(item.get("authors"))]
        names += _list(item.get("author_name"))
        yield _work(
            titles=_with_subtitle(plain(item.get("title")), plain(item.get("subtitle"))),
            authors=[author_of(name) for name in names],
            dates=[date_in(item.get("publish_date")), date_in(item.get("first_publish_year"))],
            publisher=_name(item.get("publishers") or item.get("publisher")),
            identifiers=[
                identifier_of("isbn", one)
                for name in ("isbn_13", "isbn_10", "isbn")
                for one in _list(item.get(name))[:40]
            ]
            + [*asked],
        )


def _federal_register(value: dict[str, Any]) -> Iterator[DescribedWork]:
    for item in _items(value, "results"):
        if not _is_record("federalregister", item):
            continue
        yield _work(
            titles=[plain(item.get("title"))],
            authors=[Author(name) for one in _list(item.get("agencies")) if (name := _name(one))],
            dates=[date_in(item.get("publication_date"))],
            container="Federal Register",
            identifiers=[f"fr:{number}" if (number := plain(item.get("document_number"), 40)) else None],
        )


def _govinfo(value: dict[str, Any]) -> Iterator[DescribedWork]:
    for item in _items(value, "packages" if "packages" in value else "results"):
        if not _is_record("govinfo", item):
            continue
        yield _work(
            titles=[plain(item.get("title"))],
            authors=[
                Author(name)
                for name in (plain(item.get("governmentAuthor1"), 200), plain(item.get("governmentAuthor2"), 200))
                if name
            ],
            dates=[date_in(item.get("dateIssued"))],
            publisher=plain(item.get("publisher"), 200),
        )


def _courtlistener(value: dict[str, Any]) -> Iterator[DescribedWork]:
    for item in _items(value, "results"):
        if not _is_record("courtlistener", item):
            continue
        name = next(
            (words for key in ("case_name_full", "case_name", "caseName") if (words := plain(item.get(key)))), ""
        )
        short = next((words for key in ("case_name", "caseName") if (words := plain(item.get(key)))), "")
        yield _work(
            titles=list(dict.fromkeys(one for one in (short, name) if one)),
            dates=[date_in(item.get("date_filed") or item.get("dateFiled"))],
            identifiers=[
                f"reporter:{words}"
                for one in _list(item.get("citation") or item.get("citations"))
                if (words := _reporter(one))
            ],
        )


def _reporter(value: Any) -> str:
    if isinstance(value, dict):
        return plain(" ".join(str(value.get(name) or "") for name in ("volume", "reporter", "page")), 80)
    return plain(value, 80)


def _arxiv(value: dict[str, Any]) -> Iterator[DescribedWork]:
    for item in _items(value, "entries"):
        if not _is_record("arxiv", item):
            continue
        names = [one.get("name") if isinstance(one, dict) else one for one in _list(item.get("authors"))]
        yield _work(
            titles=[plain(item.get("title"))],
            authors=[author_of(name) for name in names],
            dates=[date_in(item.get("published"))],
            container="arXiv",
            identifiers=[identifier_of("arxiv", item.get("id"))],
        )


READERS: Mapping[str, Callable[[dict[str, Any]], Iterator[DescribedWork]]] = {
    "crossref": _crossref,
    "datacite": _datacite,
    "openalex": _openalex,
    "openlibrary": _openlibrary,
    "federalregister": _federal_register,
    "govinfo": _govinfo,
    "courtlistener": _courtlistener,
    "arxiv": _arxiv,
}


def _work(
    titles: list[str],
    dates: list[str | None],
    authors: "list[Author] | list[Author | None] | None" = None,
    container: str = "",
    publisher: str = "",
    identifiers: "list[str | None] | list[str] | None" = None,
    updates: list[Update] | None = None,
) -> DescribedWork:
    named = tuple(DescribedTitle(one, TitleOrigin.RECORD) for one in dict.fromkeys(titles) if _is_words(one))
    return DescribedWork(
        nature=Nature.WORK if named else Nature.NOTHING,
        titles=named,
        authors=tuple(one for one in (authors or [])[:_MOST_AUTHORS] if one is not None and _is_words(one.family)),
        dates=tuple(dict.fromkeys(one for one in dates if one)),
        container=container or None,
        site=publisher or None,
        identifiers=tuple(one for one in identifiers or [] if one),
        notice=notice_in([one.text for one in named], ""),
        updates=tuple(updates or ()),
    )


def _is_words(text: str) -> bool:
    return any(char.isalpha() for char in text)


def _is_record(source: str, item: dict[str, Any]) -> bool:
    return any(isinstance(item.get(key), str | int) and item[key] for key in _RECORD_KEYS[source])


def _items(value: Any, name: str) -> list[dict[str, Any]]:
    if not isinstance(value, dict):
        return []
    many = value.get(name)
    found = many if isinstance(many, list) else [value] if many is None else []
    return [one for one in found[:_MOST_ITEMS] if isinstance(one, dict)]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _words(value: Any) -> str:
    return plain(next(iter(value), None) if isinstance(value, list) else value)


def _name(value: Any) -> str:
    one = next(iter(value), None) if isinstance(value, list) else value
    return plain(one.get("name") if isinstance(one, dict) else one, 300)


def _with_subtitle(title: str, subtitle: str) -> list[str]:
    if not title or not subtitle or subtitle.casefold() in title.casefold():
        return [title]
    return [f"{title.rstrip(' :')}: {subtitle}", title]


def _date_parts(value: Any) -> str | None:
    parts = value.get("date-parts") if isinstance(value, dict) else None
    first = next(iter(parts), None) if isinstance(parts, list) else None
    numbers = [one for one in first if isinstance(one, int)] if isinstance(first, list) else []
    if not numbers or not 1500 <= numbers[0] <= 2100:
        return None
    return date_in("-".join([str(numbers[0]), *(f"{one:02}" for one in numbers[1:3])]))
