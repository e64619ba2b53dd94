import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verifier.model import Author, Citation, Signal, Work, WorkKind
from verifier.parser.citations.split import PlacedUrl, split_citations
from verifier.parser.urls import find_addresses


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One source.", ["One source."]),
        ("A. One; B. Two; and C. Three.", ["A. One", "B. Two", "and C. Three."]),
        ("https://a.example/x;y and B.", ["https://a.example/x;y and B."]),
        ("", []),
        (" ; ", []),
    ],
)
def test_split_citations(text: str, parts: list[str]) -> None:
    assert [citation.text for citation in split_citations(text, [])] == parts


def test_addresses_go_to_the_citation_they_stand_in() -> None:
    text = "One here; Two there."
    one, two = split_citations(text, [PlacedUrl(4, "https://one.example/"), PlacedUrl(14, "https://two.example/")])
    assert one.urls == ("https://one.example/",)
    assert two.urls == ("https://two.example/",)


def test_an_address_behind_the_text_goes_to_the_last_citation() -> None:
    one, two = split_citations("One; Two.", [PlacedUrl(40, "https://two.example/")])
    assert (one.urls, two.urls) == ((), ("https://two.example/",))


def test_a_signal_holds_until_the_next() -> None:
    text = "But see A (2019), at 3; B (2020); see also C (2021); D (2022)."
    assert [citation.signal for citation in split_citations(text, [])] == [
        Signal.BUT_SEE, Signal.BUT_SEE, Signal.SEE_ALSO, Signal.SEE_ALSO,
    ]  # fmt: skip


def test_a_citation_is_frozen_data() -> None:
    assert split_citations("A.", [])[0] == Citation(text="A.")


def test_what_a_citation_tells_is_put_together() -> None:
    (citation,) = split_citations("See Ann Reed, “Tides,” River Review, 3 May 2010, p. 4, doi:10.1000/182.", [])
    assert citation == Citation(
        text="See Ann Reed, “Tides,” River Review, 3 May 2010, p. 4, doi:10.1000/182.",
        signal=Signal.SEE,
        identifiers=("doi:10.1000/182",),
        work=Work("Tides", "River Review", None, (Author("Reed", "Ann"),), "2010-05-03", WorkKind.NEWS, "4"),
        pinpoint="4",
    )
    assert (citation.title, citation.publisher, citation.date) == ("Tides", "River Review", "2010-05-03")


bits = st.sampled_from(
    [*"“”‘’\"'()[]{};.,§ ", "; ", ". ", "See ", "; see also ", ", but see ", "Compare ", " with ", "Ibid. ", "id. at 4",
     "supra note 3", "(n 4)", "https://a.example/x", "doi:10.1000/182", "18 U.S.C. § 1030", "410 U.S. 113", "Reed, A.",
     "(2010)", "Tides", "pp. 3; 4", "et al.", "„", "«", "»", "¶ 3", "\n", "é"]
)  # fmt: skip
notes = st.lists(bits | st.text(string.printable, max_size=6), max_size=40).map("".join)


@settings(deadline=None)
@given(notes)
def test_no_text_is_lost_and_every_address_is_in_one_citation(text: str) -> None:
    urls = [PlacedUrl(found.start, f"{found.url}#{n}") for n, found in enumerate(find_addresses(text))]
    citations = split_citations(text, urls)
    kept = "".join(citation.text for citation in citations)
    assert [c for c in kept if c not in " ;"] == [c for c in text if c not in " ;"]
    assert [url for citation in citations for url in citation.urls] == [url.url for url in urls]


def test_a_hostile_note_is_split_in_good_time() -> None:
    for bit in ("(", "“", "a’s ", "; See ", ". See https://a.example/x", "1 A. 1 ", "‘s’ ", "[(“"):
        assert split_citations(bit * 3000, []) is not None
