"""`verifier consistency`: where a document contradicts itself."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from verifier.cli.output import say


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("consistency", epilog="Example: verifier consistency report.pdf --jsonl")(consistency_command)


def consistency_command(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The PDF or draft to hold against itself.", show_default=False)
    ],
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="A JSON object a line (docs/schemas/consistency.json).")
    ] = False,
    password: Annotated[str, typer.Option(help="The password of an encrypted PDF.", show_default=False)] = "",
) -> None:
    """Hold a document's totals, shares, changes, counts, references and dates against what it says elsewhere."""
    from verifier.cli.extract import read_document
    from verifier.model import WarningCode
    from verifier.reports.interchange import inconsistency_json, one_line

    extraction = read_document(file, password)
    for warning in extraction.warnings:
        if warning.code is WarningCode.CONSISTENCY_UNCHECKED:
            say(f"verifier: {file}: {warning.message}", err=True)
    for found in extraction.inconsistencies:
        if jsonl:
            sys.stdout.write(one_line(inconsistency_json(found)) + "\n")
            continue
        say(f"{_where(found.page)}{found.message} ({found.kind.value}, {found.confidence:.2f})")
        for place in found.places:
            say(f"    {_where(place.page)}{place.text}")


def _where(page: int | None) -> str:
    return "" if page is None else f"p. {page}: "
