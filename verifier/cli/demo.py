"""`verifier demo`: the ordinary run on a shipped paper and a small web on loopback."""

from pathlib import Path
from typing import Annotated

import typer

from verifier.cli.output import say

_MARK = "demo"
"""The file by which a data folder is known to be a demo's."""


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
    """Show what Verifier does, offline: check a shipped paper against sources served on this machine.

    Nothing of an installation is read or written: neither verifier.toml nor the environment counts.
    """
    from verifier.cli.progress import TerminalProgress
    from verifier.cli.report import ReportFormat, render, write
    from verifier.demo import DemoWeb, demo_paper
    from verifier.runs import run
    from verifier.settings import FetchSettings, GivenSettings, MementoSettings

    _claim(data)
    paper = demo_paper()
    with DemoWeb() as web:
        settings = GivenSettings(
            data=data,
            allow_private=True,
            hosts=web.hosts,
            fetch=FetchSettings(pause=0),
            memento=MementoSettings(archives=()),
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
    _warn_of_an_installation()


def _claim(data: Path) -> None:
    """Mark a folder as a demo's. Raises SettingsError where it holds a store that is none."""
    from db.private import private_folder
    from verifier.errors import SettingsError

    mark = data / _MARK
    if (data / "verifier.db").exists() and not mark.exists():
        raise SettingsError(f"{data}: holds a store that no demo made; name an empty folder with --data")
    try:
        private_folder(data)
        mark.touch()
    except OSError as error:
        raise SettingsError(
            f"{data}: cannot be written: {error.strerror or error}; name a folder with --data"
        ) from None


def _warn_of_an_installation() -> None:
    """Say that the commands named above would look elsewhere, where the settings here name another store."""
    from verifier.errors import SettingsError
    from verifier.settings import load_settings

    try:
        settings = load_settings()
    except SettingsError:  # they are not the demo's; whoever calls another command is told then
        return
    if settings.store or settings.objects.url:
        say("Settings of this machine name another store or archive: `review` and `report` would show those.", err=True)
