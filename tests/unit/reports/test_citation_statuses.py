"""Each citation has one status each for link, figures, quotations and work, and none hides another."""

from dataclasses import replace

import pytest

from db.records import PartRecord
from db.store import Store
from tests.support.stores import PARSER, checked, cited, day, figure_finding, link_finding, note, publish, source
from verifier.model import (
    CheckedPart,
    Citation,
    Coverage,
    Decision,
    Evidence,
    Finding,
    FindingCode,
    FindingKind,
    LinkReason,
    LinkStatus,
    PartKind,
    PartStatus,
    Severity,
    Work,
)
from verifier.reports.citation_statuses import Level, citation_statuses
from verifier.reports.gather import document_findings

A, B, C, D = (f"http://{name}.example.test/x" for name in "abcd")
FIGURE, QUOTATION = PartKind.FIGURE, PartKind.QUOTATION


def part(status, url=None, fingerprint=None, kind=FIGURE, unread=(), footnote=0, anchor=0, citation=None):
    one = CheckedPart(kind, status, "5", 0, 1, url, Evidence("It is 5.", "5"), fingerprint)
    return PartRecord(footnote, anchor, citation, one, unread)


@pytest.fixture
def store(tmp_path):
    with Store.open(f"sqlite:///{tmp_path / 'verifier.db'}") as opened:
        yield opened


def told(store, parts, findings=(), links=(), notes=None, compared=True):
    document = publish(store, "a.pdf", "sha a", *(notes or [note(1, [A])]))
    run = store.runs.begin("run", ["a.pdf"], day(0))
    for check in links:
        store.links.record_check(run.id, check, None)
    if compared:
        store.findings.save_document_result(document.id, run.id, "key", [], findings, Coverage(), day(0), parts)
    (document,) = store.documents.current()
    extraction = store.documents.newest_extraction(document.pdf_sha256)
    return lambda: citation_statuses(store, document, extraction, document_findings(store, document.id))


def test_a_moved_link_says_nothing_of_the_figures(store):
    moved = checked(A, LinkStatus.MOVED, LinkReason.PERMANENT_REDIRECT, body="It is 5.")
    rows = told(store, [part(PartStatus.AGREES, A), part(PartStatus.AGREES, A)], links=[moved])
    store.findings.save_link_findings(1, [link_finding(A, FindingCode.LINK_MOVED)], [], day(0))
    (row,) = rows()
    assert (row.link.level, row.link.words) == (Level.DOUBT, "moved")
    assert (row.figures.level, row.figures.words) == (Level.GOOD, "2 in the source")
    assert (row.quotations.level, row.work.level) == (Level.NONE, Level.NONE)
    assert [one.finding.code for one in row.findings] == [FindingCode.LINK_MOVED]
    assert row.level is Level.DOUBT
    assert row.unchecked == ()


@pytest.mark.parametrize(
    ("status", "reason", "body", "level", "words"),
    [
        (LinkStatus.OK, LinkReason.SERVED, "text", Level.GOOD, "answers"),
        (LinkStatus.OK, LinkReason.SERVED, None, Level.GOOD, "answers, with nothing that can be read"),
        (LinkStatus.BLOCKED, LinkReason.BOT_WALL, None, Level.NOT_CHECKED, "may not be read: bot wall"),
        (LinkStatus.BROKEN, LinkReason.GONE, None, Level.DOUBT, "looks broken: gone"),
        (LinkStatus.UNREACHABLE, LinkReason.TIMEOUT, None, Level.NOT_CHECKED, "no answer: timeout"),
    ],
)
def test_links(store, status, reason, body, level, words):
    (row,) = told(store, [], links=[checked(A, status, reason, body=body)])()
    assert (row.link.level, row.link.words) == (level, words)
    assert [one.what for one in row.unchecked] == ([f"link {A}"] if level is Level.NOT_CHECKED else [])


def test_what_was_never_asked_or_compared_is_not_checked(store):
    (row,) = told(store, [], compared=False)()
    assert (row.link.level, row.link.words) == (Level.NOT_CHECKED, "not asked yet")
    assert {row.figures.level, row.quotations.level, row.work.level} == {Level.NOT_CHECKED}


def test_a_figure_in_dispute_is_as_its_finding_and_what_people_say_of_it(store):
    wrong = replace(figure_finding("wrong"), url=A)
    rows = told(store, [part(PartStatus.DISAGREES, A, "wrong"), part(PartStatus.AGREES, A)], [wrong])
    (row,) = rows()
    assert row.figures.level is Level.WRONG
    assert row.figures.words == "1 otherwise in the source, 1 in the source"
    store.findings.add_review("wrong", Decision.DISMISS, "Ana", "rounded", "token", day(1))
    (row,) = rows()
    assert (row.figures.level, row.level) == (Level.GOOD, Level.NOT_CHECKED)  # its link was not asked
    assert row.figures.words.startswith("1 otherwise in the source (dismissed)")


def test_what_differs_without_a_finding_is_a_doubt(store):
    (row,) = told(store, [part(PartStatus.DISAGREES, A)])()
    assert (row.figures.level, row.figures.words) == (Level.DOUBT, "1 otherwise in the source (no finding)")


def test_what_could_not_be_checked_is_named_with_its_source(store):
    blocked = checked(B, LinkStatus.BLOCKED, LinkReason.LOGIN_REQUIRED)
    parts = [
        part(PartStatus.SOURCE_UNREAD, unread=(B, C)),
        part(PartStatus.SOURCE_NOT_GIVEN, kind=QUOTATION),
        part(PartStatus.DISOWNED),
    ]
    (row,) = told(store, parts, links=[checked(A, body="text"), blocked])()
    assert [(one.what, one.why) for one in row.unchecked] == [
        ("figure “5”", f"a source could not be read: {B} (may not be read: login required); {C} (not asked yet)"),
        ("quotation “5”", "no source is given"),
        ("figure “5”", "the author does not say that the source says it"),
    ]
    assert row.figures.level is Level.NOT_CHECKED


def test_parts_are_at_the_citation_whose_source_they_rest_on(store):
    two = replace(note(1, [A, B]), citations=(Citation("One.", urls=(A,)), Citation("Two.", urls=(B,))))
    parts = [
        part(PartStatus.AGREES, B),
        part(PartStatus.NOT_FOUND),
        part(PartStatus.AGREES, A, anchor=None, citation=1),
    ]
    rows = told(store, parts, notes=[two])
    store.links.save_sources("sha a", PARSER, [cited(0, source(A), 0), cited(0, source(B), 1)])
    assert [len(row.parts) for row in rows()] == [1, 2]
    assert [row.cited.urls for row in rows()] == [(A,), (B,)]


def test_a_reference_back_says_where_to_look(store):
    back = replace(note(2, []), text="Ibid.", citations=(Citation("Ibid.", refers_to="fn-1"),))
    rows = told(store, [], notes=[note(1, [A]), back])()
    assert rows[1].link.words == "see note 1"
    assert rows[1].level is Level.NONE


def test_a_work_that_nothing_shows_is_not_checked(store):
    described = replace(note(1, [A]), citations=(Citation("A Book.", urls=(A,), work=Work(title="A Book")),))
    row = told(store, [], notes=[described], links=[checked(A, body="text")])()[0]
    assert (row.work.level, row.work.words) == (Level.NOT_CHECKED, "no source that shows it was read")
    assert [(one.what, one.why) for one in row.unchecked] == [("work “A Book”", row.work.words)]
    assert not row.is_checked


def test_what_was_not_compared_yet_is_not_checked_also_where_nothing_is_linked(store):
    publish(store, "a.pdf", "sha a", note(1, []))
    document = next(iter(store.documents.current()))
    extraction = store.documents.newest_extraction("sha a", "a.pdf")
    [row] = citation_statuses(store, document, extraction, [])
    assert (row.level, row.is_checked) == (Level.NOT_CHECKED, False)


@pytest.mark.parametrize("code", [FindingCode.NOTE_UNPARSED, FindingCode.CHECK_FAILED])
def test_a_note_that_was_not_read_is_not_checked_also_where_none_is_there(store, code):
    gap = Finding("gap", code, FindingKind.TO_DO, Severity.LOW, "Notes 7 to 9 are missing.", page=3)
    rows = told(store, [], [gap], links=[checked(A, body="text")])()
    assert [row.is_checked for row in rows] == [True, False]
    assert rows[-1].cited.page == 3
