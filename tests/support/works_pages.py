"""Pages of six makes, first pages of PDFs and records of five registries, each made from one work."""

import html
import json
import random
from collections.abc import Callable
from typing import Any

from tests.support.works_library import FILLER, SUBJECTS, VERBS, Made


def _site(work: Made) -> str:
    return work.journal or work.body or "Open Shelf"


def _names(work: Made) -> list[str]:
    return [f"{given} {family}" for family, given in work.people]


def _shell(head: str, main: str, rng: random.Random, site: str) -> str:
    text = "".join(f"<p>{sentence}</p>" for sentence in rng.sample(FILLER, 4))
    others = "".join(
        f"<li><a href='/o/{n}'>{rng.choice(VERBS)} {rng.choice(SUBJECTS)} for Beginners</a></li>" for n in range(3)
    )
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'>{head}</head><body><nav>"
        f"<a href='/'>{html.escape(site)}</a><a href='/about'>About</a></nav><main>{main}{text}</main>"
        f"<aside><h3>Related content</h3><ul>{others}</ul></aside>"
        f"<footer>© 2026 {html.escape(site)}</footer></body></html>"
    )


def page_journal(work: Made, rng: random.Random) -> str:
    """A journal's page: Highwire metadata."""
    e = html.escape
    metas = f"<meta name='citation_title' content=\"{e(work.title)}\">" + "".join(
        f"<meta name='citation_author' content=\"{e(f'{family}, {given}')}\">" for family, given in work.people
    )
    metas += f"<meta name='citation_date' content='{work.year}/0{rng.randint(1, 9)}/11'>"
    metas += f"<meta name='citation_journal_title' content=\"{e(work.journal or work.body)}\">"
    return _shell(
        f"<title>{e(work.title)} | {e(_site(work))}</title>{metas}",
        f"<h1>{e(work.title)}</h1><div class='authors'>{e(', '.join(_names(work)))}</div>",
        rng,
        _site(work),
    )


def page_repository(work: Made, rng: random.Random) -> str:
    """A repository's: Dublin Core."""
    e = html.escape
    metas = f"<meta name='DC.title' content=\"{e(work.title)}\">" + "".join(
        f"<meta name='DC.creator' content=\"{e(f'{family}, {given}')}\">" for family, given in work.people
    )
    metas += f"<meta name='DCTERMS.issued' content='{work.year}-06'>"
    return _shell(
        f"<title>DSpace at Norland: {e(work.title)}</title>{metas}",
        f"<h2 class='item-title'>{e(work.title)}</h2>",
        rng,
        "Open Shelf",
    )


def page_news(work: Made, rng: random.Random) -> str:
    """A site with JSON-LD."""
    e = html.escape
    data = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": _site(work)},
            {
                "@type": "NewsArticle" if work.kind == "news" else "Article",
                "headline": work.title,
                "datePublished": f"{work.year}-04-0{rng.randint(1, 9)}T08:00:00Z",
                "dateModified": "2026-01-02",
                "author": [{"@type": "Person", "name": one} for one in _names(work)],
                "publisher": {"@type": "Organization", "name": _site(work)},
            },
        ],
    }
    return _shell(
        f"<title>{e(work.title)} - {e(_site(work))}</title><meta property='og:site_name' content=\"{e(_site(work))}\">"
        f"<script type='application/ld+json'>{json.dumps(data)}</script>",
        f"<article><h1>{e(work.title)}</h1><p class='byline'>By {e(' and '.join(_names(work)))}</p></article>",
        rng,
        _site(work),
    )


def page_plain(work: Made, rng: random.Random) -> str:
    """A title and a heading."""
    e = html.escape
    return _shell(
        f"<title>{e(_site(work))} » {e(work.title)}</title>",
        f"<h1>{e(work.title)}</h1><p>{work.year}</p>",
        rng,
        _site(work),
    )


def page_shouting(work: Made, rng: random.Random) -> str:
    """All in capitals."""
    e = html.escape
    return _shell(f"<title>{e(work.title.upper())}</title>", f"<h1>{e(work.title.upper())}</h1>", rng, _site(work))


def page_graph(work: Made, rng: random.Random) -> str:
    """Open Graph metadata, and a heading that says nothing."""
    e = html.escape
    metas = f"<meta property='og:title' content=\"{e(work.title)}\">"
    metas += f"<meta property='og:site_name' content=\"{e(_site(work))}\">"
    metas += f"<meta property='article:published_time' content='{work.year}-0{rng.randint(1, 9)}-12T10:00:00Z'>"
    metas += "<meta property='article:modified_time' content='2026-02-01'>"
    return _shell(
        f"<title>{e(work.title[:40])}…</title>{metas}",
        f"<h1>Publication</h1><h2>{e(work.title)}</h2>",
        rng,
        _site(work),
    )


PAGES: tuple[Callable[[Made, random.Random], str], ...] = (
    page_journal,
    page_repository,
    page_news,
    page_plain,
    page_shouting,
    page_graph,
)
DATED: tuple[Callable[[Made, random.Random], str], ...] = (page_journal, page_repository, page_news)


def pdf_lines(work: Made, rng: random.Random) -> tuple[tuple[str, float], ...]:
    """The lines of a first page with their sizes: a series above, the title, who, when, then text."""
    who = ", ".join(_names(work)) or work.body
    above = rng.choice(((), (("Working Paper Series", 11.0),), ((_site(work), 12.0),)))
    title = work.title.split(": ", 1)
    head = [(title[0] + (":" if len(title) > 1 else ""), 22.0), *((part, 22.0) for part in title[1:])]
    return (
        *above,
        *head,
        (who, 12.0),
        (f"{rng.choice(('March', 'June'))} {work.year}", 11.0),
        *((rng.choice(FILLER), 11.0) for _ in range(24)),
    )


def record(work: Made, source: str, rng: random.Random) -> Any:
    """A work as a registry has it."""
    doi = f"10.5555/{rng.randint(1000, 999999)}"
    if source == "crossref":
        return {
            "status": "ok",
            "message-type": "work",
            "message": {
                "DOI": doi,
                "title": [work.title],
                "author": [{"family": family, "given": given} for family, given in work.people],
                "issued": {"date-parts": [[work.year, 5]]},
                "container-title": [work.journal] if work.journal else [],
                "publisher": work.body or "Press",
            },
        }
    if source == "datacite":
        return {
            "data": {
                "attributes": {
                    "doi": doi,
                    "titles": [{"title": work.title}, {"title": f"Über {work.title}", "titleType": "TranslatedTitle"}],
                    "creators": [
                        {"name": f"{family}, {given}", "familyName": family, "givenName": given}
                        for family, given in work.people
                    ]
                    or [{"name": work.body, "nameType": "Organizational"}],
                    "publicationYear": work.year,
                    "publisher": {"name": work.body or "Zenodo"},
                }
            }
        }
    if source == "openalex":
        return {
            "id": "https://openalex.org/W1",
            "doi": f"https://doi.org/{doi}",
            "title": work.title,
            "publication_year": work.year,
            "authorships": [{"author": {"display_name": f"{given} {family}"}} for family, given in work.people],
            "primary_location": {"source": {"display_name": work.journal or "Zenodo"}},
        }
    if source == "openlibrary":
        main, _, sub = work.title.partition(": ")
        return {
            f"ISBN:978{rng.randint(10**9, 10**10 - 1)}": {
                "title": main,
                "subtitle": sub,
                "authors": [{"name": f"{given} {family}"} for family, given in work.people],
                "publish_date": f"May {work.year}",
                "publishers": [{"name": work.body or "Press"}],
            }
        }
    return {
        "results": [
            {
                "title": work.title,
                "publication_date": f"{work.year}-05-04",
                "agencies": [{"name": work.body}],
                "document_number": "2020-1",
            }
        ]
    }
