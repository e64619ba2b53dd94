"""`verifier demo`: the ordinary run on a shipped paper and a small web on loopback."""

from pathlib import Path
from typing import Annotated

import typer

from verifier.cli.output import say


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo", epilog="Example: verifier demo && verifier report --data verifier-demo --format json")(
        demo_command
    )


def demo_command(
    data: Annotated[
        Path, typer.Option("--data", metavar="DIR", help="Where the demo leaves its store and report.")
    ] = Path("verifier-demo"),
) -> None:
    """Show what Verifier does, offline: check a shipped paper against sources served on this machine."""
    from verifier.cli.progress import TerminalProgress
    from verifier.cli.report import ReportFormat, render, write
    from verifier.demo import DemoWeb, demo_paper
    from verifier.objects import ObjectSettings
    from verifier.runs import run
    from verifier.settings import FetchSettings, MementoSettings, Settings

    paper = demo_paper()
    with DemoWeb() as web:
        settings = Settings(
            data=data,
            allow_private=True,
            hosts=web.hosts,
            fetch=FetchSettings(pause=0),
            memento=MementoSettings(archives=()),
            objects=ObjectSettings(url=""),
        )
        with TerminalProgress() as progress:
            outcome = run([paper], settings, observer=progress)
    write(render(ReportFormat.TEXT, outcome.report), None)
    page = data / "report.html"
    write(render(ReportFormat.HTML, outcome.report), page)
    say(
        f"\nThe same as a page: {page}\n"
        f"The store: {data / 'verifier.db'}, the archived sources: {data / 'archive'}\n"
        f"At the editors' desk: verifier review --data {data}\n"
        "Now your own documents: verifier run PATH..."
    )
