"""Metrics for Prometheus' textfile collector, written at the end of a night and renamed into place.

The format is Prometheus' text exposition format 0.0.4. No label holds a document's name or an address: metrics leave
the house.
"""

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path

from verifier._version import __version__
from verifier.errors import TellingError
from verifier.exits import ExitCode
from verifier.model import Coverage, FindingCode, FindingState
from verifier.reports.contents import ReportedFinding, RunReport


@dataclass(frozen=True, slots=True)
class Metric:
    """A gauge: its name, what it means, and its samples by their label (an empty name: no label)."""

    name: str
    help: str
    samples: tuple[tuple[str, float], ...]
    label: str = ""

    def lines(self) -> Iterable[str]:
        """The metric in the exposition format."""
        yield f"# HELP {self.name} {self.help}"
        yield f"# TYPE {self.name} gauge"
        for value, number in self.samples:
            yield f'{self.name}{{{self.label}="{value}"}} {number!r}' if self.label else f"{self.name} {number!r}"


def night_metrics(
    report: RunReport, exit_code: ExitCode, healed: Sequence[ReportedFinding], untold: int
) -> tuple[Metric, ...]:
    """All that is measured of a night; `untold` is how many things could not be told (mail)."""
    ended = report.finished_at
    seconds = (ended - report.started_at).total_seconds() if ended and report.started_at else 0.0
    unseen = [f for f in report.findings if f.state is FindingState.OPEN]
    return (
        *_ending(exit_code, ended),
        _one("verifier_run_duration_seconds", "How long the last run took.", seconds),
        _one("verifier_untold", "Messages of the last run that did not get through.", untold),
        _by_code("verifier_findings_open", "Findings that nobody has decided yet.", unseen),
        _by_code(
            "verifier_findings_new", "Findings that the last run was the first to see.", [f for f in unseen if f.new]
        ),
        _one("verifier_findings_healed", "Findings that closed by themselves since the run before.", len(healed)),
        *(
            _one(
                f"verifier_{field.name}",
                f"Counted: {field.name.replace('_', ' ')}.",
                getattr(report.coverage, field.name),
            )
            for field in fields(Coverage)
        ),
    )


def failure_metrics(exit_code: ExitCode, ended: datetime) -> tuple[Metric, ...]:
    """What is known when the bot itself failed: that it did, and when. Counts are left out, not told as 0."""
    return _ending(exit_code, ended)


def _ending(exit_code: ExitCode, ended: datetime | None) -> tuple[Metric, ...]:
    return (
        Metric("verifier_info", "The version that ran.", ((__version__, 1.0),), "version"),
        _one("verifier_run_exit_code", "The exit code of the last run (docs/reference.md).", exit_code.value),
        _one("verifier_run_end_timestamp_seconds", "When the last run ended.", ended.timestamp() if ended else 0.0),
    )


def _one(name: str, meaning: str, number: float) -> Metric:
    return Metric(name, meaning, (("", float(number)),))


def _by_code(name: str, meaning: str, findings: Iterable[ReportedFinding]) -> Metric:
    """One sample a code, also those with none: a series that comes and goes cannot be watched."""
    counts = Counter(reported.finding.code for reported in findings)
    return Metric(name, meaning, tuple((code.value, float(counts[code])) for code in FindingCode), "code")


def write_metrics(metrics: Sequence[Metric], file: Path) -> None:
    """Put the metrics where the collector reads, all at once. Raises TellingError when that cannot be written.

    The draft's name does not end in `.prom`, so that the collector never reads it.
    """
    draft = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        try:
            draft.write_text("".join(f"{line}\n" for metric in metrics for line in metric.lines()), encoding="utf-8")
            draft.replace(file)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise TellingError(f"no metrics were written: {file}: {error.strerror or error}") from None
