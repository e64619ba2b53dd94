"""Every citation has a row that says what became of it, and every finding is in one."""

from dataclasses import replace

import pytest

from db.store import Store
from tests.support.stores import checked, day, extraction, figure_finding, link_finding, note, publish
from verifier.model import (
    Citation,
    Coverage,
    Decision,
    Finding,
    FindingCode,
    FindingKind,
    LinkReason,
    LinkStatus,
    Severity,
    SnapshotRef,
)
from verifier.reports.gather import gather
from verifier.reports.sheets.cite_check import NOT_CHECKED, cite_checks

A, B, C, D = (f"http://{name}.example.test/x" for name in "abcd")


@pytest.fixture
def store(tmp_path):
    with Store.open(f"sqlite:///{tmp_path / 'verifier.db'}") as opened:
        yield opened


def rows_of(store, **chosen):
    documents = store.documents.current()
    report = gather(store)
    return report, list(cite_checks(store, report, chosen.get("documents", documents)))


@pytest.fixture
def told(store):
    """A document with a clean note, a wrong one, a blocked one, one without a source and one never asked."""
    silent = replace(note(4, []), text="As we were told.", citations=())
    points = replace(note(6, []), text="Ibid.", citations=(Citation("Ibid.", refers_to="fn-1"),))
    document = publish(store, "a.pdf", "sha a", note(1, [A]), note(2, [B]), note(3, [C]), silent, note(5, [D]), points)
    run = store.runs.begin("run", ["a.pdf"], day(0))
    store.links.record_check(run.id, checked(A, body="It is 5."), None)
    store.links.record_check(run.id, checked(B, body="It is 6."), None)
    blocked = checked(C, LinkStatus.BLOCKED, LinkReason.BOT_WALL)
    store.links.record_check(run.id, blocked, None)
    wrong = replace(figure_finding("wrong"), footnote_id="fn-2", footnote_label="2", url=B)
    gap = Finding(
        "gap", FindingCode.NOTE_UNPARSED, FindingKind.TO_DO, Severity.LOW, "Notes 7 to 9 are missing.", page=3
    )
    store.findings.save_document_result(document.id, run.id, "key", [], [wrong, gap], Coverage(), day(0))
    store.findings.save_link_findings(run.id, [link_finding(B)], [], day(0))
    store.findings.add_review("wrong", Decision.DISMISS, "Ana", "another year", "token", day(1))
    return store


def test_each_citation_says_what_became_of_it(told):
    _, rows = rows_of(told)
    assert [(row.note, row.source, row.status, row.reason) for row in rows] == [
        ("1", A, "link answers", "No figure was compared with this source."),
        (
            "2",
            B,
            "Figure disagrees with its source; Link looks broken (not yet confirmed)",
            f"5 here, 6 there link_unconfirmed: {B}",
        ),
        ("3", C, NOT_CHECKED, "The source may not be read by a program: bot wall."),
        ("4", "", NOT_CHECKED, "No address or identifier is given."),
        ("5", D, NOT_CHECKED, "The source was not asked yet."),
        ("6", "", NOT_CHECKED, "It refers to note 1; see there."),
        ("", "", "Note that could not be read", "Notes 7 to 9 are missing."),
    ]
    assert rows[1].snapshot == SnapshotRef("a.warc.gz", 1234)
    assert rows[0].read_at == day(0)


def test_a_row_names_who_decided_and_when(told):
    row = rows_of(told)[1][1]
    assert (row.reviewer, row.review, row.reviewed_at) == ("Ana", "dismissed (another year)", day(1))


def test_every_finding_is_in_a_row(told):
    report, rows = rows_of(told)
    assert len(report.findings) == 3
    for reported in report.findings:
        assert any(reported.finding.message in row.reason for row in rows)


def test_findings_of_another_document_are_not_told(told):
    other = publish(told, "b.pdf", "sha b", note(1, [A], "Something else."))
    rows = rows_of(told, documents=told.documents.current([other.id]))[1]
    assert [(row.document, row.status) for row in rows] == [("b.pdf", "link answers")]


def test_a_document_that_was_not_read_has_a_row_that_says_so(store):
    store.documents.record_edition("papers", "c.pdf", "sha c", day(0))
    store.documents.save_failure("sha c", "parser 1", "it is encrypted", day(0))
    (row,) = rows_of(store)[1]
    assert (row.document, row.status, row.reason) == (
        "c.pdf",
        NOT_CHECKED,
        "The document was not read: it is encrypted",
    )


def test_a_document_without_notes_has_no_rows(store):
    store.documents.record_edition("papers", "d.pdf", "sha d", day(0))
    store.documents.save_extraction(extraction("sha d"), [], day(0))
    assert rows_of(store)[1] == []
