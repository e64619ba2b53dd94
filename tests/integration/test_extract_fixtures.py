"""The parser on the small PDFs of tests/data, each named after its hard case."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from verifier.errors import DocumentError
from verifier.model import Extraction, NoteKind, Signal, WarningCode
from verifier.parser import PARSER_VERSION, extract

DATA = Path(__file__).parents[1] / "data"


def read(name: str) -> Extraction:
    return extract(DATA / f"{name}.pdf")


def notes(extraction: Extraction) -> list[tuple[str, str]]:
    return [(note.label, note.text) for note in extraction.footnotes]


def anchors(extraction: Extraction) -> list[tuple[str, str, str]]:
    """Label, sentence and clause of every anchor."""
    return [(note.label, a.sentence, a.clause) for note in extraction.footnotes for a in note.anchors]


def test_simple_notes() -> None:
    extraction = read("simple-notes")
    assert notes(extraction) == [
        ("1", "Annual report 2021, p. 4, https://example.org/reports/2021.pdf."),
        ("2", "Annual report 2022, p. 6."),
        ("3", "See the minutes (https://example.org/minutes_(2020))."),
    ]
    assert [note.urls for note in extraction.footnotes] == [
        ("https://example.org/reports/2021.pdf",),
        (),
        ("https://example.org/minutes_(2020)",),
    ]
    assert anchors(extraction) == [
        ("1", "Sales rose to 4,200 units in 2021.", "Sales rose to 4,200 units in 2021."),
        ("2", "They fell by 3% a year later, and nobody said why.", "They fell by 3% a year later,"),
        (
            "3",
            "The staff of the office grew from 12 to 31 people.",
            "The staff of the office grew from 12 to 31 people.",
        ),
    ]
    assert [note.id for note in extraction.footnotes] == ["fn-1", "fn-2", "fn-3"]
    assert {note.kind for note in extraction.footnotes} == {NoteKind.FOOTNOTE}
    assert not extraction.warnings


def test_the_document_is_described() -> None:
    document = read("simple-notes").document
    assert document.pages == 1
    assert document.title == "A simple report"
    assert len(document.sha256) == 64
    assert document.created == datetime(2000, 1, 1, tzinfo=UTC)
    assert document.path == str(DATA / "simple-notes.pdf")
    assert read("simple-notes").parser_version == PARSER_VERSION


def test_boxes_lie_on_the_words() -> None:
    note = read("simple-notes").footnotes[0]
    (box,) = note.boxes
    assert box.page == 1
    assert 50 <= box.x0 < box.x1 <= 372
    assert 80 <= box.y0 < box.y1 <= 115
    (marker,) = note.anchors[0].boxes
    (sentence,) = note.anchors[0].sentence_boxes
    assert sentence.x0 == pytest.approx(50, abs=1)
    assert sentence.x1 == pytest.approx(marker.x0, abs=1)
    assert sentence.y0 < marker.y0 < sentence.y1
    assert 545 < marker.y1 < 565
    assert marker.x1 - marker.x0 < 6


def test_powers_beside_labels() -> None:
    extraction = read("powers-beside-labels")
    assert [note.label for note in extraction.footnotes] == [str(n) for n in range(1, 27)]
    model = "A model trained with 10^24 operations is exempt, and CO2 from 1,200 m² is not counted."
    assert anchors(extraction)[-3:] == [
        (
            "24",
            "The threshold of 10^25 operations was raised to 10^26 operations in the 21st century.",
            "The threshold of 10^25 operations was raised to 10^26 operations in the 21st century.",
        ),
        ("25", model, "A model trained with 10^24 operations is exempt,"),
        ("26", model, " and CO2 from 1,200 m² is not counted."),
    ]
    assert notes(extraction)[24] == ("25", "Below 10^25 in the old text.")


def test_address_broken_over_lines() -> None:
    assert [note.urls for note in read("address-broken-over-lines").footnotes] == [
        ("https://www.example.gov/national-strategy-for-the-publication-of-figures/final-version.pdf",),
        ("https://records.example.org/bridges/upkeep/harbour-crossing/ledger.html",),
        ("https://data.example.org/series?name=employment&year=2020&unit=persons",),
    ]


def test_hidden_links() -> None:
    one, two = read("hidden-links").footnotes
    assert one.text == "Available here and here, with data in the second annex."
    assert one.urls == (
        "https://papers.example.org/a",
        "https://papers.example.org/b",
        "https://papers.example.org/data",
    )
    assert two.urls == ("https://papers.example.org/c", "https://other.example.net/elsewhere")


def test_note_over_two_pages() -> None:
    one, two = read("note-over-two-pages").footnotes
    assert one.text.endswith("and nobody has read it. See https://example.org/inquiry/second.")
    assert {box.page for box in one.boxes} == {1, 2}
    assert one.urls == ("https://example.org/inquiry/second",)
    assert (two.label, two.page, two.text) == ("2", 2, "The same.")


def test_restart_on_every_page() -> None:
    extraction = read("restart-on-every-page")
    assert [(note.label, note.page) for note in extraction.footnotes] == [
        (label, page) for page in (1, 2, 3) for label in ("1", "2")
    ]
    assert [sentence for _, sentence, _ in anchors(extraction)] == [
        f"{word} claim of page {page}." for page in (1, 2, 3) for word in ("First", "Second")
    ]


def test_symbol_labels() -> None:
    extraction = read("symbol-labels")
    assert [note.label for note in extraction.footnotes] == ["*", "†", "‡", "§", "*", "†"]
    assert [sentence for _, sentence, _ in anchors(extraction)] == [
        "One claim.",
        "Another claim.",
        "A third claim.",
        "A fourth claim.",
        "A claim on the second page.",
        "And one more.",
    ]


def test_two_columns() -> None:
    extraction = read("two-columns")
    assert notes(extraction) == [("1", "Source on the left."), ("2", "Source on the right.")]
    assert anchors(extraction)[1][1] == "A sentence that begins on the left goes on at the right, up to its marker."


def test_endnotes_after_list() -> None:
    extraction = read("endnotes-after-list")
    assert [(n.label, n.kind, n.page) for n in extraction.footnotes] == [
        (str(i), NoteKind.ENDNOTE, 2) for i in (1, 2, 3, 4)
    ]
    assert [a.page for n in extraction.footnotes for a in n.anchors] == [1, 1, 1, 1]


def test_linked_numbers_make_no_notes() -> None:
    assert notes(read("linked-numbers")) == []


def test_linked_numbers_in_brackets_are_markers() -> None:
    extraction = read("linked-brackets")
    assert [n.label for n in extraction.footnotes] == ["1", "2", "3"]
    assert [a.page for n in extraction.footnotes for a in n.anchors] == [1, 1, 1]


def test_notes_as_large_as_body() -> None:
    assert notes(read("notes-as-large-as-body")) == [
        ("1", "A source in large type."),
        ("2", "Another source in large type."),
    ]


def test_tagged_notes() -> None:
    extraction = read("tagged-notes")
    ledger = (
        "Ledger of the council, under the heading of repairs, where the sums are set out by trade and by"
        " 1847 prices were asked for, see https://example.org/ledger/roof for the page."
    )
    assert notes(extraction) == [
        ("1", "Logbook of the tower, sheet 40, kept in the vault of the mayor's house since the year"),
        ("2", "Letter to the council, in the keeper's own hand."),
        ("3", ledger),
        ("4", "Deed of lease, https://example.org/deeds/17."),
    ]
    assert [sentence for _, sentence, _ in anchors(extraction)] == [
        "The tower lost its roof in the storm.",
        "The keeper wrote that nobody was hurt.",
        "The cheapest took 18 weeks.",
        "In the end the tower was let to a baker.",
    ]
    assert {note.kind for note in extraction.footnotes} == {NoteKind.FOOTNOTE}
    assert not extraction.warnings


def test_labels_before_figures() -> None:
    extraction = read("labels-before-figures")
    assert notes(extraction) == [
        ("1", "2019 budget, table 3."),
        ("2", "2020 budget, table 3, and the reply of 4 June 2020 to the committee."),
        ("3", "18 U.S.C. § 1030(a)(2); 44 U.S.C. § 3502."),
    ]
    assert anchors(extraction)[1][2] == " the agency spent $4.3 million; in 2020"


def test_body_links() -> None:
    extraction = read("body-links")
    assert not extraction.footnotes
    assert [(link.url, link.text, link.sentence) for link in extraction.body_links] == [
        ("https://example.org/tables", "its tables", "The office publishes its tables every year."),
        ("https://example.org/others", "https://example.org/others", "Others are at https://example.org/others."),
    ]


def test_running_heads_stay_out_of_sentences() -> None:
    assert [sentence for _, sentence, _ in anchors(read("running-heads-and-feet"))] == [
        "A sentence that begins on page 1 of the review goes on here.",
        "A sentence that begins on page 2 of the review goes on here.",
    ]


def test_line_numbers_are_no_notes() -> None:
    assert not read("line-numbers").footnotes


def test_several_works_in_a_note() -> None:
    one, two, three, four = read("several-works-in-a-note").footnotes
    assert [(c.signal, c.urls, c.identifiers) for c in one.citations] == [
        (Signal.SEE, ("https://one.example.com/a",), ()),
        (Signal.BUT_SEE, (), ("doi:10.1000/182",)),
        (Signal.CF, (), ("arxiv:2402.04825",)),
    ]
    assert two.citations[0].refers_to == one.id
    assert [c.identifiers for c in three.citations] == [("usc:18/1030",), ("cfr:5/1320.3",)]
    assert four.citations[0].refers_to == one.id


def test_white_text_is_not_read_but_on_a_dark_panel() -> None:
    extraction = read("white-slug")
    assert notes(extraction) == [("1", "The first source."), ("2", "The second source.")]
    assert [sentence for _, sentence, _ in anchors(extraction)] == ["A claim of the office.", "A second claim."]
    assert [link.text for link in extraction.body_links] == ["heading"]


def test_small_line_within_a_sentence() -> None:
    assert [sentence for _, sentence, _ in anchors(read("small-line-within-a-sentence"))] == [
        "The first tables of this kind were drawn by hand in the years before the revolution, and nobody kept them."
    ]


def test_no_text_layer_is_said() -> None:
    extraction = read("no-text-layer")
    assert not extraction.footnotes
    assert [(w.page, w.code) for w in extraction.warnings] == [(1, WarningCode.NO_TEXT_LAYER)]


def test_encrypted_with_its_password() -> None:
    extraction = extract(DATA / "encrypted.pdf", password="tables")
    assert notes(extraction) == [("1", "A secret source.")]
    assert extraction.footnotes[0].urls == ("https://example.org/secret",)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("encrypted", "is encrypted"),
        ("truncated", "is damaged"),
        ("zero-bytes", "is empty"),
        ("not-a-pdf", "is not a PDF"),
        ("missing", "cannot be read"),
    ],
)
def test_what_cannot_be_read_is_a_document_error(name: str, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        read(name)
