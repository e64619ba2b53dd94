"""The one way in which the command line prints text: whatever others wrote, it steers no terminal."""

import typer

from verifier.characters import printable


def say(text: str = "", *, err: bool = False, nl: bool = True) -> None:
    """Print text, cleaned of what steers a terminal (see `verifier.characters`), on standard output or error."""
    typer.echo(printable(text, keep="\n\t"), err=err, nl=nl)
