"""Each cited work once, however many notes cite it and whatever each leaves out."""

import pytest

from tests.support import stores
from verifier.model import Author, Citation, Footnote, NoteKind, Work
from verifier.reports.bibliography.entries import entries

WEIGHTS = Work("Weights and measures", authors=(Author("Quist", "Ada"),), publisher="Fjord", date="1999")
NEWER = Work("Weights and measures", date="2004")


def reading(*citations: Citation):
    notes = [
        Footnote(f"fn-{n}", str(n), NoteKind.FOOTNOTE, 1, citation.text, citations=(citation,))
        for n, citation in enumerate(citations, 1)
    ]
    return stores.extraction("sha", *notes)


def cited(work: Work | None, *identifiers: str, urls: tuple[str, ...] = ()) -> Citation:
    return Citation("words", work=work, identifiers=identifiers, urls=urls)


@pytest.mark.parametrize(
    ("citations", "titles", "notes"),
    [
        ([cited(WEIGHTS), cited(WEIGHTS)], ["Weights and measures"], [("1", "2")]),
        ([cited(WEIGHTS), cited(Work("Weights  AND Measures.", date="1999"))], ["Weights and measures"], [("1", "2")]),
        # Another year is another edition, unless an identifier says that it is the same.
        (
            [cited(WEIGHTS), cited(Work("Weights and measures", date="2004"))],
            ["Weights and measures"] * 2,
            [("1",), ("2",)],
        ),
        (
            [cited(WEIGHTS, "doi:10.1/A"), cited(Work("Weights", date="2000"), "doi:10.1/a")],
            ["Weights and measures"],
            [("1", "2")],
        ),
        # Two parts of one page are two works.
        (
            [cited(Work("Bread"), urls=("http://a.test/",)), cited(Work("Milk"), urls=("http://a.test/",))],
            ["Bread", "Milk"],
            [("1",), ("2",)],
        ),
        ([cited(None), cited(Work(None, publisher="Fjord")), cited(Work("Bread"))], ["Bread"], [("3",)]),
        ([], [], []),
    ],
)
def test_a_work_is_listed_once_with_its_notes(citations, titles, notes):
    found = entries([reading(*citations)])
    assert [entry.work.title for entry in found] == titles
    assert [entry.notes for entry in found] == notes


def test_what_the_first_citation_leaves_out_a_later_one_says():
    short = Work("Weights and measures", date="1999")
    (entry,) = entries(
        [reading(cited(short, urls=("http://a.test/",)), cited(WEIGHTS, "isbn:978", urls=("http://b.test/",)))]
    )
    assert entry.work == WEIGHTS
    assert entry.urls == ("http://a.test/", "http://b.test/")
    assert (entry.identifier("isbn"), entry.identifier("doi")) == ("978", None)


def test_the_works_of_several_documents_are_one_list():
    assert len(entries([reading(cited(WEIGHTS)), reading(cited(WEIGHTS), cited(Work("Bread")))])) == 2
