"""`verifier works`: cited works held against pages or registry records, without a network."""

import json
import mimetypes
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from verifier.cli.output import say
from verifier.errors import DocumentError, SettingsError
from verifier.exits import ExitCode

if TYPE_CHECKING:
    from verifier.model import DescribedWork, Work, WorkComparison
    from verifier.resolver import ReadPayload


@dataclass(frozen=True, slots=True)
class _Case:
    """A readable line of the input; `is_list` says that a search was answered rather than a look-up."""

    id: Any
    citation: str
    shown: "tuple[DescribedWork, ...]"
    is_list: bool = False


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "works",
        epilog="Example: verifier works cases.jsonl --jsonl > judged.jsonl\n\n"
        'A line: {"id": 1, "citation": "Quist, Weights, 1999.", "page_path": "a.html"}',
    )(works_command)


def works_command(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE.jsonl",
            help='Lines of {"id","citation","page_path","url"} (a path beside FILE) or '
            '{"id","citation","record","record_source"}; - is standard input.',
            show_default=False,
        ),
    ],
    jsonl: Annotated[bool, typer.Option("--jsonl", help="A JSON object a line (docs/schemas/works.json).")] = False,
) -> None:
    """Tell whether a page, PDF or registry record is the work that a citation describes."""
    from verifier.cli.compare import lines_of
    from verifier.engines import SourceReaders

    unreadable = 0
    with SourceReaders(processes=1) as read:
        for number, line in enumerate(lines_of(file), 1):
            try:
                case = _read(line, file.parent, read)
            except SettingsError as error:
                say(f"verifier: {file}, line {number}: {error}", err=True)
                unreadable += 1
                continue
            _answer(case, jsonl=jsonl)
    if unreadable:
        raise typer.Exit(ExitCode.USAGE)


def _answer(case: _Case, *, jsonl: bool) -> None:
    from verifier.reports.interchange import one_line, work_json

    result = _compare(case)
    if jsonl:
        sys.stdout.write(one_line(work_json(case.id, result)) + "\n")
        return
    fields = f" ({', '.join(field.value for field in result.differs)})" if result.differs else ""
    say(f"{case.id}: {result.verdict.value}{fields}, {result.confidence:.2f}. {result.reason}")


def _compare(case: _Case) -> "WorkComparison":
    from verifier.checker import compare_with_list, compare_work
    from verifier.model import DescribedWork

    work = _cited(case.citation)
    if case.is_list:
        return compare_with_list(work, case.citation, case.shown)
    return compare_work(work, case.citation, case.shown[0] if case.shown else DescribedWork())


def _cited(citation: str) -> "Work | None":
    """The first work that the words describe."""
    from verifier.parser.citations.split import read_citations

    return next((one.work for one in read_citations(citation) if one.work is not None), None)


def _read(line: str, folder: Path, read: "ReadPayload") -> _Case:
    from verifier.resolver import described_records, is_list

    try:
        value = json.loads(line)
    except ValueError as error:
        raise SettingsError(f"not JSON: {error}") from None
    if not isinstance(value, dict) or "id" not in value or not isinstance(value.get("citation"), str):
        raise SettingsError('needs an object with "id", "citation" and "page_path" or "record"')
    if "record" in value:
        source = str(value.get("record_source") or "")
        found = described_records(source, value["record"])
        return _Case(value["id"], value["citation"], found, is_list(source, value["record"]))
    if not isinstance(value.get("page_path"), str):
        raise SettingsError('has neither "page_path" as a string nor "record"')
    shown = _page(folder / value["page_path"], str(value.get("url") or ""), read)
    return _Case(value["id"], value["citation"], () if shown is None else (shown,))


def _page(path: Path, url: str, read: "ReadPayload") -> "DescribedWork | None":
    """The work of a page kept as a file; None where it cannot be read, which is no fault of the note."""
    try:
        body = path.read_bytes()
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror or error}; check page_path") from None
    try:
        readable = read(body, mimetypes.guess_type(path.name)[0] or "text/html", None, url)
    except DocumentError:
        return None
    return readable.work if readable else None
