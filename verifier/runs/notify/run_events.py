"""What a run leaves in the log once it has ended: one event for each thing that went wrong, and one for its end."""

from collections.abc import Sequence
from dataclasses import asdict

from verifier.exits import ExitCode
from verifier.model import RunState
from verifier.reports.contents import ReportedFinding, RunReport
from verifier.runs.notify.log import Event, log_event


def log_outcome(report: RunReport, exit_code: ExitCode, healed: Sequence[ReportedFinding] = ()) -> None:
    """Log how a run ended: its failed documents with the reasons, what is left, and its counts."""
    for document in report.failed:
        log_event(Event.DOCUMENT_FAILED, run=report.run_id, document=document.document, reason=document.reason)
    if report.state is RunState.NETWORK_DOWN:
        log_event(Event.NETWORK_DOWN, run=report.run_id)
    else:
        for message in report.messages:
            log_event(Event.WORK_LEFT, run=report.run_id, message=message)
    log_event(
        Event.RUN_FINISHED,
        run=report.run_id,
        kind=report.kind,
        state=report.state.value,
        exit_code=exit_code.value,
        new=sum(reported.new for reported in report.findings),
        open_accusations=len(report.open_accusations),
        open_to_dos=len(report.open_to_dos),
        healed=len(healed),
        **asdict(report.coverage),
    )
