"""`verifier compare`: claims held against sources, without a PDF or a network."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from verifier.cli.output import say
from verifier.errors import DocumentError, SettingsError
from verifier.exits import ExitCode

if TYPE_CHECKING:
    from verifier.resolver import ReadPayload


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A readable line of the input."""

    id: Any
    claim: str
    source: str


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "compare",
        epilog='Example: echo \'{"id": 1, "claim": "12 bridges", "source": "It has 14 bridges."}\' '
        "| verifier compare - --jsonl",
    )(compare_command)


def compare_command(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE.jsonl",
            help='Lines of {"id","claim","source"} or {"id","claim","source_path"} (a path beside FILE); - is '
            "standard input.",
            show_default=False,
        ),
    ],
    jsonl: Annotated[bool, typer.Option("--jsonl", help="A JSON object a line (docs/schemas/compare.json).")] = False,
) -> None:
    """Hold the figures of claims against the text of their sources."""
    from verifier.engines import SourceReaders

    unreadable = 0
    with SourceReaders(processes=1) as read:
        for number, line in enumerate(_lines(file), 1):
            try:
                claim = _read(line, file.parent, read)
            except (SettingsError, DocumentError) as error:
                say(f"verifier: {file}, line {number}: {error}", err=True)
                unreadable += 1
                continue
            _answer(claim, jsonl=jsonl)
    if unreadable:
        raise typer.Exit(ExitCode.USAGE)


def _answer(claim: ClaimLine, *, jsonl: bool) -> None:
    from verifier.checker import claim_not_checked, compare, figure_code, reads
    from verifier.reports.interchange import claim_json, one_line
    from verifier.resolver import language_of

    language = language_of(claim.source)
    if language is None or reads(language):
        result = compare(claim.claim, claim.source)
        code = figure_code(result)
    else:
        result, code = claim_not_checked(claim.claim, language), None
    if jsonl:
        sys.stdout.write(one_line(claim_json(claim.id, result, code)) + "\n")
        return
    say(f"{claim.id}: {result.verdict.value} ({result.confidence:.2f})")
    for figure in result.figures:
        say(f"    {figure.figure.text}: {figure.verdict.value}. {figure.reason}")


def _lines(file: Path) -> Iterator[str]:
    if str(file) == "-":
        yield from (line for line in sys.stdin if line.strip())
        return
    try:
        with file.open(encoding="utf-8") as lines:
            yield from (line for line in lines if line.strip())
    except OSError as error:
        raise SettingsError(f"{file}: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        raise SettingsError(f"{file} is not UTF-8 text (byte {error.start}); convert it first") from None


def _read(line: str, folder: Path, read: "ReadPayload") -> ClaimLine:
    try:
        value = json.loads(line)
    except ValueError as error:
        raise SettingsError(f"not JSON: {error}") from None
    if not isinstance(value, dict) or "id" not in value or not isinstance(value.get("claim"), str):
        raise SettingsError('needs an object with "id", "claim" and "source" or "source_path"')
    if isinstance(value.get("source"), str):
        return ClaimLine(value["id"], value["claim"], value["source"])
    if isinstance(value.get("source_path"), str):
        from verifier.resolver import text_of_file

        return ClaimLine(value["id"], value["claim"], text_of_file(folder / value["source_path"], read))
    raise SettingsError('has neither "source" nor "source_path" as a string')
