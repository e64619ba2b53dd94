"""What `verifier report` writes as files to work in: commented copies, the sheet, works, findings for code hosts."""

import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import typer

from verifier.cli.output import say
from verifier.cli.writing import appearing_whole
from verifier.errors import SettingsError
from verifier.exits import ExitCode

if TYPE_CHECKING:
    from db.records import StoredDocument
    from db.store import Store
    from verifier.reports import RunReport
    from verifier.settings import Settings

Chosen: TypeAlias = "list[StoredDocument] | None"
"""The documents that were asked for; None for all."""


def chosen_documents(store: "Store", names: Sequence[str]) -> Chosen:
    """The documents that were asked for, by path or file name; None for all, when none was.

    Raises SettingsError for a name that no document has.
    """
    if not names:
        return None
    current = store.documents.current()
    chosen: dict[int, StoredDocument] = {}
    for name in names:
        found = [d for d in current if name in (d.path, Path(d.path).name, str(Path(d.collection) / d.path))]
        if not found:
            raise SettingsError(f"{name}: no document of that name is in the store; verifier report lists them")
        chosen |= {document.id: document for document in found}
    return list(chosen.values())


def write_copies(
    store: "Store",
    report: "RunReport",
    chosen: Chosen,
    settings: "Settings",
    output: Path | None,
) -> None:
    """Write a commented copy of each document: one to a file, several into a folder; says what came of each.

    Of all documents those with something open are written, of chosen ones each. Raises SettingsError where nothing
    says where to, or an original would be overwritten; exits 3 when a copy could not be made.
    """
    from datetime import UTC, datetime

    from verifier.commenter import Commenter
    from verifier.objects.editions import Editions
    from verifier.reports.markup.annotated_copies import (
        COMMENTED_SUFFIXES,
        commented_copies,
        copy_name,
        told_findings,
    )

    if output is None:
        raise SettingsError("say where the copies go: --output FILE.pdf for one document, --output DIR for several")
    if chosen is None:
        touched = told_findings(report)
        chosen = [document for document in store.documents.current() if document.id in touched]
    as_file = output.suffix.lower() in COMMENTED_SUFFIXES and not output.is_dir()
    if as_file and len(chosen) > 1:
        raise SettingsError(f"{output}: is one file for {len(chosen)} copies; give a folder, or choose with --document")
    editions = Editions(settings.documents_folder, settings.objects)
    taken: set[Path] = set()
    failed = False
    with Commenter() as writer:
        for copy in commented_copies(store, report, chosen, editions, datetime.now(UTC), writer):
            if copy.content is None:
                failed = True
                say(f"verifier: no copy: {copy.failure}", err=True)
                continue
            file = output if as_file else _free(output / copy_name(copy.document), taken)
            if _is_original(file, copy.document, settings.documents_folder):
                raise SettingsError(f"{file}: is the document itself, which stays as it is; choose another --output")
            _write_bytes(copy.content, file)
            signed = "; it was signed, and the signature does not hold for the copy" if copy.was_signed else ""
            say(f"{file}: {copy.findings} open{signed}", err=True)
    if not chosen:
        say("nothing is open in any document, so no copy was written", err=True)
    if failed:
        raise typer.Exit(ExitCode.INCOMPLETE)


def _free(file: Path, taken: set[Path]) -> Path:
    """A name that no other copy of this time has: two collections may hold the same path."""
    free = next(f for n in range(1, len(taken) + 2) if (f := file if n == 1 else _numbered(file, n)) not in taken)
    taken.add(free)
    return free


def _numbered(file: Path, number: int) -> Path:
    return file.with_name(f"{file.stem}-{number}{file.suffix}")


def _is_original(file: Path, document: "StoredDocument", kept: Path) -> bool:
    """Whether a file is the watched document, or one of the editions that are kept."""
    original = Path(document.collection) / document.path
    is_watched = file.exists() and original.exists() and file.samefile(original)
    return is_watched or file.absolute().parent.resolve() == kept.resolve()


def _write_bytes(content: bytes, file: Path) -> None:
    """Write a copy whole, into a folder that is made where it is not there."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"{file.parent}: cannot be made: {error.strerror or error}") from None
    with appearing_whole(file) as draft:
        draft.write_bytes(content)


def write_csv_sheet(store: "Store", report: "RunReport", chosen: Chosen, output: Path | None) -> None:
    """Write the cite-check sheet as CSV, to a file or to standard output."""
    from verifier.reports.sheets.cite_check import cite_checks
    from verifier.reports.sheets.cite_check_csv import write_csv

    rows = cite_checks(store, report, store.documents.current() if chosen is None else chosen)
    if output is None:
        out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="")
        write_csv(rows, out)
        out.detach()  # flushes, and leaves standard output open
        return
    with appearing_whole(output) as draft, draft.open("w", encoding="utf-8", newline="") as file:
        count = write_csv(rows, file)
    say(f"{output}: {count} citations", err=True)


def write_workbook(
    store: "Store",
    report: "RunReport",
    chosen: Chosen,
    settings: "Settings",
    output: Path | None,
) -> None:
    """Write the cite-check sheet as a workbook. Raises SettingsError where nothing says where to."""
    from verifier.reports.sheets.cite_check import cite_checks
    from verifier.reports.sheets.cite_check_xlsx import desk_link, file_link, write_xlsx

    if output is None:
        raise SettingsError("say where the workbook goes: --output FILE.xlsx")
    rows = cite_checks(store, report, store.documents.current() if chosen is None else chosen)
    with appearing_whole(output) as draft:
        folder = Path(os.path.relpath(settings.archive_folder, output.absolute().parent)).as_posix()
        links = desk_link(settings.review.address) if settings.objects.url else file_link(folder)
        count = write_xlsx(rows, report, draft, links)
    say(f"{output}: {count} citations", err=True)


def csl(store: "Store", chosen: Chosen) -> str:
    """The cited works as CSL-JSON."""
    from verifier.reports.bibliography.csl import csl_json
    from verifier.reports.bibliography.entries import entries_of

    return csl_json(entries_of(store, store.documents.current() if chosen is None else chosen))


def ris(store: "Store", chosen: Chosen) -> str:
    """The cited works as RIS."""
    from verifier.reports.bibliography.entries import entries_of
    from verifier.reports.bibliography.ris import ris_text

    return ris_text(entries_of(store, store.documents.current() if chosen is None else chosen))


def sarif(store: "Store", report: "RunReport") -> str:
    """The findings as SARIF, with places relative to the folder that the command runs in."""
    from verifier.reports.sarif import folders_of, sarif_json

    return sarif_json(report, folders_of(store.documents.current()), Path.cwd())
