"""The demo's paper, citation by citation: every figure is somewhere, and nothing hides behind something else."""

import re

import pytest

from db.store import Store
from tests.support.desks import demo_settings
from verifier.model import PartKind, PartStatus
from verifier.reports.citation_statuses import Level, citation_statuses
from verifier.reports.gather import document_findings


@pytest.fixture
def told(data):
    with Store.open(demo_settings(data).store_url) as store:
        (document,) = store.documents.current()
        extraction = store.documents.newest_extraction(document.pdf_sha256)
        findings = document_findings(store, document.id)
        yield store, document, citation_statuses(store, document, extraction, findings)


def test_the_parts_are_what_was_counted(told):
    store, document, rows = told
    coverage = store.findings.document_coverage([document.id])
    parts = [record.part for row in rows for record in row.parts]
    assert len(parts) == len(store.checked_parts.of(document.id))
    figures = [part for part in parts if part.kind is PartKind.FIGURE]
    of = {status: sum(part.status is status for part in figures) for status in PartStatus}
    assert len(figures) == coverage.figures > 10
    assert of[PartStatus.AGREES] == coverage.figures_supported > 0
    assert of[PartStatus.DISAGREES] == coverage.figures_contradicted > 0
    assert of[PartStatus.NOT_FOUND] == coverage.figures_not_found
    assert of[PartStatus.SOURCE_UNREAD] == coverage.figures_source_unread > 0
    assert of[PartStatus.SOURCE_NOT_GIVEN] == coverage.figures_source_not_given > 0
    assert sum(part.kind is PartKind.QUOTATION for part in parts) == coverage.quotations


def test_every_finding_is_at_a_citation_and_every_note_is_there(told):
    store, document, rows = told
    found = {reported.finding.fingerprint for row in rows for reported in row.findings}
    assert found == {entry.finding.fingerprint for entry in store.findings.list()}
    notes = list(dict.fromkeys(row.cited.number for row in rows if row.cited.number is not None))
    assert notes == sorted(notes)
    assert len(notes) == store.findings.document_coverage([document.id]).footnotes


def test_a_moved_link_does_not_hide_that_figures_agree(told):
    _, _, rows = told
    moved = [row for row in rows if row.link.words == "moved"]
    assert moved
    for row in moved:
        assert row.link.level is Level.DOUBT
    assert any(row.figures.level is Level.GOOD for row in rows)


def test_what_was_not_checked_is_named_with_why(told):
    _, _, rows = told
    unchecked = [one for row in rows for one in row.unchecked]
    figures = [record for row in rows for record in row.parts if not record.part.status.is_checked]
    links = [row for row in rows if row.link.level is Level.NOT_CHECKED]
    works = [one for one in unchecked if one.what.startswith("work ")]
    assert {one.why for one in works} == {"no source that shows it was read"}
    assert len(unchecked) - len(works) == len(figures) + len(links) > 3
    blocked = [one for one in unchecked if "a source could not be read" in one.why]
    assert blocked
    assert all(re.search(r"https?://\S+ \([a-z ]+: ", one.why) for one in blocked), blocked
