"""The parser on small PDFs of kinds that real documents break: what is drawn apart, numbered again, or put together."""

from pathlib import Path

import pytest

from verifier.model import Extraction, Origin, WarningCode
from verifier.parser import extract
from verifier.pipeline import cite_sources
from verifier.resolver import TemplateResolver

DATA = Path(__file__).parents[1] / "data"


def read(name: str) -> Extraction:
    return extract(DATA / f"{name}.pdf")


def tied(extraction: Extraction) -> list[tuple[str, str, list[str]]]:
    """Label, text and the clauses that every note supports."""
    return [(note.label, note.text, [a.clause.strip() for a in note.anchors]) for note in extraction.footnotes]


def urls(extraction: Extraction) -> list[tuple[str, ...]]:
    return [note.urls for note in extraction.footnotes]


def test_accents_are_composed_with_their_letters() -> None:
    assert tied(read("accents-as-glyphs")) == [("1", "Annual report, p. 4.", ["Die Zahlen wurden für geprüft."])]


def test_an_underscore_that_is_a_rule_belongs_to_its_address() -> None:
    assert urls(read("underscore-drawn-as-rule")) == [("https://example.org/harbour_dues.csv",)]


def test_small_capitals_do_not_part_a_note_from_its_rest() -> None:
    (first, second) = read("small-capitals-in-the-first-line").footnotes
    assert first.text == "MARGARET HOLLOWAY, THE MAKING OF COURTS (2012), at https://example.org/courts."
    assert second.text == "See id. at 44."


def test_numbering_begins_again_within_a_page() -> None:
    assert tied(read("restart-within-a-page")) == [
        ("1", "Wells, p. 1.", ["Wells were counted."]),
        ("2", "Pumps, p. 2.", ["So were pumps."]),
        ("1", "Roads, p. 3.", ["Roads were counted."]),
        ("2", "Bridges, p. 4.", ["Bridges were not."]),
    ]


def test_notes_of_two_chapters_on_a_page_are_tied_by_their_heads() -> None:
    assert tied(read("notes-of-two-chapters-on-a-page")) == [
        ("1", "Wells, first report.", ["Wells were counted."]),
        ("2", "Wells, second report.", ["Wells were measured."]),
        ("1", "Roads, first report.", ["Roads were counted."]),
        ("2", "Roads, second report.", ["Roads were measured."]),
    ]


def test_where_no_head_and_no_round_tells_the_chapter_nothing_is_tied_and_that_is_said() -> None:
    extraction = read("notes-of-chapters-without-heads")
    assert [(label, clauses) for label, _, clauses in tied(extraction)] == [("1", []), ("2", []), ("1", []), ("2", [])]
    assert {warning.code for warning in extraction.warnings} == {WarningCode.NOTE_WITHOUT_MARKER}


def test_numbered_statements_are_no_notes() -> None:
    assert not read("numbered-statements").footnotes


def test_a_printed_address_is_given_beside_a_link_that_is_its_beginning() -> None:
    extraction = read("link-shorter-than-printed")
    assert urls(extraction) == [
        ("https://example.org/reports/wells", "https://example.org"),
        ("https://example.com.au/roads", "https://example.com/"),
    ]
    assert {warning.code for warning in extraction.warnings} == {WarningCode.LINK_DIFFERS_FROM_TEXT}


def test_a_host_that_the_document_prints_whole_settles_the_hyphen() -> None:
    assert urls(read("layout-hyphen-in-address")) == [
        ("https://www.example.org/wells",),
        ("https://www.example.org/roads",),
    ]


@pytest.mark.parametrize(
    ("number", "url", "origin"),
    [
        (0, "https://example.org/wells/", Origin.GUESSED),
        (1, "https://example.org/get.asp?id=7&page=2", Origin.GUESSED),
        (2, "https://example.org/~walls/list.pdf", Origin.PRINTED),
    ],
)
def test_an_address_over_a_blank_is_a_guess(number: int, url: str, origin: Origin) -> None:
    extraction = read("blanks-in-addresses")
    assert urls(extraction)[number] == (url,)
    (source,) = [cited for cited in cite_sources(extraction, TemplateResolver()) if cited.footnote == number]
    assert [(address.url, address.origin) for address in source.source.addresses] == [(url, origin)]
    joined = [warning for warning in extraction.warnings if warning.code is WarningCode.ADDRESS_JOINED]
    assert len(joined) == 2


def test_keys_need_no_year() -> None:
    assert [note.label for note in read("keys-without-a-year").footnotes] == ["Blo70", "Cli", "MIT"]
