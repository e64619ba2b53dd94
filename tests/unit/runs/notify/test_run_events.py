"""What stands in the log after a run of each kind."""

import json

import pytest

from verifier.exits import ExitCode
from verifier.model import Coverage, Finding, FindingCode, FindingKind, FindingState, RunState, Severity
from verifier.reports.contents import FailedDocument, ReportedFinding, RunReport
from verifier.runs.notify.log import log_to
from verifier.runs.notify.run_events import log_outcome

NEW = ReportedFinding(
    Finding("ab" * 32, FindingCode.LINK_BROKEN, FindingKind.ACCUSATION, Severity.HIGH, "Gone.", sentence="A sentence."),
    FindingState.OPEN,
    (),
    new=True,
)


@pytest.fixture
def logged(tmp_path):
    file = tmp_path / "verifier.jsonl"

    def logged(report: RunReport, exit_code: ExitCode, *healed: ReportedFinding):
        with log_to(file):
            log_outcome(report, exit_code, healed)
        assert "A sentence" not in file.read_text(encoding="utf-8")
        return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]

    return logged


def report(state: RunState, **more) -> RunReport:
    return RunReport(7, "nightly", state, None, None, Coverage(documents=3, addresses=12), **more)


def test_a_night_is_one_line_with_its_counts(logged):
    (end,) = logged(report(RunState.FINISHED, findings=(NEW,)), ExitCode.NEW_ACCUSATIONS, NEW)
    expected = {"event": "run_finished", "run": 7, "kind": "nightly", "state": "finished", "exit_code": 1}
    expected |= {"new": 1, "open_accusations": 1, "open_to_dos": 0, "healed": 1, "documents": 3, "addresses": 12}
    assert expected.items() <= end.items()


def test_what_went_wrong_has_a_line_each_before_the_end(logged):
    failed = (FailedDocument("a.pdf", "is no PDF"), FailedDocument("b.pdf", "is encrypted"))
    lines = logged(report(RunState.INCOMPLETE, failed=failed, messages=("3 documents left.",)), ExitCode.INCOMPLETE)
    assert [(line["event"], line.get("document") or line.get("message")) for line in lines] == [
        ("document_failed", "a.pdf"),
        ("document_failed", "b.pdf"),
        ("work_left", "3 documents left."),
        ("run_finished", None),
    ]
    assert [line["run"] for line in lines] == [7] * 4
    assert lines[0]["reason"] == "is no PDF"


def test_a_dead_network_is_said_as_that(logged):
    lines = logged(report(RunState.NETWORK_DOWN, messages=("The network seems down.",)), ExitCode.INCOMPLETE)
    assert [line["event"] for line in lines] == ["network_down", "run_finished"]
