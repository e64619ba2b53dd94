"""Parts that the records of several registries have: lists, names, titles, dates; none is trusted to have its shape."""

from typing import Any

from verifier.model import Author, DescribedTitle, DescribedWork, Nature, TitleOrigin, Update
from verifier.resolver.works.fields import date_in, plain
from verifier.resolver.works.notices import notice_in

_MOST_AUTHORS = 3000
MOST_ITEMS = 50
"""Records of a list, and notices of a work, that are read."""


def work_of(
    titles: list[str],
    dates: list[str | None],
    authors: "list[Author] | list[Author | None] | None" = None,
    container: str = "",
    publisher: str = "",
    identifiers: "list[str | None] | list[str] | None" = None,
    updates: list[Update] | None = None,
    addresses: list[Any] | None = None,
) -> DescribedWork:
    """The work of a record; of no nature where none of its titles has a letter."""
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
        addresses=tuple(dict.fromkeys(one for one in addresses or () if _is_address(one))),
    )


def _is_address(value: Any) -> bool:
    return isinstance(value, str) and len(value) < 2000 and value.startswith(("https://", "http://"))


def _is_words(text: str) -> bool:
    return any(char.isalpha() for char in text)


def items_of(value: Any, name: str) -> list[dict[str, Any]]:
    """The records of a list under a name, or the answer itself where it has no such name."""
    if not isinstance(value, dict):
        return []
    many = value.get(name)
    found = many if isinstance(many, list) else [value] if many is None else []
    return [one for one in found[:MOST_ITEMS] if isinstance(one, dict)]


def list_of(value: Any) -> list[Any]:
    """A value that should be a list; an empty one where it is none."""
    return value if isinstance(value, list) else []


def first_words(value: Any) -> str:
    """The words of a text, or of a list's first."""
    return plain(next(iter(value), None) if isinstance(value, list) else value)


def name_of(value: Any) -> str:
    """A name, or that of an object or of a list's first."""
    one = next(iter(value), None) if isinstance(value, list) else value
    return plain(one.get("name") if isinstance(one, dict) else one, 300)


def with_subtitle(title: str, subtitle: str) -> list[str]:
    """A title with its subtitle, and without."""
    if not title or not subtitle or subtitle.casefold() in title.casefold():
        return [title]
    return [f"{title.rstrip(' :')}: {subtitle}", title]


def date_parts(value: Any) -> str | None:
    """A date of Crossref's: `{"date-parts": [[2020, 5, 12]]}`; None where it is none."""
    parts = value.get("date-parts") if isinstance(value, dict) else None
    first = next(iter(parts), None) if isinstance(parts, list) else None
    numbers = [one for one in first if isinstance(one, int)] if isinstance(first, list) else []
    if not numbers or not 1500 <= numbers[0] <= 2100:
        return None
    return date_in("-".join([str(numbers[0]), *(f"{one:02}" for one in numbers[1:3])]))
