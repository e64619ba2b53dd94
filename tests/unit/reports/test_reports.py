"""Reports in every format, from one run with everything in it."""

import json
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest

from verifier.model import (
    Coverage,
    Evidence,
    Finding,
    FindingCode,
    FindingKind,
    FindingState,
    Replacement,
    ReplacementKind,
    RunState,
    Severity,
    SnapshotRef,
)
from verifier.reports.contents import CitationPlace, FailedDocument, ReportedFinding, RunReport, coverage_sentences
from verifier.reports.html import HtmlReport
from verifier.reports.interchange import JsonReport
from verifier.reports.terminal import TextReport

SCHEMA = json.loads((Path(__file__).resolve().parents[3] / "docs/schemas/report.json").read_text(encoding="utf-8"))
NIGHT = datetime(2026, 11, 2, 3, 30, tzinfo=UTC)
HOSTILE = '<script>alert("x")</script> & <b>bold</b>'


def finding(code: FindingCode, kind: FindingKind, **more) -> Finding:
    given = {"fingerprint": "ab" * 32, "severity": Severity.HIGH, "message": f"It says {HOSTILE}."} | more
    return Finding(code=code, kind=kind, **given)


ACCUSATION = ReportedFinding(
    finding(
        FindingCode.FIGURE_DISAGREES,
        FindingKind.ACCUSATION,
        evidence=Evidence(
            "It rose by 21 percent in 2025.", "21 percent", SnapshotRef("a.warc.gz", 12), NIGHT, 0.97312, "Ana"
        ),
    ),
    FindingState.OPEN,
    (CitationPlace("tolls.pdf", "9", 3, f"It rose by 12 percent {HOSTILE}."),),
    new=True,
)
TO_DO = ReportedFinding(
    finding(
        FindingCode.LINK_UNCONFIRMED,
        FindingKind.TO_DO,
        severity=Severity.MEDIUM,
        url="http://a.example.test/x",
        replacements=(
            Replacement(ReplacementKind.SAME_WORK, "http://doi.example.test/10.1/b", "doi:10.1/b"),
            Replacement(ReplacementKind.ARCHIVED_COPY, "http://web.example.test/1", captured_at=NIGHT, is_late=True),
        ),
    ),
    FindingState.OPEN,
    (CitationPlace("tolls.pdf", "5", 2, "A."), CitationPlace("ferries.pdf", None, 4, "B.")),
    new=False,
)
DISMISSED = ReportedFinding(
    finding(FindingCode.LINK_BLOCKED, FindingKind.TO_DO, url="http://b.example.test/"),
    FindingState.DISMISSED,
    (CitationPlace("tolls.pdf", "7", 2, None),),
    new=False,
)
FULL = RunReport(
    7,
    "run",
    RunState.INCOMPLETE,
    NIGHT,
    NIGHT,
    Coverage(documents=2, documents_failed=1, figures=31, figures_compared=14),
    (ACCUSATION, TO_DO, DISMISSED),
    (FailedDocument("broken.pdf", f"damaged {HOSTILE}"),),
    ("Something was left.",),
)
EMPTY = RunReport(None, "", RunState.RUNNING, None, None, Coverage())


@pytest.mark.parametrize("report", [FULL, EMPTY], ids=["full", "empty"])
def test_json_is_what_the_schema_says(report):
    jsonschema.validate(json.loads(JsonReport().render(report)), SCHEMA)


def test_json_names_the_first_place_and_lists_the_others():
    first, second, _ = json.loads(JsonReport().render(FULL))["findings"]
    assert (first["footnote"], first["page"], first["kind"], first["evidence"]["confidence"]) == (
        "9",
        3,
        "accusation",
        0.973,
    )
    assert "also_at" not in first
    assert second["also_at"] == [{"document": "ferries.pdf", "footnote": None, "page": 4, "sentence": "B."}]


def test_what_to_cite_instead_and_who_supplied_a_source_are_fields_and_words():
    first, second, _ = json.loads(JsonReport().render(FULL))["findings"]
    assert (first["replacements"], first["evidence"]["supplied_by"]) == ([], "Ana")
    assert second["evidence"]["supplied_by"] is None
    assert second["replacements"] == [
        {
            "kind": "same_work",
            "url": "http://doi.example.test/10.1/b",
            "identifier": "doi:10.1/b",
            "captured_at": None,
            "is_late": False,
        },
        {
            "kind": "archived_copy",
            "url": "http://web.example.test/1",
            "identifier": None,
            "captured_at": "2026-11-02T03:30:00+00:00",
            "is_late": True,
        },
    ]
    said = (
        "An identifier of the same work leads to it: doi:10.1/b, at http://doi.example.test/10.1/b.",
        "An archived copy: http://web.example.test/1 (kept by web.example.test, captured 2026-11-02, after the",
        "ead 2026-11-02 03:30 UTC, supplied by Ana, archived as a.warc.gz:12",
    )
    for written in (HtmlReport().render(FULL), TextReport(200).render(FULL)):
        assert [words for words in said if words not in written] == []


def test_text_leads_with_accusations_and_counts_what_was_checked():
    text = TextReport(80).render(FULL)
    positions = [
        text.index(word) for word in ("1 accusation, 1 to-do", "broken.pdf", "ACCUSATIONS", "TO-DOS", "DECIDED")
    ]
    assert positions == sorted(positions)
    assert "31 seen, 14 compared" in text
    assert "body text, p. 4 of ferries.pdf" in text
    assert max(map(len, text.splitlines())) <= 80


def test_text_of_nothing_says_that_nothing_was_run():
    assert "No run yet" in TextReport().render(EMPTY)


def test_html_escapes_what_documents_and_sources_say_and_asks_nothing_of_the_network():
    page = HtmlReport().render(FULL)
    assert "<script" not in page
    assert "<b>" not in page
    assert page.count("&lt;script&gt;") >= 4
    assert "<mark>21 percent</mark>" in page
    assert "http://a.example.test/x" in page
    for asking in ("src=", "<link", "@import", "url("):
        assert asking not in page


def test_coverage_is_told_in_whole_sentences_with_every_count():
    numbers = Coverage(*range(1, 1 + len(fields(Coverage))))
    text = " ".join(coverage_sentences(numbers))
    missing = [
        n
        for n in range(1, 1 + len(fields(Coverage)))
        if not any(word.strip("(,):;") == str(n) for word in text.split())
    ]
    assert not missing
