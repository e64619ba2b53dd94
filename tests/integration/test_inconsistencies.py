"""A contradiction from the page to the desk: read, stored, marked on both places, healed by a new edition."""

from dataclasses import replace

import pypdfium2
import pytest

from tests.support.stores import day
from verifier import documents
from verifier.checker.consistency import inconsistencies
from verifier.demo import demo_paper
from verifier.engines.reader import DocumentReader
from verifier.model import FindingCode, FindingState, WarningCode
from verifier.reports.contents import CitationPlace, ReportedFinding
from verifier.reports.markup.comments import comments_on
from verifier.reports.markup.note_picture import draw_note


@pytest.fixture(scope="module")
def reading():
    with DocumentReader() as reader:
        read = reader.read(demo_paper())
    assert read.extraction is not None
    return read.extraction


def test_the_reading_process_holds_the_document_against_itself(reading):
    (wrong,) = reading.inconsistencies
    assert (wrong.kind.value, wrong.stated, wrong.computed) == ("total", "153.2", "152.3")
    assert [place.page for place in wrong.places] == [1, 1]


def test_it_is_stored_with_its_reading(store, reading):
    store.documents.save_extraction(reading, [], day(0))
    kept = store.documents.extraction(reading.document.sha256, reading.parser_version, reading.document.path)
    assert kept.inconsistencies == reading.inconsistencies
    assert any('"inconsistency"' in line and "153.2" in line for line in store.dump())


def test_both_places_are_commented_on(reading):
    from verifier.checker import inconsistency_findings

    (finding,) = inconsistency_findings("paper.pdf", reading)
    told = ReportedFinding(
        finding, FindingState.OPEN, (CitationPlace("paper.pdf", None, 1, finding.sentence, None, 1),), True
    )
    pdf = pypdfium2.PdfDocument(demo_paper())
    try:
        first, second = comments_on(pdf, reading, [told])
    finally:
        pdf.close()
    (wrong,) = reading.inconsistencies
    assert (first.boxes, second.boxes) == (wrong.places[0].boxes, wrong.places[1].boxes)
    assert len(second.boxes) == 4


def test_its_marks_are_drawn_on_the_page(reading):
    (wrong,) = reading.inconsistencies
    boxes = [box for place in wrong.places for box in place.boxes]
    assert draw_note(demo_paper(), 1, None, None, boxes).png != draw_note(demo_paper(), 1, None, None).png


def test_the_desk_shows_both_places(browser):
    store = browser.client.application.extensions["verifier"].store
    code = FindingCode.DOCUMENT_INCONSISTENT
    finding = next(f.finding for f in store.findings.list() if f.finding.code is code)
    page = browser.get(f"/findings/{finding.fingerprint}").text
    assert "Total: 153.2" in page
    assert "48.1, 36.9, 25.6, 41.7" in page
    assert "From the rest follows: 152.3." in page
    assert "nothing to compare with" not in page
    picture = browser.get(f"/documents/1/pages/1.png?finding={finding.fingerprint}")
    assert picture.status_code == 200
    assert float(picture.headers["Highlight-Top"]) > 0.3


def test_a_failure_of_ours_costs_no_reading(monkeypatch):
    def fails(contents):
        raise KeyError("ours")

    monkeypatch.setattr(documents, "inconsistencies", fails)
    read = documents.read_document(demo_paper())
    assert len(read.footnotes) > 15
    assert [told.code for told in read.warnings] == [WarningCode.CONSISTENCY_UNCHECKED]


def test_the_same_contents_give_the_same(reading):
    from verifier.parser import read

    _, contents = read(demo_paper())
    assert inconsistencies(contents) == inconsistencies(replace(contents)) == reading.inconsistencies


def test_a_drafts_text_is_held_against_itself_too(tmp_path):
    draft = tmp_path / "draft.md"
    draft.write_text("It was open until 31 June 2021.\n\nIn all, 45 of 120 farms (52%) had a plan.\n", encoding="utf-8")
    found = documents.read_document(draft).inconsistencies
    assert [(one.kind.value, one.page, one.places[0].boxes) for one in found] == [
        ("percentage", None, ()),
        ("date", None, ()),
    ]
