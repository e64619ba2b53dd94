"""`verifier run`: documents in, findings out, everything stored."""

from pathlib import Path
from typing import Annotated

import typer

from verifier.cli.options import AllowPrivateOption, ConfigOption, DataOption, PauseOption
from verifier.cli.report import ReportFormat, render, write


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("run", epilog="Example: verifier run publications/ --data ./verifier-data")(run_command)


def run_command(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH...",
            help="PDFs and drafts (.docx, .odt, .html, .md, .tex, .epub), or folders of them.",
            show_default=False,
        ),
    ],
    data: DataOption = None,
    allow_private: AllowPrivateOption = False,
    pause: PauseOption = None,
    report_format: Annotated[ReportFormat, typer.Option("--format", help="How to print it.")] = ReportFormat.TEXT,
    config: ConfigOption = None,
) -> None:
    """Check documents: read notes, fetch and archive sources, compare figures, store and show what was found.

    Exits 0 clean, 1 new accusations, 2 usage or configuration, 3 incomplete, 4 already running. Interrupted, it goes
    on where it stopped when it is started again; done, it asks again only what is due.
    """
    from verifier.cli.progress import TerminalProgress
    from verifier.runs import run
    from verifier.runs.stopping import stop_on_termination
    from verifier.settings import load_settings

    settings = load_settings(config, data=data, allow_private=allow_private or None).with_pause(pause)
    with stop_on_termination() as stop, TerminalProgress() as progress:
        outcome = run(paths, settings, observer=progress, stop=stop)
    write(render(report_format, outcome.report, outcome.healed), None)
    raise typer.Exit(outcome.exit_code)
