import pytest

from verifier.model import Citation, DescribedTitle, DescribedWork, Nature, TitleOrigin
from verifier.resolver import identifier_keys, registries_named
from verifier.resolver.registries.registry import all_registries
from verifier.resolver.works.records import READERS


@pytest.mark.parametrize(
    ("name", "key", "address"),
    [
        ("crossref", "doi:10.5555/a(b)<c>", "https://api.crossref.org/works/10.5555/a(b)%3Cc%3E"),
        ("crossref", "isbn:9780000000000", None),
        ("datacite", "doi:10.5438/0012", "https://api.datacite.org/dois/10.5438/0012"),
        ("datacite", "arxiv:2402.04825", "https://api.datacite.org/dois/10.48550/arxiv.2402.04825"),
        (
            "openlibrary",
            "isbn:080442957X",
            "https://openlibrary.org/api/books?bibkeys=ISBN:080442957X&format=json&jscmd=data",
        ),
        ("openlibrary", "isbn:12", None),
    ],
)
def test_where_a_record_is(name: str, key: str, address: str | None) -> None:
    (registry,) = registries_named([name])
    assert registry.address_of(key) == address


def test_a_record_of_another_identifier_is_not_the_one_asked_for() -> None:
    (crossref,) = registries_named(["crossref"])
    work = DescribedWork(Nature.WORK, (DescribedTitle("Tolls", TitleOrigin.RECORD),), identifiers=("doi:10.5555/a",))
    assert crossref.is_of("doi:10.5555/a", work)
    assert not crossref.is_of("doi:10.5555/b", work)


def test_nobody_is_asked_where_nobody_is_named() -> None:
    assert registries_named([]) == []


def test_every_registry_of_the_table_has_a_reader_of_its_records() -> None:
    assert {registry.name for registry in all_registries()} - {"doi"} <= set(READERS)


def test_the_identifiers_of_a_citation() -> None:
    citation = Citation("x", urls=("https://doi.org/10.5555/A", "https://a.example/x"), identifiers=("isbn:1-2",))
    assert identifier_keys(citation) == ("isbn:12", "doi:10.5555/a")
