"""`verifier extract`: what the parser reads in a PDF."""

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("extract", epilog="Example: verifier extract report.pdf --json > report.json")(extract_command)


def extract_command(
    file: Annotated[Path, typer.Argument(metavar="FILE.pdf", help="The PDF to read.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object (docs/schemas/extract.json).")] = False,
    password: Annotated[str, typer.Option(help="The password of an encrypted PDF.", show_default=False)] = "",
) -> None:
    """Read a PDF's footnotes, the sentences they support, and what they cite."""
    from verifier.parser import extract

    extraction = extract(file, password=password)
    if as_json:
        import json

        from verifier.reports.interchange import extraction_json

        typer.echo(json.dumps(extraction_json(extraction), ensure_ascii=False, indent=1))
        return
    from verifier.reports.extraction import extraction_text

    typer.echo(extraction_text(extraction), nl=False)
