"""`verifier extract`: what the parser reads in a document."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from verifier.cli.output import say
from verifier.errors import SettingsError

if TYPE_CHECKING:
    from verifier.model import Extraction


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "extract",
        epilog="Example: verifier extract report.pdf --json > report.json\n\n"
        "Example: verifier extract report.pdf --show pictures/",
    )(extract_command)


def extract_command(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="The PDF or draft (.docx, .odt, .html, .md, .tex, .epub) to read.", show_default=False
        ),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object (docs/schemas/extract.json).")] = False,
    show: Annotated[
        Path | None,
        typer.Option(
            "--show",
            metavar="DIR",
            help="Also draw every page into DIR, with notes, markers, sentences and links in colours.",
            show_default=False,
        ),
    ] = None,
    password: Annotated[str, typer.Option(help="The password of an encrypted PDF.", show_default=False)] = "",
) -> None:
    """Read a document's footnotes, the sentences they support, and what they cite."""
    extraction = read_document(file, password)
    if show is not None:
        if extraction.document.pages is None:
            raise SettingsError(f"{file}: has no pages to draw; --show is for PDFs")
        _draw(extraction, show, password)
    if as_json:
        from verifier.reports.interchange import extraction_json, json_text

        typer.echo(json_text(extraction_json(extraction), indent=1))
        return
    from verifier.reports.extraction import extraction_text

    say(extraction_text(extraction), nl=False)


def read_document(file: Path, password: str) -> "Extraction":
    """Read in a process with limits of time and memory, as every run does: a hostile PDF ends that process alone."""
    from verifier.engines.reader import DocumentReader
    from verifier.errors import DocumentError

    with DocumentReader() as reader:
        read = reader.read(file, password)
    if read.extraction is None:
        reason = read.failure or "no reason was given"
        raise DocumentError(reason if reason.startswith(str(file)) else f"{file}: {reason}")
    return read.extraction


def _draw(extraction: "Extraction", folder: Path, password: str) -> None:
    from verifier.cli.progress import TerminalProgress
    from verifier.reports.labels import counted
    from verifier.reports.markup.pictures import draw_pages

    pages = extraction.document.pages or 0
    stage = "pages drawn"
    with TerminalProgress() as progress:
        progress.stage(stage, pages)
        for _ in draw_pages(extraction, folder, password=password):
            progress.step(stage)
    say(f"{counted(pages, 'page')} drawn in {folder}", err=True)
