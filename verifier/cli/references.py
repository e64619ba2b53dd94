"""`verifier references`: the works that notes cite."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from verifier.cli.output import say
from verifier.errors import SettingsError
from verifier.exits import ExitCode

if TYPE_CHECKING:
    from verifier.model import Citation


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "references",
        epilog="Example: verifier references notes.jsonl --jsonl > works.jsonl\n\n"
        'A line: {"id": 1, "text": "Quist, Ada. Weights. Oslund: Fjord, 1999."}',
    )(references_command)


def references_command(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help='Lines of {"id","text"}, a note each, or a PDF, whose notes are read; - is standard input.',
            show_default=False,
        ),
    ],
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="A JSON object a line (docs/schemas/references.json).")
    ] = False,
) -> None:
    """Read notes into the works that they cite: title, authors, container, publisher, date, kind."""
    unreadable = 0
    for number, note in enumerate(_notes(file), 1):
        if isinstance(note, SettingsError):
            say(f"verifier: {file}, line {number}: {note}", err=True)
            unreadable += 1
            continue
        _answer(*note, jsonl=jsonl)
    if unreadable:
        raise typer.Exit(ExitCode.USAGE)


def _answer(note_id: Any, citations: "tuple[Citation, ...]", *, jsonl: bool) -> None:
    from verifier.reports.interchange import one_line, references_json

    if jsonl:
        sys.stdout.write(one_line(references_json(note_id, citations)) + "\n")
        return
    works = [citation.work for citation in citations if citation.work]
    say(f"{note_id}: {len(works)} {'work' if len(works) == 1 else 'works'}")
    for work in works:
        authors = "; ".join(map(str, work.authors))
        say("    " + ". ".join(filter(None, (authors, work.title, work.container, work.publisher, work.date))))


def _notes(file: Path) -> "Iterator[tuple[Any, tuple[Citation, ...]] | SettingsError]":
    if file.suffix.lower() == ".pdf":
        from verifier.cli.extract import read_document

        yield from ((note.id, note.citations) for note in read_document(file, "").footnotes)
        return
    from verifier.cli.compare import json_of, lines_of
    from verifier.parser.citations.split import read_citations

    for line in lines_of(file):
        try:
            value = json_of(line)
        except SettingsError as error:
            yield error
            continue
        if not isinstance(value, dict) or "id" not in value or not isinstance(value.get("text"), str):
            yield SettingsError('needs an object with "id" and "text"')
            continue
        yield value["id"], read_citations(value["text"])
