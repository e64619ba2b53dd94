"""The textfile, read back by Prometheus' own parser; documented name by name, and never half there."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from verifier.errors import NotificationError
from verifier.exits import ExitCode
from verifier.model import Coverage, Finding, FindingCode, FindingKind, FindingState, RunState, Severity
from verifier.reports.contents import CitationPlace, ReportedFinding, RunReport
from verifier.runs.notify.metrics import failure_metrics, night_metrics, write_metrics

REFERENCE = (Path(__file__).resolve().parents[4] / "docs" / "reference.md").read_text(encoding="utf-8")
END = datetime(2026, 11, 2, 3, 30, tzinfo=UTC)


def found(code: FindingCode, state=FindingState.OPEN, new=True) -> ReportedFinding:
    finding = Finding("ab" * 32, code, FindingKind.TO_DO, Severity.LOW, "Draft.", url="http://leak.example.test/")
    return ReportedFinding(finding, state, (CitationPlace("secret.pdf", "1", 1, "Draft."),), new)


NIGHT = night_metrics(
    RunReport(
        7,
        "nightly",
        RunState.INCOMPLETE,
        END - timedelta(minutes=5),
        END,
        Coverage(*range(101, 101 + len(fields(Coverage)))),
        (
            found(FindingCode.LINK_BROKEN),
            found(FindingCode.LINK_BROKEN, new=False),
            found(FindingCode.LINK_MOVED, FindingState.DISMISSED),
        ),
    ),
    ExitCode.INCOMPLETE,
    [found(FindingCode.LINK_BLOCKED, FindingState.CLOSED)] * 3,
    untold=1,
)


def read(file: Path) -> dict[tuple[str, str], float]:
    text = file.read_text(encoding="utf-8")
    samples = [s for family in text_string_to_metric_families(text) for s in family.samples]
    values = {(s.name, ",".join(s.labels.values())): s.value for s in samples}
    assert len(values) == len(samples)
    return values


@pytest.fixture
def file(tmp_path):
    return tmp_path / "verifier.prom"


def test_prometheus_reads_what_the_night_came_to(file):
    write_metrics(NIGHT, file)
    values = read(file)
    assert values[("verifier_run_exit_code", "")] == 3
    assert values[("verifier_run_end_timestamp_seconds", "")] == END.timestamp()
    assert values[("verifier_run_duration_seconds", "")] == 300
    assert values[("verifier_untold", "")] == 1
    assert values[("verifier_findings_open", "link_broken")] == 2
    assert values[("verifier_findings_new", "link_broken")] == 1
    assert values[("verifier_findings_open", "link_moved")] == 0
    assert values[("verifier_findings_healed", "")] == 3
    assert [values[(f"verifier_{field.name}", "")] for field in fields(Coverage)] == list(
        range(101, 101 + len(fields(Coverage)))
    )
    assert {label for name, label in values if name == "verifier_findings_open"} == {c.value for c in FindingCode}


def test_every_metric_has_a_help_a_type_and_a_row_in_the_reference(file):
    write_metrics(NIGHT, file)
    for family in text_string_to_metric_families(file.read_text(encoding="utf-8")):
        assert family.type == "gauge", family.name
        assert family.documentation, family.name
        row = [line for line in REFERENCE.splitlines() if line.startswith(f"| `{family.name}")]
        assert row, f"{family.name} is not in docs/reference.md"


def test_no_document_and_no_address_is_named(file):
    write_metrics(NIGHT, file)
    text = file.read_text(encoding="utf-8")
    assert not [word for word in ("secret", "leak", "Draft") if word in text]


def test_a_failure_replaces_the_counts_by_what_is_known(file):
    write_metrics(NIGHT, file)
    write_metrics(failure_metrics(ExitCode.INCOMPLETE, END + timedelta(days=1)), file)
    values = read(file)
    assert {name for name, _ in values} == {
        "verifier_info",
        "verifier_run_exit_code",
        "verifier_run_end_timestamp_seconds",
    }
    assert values[("verifier_run_end_timestamp_seconds", "")] == END.timestamp() + 86400


def test_what_cannot_be_written_is_told_and_leaves_the_old_file_whole(file, tmp_path):
    write_metrics(NIGHT, file)
    assert [path.name for path in tmp_path.iterdir()] == [file.name]
    with pytest.raises(NotificationError, match=r"no metrics were written: .*absent.*No such file"):
        write_metrics(NIGHT, tmp_path / "absent" / "verifier.prom")
    folder = tmp_path / "folder.prom"
    (folder / "in-the-way").mkdir(parents=True)
    with pytest.raises(NotificationError, match="directory"):
        write_metrics(NIGHT, folder)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder.prom", "verifier.prom"]
    assert read(file)[("verifier_run_exit_code", "")] == 3
