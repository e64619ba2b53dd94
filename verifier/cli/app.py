"""Puts the commands together and turns our errors into messages and exit codes."""

import os
import sys
from types import TracebackType
from typing import Annotated

import typer

from verifier._version import __version__
from verifier.cli import (
    archive,
    backup,
    compare,
    consistency,
    demo,
    doctor,
    extract,
    init,
    links,
    migrate_store,
    nightly,
    references,
    report,
    review,
    run,
    worker,
    works,
)
from verifier.cli.output import say
from verifier.errors import DocumentError, SettingsError, StoreBusyError, VerifierError
from verifier.exits import ExitCode

_INTERRUPTED = 130  # 128 + SIGINT, as shells have it; typer turns Ctrl-C into it
_NOBODY_READS = 141  # 128 + SIGPIPE; typer would make it 1, which says new accusations

app = typer.Typer(
    name="verifier",
    help="Checks the footnotes of PDFs and drafts: broken links, and figures that disagree with their sources.",
    epilog="Try it without network or configuration: verifier demo",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        say(f"verifier {__version__}")
        raise typer.Exit


@app.callback()
def common(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Checks the footnotes of PDFs and drafts: broken links, and figures that disagree with their sources."""
    sys.excepthook = _crashed  # here, since typer sets one of its own when it starts


for module in (
    demo,
    init,
    doctor,
    run,
    nightly,
    worker,
    extract,
    links,
    references,
    works,
    consistency,
    compare,
    report,
    review,
    archive,
    backup,
    migrate_store,
):
    module.register(app)


def main() -> None:
    """Run the command line; never shows a traceback for an error of ours."""
    try:
        app()
    except VerifierError as error:
        for line in (str(error), *getattr(error, "__notes__", ())):
            say(f"verifier: {line}", err=True)
        _leave(_exit_code(error))
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):
            _leave(_NOBODY_READS)
        if end.code != _INTERRUPTED:
            raise
        say("verifier: interrupted; start it again and it goes on where it stopped", err=True)
        _leave(_INTERRUPTED)


def _crashed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """A defect of ours: Python's own exit code, 1, would pass for new accusations."""
    sys.__excepthook__(kind, error, trace)
    say("verifier: this is a defect of Verifier; please report it with the lines above", err=True)
    _leave(ExitCode.INCOMPLETE)


def _exit_code(error: VerifierError) -> int:
    if isinstance(error, SettingsError | DocumentError):
        return ExitCode.USAGE
    if isinstance(error, StoreBusyError):
        return ExitCode.ALREADY_RUNNING
    return ExitCode.INCOMPLETE


def _leave(code: int) -> None:
    """End at once: every fetch is committed already, and waiting for those in flight would not be an interrupt."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
