"""A library of works that nobody wrote, and the notes that cite them in seven styles."""

import random
from dataclasses import dataclass

FAMILIES = (
    "Okonkwo",
    "Lindqvist",
    "Marchetti",
    "Haverkamp",
    "Szabó",
    "Del Río",
    "van Houten",
    "Müller",
    "Tanaka",
    "O’Hara",
    "Quiroga",
    "Bjørnstad",
    "Petrov",
    "Adler",
    "Castellanos",
    "Nguyen",
    "Whitlock",
    "Farouk",
)
GIVENS = (
    "Ada",
    "Bram",
    "Chiara",
    "Dmitri",
    "Elif",
    "Farah",
    "Georg",
    "Hana",
    "Ivo",
    "Jonas",
    "Katrin",
    "Luis M.",
    "Marta",
    "Nils",
    "Oumou",
    "Priya",
    "Rosa",
    "Sven",
)
SUBJECTS = (
    "Peat",
    "Kelp",
    "Rooftop Solar",
    "Grain Terminals",
    "Canal Locks",
    "Night Buses",
    "Seed Banks",
    "District Heating",
    "Oyster Reefs",
    "Heat Pumps",
    "Rural Clinics",
    "Port Fees",
    "Wood Fuel",
    "River Gauges",
    "School Meals",
    "Tram Networks",
    "Storm Drains",
    "Fishing Quotas",
)
THEMES = (
    "the Cost of Delay",
    "What Households Pay",
    "a Decade of Reform",
    "Lessons from Twelve Regions",
    "Who Carries the Risk",
    "an Unfinished Transition",
    "Measuring What Matters",
    "Evidence from Tax Records",
    "Between Market and State",
    "a Life-Cycle View",
)
VERBS = (
    "Pricing",
    "Financing",
    "Governing",
    "Rethinking",
    "Mapping",
    "Insuring",
    "Modelling",
    "Regulating",
    "Restoring",
    "Valuing",
)
JOURNALS = (
    "Journal of Water Policy",
    "Energy and Society Quarterly",
    "European Review of Transport",
    "Annals of Coastal Engineering",
    "Public Works Economics",
    "Nordic Journal of Planning",
)
BODIES = (
    "Institute for Basin Studies",
    "Directorate of Inland Ports",
    "Norland Audit Office",
    "Centre for Heat Policy",
    "Council of Coastal Regions",
    "Ministry of Public Works",
)
PAPERS = ("The Fenwick Herald", "Harbour Evening Post", "Weekly Norland", "The Tidewater Times")
FILLER = (
    "The survey covers forty districts.",
    "Two of the regions were left out of the estimate.",
    "Prices are given without tax.",
    "An annex lists the sources.",
    "The method follows earlier rounds.",
    "Comments are welcome until the end of the quarter.",
)


@dataclass(frozen=True)
class Made:
    """A work of the library."""

    title: str
    year: int
    people: tuple[tuple[str, str], ...] = ()
    body: str = ""
    journal: str = ""
    kind: str = "article"


def works(rng: random.Random, count: int) -> list[Made]:
    """Works that differ in title and authors."""
    found: dict[str, Made] = {}
    while len(found) < count:
        subject, verb, theme = rng.choice(SUBJECTS), rng.choice(VERBS), rng.choice(THEMES)
        title = rng.choice(
            (
                f"{verb} {subject}: {theme[:1].upper()}{theme[1:]}",
                f"{verb} {subject} in Norland and Beyond",
                f"{subject} and {rng.choice(SUBJECTS)} after the Reform",
                f"Does {verb} {subject} Pay? {theme[:1].upper()}{theme[1:]}",
            )
        )
        people = tuple((family, rng.choice(GIVENS)) for family in rng.sample(FAMILIES, rng.randint(1, 4)))
        kind = rng.choice(("article", "article", "report", "news", "book"))
        found[title] = Made(
            title,
            rng.randint(1998, 2024),
            people if kind != "report" else (),
            rng.choice(BODIES) if kind in ("report", "book") else "",
            rng.choice(PAPERS if kind == "news" else JOURNALS) if kind in ("article", "news") else "",
            kind,
        )
    return list(found.values())


def note(work: Made, rng: random.Random) -> str:
    """A work in one of seven styles."""
    initials = [f"{family}, {' '.join(word[0] + '.' for word in given.split())}" for family, given in work.people]
    full = [f"{given} {family}" for family, given in work.people]
    who, named = (", ".join(initials), " and ".join(full)) if work.people else (work.body, work.body)
    place = work.journal or work.body
    behind = f", {place}" if place != who else ""
    styles = (
        f"{who} ({work.year}). {work.title}. {place}." if place != who else f"{who} ({work.year}). {work.title}.",
        f"{named}, “{work.title},”{behind[1:]} ({work.year}).",
        f"{named}, ‘{work.title}’, {work.year}, available here.",
        f"See {named}, “{work.title}”{behind}, {work.year}, p. {rng.randint(3, 90)}.",
        f"{full[0]} et al., “{work.title},” {work.year}."
        if len(full) > 2
        else f"{named}, “{work.title},” {work.year}.",
        f"{named}. {work.year}. “{work.title}.” {place}. Accessed 3 May {rng.randint(2025, 2026)}."
        if place != who
        else f"{named}. {work.year}. “{work.title}.”",
        f"{named}: “{work.title}”{behind}, {rng.choice(('March', 'June', 'October'))} {work.year}.",
    )
    return rng.choice(styles)
