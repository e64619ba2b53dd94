"""`verifier init`: the first settings file."""

from pathlib import Path
from typing import Annotated

import typer

from verifier.cli.output import say


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("init", epilog="Example: verifier init /etc/verifier")(init_command)


def init_command(
    folder: Annotated[
        Path, typer.Argument(metavar="[DIR]", help="Where to write verifier.toml; made where it is missing.")
    ] = Path(),
) -> None:
    """Write a verifier.toml with every setting, explained and commented out; one that is there is never touched."""
    from verifier.admin.settings_file import write_settings_file

    file = write_settings_file(folder)
    named = "" if folder == Path() else f" --config {file}"
    say(
        f"Written: {file}\n"
        "Next:\n"
        "  1. Set in it `data` (where everything is kept), `fetch.contact` (who you are) and the folders to watch.\n"
        f"  2. verifier doctor{named}    says what is still missing\n"
        f"  3. verifier nightly{named}   once by hand; then from cron or systemd (docs/operate.md)"
    )
