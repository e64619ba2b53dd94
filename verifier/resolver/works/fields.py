"""Which names carry which field of a work: meta elements, JSON-LD, and the records of registries."""

import html
import re
from collections.abc import Mapping

from verifier.model import Author, TitleOrigin

TITLE_META: Mapping[str, TitleOrigin] = {
    "citation_title": TitleOrigin.CITATION_META,
    "bepress_citation_title": TitleOrigin.CITATION_META,
    "eprints.title": TitleOrigin.CITATION_META,
    "wkhealth_title": TitleOrigin.CITATION_META,
    "dc.title": TitleOrigin.DUBLIN_CORE,
    "dcterms.title": TitleOrigin.DUBLIN_CORE,
    "prism.title": TitleOrigin.DUBLIN_CORE,
    "og:title": TitleOrigin.OPEN_GRAPH,
    "twitter:title": TitleOrigin.OPEN_GRAPH,
    "parsely-title": TitleOrigin.OPEN_GRAPH,
    "sailthru.title": TitleOrigin.OPEN_GRAPH,
}
"""Names of meta elements that hold a title: Google Scholar's inclusion guidelines (Highwire, bepress, EPrints),
DCMI terms, PRISM, the Open Graph protocol, and two analytics vendors' tags that newspapers carry."""

AUTHOR_META = (
    *("citation_author", "bepress_citation_author", "eprints.creators_name", "citation_authors"),
    *("dc.creator", "dcterms.creator", "dc.contributor.author", "author", "parsely-author", "sailthru.author"),
)
"""The names of authors, the most trusted first; of several that are there the first is taken."""

DATE_META = (
    *("citation_publication_date", "citation_date", "citation_year", "bepress_citation_date", "eprints.date"),
    *("dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "prism.publicationdate"),
    *("article:published_time", "datepublished", "parsely-pub-date", "pubdate", "publish-date", "citation_online_date"),
)
"""Dates of publication; those of a change are left out."""

CONTAINER_META = (
    *("citation_journal_title", "citation_conference_title", "citation_inbook_title", "citation_conference"),
    *("bepress_citation_journal_title", "eprints.publication", "prism.publicationname", "dc.relation.ispartof"),
)

SITE_META = ("og:site_name", "citation_publisher", "dc.publisher", "citation_technical_report_institution")

IDENTIFIER_META: Mapping[str, str] = {
    "citation_doi": "doi",
    "bepress_citation_doi": "doi",
    "prism.doi": "doi",
    "dc.identifier.doi": "doi",
    "dc.identifier": "doi",
    "citation_arxiv_id": "arxiv",
    "citation_pmid": "pmid",
    "citation_isbn": "isbn",
}

WORK_TYPES = frozenset(
    {"article", "scholarlyarticle", "medicalscholarlyarticle", "techarticle", "report", "book", "chapter", "thesis"}
    | {"newsarticle", "opinionnewsarticle", "reportagenewsarticle", "analysisnewsarticle", "backgroundnewsarticle"}
    | {"blogposting", "publicationvolume", "legislation", "dataset", "creativework", "advertisercontentarticle"}
    | {"satiricalarticle", "reviewnewsarticle", "askpublicnewsarticle", "digitaldocument", "publication"}
)
"""Types of schema.org, in small letters, whose `name` or `headline` is a work's title."""

NEWS_TYPES = frozenset(name for name in WORK_TYPES if "newsarticle" in name)

_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,80}>")
_BY = re.compile(r"^\s*(?:(?:written\s+|posted\s+)?by|authors?|von|par|por|di|door)\b\s*:?\s+", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_ISO = re.compile(r"(?<!\d)((?:1[5-9]|20)\d\d)[-/](\d{1,2})(?:[-/](\d{1,2}))?(?!\d)")
_INSTITUTION = re.compile(
    r"\b(?:Office|Department|Ministry|Council|Institut\w*|Foundation|Universit\w+|Agency|Bureau|Cent(?:er|re)|Committee"
    r"|Commission|Association|Society|Group|Inc|Ltd|LLC|GmbH|Press|Times|News|Staff|Team|Bank|Organi[sz]ation|Board"
    r"|Authority|Alliance|Lab|Laboratory|Service|Administration|Union|Network|Editors?|Editorial|Admin\w*|Webmaster"
    r"|Company|Corporation|Parliament|Congress|Court|School|College|Academy|Programme|Program|Secretariat|Trust|Fund"
    r"|Federation|Forum|Project|Initiative|Consortium|Government|Gazette|Courier|Journal|Review|Post|Newspaper)\b",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    {"van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "du", "la", "le", "el", "al", "bin", "ibn"}
    | {"ter", "ten", "zu", "zum", "zur", "st", "st."}
)
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})


def plain(text: object, longest: int = 600) -> str:
    """A field's words: entities (also those that were written twice) and markup undone, blanks collapsed."""
    if not isinstance(text, str):
        return ""
    words = html.unescape(html.unescape(text[: 4 * longest]))
    return " ".join(_TAG.sub("", words).split())[:longest]


def author_of(text: object) -> Author | None:
    """A name as one string, `Given Family` or `Family, Given`; None where there is none in it."""
    name = _BY.sub("", plain(text, 200)).strip(" ,;.*†‡")
    if not name or "://" in name or "@" in name or not any(char.isalpha() for char in name):
        return None
    if _INSTITUTION.search(name) or len(name.split()) > 6:
        return Author(name)
    family, comma, given = (part.strip() for part in name.partition(","))
    if comma and given.casefold() not in _SUFFIXES:
        return Author(family, given or None) if family else None
    words = [word for word in name.replace(",", " ").split() if word.casefold() not in _SUFFIXES]
    if not words:
        return None
    first = len(words) - 1
    while first > 1 and words[first - 1].casefold() in _PARTICLES:
        first -= 1
    return Author(" ".join(words[first:]), " ".join(words[:first]) or None)


def authors_in(text: object) -> tuple[Author, ...]:
    """The names of a list that is one string: `A. Quist, Ben Hart and Carla Moor`, or with semicolons between."""
    words = _BY.sub("", plain(text, 3000))
    if ";" in words:
        parts = words.split(";")
    else:
        parts = re.split(r"\s*(?:,\s*(?:and|&|und|et|y|e)?|\s(?:and|&|und|et)\s)\s*", words)
        if len(parts) == 2 and all(len(part.split()) == 1 for part in parts) and "," in words:
            parts = [words]  # `Quist, Ada`
    return tuple(author for part in parts[:200] if (author := author_of(part)) is not None)


def date_in(text: object) -> str | None:
    """The date of a field: `2020-05-12`, `2020-05`, `2020`; of words that hold one year, that year."""
    words = str(text) if isinstance(text, int) else plain(text, 60)
    iso = _ISO.search(words)
    if iso and 1 <= int(iso[2]) <= 12:
        day = f"-{int(iso[3]):02}" if iso[3] and 1 <= int(iso[3]) <= 31 else ""
        return f"{iso[1]}-{int(iso[2]):02}{day}"
    years = set(_YEAR.findall(words))
    return years.pop() if len(years) == 1 else None


def identifier_of(kind: str, text: object) -> str | None:
    """The key of an identifier's value: `doi:10.1000/182`; None where it has not its form."""
    words = plain(text, 300)
    if kind == "doi":
        found = _DOI.search(words)
        return f"doi:{found.group().rstrip('.,;)').lower()}" if found else None
    words = re.sub(rf"^\s*{kind}\s*:\s*", "", words, flags=re.IGNORECASE)
    if kind == "isbn":
        digits = re.sub(r"[\s-]", "", words)
        return f"isbn:{digits.upper()}" if re.fullmatch(r"\d{9}[\dXx]|\d{13}", digits) else None
    return f"{kind}:{words}" if words and len(words) < 60 else None
