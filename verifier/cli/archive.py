"""`verifier archive`: the archived sources."""

from pathlib import Path
from typing import Annotated

import typer

from verifier.cli.options import ConfigOption, DataOption
from verifier.cli.output import say
from verifier.exits import ExitCode


def register(app: typer.Typer) -> None:
    """Add the commands."""
    archive = typer.Typer(no_args_is_help=True, epilog="Example: verifier archive check --data ./verifier-data")
    archive.command("check", epilog="Example: verifier archive check --data ./verifier-data")(check_command)
    archive.command("export", epilog="Example: verifier archive export sources.wacz --data ./verifier-data")(
        export_command
    )
    archive.command("prune", epilog="Example: verifier archive prune --older-than 365 --data ./verifier-data")(
        prune_command
    )
    app.add_typer(archive, name="archive", help="The archived sources (WARC files).")


def check_command(
    backup: Annotated[
        Path | None,
        typer.Argument(metavar="[BACKUP.tar]", help="Prove this backup, not the data folder.", show_default=False),
    ] = None,
    data: DataOption = None,
    config: ConfigOption = None,
) -> None:
    """Prove every file of the data folder (or of a backup), and that the archive holds what the store names.

    Exits 3 on damage.
    """
    if backup is not None:
        from verifier.cli.backup import prove_command

        prove_command(backup)
        return
    from verifier.admin.integrity import prove_data_folder
    from verifier.errors import ArchiveError
    from verifier.objects import open_objects
    from verifier.settings import load_settings

    settings = load_settings(config, data=data)
    found = prove_data_folder(settings)
    archive = open_objects(settings.archive_folder, settings.objects)
    if found.archive is None:
        raise ArchiveError(f"{archive.place}: no archive there; check --data")
    for problem in found.damaged:
        say(f"damaged: {problem}")
    for problem in found.missing:
        say(f"missing: {problem}")
    for changed in found.changed:
        say(f"changed: {changed}")
    records, files = found.archive.records, found.archive.files
    say(f"{archive.place}: {records} records in {files} files, {len(found.archive.problems)} damaged")
    if found.problems or (found.archive is not None and found.archive.problems):
        raise typer.Exit(ExitCode.INCOMPLETE)


def export_command(
    file: Annotated[Path, typer.Argument(help="The WACZ file to write.", metavar="FILE.wacz", show_default=False)],
    data: DataOption = None,
    config: ConfigOption = None,
) -> None:
    """Write the whole archive as one WACZ file, which replay tools open. Exits 3 when a part had to be left out."""
    from verifier.objects import open_objects
    from verifier.resolver import export_objects
    from verifier.settings import load_settings

    settings = load_settings(config, data=data)
    result = export_objects(open_objects(settings.archive_folder, settings.objects), file)
    for problem in result.problems:
        say(f"damaged: {problem}", err=True)
    say(f"{file}: {result.captures} captures and {result.pages} pages of {result.files} files")
    if result.problems:
        raise typer.Exit(ExitCode.INCOMPLETE)


def prune_command(
    older_than: Annotated[
        int, typer.Option("--older-than", min=1, metavar="DAYS", help="Leave alone what was recorded since.")
    ],
    data: DataOption = None,
    config: ConfigOption = None,
) -> None:
    """Take out of the archive what nothing needs any more: no kept fetch, no finding, no younger record.

    Safe to interrupt and to repeat. Exits 3 when a file could not be looked through, 4 while a run is at work.
    """
    from datetime import timedelta

    from verifier.cli.progress import TerminalProgress
    from verifier.objects import open_objects
    from verifier.runs import only_run, open_existing_store
    from verifier.runs.context import utc_now
    from verifier.runs.stages.tidy import prune_archive
    from verifier.settings import load_settings

    settings = load_settings(config, data=data)
    with TerminalProgress() as progress, only_run(settings), open_existing_store(settings) as store:
        result = prune_archive(settings, store, utc_now() - timedelta(days=older_than), progress)
    for problem in result.problems:
        say(f"left as it is: {problem}", err=True)
    place = open_objects(settings.archive_folder, settings.objects).place
    say(f"{place}: {result.freed / 1e6:.1f} MB freed in {result.files} files")
    if result.problems:
        raise typer.Exit(ExitCode.INCOMPLETE)
