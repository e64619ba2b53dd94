"""The work that a page's JSON-LD describes: one, or none where there are several or no such thing."""

import json

import lxml.html
import pytest

from verifier.model import Author
from verifier.resolver.works.json_ld import LinkedData, linked_data


def read(*scripts: object, kind: str = "application/ld+json") -> LinkedData:
    written = [one if isinstance(one, str) else json.dumps(one) for one in scripts]
    head = "".join(f'<script type="{kind}">{one}</script>' for one in written)
    return linked_data(lxml.html.document_fromstring(f"<html>{head}<p>The county has 142 bridges."))


ARTICLE = {"@type": "NewsArticle", "headline": "Bridges of Aldern", "datePublished": "2024-03-05T10:00:00Z"}


def test_a_work_with_all_its_fields():
    found = read(
        ARTICLE
        | {
            "author": [{"@type": "Person", "name": "Ada Quist"}, {"@type": "Organization", "name": "Quist, Hart"}],
            "publisher": {"name": "Aldern Courier"},
            "isPartOf": [{"name": "Weekend"}],
            "doi": "10.1000/Bridges.1",
            "isbn": "not one",
        }
    )
    assert found == LinkedData(
        title="Bridges of Aldern",
        authors=(Author("Quist", "Ada"), Author("Quist, Hart")),
        date="2024-03-05",
        container="Weekend",
        publisher="Aldern Courier",
        is_news=True,
        identifiers=("doi:10.1000/bridges.1",),
        works=1,
    )


@pytest.mark.parametrize(
    ("scripts", "title", "works"),
    [
        pytest.param([ARTICLE], "Bridges of Aldern", 1, id="one"),
        pytest.param([[ARTICLE]], "Bridges of Aldern", 1, id="in a list"),
        pytest.param([{"@graph": [{"@type": "Person"}, ARTICLE]}], "Bridges of Aldern", 1, id="in a graph"),
        pytest.param([{"@type": "WebPage", "mainEntity": ARTICLE}], "Bridges of Aldern", 1, id="what a page is about"),
        pytest.param([ARTICLE, {"@type": "Report", "name": "Bridges of Aldern"}], "Bridges of Aldern", 1, id="twice"),
        pytest.param([ARTICLE, {"@type": "Report", "name": "Tolls"}], "", 2, id="two works"),
        pytest.param([{"@type": "https://schema.org/Report", "name": "Tolls"}], "Tolls", 1, id="a whole address"),
        pytest.param([{"@type": ["Thing", "Book"], "name": "Tolls"}], "Tolls", 1, id="several types"),
        pytest.param(["{broken", ARTICLE], "Bridges of Aldern", 1, id="behind a broken one"),
        pytest.param([{"@type": "WebSite", "name": "Courier"}], "", 0, id="no work"),
        pytest.param([{"@type": "Report"}], "", 0, id="without a title"),
        pytest.param([{"@type": "Report", "name": 142}], "", 0, id="a figure as title"),
        pytest.param(["[" * 100_000], "", 0, id="nested without end"),
        pytest.param(["null"], "", 0, id="null"),
        pytest.param([], "", 0, id="nothing"),
    ],
)  # fmt: skip
def test_which_work(scripts: list[object], title: str, works: int):
    found = read(*scripts)
    assert (found.title, found.works) == (title, works)


def test_the_fullest_of_two_descriptions_is_taken():
    assert read(ARTICLE, ARTICLE | {"author": "Ada Quist"}).authors == (Author("Quist", "Ada"),)


def test_a_work_that_is_no_news():
    assert not read({"@type": "Report", "name": "Tolls"}).is_news


def test_other_scripts_are_passed_over():
    assert read(ARTICLE, kind="application/json") == LinkedData()
