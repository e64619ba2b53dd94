"""Citations beside pages, PDFs and records, made with the truth known: `same`, `differs`, `other`, `unknown`.

Every case is made from works of a small library that nobody wrote, so that the truth is what was put in: a note is set
in one of seven styles from a work (perhaps with one field changed), and a page of one of nine makes from the same work,
another one, or no work at all. Case `n` belongs to the half `n % 2`.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from tests.support.works_library import Made, note, works
from tests.support.works_pages import DATED, PAGES, page_journal, pdf_lines, record


@dataclass(frozen=True)
class Case:
    """A note beside what its address brought; `accept` are the right verdicts, the first the truth."""

    family: str
    citation: str
    accept: tuple[str, ...]
    differs: tuple[str, ...] = ()
    page: str | None = None
    pdf: tuple[tuple[str, float], ...] | None = None
    pdf_title: str | None = None
    record: Any = None
    source: str = ""
    url: str = field(default="https://items.example/p/1")


def _changed_word(work: Made, rng: random.Random) -> Made:
    names = work.title.split()
    at = rng.choice([n for n, word in enumerate(names) if len(word) > 4 and word.isalpha()] or [0])
    names[at] = rng.choice(("Timber", "Railway", "Glacier", "Vineyard", "Textile"))
    return replace(work, title=" ".join(names))


def cases(seed: int = 7, count: int = 480) -> Iterator[Case]:
    """At least `count` cases, half of them `same`, in an order that the seed gives."""
    from tests.support.works_hazards import HAZARDS

    rng = random.Random(seed)
    library = works(rng, 120)
    made: list[Case] = []
    while len(made) < count:
        work, other = rng.sample(library, 2)
        cited, show = note(work, rng), rng.choice(PAGES)
        made += [
            Case(f"same/{show.__name__}", cited, ("same",), page=show(work, rng)),
            Case(
                "same/pdf",
                note(work, rng),
                ("same",),
                pdf=pdf_lines(work, rng),
                pdf_title=rng.choice((None, work.title, "Microsoft Word - v7.docx")),
            ),
            Case(f"other/{show.__name__}", cited, ("other",), page=show(other, rng)),
            Case("other/pdf", cited, ("other",), pdf=pdf_lines(other, rng)),
        ]
        source = rng.choice(("crossref", "datacite", "openalex", "openlibrary"))
        made.append(Case(f"same/{source}", note(work, rng), ("same",), record=record(work, source, rng), source=source))
        made.append(Case(f"other/{source}", cited, ("other",), record=record(other, source, rng), source=source))
        late = replace(work, year=work.year - rng.randint(2, 6))
        made.append(Case("differs/year", note(late, rng), ("differs",), ("year",), page=rng.choice(DATED)(work, rng)))
        near = replace(work, year=work.year + rng.choice((-1, 1)))
        made.append(Case("same/year_beside", note(near, rng), ("same",), page=rng.choice(DATED)(work, rng)))
        made.append(
            Case(
                "differs/title_word",
                note(_changed_word(work, rng), rng),
                ("differs",),
                ("title",),
                page=page_journal(work, rng),
            )
        )
        made += [hazard(work, other, rng) for hazard in rng.sample(HAZARDS, 12)]
    yield from made
