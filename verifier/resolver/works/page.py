"""The work that a page describes: its metadata first, then what its reader sees."""

import re
from collections.abc import Iterator

import lxml.etree

from verifier.model import Author, DescribedTitle, DescribedWork, Nature, TitleOrigin
from verifier.resolver.works.fields import (
    AUTHOR_META,
    CONTAINER_META,
    DATE_META,
    IDENTIFIER_META,
    SITE_META,
    TITLE_META,
    author_of,
    authors_in,
    date_in,
    identifier_of,
    plain,
)
from verifier.resolver.works.json_ld import LinkedData, linked_data
from verifier.resolver.works.nature import STATED, nature_of
from verifier.resolver.works.notices import notice_in
from verifier.resolver.works.own_text import headings, own_text

_BYLINE = re.compile(r"(?:^|[\s_-])(?:by-?line|authors?|contributors?|creators?)(?:$|[\s_-])", re.IGNORECASE)
_LOGO = re.compile(r"(?:^|[\s_-])(?:logo|brand|site-(?:name|title)|masthead)(?:$|[\s_-])", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s+[|–—·»:-]{1,2}\s+|\s*\|\s*")
_LONGEST_BYLINE = 1500
_NO_NAMES = re.compile(r"\d|[@|•/]|\b(?:updated?|published|posted|ago|edit(?:or|ed)|minutes?)\b", re.IGNORECASE)
"""What is in a byline besides names: then it is not read."""
_MOST_HEADINGS = 3
_ORDER = list(TitleOrigin)


def described_page(tree: lxml.etree._Element, url: str = "", language: str | None = None) -> DescribedWork:
    """The work of a page's tree. `language` is that of its text, where it is known."""
    metas = _metas(tree)
    data = linked_data(tree)
    text = own_text(tree)
    element = plain(" ".join(map(str, next(tree.iter("title"), tree.makeelement("title")).itertext())))
    site = _first(metas, SITE_META) or data.publisher or _logo(tree)
    seen = [plain(one) for one in headings(tree)][:_MOST_HEADINGS]
    stated = _authors(metas, data)
    byline = () if stated else _byline(tree)
    titles = _titles(metas, data, seen, element, site)
    described = any(one.origin in STATED for one in titles)
    shown = [
        *seen,
        *(_segments(element)[:1] or [element]),
        *(one.text for one in titles if one.origin is TitleOrigin.OPEN_GRAPH),
    ]
    nature = nature_of(shown, site, text, url, described=described)
    if nature is Nature.WORK and data.works > 1 and not described:
        nature = Nature.LIST
    return DescribedWork(
        nature=nature if titles or nature is not Nature.WORK else Nature.NOTHING,
        titles=titles,
        authors=stated or byline,
        by_line=bool(byline and not stated),
        dates=_dates(metas, data, tree),
        container=_first(metas, CONTAINER_META) or data.container,
        site=site,
        is_news=data.is_news,
        identifiers=_identifiers(metas, data),
        notice=notice_in([one.text for one in titles], text.opening),
        language=language,
        opening=text.opening,
    )


def _metas(tree: lxml.etree._Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = (element.get("name") or element.get("property") or element.get("itemprop") or "").strip().lower()
        content = element.get("content")
        if name and content and content.strip():
            found.setdefault(name, []).append(content)
    return found


def _titles(
    metas: dict[str, list[str]], data: LinkedData, seen: list[str], element: str, site: str | None
) -> tuple[DescribedTitle, ...]:
    found = [(plain(one), origin) for name, origin in TITLE_META.items() for one in metas.get(name, ())[:2]]
    found += [(data.title, TitleOrigin.JSON_LD)] if data.title else []
    found += [(one, TitleOrigin.HEADING) for one in seen]
    found += [(element, TitleOrigin.TITLE_ELEMENT)] if element else []
    kept: dict[str, DescribedTitle] = {}
    for text, origin in sorted(found, key=lambda one: _ORDER.index(one[1])):
        bare = without_site(text, site)
        if bare and bare.casefold() != (site or "").casefold():
            kept.setdefault(bare.casefold(), DescribedTitle(bare, origin))
    return tuple(kept.values())


def without_site(title: str, site: str | None) -> str:
    """A title without the site's name before or after it."""
    if not site:
        return title
    parts = _SEPARATOR.split(title)
    wanted = site.casefold()
    if len(parts) > 1 and parts[-1].strip().casefold() == wanted:
        return title[: title.rfind(parts[-1])].rstrip(" |–—·»:-")
    if len(parts) > 1 and parts[0].strip().casefold() == wanted:
        return title[title.find(parts[0]) + len(parts[0]) :].lstrip(" |–—·»:-")
    return title


def _segments(title: str) -> list[str]:
    return [part.strip() for part in _SEPARATOR.split(title) if part.strip()]


def _first(metas: dict[str, list[str]], names: tuple[str, ...]) -> str | None:
    return next((words for name in names for one in metas.get(name, ()) if (words := plain(one, 300))), None)


def _authors(metas: dict[str, list[str]], data: LinkedData) -> tuple[Author, ...]:
    """Those that the metadata state."""
    for name in AUTHOR_META:
        stated = metas.get(name, [])
        several = [author for one in stated for author in (authors_in(one) if ";" in one else _one(one))]
        if several:
            return tuple(several)
        if name == "dc.contributor.author" and data.authors:
            return data.authors
    return data.authors


def _one(text: str) -> tuple[Author, ...]:
    author = author_of(text)
    return () if author is None else (author,)


def _byline(tree: lxml.etree._Element) -> tuple[Author, ...]:
    """Those whom a line of the page names, where it holds nothing besides names."""
    for element in tree.iter("p", "div", "span", "address", "ul", "a", "h2", "h3", "section"):
        marks = f"{element.get('class') or ''} {element.get('rel') or ''} {element.get('itemprop') or ''}"
        if not _BYLINE.search(marks) or any(one.tag in ("nav", "footer", "aside") for one in element.iterancestors()):
            continue
        text = " ".join(" ".join(map(str, element.itertext())).split())
        if text and len(text) <= _LONGEST_BYLINE and not _NO_NAMES.search(text):
            return authors_in(text)
    return ()


def _dates(metas: dict[str, list[str]], data: LinkedData, tree: lxml.etree._Element) -> tuple[str, ...]:
    """Every date of publication that is stated; the one dated `time` element only where nothing else is."""
    stated = [date for name in DATE_META for one in metas.get(name, ())[:2] if (date := date_in(one))]
    stated += [data.date] if data.date else []
    if not stated:
        shown = {date for element in _times(tree) if (date := date_in(element))}
        stated = list(shown) if len(shown) == 1 else []
    return tuple(dict.fromkeys(stated))


def _times(tree: lxml.etree._Element) -> Iterator[str]:
    for element in tree.iter("time"):
        if not any(one.tag in ("nav", "footer", "aside") for one in element.iterancestors()):
            yield element.get("datetime") or "".join(map(str, element.itertext()))


def _identifiers(metas: dict[str, list[str]], data: LinkedData) -> tuple[str, ...]:
    stated = [
        key
        for name, kind in IDENTIFIER_META.items()
        for one in metas.get(name, ())[:3]
        if (key := identifier_of(kind, one))
    ]
    return tuple(dict.fromkeys((*stated, *data.identifiers)))


def _logo(tree: lxml.etree._Element) -> str | None:
    for element in tree.iter("a", "div", "span", "p"):
        if _LOGO.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            text = " ".join(" ".join(map(str, element.itertext())).split())
            if text and len(text) <= 80:
                return text
    return None
