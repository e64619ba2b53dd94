"""`verifier links`: a list of addresses judged."""

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from verifier.cli.options import AllowPrivateOption, ConfigOption, PauseOption
from verifier.cli.output import say
from verifier.errors import SettingsError


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("links", epilog="Example: verifier links addresses.txt --jsonl --data ./checked > judged.jsonl")(
        links_command
    )


def links_command(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE.txt", help="One address a line; - is standard input.", show_default=False),
    ],
    jsonl: Annotated[bool, typer.Option("--jsonl", help="A JSON object a line (docs/schemas/links.json).")] = False,
    allow_private: AllowPrivateOption = False,
    pause: PauseOption = None,
    data: Annotated[
        Path | None,
        typer.Option("--data", metavar="DIR", help="Archive the responses in DIR/archive.", show_default=False),
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Judge addresses: ok, moved, broken, unreachable, blocked or refused, in the order of the list."""
    from verifier.cli.progress import TerminalProgress
    from verifier.engines import check_links
    from verifier.reports.interchange import link_json, one_line
    from verifier.reports.labels import missing_part
    from verifier.resolver import PROXY_WARNING, WarcArchive
    from verifier.settings import load_settings

    addresses = _addresses(file)
    settings = load_settings(config, allow_private=allow_private or None, data=data).with_pause(pause)
    if settings.fetch.proxy:
        say(f"verifier: {PROXY_WARNING}", err=True)
    stage = "addresses"
    with (
        WarcArchive(data / "archive") if data else nullcontext() as archive,
        TerminalProgress() as progress,
    ):
        progress.stage(stage, len(addresses))
        for url, judgement in check_links(addresses, settings, archive):
            if jsonl:
                sys.stdout.write(one_line(link_json(url, judgement)) + "\n")
            else:
                noted = f"  ({missing_part(judgement.missing_fragments)})" if judgement.missing_fragments else ""
                say(f"{judgement.status.value:<12} {judgement.reason.value:<22} {url}{noted}")
            sys.stdout.flush()
            progress.step(stage)


def _addresses(file: Path) -> list[str]:
    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8-sig", errors="surrogateescape")
    except OSError as error:
        raise SettingsError(f"{file}: {error.strerror or error}") from None
    return [line.strip(" \t\r") for line in text.removeprefix("\ufeff").split("\n") if line.strip(" \t\r")]
