"""Works as reference managers keep them: CSL JSON (Zotero, Mendeley), EndNote's XML, Word's own sources, BibTeX."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from verifier.model import Author
from verifier.parser.citations.identifiers import find_identifiers
from verifier.parser.patterns import regex

_HTTP = regex(r"https?://\S+", re.I)
_MARKUP = regex(r"<[^<>]{1,40}>")


@dataclass(frozen=True, slots=True)
class CitedWork:
    """A work as data: `key` names it in its file; `date` as `2020`, `2020-05` or `2020-05-12`."""

    key: str
    title: str | None = None
    container: str | None = None
    publisher: str | None = None
    authors: tuple[Author, ...] = ()
    date: str | None = None
    urls: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    pinpoint: str | None = None

    def reference(self) -> str:
        """The work in words, for where the document prints no more than a short form."""
        parts = [
            ", ".join(shown_name(author) for author in self.authors[:3]) + (" et al." if len(self.authors) > 3 else ""),
            f"“{self.title}”" if self.title else "",
            self.container or self.publisher or "",
            self.date or "",
        ]
        shown = ", ".join(part for part in parts if part)
        doi = next((key.partition(":")[2] for key in self.identifiers if key.startswith("doi:")), "")
        link = f"https://doi.org/{doi}" if doi else next(iter(self.urls), "")
        return f"{shown}. {link}".strip(" .") if link else f"{shown}."


def shown_name(author: Author) -> str:
    """A name as it is said: the given name first."""
    return f"{author.given} {author.family}" if author.given else author.family


def named(family: str, given: str = "") -> Author | None:
    """An author of the two parts of a name that data keep apart; a body has a family name only. None of nothing."""
    family, given = _plain(family), _plain(given)
    return Author(family or given, given if family and given else None) if family or given else None


def read_name(name: str) -> Author | None:
    """An author of a name in one piece: `Family, Given` has both parts, anything else is kept whole."""
    family, comma, given = name.partition(",")
    return named(family, given) if comma else named(name)


def csl_works(text: str) -> tuple[CitedWork, ...]:
    """The works of a citation field of Zotero or Mendeley: CSL JSON, anything may stand before and behind it."""
    start = text.find("{")
    if start < 0:
        return ()
    try:
        found, _ = json.JSONDecoder(strict=False).raw_decode(text[start:])
    except (ValueError, RecursionError):
        return ()
    items = found.get("citationItems") if isinstance(found, dict) else None
    return tuple(_csl_items(items if isinstance(items, list) else []))


def csl_library(data: bytes) -> dict[str, CitedWork]:
    """The works of a file of CSL JSON, by their ids; none where it is no such file."""
    try:
        items = json.loads(data.decode("utf-8-sig", "replace"), strict=False)
    except (ValueError, RecursionError):
        return {}
    found = (csl_work(item) for item in (items if isinstance(items, list) else []) if isinstance(item, dict))
    return {work.key: work for work in found if work.key}


def _csl_items(items: list[Any]) -> Iterator[CitedWork]:
    for item in items:
        data = item.get("itemData") or item.get("item") if isinstance(item, dict) else None
        if isinstance(data, dict):
            yield csl_work(data, locator=str(item.get("locator") or "") or None)


def csl_work(data: Mapping[str, Any], locator: str | None = None) -> CitedWork:
    """One item of CSL JSON."""

    def field(*names: str) -> str | None:
        value = next((data[name] for name in names if data.get(name)), None)
        return _plain(str(value)) if isinstance(value, str | int) else None

    doi = field("DOI", "doi")
    url = field("URL", "url")
    named = (
        f"10.{doi.split('10.', 1)[-1]}" if doi and "10." in doi else "",
        f"ISBN {field('ISBN')}" if field("ISBN") else "",
        f"PMID {field('PMID')}" if field("PMID") else "",
        field("PMCID") or "",
    )
    return CitedWork(
        key=str(data.get("id") or data.get("citation-key") or doi or url or field("title") or ""),
        title=field("title"),
        container=field("container-title"),
        publisher=field("publisher"),
        authors=tuple(_names(data.get("author") or data.get("editor"))),
        date=_csl_date(data.get("issued")),
        urls=(url,) if url and _HTTP.fullmatch(url) else (),
        identifiers=find_identifiers(" ".join(named), (url,) if url else ()),
        pinpoint=locator,
    )


def _plain(text: str) -> str:
    return " ".join(_MARKUP.sub("", text).split())


def _names(people: Any) -> Iterator[Author]:
    for person in people if isinstance(people, list) else []:
        if isinstance(person, dict):
            said = {part: str(person.get(part) or "") for part in ("literal", "given", "family", *_PARTICLES)}
            family = " ".join(filter(None, (*(said[part] for part in _PARTICLES), said["family"])))
            author = named(said["literal"]) if said["literal"] else named(family, said["given"])
            if author is not None:
                yield author


_PARTICLES = ("dropping-particle", "non-dropping-particle")
"""What stands before a family name in CSL JSON: `von`, `de la`."""


def _csl_date(issued: Any) -> str | None:
    if not isinstance(issued, dict):
        return None
    parts = issued.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0]:
        return plain_date(*(str(part) for part in parts[0][:3]))
    said = str(issued.get("raw") or issued.get("literal") or issued.get("year") or "")
    year = re.search(r"\b(?:1[5-9]|20)\d\d\b", said)
    return year.group() if year else None


def plain_date(*parts: str) -> str | None:
    """`2020`, `2020-05` or `2020-05-12` of a year, month and day, as far as they are numbers."""
    if not parts or not re.fullmatch(r"(?:1[0-9]|20)\d\d", parts[0]):
        return None
    date = parts[0]
    for part, most in zip(parts[1:], (12, 31), strict=False):
        if not part.isdecimal() or not 0 < int(part) <= most:
            break
        date += f"-{int(part):02}"
    return date


def _parse(text: str) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    start = text.find("<")
    return etree.fromstring(text[start:].encode(), parser) if start >= 0 else None


def endnote_works(text: str) -> tuple[CitedWork, ...]:
    """The works of EndNote's field `ADDIN EN.CITE`: its traveling library, an XML record for each."""
    try:
        root = _parse(text)
    except etree.XMLSyntaxError:
        return ()
    if root is None:
        return ()
    return tuple(_endnote_record(cite) for cite in root.iter("Cite"))


def _endnote_record(cite: Any) -> CitedWork:
    def said(path: str) -> str | None:
        found = cite.find(path)
        words = " ".join("".join(found.itertext()).split()) if found is not None else ""
        return words or None

    doi = said(".//electronic-resource-num")
    urls = tuple(
        url for element in cite.iterfind(".//urls//url") if _HTTP.fullmatch(url := "".join(element.itertext()).strip())
    )
    names = [" ".join("".join(a.itertext()).split()) for a in cite.iterfind(".//contributors/authors/author")]
    authors = tuple(filter(None, map(read_name, names or [said("Author") or ""])))
    number = said(".//rec-number") or said("RecNum")
    return CitedWork(
        key=f"endnote-{number}" if number else doi or said(".//titles/title") or "",
        title=said(".//titles/title"),
        container=said(".//titles/secondary-title") or said(".//periodical/full-title"),
        publisher=said(".//publisher"),
        authors=authors,
        date=plain_date(said(".//dates/year") or said("Year") or ""),
        urls=urls,
        identifiers=find_identifiers(f"10.{doi.split('10.', 1)[-1]}" if doi and "10." in doi else "", urls),
        pinpoint=said("Pages"),
    )


def word_sources(root: Any) -> dict[str, CitedWork]:
    """The works of Word's own bibliography (`b:Sources`), by their tags."""
    found: dict[str, CitedWork] = {}
    for source in root.iter("{*}Source"):
        told: dict[str, str] = {}
        for element in source.iterchildren("{*}*"):
            name = etree.QName(element).localname
            if name != "Author":
                told[name] = " ".join("".join(element.itertext()).split())
        tag = told.get("Tag")
        if not tag:
            continue
        url = told.get("URL", "")
        doi = told.get("DOI") or (told.get("StandardNumber", "") if "10." in told.get("StandardNumber", "") else "")
        urls = (url,) if _HTTP.fullmatch(url) else ()
        found[tag] = CitedWork(
            key=tag,
            title=told.get("Title"),
            container=told.get("JournalName") or told.get("InternetSiteTitle") or told.get("PeriodicalTitle"),
            publisher=told.get("Publisher") or told.get("Institution"),
            authors=tuple(_word_authors(source)),
            date=plain_date(told.get("Year", ""), told.get("Month", ""), told.get("Day", "")),
            urls=urls,
            identifiers=find_identifiers(f"{doi} ISBN {told.get('StandardNumber', '')}", urls),
        )
    return found


def _word_authors(source: Any) -> Iterator[Author]:
    author = next(source.iterfind("{*}Author/{*}Author"), None)
    if author is None:
        return
    for corporate in author.iterfind("{*}Corporate"):
        body = named("".join(corporate.itertext()))
        if body is not None:
            yield body
    for person in author.iterfind(".//{*}Person"):
        last, first = (
            " ".join("".join(element.itertext()) for part in parts for element in person.iterfind(f"{{*}}{part}"))
            for parts in (("Last",), ("First", "Middle"))
        )
        someone = named(last, first)
        if someone is not None:
            yield someone
