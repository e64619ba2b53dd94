import pytest

from verifier.model import Citation, Footnote, NoteKind, Signal
from verifier.parser.citations import PlacedUrl, find_identifiers, find_signal, split_citations, tie_references


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One source.", ["One source."]),
        ("A. One; B. Two; and C. Three.", ["A. One", "B. Two", "and C. Three."]),
        ("A, “One; two”, 2020; B.", ["A, “One; two”, 2020", "B."]),
        ("A, ‘The author’s; view’, 2020; B.", ["A, ‘The author’s; view’, 2020", "B."]),
        ("A (2020; rev. 2021); B.", ["A (2020; rev. 2021)", "B."]),
        ('A, "One; two"; B.', ['A, "One; two"', "B."]),
        ("18 U.S.C. § 1030; § 1031; 5 C.F.R. § 3.", ["18 U.S.C. § 1030; § 1031", "5 C.F.R. § 3."]),
        ("https://a.example/x;y and B.", ["https://a.example/x;y and B."]),
        ("", []),
    ],
)
def test_split_citations(text: str, parts: list[str]) -> None:
    assert [citation.text for citation in split_citations(text, [])] == parts


def test_addresses_go_to_the_citation_they_stand_in() -> None:
    text = "One here; two there."
    one, two = split_citations(text, [PlacedUrl(4, "https://one.example/"), PlacedUrl(14, "https://two.example/")])
    assert one.urls == ("https://one.example/",)
    assert two.urls == ("https://two.example/",)


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("See A.", Signal.SEE),
        ("see also A.", Signal.SEE_ALSO),
        ("See, e.g., A.", Signal.E_G),
        ("But see A.", Signal.BUT_SEE),
        ("but cf. A.", Signal.CF),
        ("Cf. A.", Signal.CF),
        ("Contra A.", Signal.CONTRA),
        ("Compare A with B.", Signal.COMPARE),
        ("Accord A.", Signal.ACCORD),
        ("and see A.", Signal.SEE),
        ("Seeing is believing.", None),
        ("A. See B.", None),
    ],
)
def test_find_signal(text: str, signal: Signal | None) -> None:
    assert find_signal(text) is signal


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("doi:10.1000/182.", ("doi:10.1000/182",)),
        ("https://doi.org/10.1016/S0140-6736(20)30183-5.", ("doi:10.1016/s0140-6736(20)30183-5",)),
        ("(doi:10.1000/182)", ("doi:10.1000/182",)),
        ("arXiv:2402.04825v2", ("arxiv:2402.04825",)),
        ("https://arxiv.org/abs/hep-th/9901001", ("arxiv:hep-th/9901001",)),
        ("PMID: 31452104", ("pmid:31452104",)),
        ("RFC 2119", ("rfc:2119",)),
        ("16 C.F.R. § 255.2 and 16 CFR Part 255", ("cfr:16/255.2", "cfr:16/255")),
        ("18 U.S.C. § 1030(a)(2)", ("usc:18/1030",)),
        ("Chapter 10.1 of the report", ()),
    ],
)
def test_find_identifiers(text: str, keys: tuple[str, ...]) -> None:
    assert find_identifiers(text) == keys


def note(number: int, text: str) -> Footnote:
    return Footnote(
        id=f"fn-{number}",
        label=str(number),
        kind=NoteKind.FOOTNOTE,
        page=1,
        text=text,
        citations=split_citations(text, []),
    )


def references(*texts: str) -> list[tuple[str | None, ...]]:
    notes = tie_references([note(i, text) for i, text in enumerate(texts, start=1)])
    return [tuple(citation.refers_to for citation in n.citations) for n in notes]


def test_ibid_means_the_note_before() -> None:
    assert references("A. Work.", "Ibid., p. 3.", "Id. at 4.") == [(None,), ("fn-1",), ("fn-2",)]


def test_supra_means_the_note_it_names() -> None:
    assert references("A. Work.", "B. Work.", "A., supra note 1, at 7.", "See note 2 above.") == [
        (None,),
        (None,),
        ("fn-1",),
        ("fn-2",),
    ]


def test_what_is_not_there_is_not_referred_to() -> None:
    assert references("Ibid.", "Supra note 9.", "Table 3, note 1 of the report.") == [(None,), (None,), (None,)]


def test_a_citation_is_frozen_data() -> None:
    assert split_citations("A.", [])[0] == Citation(text="A.")
