import pytest

from verifier.model import Citation, Origin, Source, SourceAddress, Work
from verifier.resolver import StaticResolver, TemplateResolver, source_of_url, sources_of
from verifier.resolver.sources.identifiers import address_templates, canonical_key, guessed_address, is_decision
from verifier.resolver.sources.urls import Address, split_address


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


def test_one_address_and_one_identifier_are_one_work_that_may_be_in_two_places() -> None:
    citation = Citation("Smith", urls=("https://journal.example/1",), identifiers=("doi:10.1000/182",))
    assert sources_of(citation) == (
        Source(
            "doi:10.1000/182",
            (
                SourceAddress("https://journal.example/1", Origin.PRINTED),
                SourceAddress("https://doi.org/10.1000/182", Origin.GUESSED),
            ),
        ),
    )


def test_law_that_a_titled_work_mentions_is_not_that_work() -> None:
    report = Citation(
        "“Tides under 18 U.S.C. § 1030”",
        urls=("http://a.example/",),
        identifiers=("usc:18/1030",),
        work=Work(title="Tides"),
    )
    assert [source.key for source in sources_of(report)] == ["url:http://a.example/"]
    section = Citation("18 U.S.C. § 1030", urls=("http://a.example/",), identifiers=("usc:18/1030",))
    assert [source.key for source in sources_of(section)] == ["usc:18/1030"]


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


@pytest.mark.parametrize(
    ("key", "address"),
    [
        ("doi:10.1000/182", "https://doi.org/10.1000/182"),
        ("doi:10.1000/(sici)1<2::aid#3", "https://doi.org/10.1000/(sici)1%3C2::aid%233"),
        ("doi:11.1000/182", None),
        ("arxiv:2402.04825", "https://arxiv.org/abs/2402.04825"),
        ("arxiv:math.GT/0309136", "https://arxiv.org/abs/math.GT/0309136"),
        ("pmid:31978945", "https://pubmed.ncbi.nlm.nih.gov/31978945/"),
        ("pmcid:PMC123456", "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC123456/"),
        ("rfc:9110", "https://www.rfc-editor.org/rfc/rfc9110"),
        ("hdl:2027/mdp.390", "https://hdl.handle.net/2027/mdp.390"),
        ("ssrn:123456", "https://papers.ssrn.com/sol3/papers.cfm?abstract_id=123456"),
        ("isbn:316148410X", "https://openlibrary.org/isbn/316148410X"),
        ("cfr:16/255.2", "https://www.ecfr.gov/current/title-16/section-255.2"),
        ("cfr:16/255", "https://www.ecfr.gov/current/title-16/part-255"),
        ("cfr:16", None),
        (
            "usc:15/80a-2",
            "https://uscode.house.gov/view.xhtml?req=granuleid:USC-prelim-title15-section80a-2&num=0&edition=prelim",
        ),
        ("bill:118/hr3106", "https://www.congress.gov/bill/118th-congress/house-bill/3106"),
        ("bill:101/s12", "https://www.congress.gov/bill/101st-congress/senate-bill/12"),
        ("bill:112/sconres3", "https://www.congress.gov/bill/112th-congress/senate-concurrent-resolution/3"),
        ("bill:103/hjres9", "https://www.congress.gov/bill/103rd-congress/house-joint-resolution/9"),
        ("fr:88/75191", "https://www.federalregister.gov/citation/88-FR-75191"),
        ("publ:117-58", "https://www.govinfo.gov/link/plaw/117/public/58"),
        ("case:410/U.S./113", "https://www.courtlistener.com/c/U.S./410/113/"),
        ("case:12/F. Supp. 2d/34", "https://www.courtlistener.com/c/F.%20Supp.%202d/12/34/"),
        ("statute:1/2", None),
    ],
)
def test_where_an_identifier_resolves(key: str, address: str | None) -> None:
    assert guessed_address(key) == address
    assert address is None or isinstance(split_address(address), Address)


def test_every_line_of_the_table_says_who_says_so() -> None:
    assert all(line.source and line.value.groupindex and "{" in line.address for line in address_templates())


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


@pytest.mark.parametrize(("key", "decision"), [("case:410/U.S./113", True), ("usc:42/1983", False), ("cases", False)])
def test_a_decision_of_a_court_is_told_from_other_works(key: str, decision: bool) -> None:
    assert is_decision(key) is decision
