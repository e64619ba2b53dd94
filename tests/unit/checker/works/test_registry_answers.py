"""Whether registries know a work: searches whose answers hold the work, others like it, or nothing."""

import random
from collections import Counter
from dataclasses import replace

import pytest

from tests.support.works_cases import _changed_word
from tests.support.works_library import Made, note, works
from tests.support.works_pages import record
from verifier.checker.works.registry_answers import Known, is_sure_record, known_to
from verifier.model import Author, DescribedTitle, DescribedWork, Nature, RegistryAnswer, TitleOrigin, Work, WorkKind
from verifier.parser.citations.split import read_citations
from verifier.resolver import described_records

SOURCES = ("crossref", "datacite", "openalex", "openlibrary")


def described(work: Made, rng: random.Random) -> DescribedWork:
    source = rng.choice(SOURCES)
    (one,) = described_records(source, record(work, source, rng))
    return one


def decoys(work: Made, library: list[Made], rng: random.Random) -> list[Made]:
    """Works that a search may list besides: another title by the same people, the title by others years away, a word
    exchanged, the number of another year."""
    other = rng.choice([one for one in library if one.title != work.title])
    return [
        replace(other, people=work.people, year=work.year),
        replace(work, people=other.people, year=work.year - 9),
        _changed_word(work, rng),
        other,
    ]


def searched(seed: int, count: int) -> Counter[str]:
    """How often the record of the work, and one of no other, is sure."""
    rng = random.Random(seed)
    library = works(rng, 120)
    seen: Counter[str] = Counter()
    for _ in range(count):
        work = rng.choice(library)
        text = note(work, rng)
        cited = next((one.work for one in read_citations(text) if one.work is not None), None)
        if cited is None or not cited.title:
            seen["not read"] += 1
            continue
        seen["found" if is_sure_record(cited, text, described(work, rng)) else "missed"] += 1
        for kind, decoy in zip(("title", "people", "word", "any"), decoys(work, library, rng), strict=True):
            shown = described(decoy, rng)
            if any(one.text == work.title for one in shown.titles) and kind in ("word", "any"):
                continue  # nothing was changed
            seen[f"wrong: {kind}" if is_sure_record(cited, text, shown) else "left"] += 1
    return seen


def test_sure_records_are_those_of_the_cited_work() -> None:
    seen = searched(5, 300)
    assert not [kind for kind in seen if kind.startswith("wrong")], seen
    assert seen["found"] >= 0.9 * (seen["found"] + seen["missed"]), seen


QUIST, LUND = Author("Quist", "Ada"), Author("Lund", "Sofia")
CITED = Work(title="Tolls on Old Bridges and Ferries", authors=(QUIST,), date="2016", kind=WorkKind.ARTICLE)
TEXT = "Ada Quist, “Tolls on Old Bridges and Ferries,” Port Economics (2016)."


def shown(title: str, *authors: Author, year: str = "") -> DescribedWork:
    titles = (DescribedTitle(title, TitleOrigin.RECORD),)
    return DescribedWork(Nature.WORK, titles, authors, dates=(year,) if year else ())


@pytest.mark.parametrize(
    ("record_", "sure"),
    [
        (shown("Tolls on old bridges and ferries", QUIST, year="2016"), True),
        (shown("Tolls on old bridges and ferries", QUIST), True),
        (shown("Tolls on old bridges and ferries", year="2017"), True),
        (shown("Tolls on Old Bridges and Ferries: A Survey", QUIST, year="2016"), True),
        (shown("Tolls on old bridges and ferries"), False),
        (shown("Tolls on old bridges and ferries", LUND, year="2009"), False),
        (shown("Tolls on old bridges and fords", QUIST, year="2016"), False),
        (shown("Review of: Tolls on old bridges and ferries", LUND, year="2017"), False),
        (shown("Night trains", QUIST, year="2016"), False),
        (DescribedWork(), False),
    ],
)
def test_a_record_is_sure_where_the_title_and_an_author_or_the_year_are_the_notes(
    record_: DescribedWork, sure: bool
) -> None:
    assert is_sure_record(CITED, TEXT, record_) is sure


def answer(*found: DescribedWork, decisive: bool = True, silent: bool = False) -> RegistryAnswer:
    return RegistryAnswer("OpenAlex", "https://a.example", "", decisive, None if silent else found)


@pytest.mark.parametrize(
    ("answers", "known"),
    [
        ((), Known.NOT_ASKED),
        ((answer(),), Known.NOT_FOUND),
        ((answer(decisive=False),), Known.NOT_ASKED),
        ((answer(silent=True),), Known.NOT_CHECKED),
        ((answer(), answer(silent=True)), Known.NOT_CHECKED),
        ((answer(), answer(silent=True, decisive=False)), Known.NOT_CHECKED),
        ((answer(), answer(decisive=False)), Known.NOT_FOUND),
        ((answer(), answer(shown("Night trains and the price of sleep", LUND), decisive=False)), Known.NOT_FOUND),
        ((answer(), answer(shown("Tolls on Old Bridges and Fords", QUIST), decisive=False)), Known.FOUND),
        ((answer(), answer(shown("Tolls on Old Bridges and Ferries", LUND), decisive=False)), Known.FOUND),
        ((answer(shown("Night trains and the price of sleep", LUND)),), Known.FOUND),
        ((answer(), answer(shown("Tolls on Old Bridges and Ferries", QUIST))), Known.FOUND),
    ],
)
def test_what_answers_come_to(answers: tuple[RegistryAnswer, ...], known: Known) -> None:
    assert known_to(CITED, TEXT, answers) is known
