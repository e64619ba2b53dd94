"""The work that a registry's record describes: one reader a registry, and none that trusts its shape.

Each takes the parsed JSON of one answer. An error, an empty answer and a shape that is not the registry's are
described as nothing.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from verifier.model import Author, DescribedWork, Nature, Update, UpdateKind, docket_numbers
from verifier.resolver.works.fields import author_of, date_in, identifier_of, plain
from verifier.resolver.works.nature import says_failure
from verifier.resolver.works.record_parts import (
    MOST_ITEMS,
    date_parts,
    first_words,
    items_of,
    list_of,
    name_of,
    with_subtitle,
    work_of,
)

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

CROSSREF_UPDATES: Mapping[str, UpdateKind] = {
    "retraction": UpdateKind.RETRACTION,
    "partial_retraction": UpdateKind.PARTIAL_RETRACTION,
    "reinstatement": UpdateKind.REINSTATEMENT,
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
"""Types of Crossref's `update-to` and `updated-by` (Crossmark documentation, "Update types", and the natures of
Retraction Watch's data), with what each is here. A part taken back leaves the rest: no retraction. Types that are not
named here say nothing."""


def described_records(source: str, value: Any) -> tuple[DescribedWork, ...]:
    """The works of an answer: one of a look-up, several of a search; empty for errors and unknown registries."""
    name = source.strip().lower().replace(" ", "").replace("_", "")
    reader = READERS.get(name)
    if reader is None or not isinstance(value, dict):
        return ()
    if "error" in value or "errors" in value:
        return ()
    return tuple(work for work in reader(value) if work.nature is Nature.WORK and not says_failure(work.title or ""))


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
    for item in items_of(message, "items"):
        if not _is_record("crossref", item):
            continue
        main = first_words(item.get("title"))
        subtitle = first_words(item.get("subtitle"))
        dates = [date_parts(item.get(name)) for name in ("issued", "published-print", "published-online", "published")]
        yield work_of(
            titles=with_subtitle(main, subtitle),
            authors=[_crossref_author(one) for one in list_of(item.get("author"))],
            dates=dates,
            container=first_words(item.get("container-title")),
            publisher=first_words(item.get("publisher")),
            identifiers=[identifier_of("doi", item.get("DOI"))],
            updates=[*_updates(item.get("updated-by"))],
            addresses=[_at_doi(item.get("DOI"))],
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
    for one in list_of(value)[:MOST_ITEMS]:
        if not isinstance(one, dict) or not isinstance(one.get("type"), str):
            continue
        kind = CROSSREF_UPDATES.get(one["type"].strip().lower().replace(" ", "_").replace("-", "_"))
        if kind is not None:
            key = identifier_of("doi", one.get("DOI"))
            yield Update(kind, key.removeprefix("doi:") if key else None, date_parts(one.get("updated")))


def _datacite(value: dict[str, Any]) -> Iterator[DescribedWork]:
    data = value.get("data", value)
    for item in data if isinstance(data, list) else [data]:
        if not isinstance(item, dict):
            continue
        about = item.get("attributes", item)
        if not isinstance(about, dict) or not _is_record("datacite", about):
            continue
        titles = [one for one in list_of(about.get("titles")) if isinstance(one, dict)]
        main = next((words for one in titles if not one.get("titleType") and (words := plain(one.get("title")))), "")
        subtitle = next((plain(one.get("title")) for one in titles if one.get("titleType") == "Subtitle"), "")
        others = [
            plain(one.get("title")) for one in titles if one.get("titleType") in ("TranslatedTitle", "AlternativeTitle")
        ]
        container = about.get("container")
        yield work_of(
            titles=[*with_subtitle(main, subtitle), *others],
            authors=[_datacite_author(one) for one in list_of(about.get("creators"))],
            dates=[date_in(about.get("publicationYear"))],
            container=plain(container.get("title"), 300) if isinstance(container, dict) else "",
            publisher=name_of(about.get("publisher")),
            identifiers=[identifier_of("doi", about.get("doi"))],
            addresses=[_at_doi(about.get("doi"))],
        )


def _datacite_author(value: Any) -> Author | None:
    if not isinstance(value, dict):
        return None
    if value.get("nameType") == "Organizational":
        return Author(plain(value.get("name"), 300)) if plain(value.get("name"), 300) else None
    family = plain(value.get("familyName"), 200)
    return Author(family, plain(value.get("givenName"), 200) or None) if family else author_of(value.get("name"))


def _openalex(value: dict[str, Any]) -> Iterator[DescribedWork]:
    for item in items_of(value, "results"):
        if not _is_record("openalex", item):
            continue
        place = item.get("primary_location")
        venue = place.get("source") if isinstance(place, dict) else None
        yield work_of(
            titles=[plain(item.get("title")) or plain(item.get("display_name"))],
            authors=[_openalex_author(one) for one in list_of(item.get("authorships"))],
            dates=[date_in(item.get("publication_date")), date_in(item.get("publication_year"))],
            container=plain(venue.get("display_name"), 300) if isinstance(venue, dict) else "",
            identifiers=[identifier_of("doi", item.get("doi")), _pmid(item.get("ids"))],
            addresses=[*_open_copies(item.get("best_oa_location")), _at_doi(item.get("doi"))],
        )


def _open_copies(value: Any) -> list[Any]:
    """Where an open copy is: its PDF before its page."""
    return [value.get("pdf_url"), value.get("landing_page_url")] if isinstance(value, dict) else []


def _pmid(value: Any) -> str | None:
    address = value.get("pmid") if isinstance(value, dict) else None
    number = address.rstrip("/").rpartition("/")[2] if isinstance(address, str) else ""
    return f"pmid:{number}" if number.isdigit() else None


def _at_doi(value: Any) -> str | None:
    key = identifier_of("doi", value)
    return f"https://doi.org/{key.removeprefix('doi:')}" if key else None


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
    for item in list_of(found) if found is not None else [value]:
        if not isinstance(item, dict):
            continue
        if not _is_record("openlibrary", item):
            continue
        names = [one.get("name") if isinstance(one, dict) else one for one in list_of(item.get("authors"))]
        names += list_of(item.get("author_name"))
        yield work_of(
            titles=with_subtitle(plain(item.get("title")), plain(item.get("subtitle"))),
            authors=[author_of(name) for name in names],
            dates=[date_in(item.get("publish_date")), date_in(item.get("first_publish_year"))],
            publisher=name_of(item.get("publishers") or item.get("publisher")),
            identifiers=[
                identifier_of("isbn", one)
                for name in ("isbn_13", "isbn_10", "isbn")
                for one in list_of(item.get(name))[:40]
            ]
            + [*asked],
        )


def _federal_register(value: dict[str, Any]) -> Iterator[DescribedWork]:
    for item in items_of(value, "results"):
        if not _is_record("federalregister", item):
            continue
        yield work_of(
            titles=[plain(item.get("title"))],
            authors=[Author(name) for one in list_of(item.get("agencies")) if (name := name_of(one))],
            dates=[date_in(item.get("publication_date"))],
            container="Federal Register",
            identifiers=[f"fr:{number}" if (number := plain(item.get("document_number"), 40)) else None],
            addresses=[item.get("html_url")],
        )


def _govinfo(value: dict[str, Any]) -> Iterator[DescribedWork]:
    for item in items_of(value, "packages" if "packages" in value else "results"):
        if not _is_record("govinfo", item):
            continue
        yield work_of(
            titles=[plain(item.get("title"))],
            authors=[
                Author(name)
                for name in (plain(item.get("governmentAuthor1"), 200), plain(item.get("governmentAuthor2"), 200))
                if name
            ],
            dates=[date_in(item.get("dateIssued"))],
            publisher=plain(item.get("publisher"), 200),
            identifiers=[f"govinfo:{package}" if (package := plain(item.get("packageId"), 80)) else None],
        )


def _courtlistener(value: dict[str, Any]) -> Iterator[DescribedWork]:
    for item in items_of(value, "results"):
        if not _is_record("courtlistener", item):
            continue
        name = next(
            (words for key in ("case_name_full", "case_name", "caseName") if (words := plain(item.get(key)))), ""
        )
        short = next((words for key in ("case_name", "caseName") if (words := plain(item.get(key)))), "")
        yield work_of(
            titles=list(dict.fromkeys(one for one in (short, name) if one)),
            dates=[date_in(item.get("date_filed") or item.get("dateFiled"))],
            publisher=plain(item.get("court_citation_string"), 80),
            identifiers=[
                *(
                    f"reporter:{words}"
                    for one in list_of(item.get("citation") or item.get("citations"))[:MOST_ITEMS]
                    if (words := _reporter(one))
                ),
                *(
                    f"docket:{number}"
                    for key in ("docket_number", "docketNumber")
                    for number in docket_numbers(plain(item.get(key), 80))
                ),
                *(f"courtlistener:{item[key]}" for key in ("cluster_id", "id") if isinstance(item.get(key), int)),
            ],
            addresses=[_on_courtlistener(item.get("absolute_url"))],
        )


def _on_courtlistener(value: Any) -> str | None:
    return f"https://www.courtlistener.com{value}" if isinstance(value, str) and value.startswith("/opinion/") else None


def _reporter(value: Any) -> str:
    if isinstance(value, dict):
        return plain(" ".join(str(value.get(name) or "") for name in ("volume", "reporter", "page")), 80)
    return plain(value, 80)


def _arxiv(value: dict[str, Any]) -> Iterator[DescribedWork]:
    for item in items_of(value, "entries"):
        if not _is_record("arxiv", item):
            continue
        names = [one.get("name") if isinstance(one, dict) else one for one in list_of(item.get("authors"))]
        yield work_of(
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


def _is_record(source: str, item: dict[str, Any]) -> bool:
    return any(isinstance(item.get(key), str | int) and item[key] for key in _RECORD_KEYS[source])
