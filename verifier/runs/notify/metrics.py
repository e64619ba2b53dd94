"""Metrics for Prometheus' textfile collector, written at the end of a night and renamed into place.

No label holds a document's name or an address: metrics leave the house.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from pathlib import Path

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from verifier._version import __version__
from verifier.errors import NotificationError
from verifier.exits import ExitCode
from verifier.files import SHARED_MODE, write_file
from verifier.model import Coverage, FindingCode, FindingState
from verifier.reports.contents import ReportedFinding, RunReport


def night_metrics(
    report: RunReport, exit_code: ExitCode, healed: Sequence[ReportedFinding], untold: int
) -> CollectorRegistry:
    """All that is measured of a night; `untold` is how many things could not be reported (mail)."""
    ended = report.finished_at
    seconds = (ended - report.started_at).total_seconds() if ended and report.started_at else 0.0
    unseen = [f for f in report.findings if f.state is FindingState.OPEN]
    metrics = failure_metrics(exit_code, ended)
    _gauge(metrics, "verifier_run_duration_seconds", "How long the last run took.", seconds)
    _gauge(metrics, "verifier_untold", "Messages of the last run that did not get through.", untold)
    _by_code(metrics, "verifier_findings_open", "Findings that nobody has decided yet.", unseen)
    new = [f for f in unseen if f.new]
    _by_code(metrics, "verifier_findings_new", "Findings that the last run was the first to see.", new)
    _gauge(metrics, "verifier_findings_healed", "Findings that closed by themselves since the run before.", len(healed))
    for field in fields(Coverage):
        meaning = f"Counted: {field.name.replace('_', ' ')}."
        _gauge(metrics, f"verifier_{field.name}", meaning, getattr(report.coverage, field.name))
    return metrics


def failure_metrics(exit_code: ExitCode, ended: datetime | None) -> CollectorRegistry:
    """What is known when the bot itself failed: that it did, and when. Counts are left out, not given as 0."""
    metrics = CollectorRegistry()
    version = Gauge("verifier_info", "The version that ran.", ["version"], registry=metrics)
    version.labels(__version__).set(1)
    _gauge(metrics, "verifier_run_exit_code", "The exit code of the last run (docs/reference.md).", exit_code.value)
    end = ended.timestamp() if ended else 0.0
    _gauge(metrics, "verifier_run_end_timestamp_seconds", "When the last run ended.", end)
    return metrics


def write_metrics(metrics: CollectorRegistry, file: Path) -> None:
    """Put the metrics where the collector reads, all at once. Raises NotificationError when that cannot be written.

    A draft's name does not end in `.prom`, so the collector never reads one.
    """
    try:
        write_file(file, generate_latest(metrics), SHARED_MODE)
    except OSError as error:
        raise NotificationError(f"no metrics were written: {file}: {error.strerror or error}") from None


def _gauge(metrics: CollectorRegistry, name: str, meaning: str, number: float) -> None:
    Gauge(name, meaning, registry=metrics).set(number)


def _by_code(metrics: CollectorRegistry, name: str, meaning: str, findings: Iterable[ReportedFinding]) -> None:
    """One sample a code, also those with none: a series that comes and goes cannot be watched."""
    counts = Counter(reported.finding.code for reported in findings)
    gauge = Gauge(name, meaning, ["code"], registry=metrics)
    for code in FindingCode:
        gauge.labels(code.value).set(counts[code])
