"""Where a finding's comment goes: the note for a link, the sentence for what it says, the page's edge for the rest."""

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from tests.support.stores import figure_finding, link_finding
from verifier.checker import scan
from verifier.model import Anchor, Evidence, FindingState
from verifier.parser import extract
from verifier.reports.contents import CitationPlace, ReportedFinding
from verifier.reports.markup.comments import comments_on

PDF = Path(__file__).resolve().parents[3] / "data" / "simple-notes.pdf"
BODY = Path(__file__).resolve().parents[3] / "data" / "body-links.pdf"


@pytest.fixture(scope="module")
def reading():
    return extract(PDF)


def on(path, reading, *findings):
    pdf = pypdfium2.PdfDocument(path)
    try:
        return comments_on(pdf, reading, findings)
    finally:
        pdf.close()


def at(finding, *places):
    return ReportedFinding(finding, FindingState.OPEN, places, True)


def place_of(note, sentence=None):
    return CitationPlace("a.pdf", note.label, note.page, sentence or note.anchors[0].sentence, note.id, 1)


def test_a_link_is_told_at_its_note_and_named_at_its_sentence(reading):
    note = reading.footnotes[0]
    first, second = on(PDF, reading, at(link_finding("http://a.example.test/"), place_of(note)))
    assert first.boxes == note.boxes
    assert "http://a.example.test/" in first.text
    assert f"See the comment on page {note.page}." in second.text
    assert {box.page for box in second.boxes} == {note.anchors[0].page}


def test_a_figure_is_told_at_its_sentence_and_named_at_its_note(reading):
    note = reading.footnotes[0]
    finding = replace(figure_finding("a" * 64), footnote_id=note.id, sentence=note.anchors[0].sentence)
    first, second = on(PDF, reading, at(finding, place_of(note)))
    assert "See the comment" not in first.text
    assert second.boxes == note.boxes


@pytest.mark.parametrize("message", ["5 here, 6 there", "5 here; it says “Then it was 6”."])
def test_the_quotation_is_told_once(reading, message):
    note = reading.footnotes[0]
    finding = replace(figure_finding("a" * 64), footnote_id=note.id, sentence=note.text, message=message)
    finding = replace(finding, evidence=Evidence(source_quote="Then it was 6."))
    (only,) = on(PDF, reading, at(finding, place_of(note, note.text)))
    assert only.text.count("Then it was 6") == 1


def test_a_figure_of_the_notes_own_words_is_told_at_the_note_alone(reading):
    note = reading.footnotes[0]
    finding = replace(figure_finding("a" * 64), footnote_id=note.id, sentence=note.text)
    (only,) = on(PDF, reading, at(finding, place_of(note, note.text)))
    assert only.boxes == note.boxes


def test_a_link_that_several_notes_print_is_told_once_and_named_at_each(reading):
    places = [place_of(note) for note in reading.footnotes if note.anchors]
    comments = on(PDF, reading, at(link_finding("http://a.example.test/"), *places))
    assert len({comment.name for comment in comments}) == len(comments) >= 2 * len(places) - 1
    assert ["See the comment" in comment.text for comment in comments].count(False) == 1
    assert f"The same at {len(places) - 1} more place" in comments[0].text


def test_a_link_of_the_running_text_is_told_at_its_sentence():
    reading = extract(BODY)
    link = reading.body_links[0]
    place = CitationPlace("b.pdf", None, link.page, link.sentence, None, 1)
    (only,) = on(BODY, reading, at(link_finding(link.url), place))
    assert only.boxes
    assert only.page == link.page


def test_a_sentence_that_is_not_on_the_page_is_not_highlighted_elsewhere(reading):
    note = reading.footnotes[0]
    anchor = Anchor(note.page, "Nothing like this was ever printed on any page here.", 20)
    odd = replace(note, anchors=(anchor,), boxes=())
    changed = replace(reading, footnotes=(odd, *reading.footnotes[1:]))
    finding = replace(figure_finding("a" * 64), footnote_id=odd.id, sentence=anchor.sentence)
    (only,) = on(PDF, changed, at(finding, place_of(odd)))
    assert (only.boxes, only.page) == ((), note.page)


def test_the_disputed_figure_has_boxes_of_its_own_within_its_sentence(reading):
    note = next(n for n in reading.footnotes for a in n.anchors if scan(a.sentence))
    sentence = note.anchors[0].sentence
    figure = scan(sentence)[0]
    message = f'The text at note {note.label} says {figure.text}; the source says "7" (A source).'
    finding = replace(figure_finding("a" * 64), footnote_id=note.id, sentence=sentence, message=message)
    comment = on(PDF, reading, at(finding, place_of(note)))[0]
    assert comment.figure
    assert sum(box.x1 - box.x0 for box in comment.figure) < sum(box.x1 - box.x0 for box in comment.boxes)
