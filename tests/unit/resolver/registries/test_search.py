import pytest

from verifier.model import WorkKind
from verifier.resolver import SoughtWork, registries_named
from verifier.resolver.registries.registry import all_registries
from verifier.resolver.registries.search import _lines, title_words
from verifier.resolver.works.answers import _NONE


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Tolls on Old Bridges", "Tolls on Old Bridges"),
        ("Tolls on Old Bridges: A Survey of Forty Ports", "Tolls on Old Bridges"),
        ("Tolls: A Survey of Forty Ports", "Tolls A Survey of Forty Ports"),
        ("Does it Pay to Cross? What Households Say", "Does it Pay to Cross"),
        ("Bridges, Tolls AND Fees (1950\u20131990)", "Bridges Tolls and Fees 1950 1990"),
        ("\u201cQuist\u2019s Law\u201d | a note: on signs", "Quist\u2019s Law a note"),
        ("One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen", "One two three four five six seven eight nine ten eleven twelve thirteen fourteen"),  # noqa: E501
    ],
)  # fmt: skip
def test_the_words_of_a_title_that_are_asked_for(title: str, words: str) -> None:
    assert title_words(title) == words


@pytest.mark.parametrize(
    ("name", "sought", "decisive"),
    [
        ("openalex", SoughtWork("Tolls on Old Bridges", WorkKind.ARTICLE), True),
        ("openalex", SoughtWork("Tolls on Old Bridges", WorkKind.REPORT), False),
        ("openalex", SoughtWork("Tolls on Old Bridges", WorkKind.NEWS), None),
        ("openalex", SoughtWork("Tolls", WorkKind.ARTICLE), None),
        ("crossref", SoughtWork("Tolls on Old Bridges", WorkKind.ARTICLE), False),
        ("openlibrary", SoughtWork("Tolls on Old Bridges", WorkKind.BOOK, "Quist"), True),
        ("openlibrary", SoughtWork("Tolls on Old Bridges", WorkKind.BOOK), None),
        ("courtlistener", SoughtWork("", WorkKind.CASE, parties=("Quist", "Board")), False),
        ("courtlistener", SoughtWork("Quist v. Board", WorkKind.CASE), None),
        ("govinfo", SoughtWork("Tolls on Old Bridges", WorkKind.REPORT), None),
        ("doi", SoughtWork("Tolls on Old Bridges", WorkKind.ARTICLE), None),
    ],
)
def test_which_kinds_a_registry_is_asked_for_and_whether_that_it_has_none_says_something(
    name: str, sought: SoughtWork, decisive: bool | None
) -> None:
    (registry,) = registries_named([name])
    search = registry.search_for(sought)
    assert (search.decisive if search else None) is decisive


def test_the_tables_name_known_registries_kinds_and_ways_to_say_none() -> None:
    kinds = {kind.value for kind in WorkKind}
    for line in _lines():
        assert line.registry in {registry.name for registry in all_registries()}
        assert line.decisive <= line.kinds <= kinds
        assert line.registry in _NONE


def test_what_is_asked_for_is_quoted() -> None:
    (registry,) = registries_named(["courtlistener"])
    search = registry.search_for(SoughtWork("", WorkKind.CASE, parties=('Quist "Q" & Co.', "Board) OR (x")))
    assert search is not None
    assert search.address.endswith("q=caseName:(%22Quist%20Q%20Co%22%20AND%20%22Board%20or%20x%22)")
