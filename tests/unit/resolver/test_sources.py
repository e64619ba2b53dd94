import pytest

from verifier.model import Citation, Origin, Source, SourceAddress
from verifier.resolver import StaticResolver, TemplateResolver, source_of_url, sources_of
from verifier.resolver.identifiers import ADDRESS_TEMPLATES, canonical_key, guessed_address


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://doi.org/10.1000/ABC.1", "doi:10.1000/abc.1"),
        ("http://dx.doi.org/10.1000/182", "doi:10.1000/182"),
        ("https://arxiv.org/abs/2402.04825v2", "arxiv:2402.04825"),
        ("https://arxiv.org/pdf/2402.04825.pdf", "arxiv:2402.04825"),
        ("https://arxiv.org/abs/hep-th/9901001", "arxiv:hep-th/9901001"),
        ("https://pubmed.ncbi.nlm.nih.gov/12345/", "pmid:12345"),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC123/", "pmcid:PMC123"),
        ("https://www.rfc-editor.org/rfc/rfc9110.html", "rfc:9110"),
        ("https://datatracker.ietf.org/doc/html/rfc9110", "rfc:9110"),
        ("https://hdl.handle.net/1813/1", "hdl:1813/1"),
        ("https://arxiv.org/list/cs.AI/recent", "url:https://arxiv.org/list/cs.AI/recent"),
        ("http://Example.org:80/a#b", "url:http://example.org/a"),
        ("http://[::1/x", "url:http://[::1/x"),
    ],
)
def test_the_key_of_an_address(url: str, key: str) -> None:
    assert source_of_url(url).key == key


def test_an_address_is_printed_without_its_fragment() -> None:
    assert source_of_url("http://example.org/a#b").addresses == (
        SourceAddress("http://example.org/a", Origin.PRINTED, ("b",)),
    )


def test_an_identifier_without_a_printed_address_is_guessed() -> None:
    (source,) = sources_of(Citation("Smith (2020)", identifiers=("doi:10.1000/182",)))
    assert source == Source("doi:10.1000/182", (SourceAddress("https://doi.org/10.1000/182", Origin.GUESSED),))


def test_a_printed_address_of_the_identifier_is_not_guessed_again() -> None:
    citation = Citation("Smith", urls=("http://dx.doi.org/10.1000/182",), identifiers=("doi:10.1000/182",))
    assert sources_of(citation) == (
        Source("doi:10.1000/182", (SourceAddress("http://dx.doi.org/10.1000/182", Origin.PRINTED),)),
    )


def test_one_address_and_one_identifier_are_one_work() -> None:
    citation = Citation("Smith", urls=("https://journal.example/1",), identifiers=("doi:10.1000/182",))
    assert sources_of(citation) == (
        Source("doi:10.1000/182", (SourceAddress("https://journal.example/1", Origin.PRINTED),)),
    )


def test_several_addresses_and_identifiers_are_kept_apart() -> None:
    citation = Citation("A; B", urls=("http://a.example/", "http://b.example/"), identifiers=("doi:10.1/a", "rfc:9110"))
    assert [source.key for source in sources_of(citation)] == [
        "url:http://a.example/", "url:http://b.example/", "doi:10.1/a", "rfc:9110",
    ]  # fmt: skip


def test_two_spellings_of_an_address_are_one_source() -> None:
    citation = Citation("A", urls=("http://Example.org:80/a", "http://example.org/a#top", "http://example.org/a"))
    (source,) = sources_of(citation)
    assert [address.url for address in source.addresses] == ["http://Example.org:80/a", "http://example.org/a"]


def test_an_identifier_that_nobody_resolves_has_no_address() -> None:
    assert sources_of(Citation("15 CFR 744", identifiers=("cfr:15:744",))) == ()


@pytest.mark.parametrize("scheme", ADDRESS_TEMPLATES)
def test_every_template_makes_an_address_that_can_be_requested(scheme: str) -> None:
    guess = guessed_address(f"{scheme}:1234")
    assert guess is not None
    assert "1234" in guess
    assert source_of_url(guess).addresses


@pytest.mark.parametrize(
    ("written", "key"),
    [("DOI:10.1000/ABC.", "doi:10.1000/abc"), ("arxiv:2402.04825v3", "arxiv:2402.04825"),
     ("isbn:978-3-16-148410-0", "isbn:9783161484100"), ("pmcid:123", "pmcid:PMC123")],
)  # fmt: skip
def test_one_spelling_per_identifier(written: str, key: str) -> None:
    assert canonical_key(written) == key


def test_resolvers() -> None:
    citation = Citation("Smith", urls=("http://a.example/",))
    assert TemplateResolver().sources_of(citation) == sources_of(citation)
    known = (source_of_url("http://b.example/"),)
    assert StaticResolver({"Smith": known}).sources_of(citation) == known
    assert StaticResolver({}).sources_of(citation) == ()
