"""`verifier compare`: claims held against sources, without a PDF or a network."""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from verifier.cli.output import say
from verifier.errors import DocumentError, SettingsError, is_of_one_unit
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
        epilog="Example: verifier compare claims.jsonl --jsonl > compared.jsonl\n\n"
        'A line: {"id": 1, "claim": "12 bridges", "source": "It has 14 bridges."}',
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

    unreadable = failed = 0
    with SourceReaders(processes=1) as read:
        for number, line in enumerate(lines_of(file), 1):
            try:
                claim = _read(line, file.parent, read)
            except (SettingsError, DocumentError) as error:
                say(f"verifier: {file}, line {number}: {error}", err=True)
                unreadable += 1
                continue
            try:
                answer = _answer(claim, jsonl=jsonl)
            except Exception as error:
                if not is_of_one_unit(error):
                    raise
                say(f"verifier: {file}, line {number}: not compared, since our own check of it failed", err=True)
                failed += 1
                continue
            if jsonl:
                sys.stdout.write(answer.encode("utf-8", "replace").decode("utf-8") + "\n")
            else:
                say(answer)
    if failed:
        raise typer.Exit(ExitCode.INCOMPLETE)
    if unreadable:
        raise typer.Exit(ExitCode.USAGE)


def _answer(claim: ClaimLine, *, jsonl: bool) -> str:
    """What is printed of a claim."""
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
        return one_line(claim_json(claim.id, result, code))
    lines = [f"    {figure.figure.text}: {figure.verdict.value}. {figure.reason}" for figure in result.figures]
    return "\n".join([f"{claim.id}: {result.verdict.value} ({result.confidence:.2f})", *lines])


def json_of(line: str) -> Any:
    """The value of a line. Raises SettingsError where it is no JSON in UTF-8."""
    try:
        line.encode("utf-8")
        return json.loads(line)
    except UnicodeEncodeError:
        raise SettingsError("not UTF-8 text; convert it first") from None
    except (ValueError, RecursionError):
        raise SettingsError("not JSON") from None


def lines_of(file: Path) -> Iterator[str]:
    """The lines of a file (`-` is standard input) that are not empty; SettingsError where it cannot be read.

    Bytes that are no UTF-8 are half surrogate pairs, so that they are a fault of their line alone.
    """
    if str(file) == "-":
        yield from _texts(sys.stdin.buffer)
        return
    try:
        with file.open("rb") as lines:
            yield from _texts(lines)
    except OSError as error:
        raise SettingsError(f"{file}: {error.strerror or error}") from None


def _texts(lines: Iterable[bytes]) -> Iterator[str]:
    return (line.decode("utf-8", "surrogateescape") for line in lines if line.strip())


def _read(line: str, folder: Path, read: "ReadPayload") -> ClaimLine:
    value = json_of(line)
    if not isinstance(value, dict) or "id" not in value or not isinstance(value.get("claim"), str):
        raise SettingsError('needs an object with "id", "claim" and "source" or "source_path"')
    if isinstance(value.get("source"), str):
        return ClaimLine(value["id"], value["claim"], value["source"])
    if isinstance(value.get("source_path"), str):
        from verifier.resolver import text_of_file

        return ClaimLine(value["id"], value["claim"], text_of_file(folder / value["source_path"], read))
    raise SettingsError('has neither "source" nor "source_path" as a string')
