import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.works_library import works
from tests.support.works_pages import record
from verifier.checker import compare_with_list, compare_work
from verifier.model import Author, DescribedWork, Nature, UpdateKind, WorkVerdict
from verifier.parser.citations.split import read_citations
from verifier.resolver import described_records, is_list
from verifier.resolver.works.records import READERS


def one(source: str, value: Any) -> DescribedWork:
    (found,) = described_records(source, value)
    return found


def test_crossref_with_its_updates() -> None:
    found = one(
        "crossref",
        {
            "message": {
                "DOI": "10.5555/A",
                "title": ["Tolls &amp; <i>fees</i>"],
                "subtitle": ["A study"],
                "author": [{"family": "Quist", "given": "Ada"}, {"name": "Harbour Office"}],
                "issued": {"date-parts": [[2019, 3]]},
                "container-title": ["Port Economics"],
                "updated-by": [
                    {"type": "retraction", "DOI": "10.5555/R", "updated": {"date-parts": [[2021, 2, 3]]}},
                    {"type": "erratum", "DOI": "10.5555/E"},
                    {"type": "something new"},
                ],
            }
        },
    )
    assert [title.text for title in found.titles] == ["Tolls & fees: A study", "Tolls & fees"]
    assert found.authors == (Author("Quist", "Ada"), Author("Harbour Office"))
    assert [(update.kind, update.date) for update in found.updates] == [
        (UpdateKind.RETRACTION, "2021-02-03"),
        (UpdateKind.CORRECTION, None),
    ]
    assert [update.kind.takes_back for update in found.updates] == [True, False]


@pytest.mark.parametrize(
    ("source", "value", "title", "year"),
    [
        (
            "datacite",
            {"data": {"attributes": {"doi": "10.5555/a", "titles": [{"title": "Tolls"}], "publicationYear": 2019}}},
            "Tolls",
            "2019",
        ),
        (
            "OpenAlex",
            {"id": "https://openalex.org/W1", "title": "Tolls", "publication_year": 2019, "authorships": None},
            "Tolls",
            "2019",
        ),
        ("Open Library", {"title": "Tolls", "publish_date": "May 4, 2019"}, "Tolls", "2019"),
        ("openlibrary", {"ISBN:1": {"title": "Tolls", "publish_date": "2019"}}, "Tolls", "2019"),
        (
            "federal_register",
            {"document_number": "2019-1", "title": "Tolls", "publication_date": "2019-03-04"},
            "Tolls",
            "2019-03-04",
        ),
        ("govinfo", {"packageId": "CHRG-1", "title": "Tolls", "dateIssued": "2019-03-04"}, "Tolls", "2019-03-04"),
        ("courtlistener", {"results": [{"caseName": "A v. B", "dateFiled": "2019-03-04"}]}, "A v. B", "2019-03-04"),
        (
            "arxiv",
            {"entries": [{"id": "1901.00001", "title": "Tolls", "published": "2019-03-04"}]},
            "Tolls",
            "2019-03-04",
        ),
    ],
)
def test_each_registry(source: str, value: Any, title: str, year: str) -> None:
    found = one(source, value)
    assert (found.title, found.dates[0]) == (title, year)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(st.sampled_from(sorted(READERS)), JSON)
def test_any_answer_is_read(source: str, value: Any) -> None:
    assert all(work.nature is Nature.WORK for work in described_records(source, value))
    assert isinstance(is_list(source, value), bool)


def hostile(rng: random.Random, answer: Any) -> Any:
    """An answer that is broken, cut, of another kind, or empty."""

    def broken(value: Any, depth: int = 0) -> Any:
        if isinstance(value, dict):
            kept = {name: broken(one, depth + 1) for name, one in value.items()}
            for name in rng.sample(sorted(kept), rng.randint(0, len(kept))):
                kept[name] = rng.choice((None, [], {}, "", 0, -1, [None], {"title": 3}, True, "\x00", "[]"))
            return kept
        return [broken(one, depth + 1) for one in value] if isinstance(value, list) else value

    return rng.choice(
        (
            lambda: broken(answer),
            lambda: {"error": "rate limited", "status": 429},
            lambda: {"status": "error", "message-type": "validation-failure", "message": [{"type": "parse-error"}]},
            lambda: {"message": {"items": []}},
            lambda: {"title": "Too Many Requests", "detail": "slow down"},
            lambda: {"title": "Resource not found", "status": "404"},
            list,
            lambda: None,
            lambda: {"data": None, "errors": [{"title": "The resource you are looking for doesn't exist."}]},
        )
    )()


def test_a_thousand_hostile_answers_accuse_nobody() -> None:
    rng = random.Random(11)
    library = works(rng, 40)
    accused = []
    for _ in range(1000):
        work = rng.choice(library)
        source = rng.choice(("crossref", "datacite", "openalex", "openlibrary"))
        text = f"{work.people[0][1] if work.people else 'A.'} Quist, “{work.title},” {work.year}."
        cited = read_citations(text)[0].work
        answer = hostile(rng, record(work, source, rng))
        found = described_records(source, answer)
        if is_list(source, answer):
            result = compare_with_list(cited, text, found)
        else:
            result = compare_work(cited, text, found[0] if found else DescribedWork())
        if result.verdict is WorkVerdict.OTHER:
            accused.append((text, answer, result))
    assert accused == []
