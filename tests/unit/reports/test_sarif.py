"""Findings as SARIF 2.1.0: what code hosts ask of a result."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit.reports.test_reports import EMPTY, FULL
from verifier.model import Evidence, Finding, FindingCode, FindingKind, FindingState, Severity
from verifier.reports.contents import CitationPlace, ReportedFinding
from verifier.reports.sarif import sarif_json

PRINT = "ab" * 32


PLACE = CitationPlace("papers/tolls.md", "9", 3, "The tolls rose.", document_id=1)


def reported(
    code=FindingCode.FIGURE_DISAGREES, kind=FindingKind.ACCUSATION, state=FindingState.OPEN, places=(PLACE,), **more
) -> ReportedFinding:
    return ReportedFinding(Finding(PRINT, code, kind, Severity.HIGH, "12 is not 21.", **more), state, places, new=True)


def results(tmp_path: Path, *findings: ReportedFinding) -> list[dict]:
    log = json.loads(sarif_json(replace(EMPTY, findings=findings), {1: tmp_path / "git"}, tmp_path / "git"))
    return log["runs"][0]["results"]


def test_an_accusation_is_an_error_at_the_line_of_its_sentence(tmp_path):
    draft = tmp_path / "git/papers/tolls.md"
    draft.parent.mkdir(parents=True)
    draft.write_text("# Tolls\n\nThe *tolls* rose.[^9]\n", encoding="utf-8")
    (result,) = results(tmp_path, reported(url="http://a.test/", evidence=Evidence("They rose by 21.", "21")))
    assert (result["ruleId"], result["level"]) == ("figure_disagrees", "error")
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "papers/tolls.md"
    assert place["region"] == {"startLine": 3, "snippet": {"text": "The tolls rose."}}
    said = "Note 9, page 3: 12 is not 21.\nSource: http://a.test/\nThe source says: “They rose by 21.”"
    assert result["message"]["text"] == said
    prints = {"verifierFingerprint/v1": PRINT, "primaryLocationLineHash": "abababababababab:1"}
    assert result["partialFingerprints"] == prints


@pytest.mark.parametrize("state", [state for state in FindingState if state.is_decided])
def test_what_is_decided_is_suppressed(tmp_path, state):
    (result,) = results(tmp_path, reported(state=state))
    assert result["suppressions"][0]["kind"] == "external"


def test_a_to_do_is_a_note_and_a_document_elsewhere_has_a_whole_address(tmp_path):
    place = CitationPlace("a b.pdf", None, None, None, document_id=2)
    (result,) = results(tmp_path, reported(FindingCode.LINK_MOVED, FindingKind.TO_DO, places=(place, place)))
    assert result["level"] == "note"
    assert len(result["relatedLocations"]) == 1
    log = json.loads(sarif_json(FULL, {}, tmp_path))
    rules = [rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]]
    assert rules == [code.value for code in FindingCode]
    for one in log["runs"][0]["results"]:
        assert rules[one["ruleIndex"]] == one["ruleId"]
        assert one["locations"][0]["physicalLocation"]["region"]["startLine"] >= 1


def test_the_address_of_a_document_outside_the_checkout(tmp_path):
    place = CitationPlace("a b.pdf", None, None, None, document_id=2)
    report = replace(EMPTY, findings=(reported(places=(place,)),))
    log = json.loads(sarif_json(report, {2: Path("/papers")}, tmp_path))
    where = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert where["uri"] == "file:///papers/a%20b.pdf"


RULE = {"id", "name", "shortDescription", "fullDescription", "help", "defaultConfiguration"}
RESULT = {"ruleId", "ruleIndex", "level", "baselineState", "message", "locations", "partialFingerprints"}


def test_a_log_has_what_the_standard_and_code_hosts_require(tmp_path):
    """SARIF 2.1.0, 3.13 to 3.49, and GitHub's "SARIF support for code scanning"."""
    desk = "https://desk.test/findings/" + PRINT
    linked = ReportedFinding(replace(FULL.findings[0].finding), FindingState.OPEN, (PLACE,), new=True, desk_url=desk)
    log = json.loads(sarif_json(replace(FULL, findings=(*FULL.findings, linked)), {}, tmp_path))
    assert set(log) == {"$schema", "version", "runs"}
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert {"name", "semanticVersion", "rules"} <= set(run["tool"]["driver"])
    for rule in run["tool"]["driver"]["rules"]:
        assert set(rule) == RULE
        assert all(rule[part]["text"] for part in ("shortDescription", "fullDescription", "help"))
        assert rule["defaultConfiguration"]["level"] in ("error", "note")
        assert len(rule["name"]) <= 255
    optional = {"relatedLocations", "suppressions", "hostedViewerUri"}
    for result in run["results"]:
        assert RESULT <= set(result) <= RESULT | optional
        assert result["level"] in ("none", "note", "warning", "error")
        assert result["baselineState"] in ("new", "unchanged")
        assert result["message"]["text"]
        for location in (*result["locations"], *result.get("relatedLocations", ())):
            place = location["physicalLocation"]
            assert set(place) == {"artifactLocation", "region"}
            assert place["artifactLocation"]["uri"].isascii()
            assert " " not in place["artifactLocation"]["uri"]
            assert place["region"]["startLine"] >= 1
        assert all(one["kind"] in ("inSource", "external") for one in result.get("suppressions", ()))
    assert run["results"][-1]["hostedViewerUri"] == desk
    assert f"At the desk: {desk}" in run["results"][-1]["message"]["text"]


def test_findings_of_one_pdf_are_told_apart_by_what_github_compares(tmp_path):
    first, second = reported(), reported()
    second = replace(second, finding=replace(second.finding, fingerprint="cd" * 32))
    prints = {one["partialFingerprints"]["primaryLocationLineHash"] for one in results(tmp_path, first, second)}
    assert len(prints) == 2


def test_a_document_makes_up_no_link_in_a_message(tmp_path):
    hostile = reported(evidence=Evidence("See [here](http://evil.test/) \u202eand", "21"))
    (result,) = results(tmp_path, hostile)
    assert "](" not in result["message"]["text"]
    assert "\u202e" not in result["message"]["text"]
