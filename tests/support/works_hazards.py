"""Cases in which a page and a note look alike and are not, or unlike and are: what a naive comparison falls for."""

import html
import random
from collections.abc import Callable
from dataclasses import replace

from tests.support.works_cases import Case
from tests.support.works_library import Made, note
from tests.support.works_no_work import (
    beside,
    cited_in_body,
    error,
    home,
    listing,
    listing_unnamed,
    portal,
    shell,
    wall,
)
from tests.support.works_pages import page_journal, page_news, page_plain, pdf_lines, record

_JUDGMENT = "<p>We affirm the judgment of the court below.</p>"


def cited_in_references(work: Made, other: Made, rng: random.Random) -> Case:
    """Another work that cites it."""
    shown = page_journal(other, rng).replace(
        "</main>",
        f"<section><h2>References</h2><ol><li>{html.escape(work.title)}. {work.year}.</li></ol></section></main>",
    )
    return beside("other/in_references", note(work, rng), ("other",), shown)


def cited_in_sidebar(work: Made, other: Made, rng: random.Random) -> Case:
    """Another work, with the cited one among related content."""
    shown = page_plain(other, rng).replace("<ul>", f"<ul><li><a href='/x'>{html.escape(work.title)}</a></li>", 1)
    return beside("other/in_sidebar", note(work, rng), ("other",), shown)


def review_of(work: Made, other: Made, rng: random.Random) -> Case:
    """A review, comment, erratum or reply."""
    title = f"{rng.choice(('Book review', 'Review of', 'Comment on', 'Erratum', 'Reply to'))}: {work.title}"
    return beside(
        "unknown/about", note(work, rng), ("unknown", "other"), page_journal(replace(other, title=title), rng)
    )


def retracted(work: Made, other: Made, rng: random.Random) -> Case:
    """The work itself, marked as retracted."""
    title = rng.choice((f"RETRACTED: {work.title}", f"[Retracted] {work.title}", f"WITHDRAWN: {work.title}"))
    return beside("same/retracted", note(work, rng), ("same",), page_journal(replace(work, title=title), rng))


def annual(work: Made, other: Made, rng: random.Random) -> Case:
    """An annual report of another year."""
    year, off = rng.randint(2008, 2020), rng.choice((1, 2, 3))
    title = rng.choice(
        (
            "Annual Report {}",
            "Harbour Statistics Yearbook {}",
            "{} State of the Canals Report",
            "Monitoring Report, Year {}",
        )
    )
    cited = Made(title.format(year), year, body="Norland Audit Office", kind="report")
    shown = replace(cited, title=title.format(year + off), year=year + off)
    return beside("other/annual", note(cited, rng), ("other",), rng.choice((page_journal, page_plain))(shown, rng))


def annual_next_year(work: Made, other: Made, rng: random.Random) -> Case:
    """An annual report, published the year after."""
    year = rng.randint(2008, 2020)
    cited = Made(f"Annual Report {year}", year, body="Norland Audit Office", kind="report")
    return beside("same/annual_next_year", note(cited, rng), ("same",), page_news(replace(cited, year=year + 1), rng))


def number(work: Made, other: Made, rng: random.Random) -> Case:
    """Another number of a series."""
    one, two = rng.sample(range(3, 60), 2)
    title = rng.choice(
        ("Quarterly Bulletin No. {}", "Inland Ports Policy Brief {}", "Minutes of Meeting {}", "Seminar Paper {}")
    )
    cited = Made(title.format(one), 2016, body="Centre for Heat Policy", kind="report")
    return beside(
        "other/number", note(cited, rng), ("other",), page_plain(replace(cited, title=title.format(two)), rng)
    )


def subtitle_dropped(work: Made, other: Made, rng: random.Random) -> Case:
    """One of note and page without the subtitle."""
    short = replace(work, title=work.title.split(": ")[0].split("? ")[0])
    cited, shown = rng.sample((short, work), 2)
    return beside("same/subtitle", note(cited, rng), ("same",), page_journal(shown, rng))


def preprint(work: Made, other: Made, rng: random.Random) -> Case:
    """The preprint of what the note cites, a year before."""
    shown = replace(work, journal="arXiv", body="", year=work.year - 1)
    return beside("same/preprint", note(work, rng), ("same",), page_journal(shown, rng))


def staff(work: Made, other: Made, rng: random.Random) -> Case:
    """The note names the institution, the page its staff."""
    cited = Made(work.title, work.year, body="Ministry of Public Works", kind="report")
    return beside(
        "same/staff_on_page", note(cited, rng), ("same",), page_news(replace(cited, people=(("Ivanova", "Vera"),)), rng)
    )


def spelling(work: Made, other: Made, rng: random.Random) -> Case:
    """Other spellings of the same words."""
    shown = (
        work.title.replace("Modelling", "Modeling")
        .replace(" and ", " & ")
        .replace("Cost of", "Cost  of")
        .replace("-", " ")
    )
    return beside("same/spelling", note(work, rng), ("same",), page_journal(replace(work, title=shown), rng))


def diacritics(work: Made, other: Made, rng: random.Random) -> Case:
    """Names without their accents, and written out."""
    work = replace(
        work,
        people=(("Müller", "Jörg"), ("Szabó", "Zsófia")),
        kind="article",
        body="",
        journal="Journal of Water Policy",
    )
    shown = replace(
        work, people=rng.choice(((("Mueller", "Joerg"), ("Szabo", "Zsofia")), (("Muller", "J."), ("Szabo", "Z."))))
    )
    return beside("same/diacritics", note(work, rng), ("same",), page_journal(shown, rng))


def misspelt(work: Made, other: Made, rng: random.Random) -> Case:
    """A slip in the first author's name."""
    work = replace(
        work,
        people=(("Castellanos", "Rosa"), ("Haverkamp", "Nils")),
        kind="article",
        body="",
        journal="Journal of Water Policy",
    )
    cited = replace(work, people=(("Castelanos", "Rosa"), ("Haverkamp", "Nils")))
    return beside("differs/misspelt", note(cited, rng), ("differs",), page_journal(work, rng), ("author",))


def others_wrote_it(work: Made, other: Made, rng: random.Random) -> Case:
    """The right title under other names."""
    work = replace(
        work,
        people=(("Castellanos", "Rosa"), ("Haverkamp", "Nils")),
        kind="article",
        body="",
        journal="Journal of Water Policy",
    )
    cited = replace(work, people=(("Petrov", "Ivo"), ("Adler", "Hana")))
    return beside("differs/other_authors", note(cited, rng), ("differs", "other"), page_journal(work, rng), ("author",))


def same_authors_other_title(work: Made, other: Made, rng: random.Random) -> Case:
    """Another work by the same people."""
    return beside(
        "other/same_authors",
        note(work, rng),
        ("other",),
        page_journal(replace(other, people=work.people, body=work.body), rng),
    )


def other_chapter(work: Made, other: Made, rng: random.Random) -> Case:
    """Another chapter of the same book."""
    book = "Handbook of Inland Waterways"
    cited = f"Ada Okonkwo, “{work.title},” in {book} (Fjord, {work.year}), 33–51."
    shown = page_journal(replace(other, journal=book, people=(("Farouk", "Nils"),), year=work.year), rng)
    return beside("other/chapter", cited, ("other",), shown)


def book_of_chapter(work: Made, other: Made, rng: random.Random) -> Case:
    """The whole book of a cited chapter."""
    book = "Handbook of Inland Waterways"
    cited = f"Ada Okonkwo, “{work.title},” in {book} (Fjord, {work.year}), 33–51."
    return beside(
        "unknown/book_of_chapter", cited, ("unknown", "same"), page_plain(Made(book, work.year, body="Fjord"), rng)
    )


def translated(work: Made, other: Made, rng: random.Random) -> Case:
    """A page in another language."""
    text = "<p>Dies ist eine Veröffentlichung des Amtes, die auf der Seite nur in deutscher Sprache steht."
    text += " Sie ist eine Übersetzung.</p>"
    return beside(
        "unknown/translated",
        note(work, rng),
        ("unknown", "same"),
        shell(
            "Die Kosten des Wartens an den Schleusen",
            f"<h1>Die Kosten des Wartens an den Schleusen</h1>{text}",
            lang="de",
        ),
    )


def court(work: Made, other: Made, rng: random.Random) -> Case:
    """A decision, its parties abbreviated in the note."""
    page = rng.randint(100, 900)
    cited = f"Barge Owners Ass’n v. Norland Port Auth., 512 F.3d {page}, {page + 4} (14th Cir. 2009)."
    main = f"<h1>Barge Owners Association v. Norland Port Authority</h1><p>512 F.3d {page} (2009)</p>{_JUDGMENT}"
    return beside(
        "same/court", cited, ("same",), shell("Barge Owners Association v. Norland Port Authority – Cases", main)
    )


def other_court(work: Made, other: Made, rng: random.Random) -> Case:
    """Another decision of the same reporter."""
    page = rng.randint(100, 900)
    cited = f"Barge Owners Ass’n v. Norland Port Auth., 512 F.3d {page}, {page + 4} (14th Cir. 2009)."
    main = f"<h1>Farouk v. Tidewater Mills, Inc.</h1><p>512 F.3d {page + 30} (2009)</p>{_JUDGMENT}"
    return beside("other/court", cited, ("other",), shell("Farouk v. Tidewater Mills, Inc. – Cases", main))


def wrong_record(work: Made, other: Made, rng: random.Random) -> Case:
    """A record that is not of the note's DOI."""
    return Case(
        "unknown/wrong_record",
        note(work, rng) + " doi:10.5555/abc.99",
        ("unknown",),
        record=record(other, "crossref", rng),
        source="crossref",
    )


def searched_in_vain(work: Made, other: Made, rng: random.Random) -> Case:
    """A search that found another work."""
    one = record(other, "crossref", rng)["message"]
    return Case(
        "unknown/search",
        note(work, rng),
        ("unknown",),
        record={"message-type": "work-list", "message": {"items": [one]}},
        source="crossref",
    )


def search_found(work: Made, other: Made, rng: random.Random) -> Case:
    """A search that found the work among others."""
    items = [record(one, "crossref", rng)["message"] for one in (other, work)]
    return Case(
        "same/search",
        note(work, rng),
        ("same",),
        record={"message-type": "work-list", "message": {"items": items}},
        source="crossref",
    )


def pdf_without_title(work: Made, other: Made, rng: random.Random) -> Case:
    """A PDF all of one type size."""
    return Case(
        "unknown/pdf_untitled",
        note(work, rng),
        ("unknown",),
        pdf=tuple((text, 11.0) for text, size in pdf_lines(other, rng) if size == 11.0)[2:],
    )


def old_metadata(work: Made, other: Made, rng: random.Random) -> Case:
    """A PDF that carries another document's title in its metadata."""
    return Case("same/pdf_old_metadata", note(work, rng), ("same",), pdf=pdf_lines(work, rng), pdf_title=other.title)


def heading_of_site(work: Made, other: Made, rng: random.Random) -> Case:
    """The site's name as first-level heading."""
    main = f"<h1>Open Shelf</h1><h2>{html.escape(work.title)}</h2><p>The paper of the month, which all may read.</p>"
    return beside("same/heading_of_site", note(work, rng), ("same",), shell(f"{work.title} – Open Shelf", main))


def says_nothing(work: Made, other: Made, rng: random.Random) -> Case:
    """A note that names no work."""
    return beside(
        "unknown/note_empty",
        rng.choice(("Available here.", "See the website.", "Ibid.", "On file with the author.")),
        ("unknown",),
        page_journal(work, rng),
    )


HAZARDS: tuple[Callable[[Made, Made, random.Random], Case], ...] = (
    *(
        home,
        listing,
        listing_unnamed,
        wall,
        error,
        portal,
        cited_in_body,
        cited_in_references,
        cited_in_sidebar,
        review_of,
    ),
    *(retracted, annual, annual_next_year, number, subtitle_dropped, preprint, staff, spelling, diacritics, misspelt),
    *(others_wrote_it, same_authors_other_title, other_chapter, book_of_chapter, translated, court, other_court),
    *(wrong_record, searched_in_vain, search_found, pdf_without_title, old_metadata, heading_of_site, says_nothing),
    *(subtitle_dropped, retracted, preprint, diacritics, court, spelling),
)
