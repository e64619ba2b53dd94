"""`verifier nightly`: the watched folders, unattended."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from verifier.cli.options import AllowPrivateOption, ConfigOption, DataOption
from verifier.cli.output import say
from verifier.cli.report import ReportFormat, render, write
from verifier.exits import ExitCode

if TYPE_CHECKING:
    from verifier.settings import Settings


class NightEngine(StrEnum):
    """Who does a night's work."""

    LOCAL = "local"
    QUEUE = "queue"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("nightly", epilog="Crontab: 15 2 * * * verifier nightly --config /etc/verifier/verifier.toml")(
        nightly_command
    )


def nightly_command(
    data: DataOption = None,
    allow_private: AllowPrivateOption = False,
    report_format: Annotated[
        ReportFormat, typer.Option("--format", help="How to print what was found.")
    ] = ReportFormat.DIGEST,
    engine: Annotated[
        NightEngine, typer.Option("--engine", help="Who does the work: this machine, or the workers of a queue.")
    ] = NightEngine.LOCAL,
    no_wait: Annotated[
        bool, typer.Option("--no-wait", help="With --engine queue: plan the night and leave it to the workers.")
    ] = False,
    config: ConfigOption = None,
) -> None:
    """Look after the watched folders once, as cron does: what is new, changed, renamed or gone, and every address due.

    Exits 0 clean, 1 new accusations, 2 usage or configuration, 3 incomplete, 4 already running. A night that was killed
    is taken up by the next.
    """
    from verifier.cli.progress import TerminalProgress
    from verifier.runs import unattended
    from verifier.settings import load_settings

    settings = load_settings(config, data=data, allow_private=allow_private or None)
    if engine is NightEngine.QUEUE:
        _by_queue(settings, report_format, wait=not no_wait)
    with TerminalProgress() as progress:
        outcome, untold = unattended(settings, observer=progress)
    write(render(report_format, outcome.report, outcome.healed), None)
    for sentence in untold:
        say(f"verifier: {sentence}", err=True)
    raise typer.Exit(outcome.exit_code)


def _by_queue(settings: "Settings", report_format: ReportFormat, *, wait: bool) -> NoReturn:
    """Plan a night, and print what its workers found once they have ended it."""
    from verifier.cli.progress import TerminalProgress
    from verifier.runs.queued.night import unattended_by_queue

    with TerminalProgress() as progress:
        outcome = unattended_by_queue(
            settings, wait=wait, observer=progress, say=lambda sentence: say(f"verifier: {sentence}", err=True)
        )
    if outcome is None:
        if wait:
            say("verifier: not waited for any longer; the workers go on with the night", err=True)
            raise typer.Exit(ExitCode.INCOMPLETE)
        raise typer.Exit(ExitCode.CLEAN)
    write(render(report_format, outcome.report, outcome.healed), None)
    raise typer.Exit(outcome.exit_code)
