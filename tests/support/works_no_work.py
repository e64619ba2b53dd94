"""Pages that are no single work: what a note can never be held against."""

import html
import random

from tests.support.works_cases import Case
from tests.support.works_library import Made, note

_LIST = "".join(
    f"<li><a href='/i/{n}'>A study of tolls and barges, part of the series</a> (20{n:02})</li>" for n in range(10, 19)
)


def shell(title: str, main: str, site: str = "Open Shelf", lang: str = "en") -> str:
    """A page of a title and its main part."""
    head = f"<!doctype html><html lang='{lang}'><head><title>{html.escape(title)}</title></head>"
    return f"{head}<body><nav><a class='logo' href='/'>{site}</a></nav><main>{main}</main></body></html>"


def beside(family: str, cited: str, accept: tuple[str, ...], page: str, differs: tuple[str, ...] = ()) -> Case:
    """A note beside a page."""
    return Case(family, cited, accept, differs, page=page)


def home(work: Made, other: Made, rng: random.Random) -> Case:
    """The start of a site."""
    return Case(
        "unknown/home",
        note(work, rng),
        ("unknown",),
        page=shell(
            "Open Shelf",
            "<h1>Open Shelf</h1><p>Welcome to the shelf of the region, which is open to all who read and write.</p>",
        ),
        url="https://shelf.example/",
    )


def listing(work: Made, other: Made, rng: random.Random) -> Case:
    """A list of works under a name that lists have."""
    return beside(
        "unknown/list",
        note(work, rng),
        ("unknown", "same"),
        shell("Working papers | Open Shelf", f"<h1>Working papers</h1><ul>{_LIST}</ul>"),
    )


def listing_unnamed(work: Made, other: Made, rng: random.Random) -> Case:
    """A list of works under a title of its own."""
    return beside(
        "unknown/list_unnamed",
        note(work, rng),
        ("unknown",),
        shell("Harbour economics", f"<h1>Harbour economics</h1><ul>{_LIST}</ul>"),
    )


def wall(work: Made, other: Made, rng: random.Random) -> Case:
    """A log-in, a bot check, a paywall's page."""
    title = rng.choice(
        (
            "Log in | Open Shelf",
            "Access Denied",
            "Are you a robot?",
            "Attention Required! | Shield",
            "Verify you are human",
            "Subscribe to continue reading",
        )
    )
    return beside(
        "unknown/wall",
        note(work, rng),
        ("unknown",),
        shell(title, f"<h1>{title.split(' | ')[0]}</h1><p>You need permission to see this item.</p>"),
    )


def error(work: Made, other: Made, rng: random.Random) -> Case:
    """An error's page."""
    title = rng.choice(
        (
            "404 Not Found",
            "Page not found - Open Shelf",
            "Oops! That page can’t be found",
            "Service unavailable",
            "Seite nicht gefunden",
            "Error 500",
        )
    )
    return beside(
        "unknown/error",
        note(work, rng),
        ("unknown",),
        shell(title, f"<h1>{title.split(' - ')[0]}</h1><p>Try the search, or go to the start of the site.</p>"),
    )


def portal(work: Made, other: Made, rng: random.Random) -> Case:
    """A portal of data."""
    title = rng.choice(
        (
            "Port Statistics Data Explorer",
            "Open Data Portal",
            "Interactive Map of Barges",
            "Trade Database",
            "Energy Dashboard",
        )
    )
    return beside(
        "unknown/portal",
        note(work, rng),
        ("unknown",),
        shell(
            f"{title} | Bureau",
            f"<h1>{title}</h1><p>Choose a table, then download it as a file.</p><p>Rows 1 to 50.</p>",
        ),
    )


def cited_in_body(work: Made, other: Made, rng: random.Random) -> Case:
    """A page that writes about the cited work."""
    said = f"“{html.escape(work.title)}” asks what reform costs, and answers in 80 pages."
    text = f"<h1>What we read this week</h1><p>{said}</p>"
    return beside(
        "unknown/named_in_text",
        note(work, rng),
        ("unknown", "other"),
        shell("What we read this week - Open Shelf", text),
    )
