"""`verifier nightly`: the watched folders, unattended."""

from typing import Annotated

import typer

from verifier.cli.options import AllowPrivateOption, ConfigOption, DataOption
from verifier.cli.output import say
from verifier.cli.report import ReportFormat, render, write


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "nightly", epilog="Example (crontab): 15 2 * * *  verifier nightly --config /etc/verifier/verifier.toml"
    )(nightly_command)


def nightly_command(
    data: DataOption = None,
    allow_private: AllowPrivateOption = False,
    report_format: Annotated[
        ReportFormat, typer.Option("--format", help="How to print what was found.")
    ] = ReportFormat.DIGEST,
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
    with TerminalProgress() as progress:
        outcome, untold = unattended(settings, observer=progress)
    write(render(report_format, outcome.report, outcome.healed), None)
    for sentence in untold:
        say(f"verifier: {sentence}", err=True)
    raise typer.Exit(outcome.exit_code)
