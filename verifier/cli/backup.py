"""`verifier backup` and `verifier restore`: an installation as one file, and back."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from verifier.cli.options import ConfigOption, DataOption
from verifier.cli.output import say
from verifier.exits import ExitCode


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("backup", epilog="Example: verifier backup /backup/verifier-$(date +%F).tar")(backup_command)
    app.command("restore", epilog="Example: verifier restore /backup/verifier-2026-01-05.tar --data restored")(
        restore_command
    )


def backup_command(
    file: Annotated[Path, typer.Argument(metavar="FILE.tar", help="Where to write it.", show_default=False)],
    check: Annotated[bool, typer.Option("--check", help="Prove a backup that is there; write nothing.")] = False,
    without_objects: Annotated[
        bool,
        typer.Option(
            "--without-objects",
            help="Leave archive and documents in the bucket of objects.url, and only see that they are there.",
        ),
    ] = False,
    data: DataOption = None,
    config: ConfigOption = None,
) -> None:
    """Write all that cannot be made again into one file, consistent with each other; a run may be at work meanwhile.

    Also from PostgreSQL and from a bucket: `restore` brings it back into either, or into files.

    It appears when it is whole and was read back. Exits 3 when something was missing or damaged already.
    """
    from datetime import UTC, datetime

    from verifier.admin.backup import back_up
    from verifier.settings import load_settings

    if check:
        prove_command(file)
        return
    made = back_up(load_settings(config, data=data), file, datetime.now(UTC), not without_objects)
    say(f"{made.file}: {len(made.manifest.files)} files, {made.bytes:,} bytes, read back and proven")
    if made.manifest.objects:
        say(f"archive and documents are not in it: keep {made.manifest.objects} by its own means")
    for changed in made.changed:
        say(f"has changed since the last run: {changed.partition(': ')[0]}", err=True)
    _tell(
        {
            "is damaged, and so it is in this backup": made.damaged,
            "was missing already when this backup was made": made.missing,
        }
    )


def prove_command(file: Path) -> None:
    """Prove a backup that is there, and say so. Raises BackupError."""
    from verifier.admin.backup import prove_backup
    from verifier.errors import BackupError

    try:
        manifest = prove_backup(file)
    except OSError as error:
        raise BackupError(f"{file}: cannot be read: {error.strerror or error}") from None
    say(f"{file}: {len(manifest.files)} files as of {manifest.made_at}; every byte is as it was written")
    if manifest.objects:
        say(f"archive and documents are not in it but in {manifest.objects}")


def restore_command(
    file: Annotated[Path, typer.Argument(metavar="FILE.tar", help="A backup.", show_default=False)],
    data: DataOption = None,
    config: ConfigOption = None,
) -> None:
    """Bring a backup into an empty data folder, proving every digest, the store and the archive before it is in place.

    Where `store` names a PostgreSQL database and `objects.url` a bucket, it goes there; both have to be empty, too.

    Exits 3 when something was damaged already when the backup was made.
    """
    from verifier.admin.restore import restore
    from verifier.settings import load_settings

    settings = load_settings(config, data=data)
    restored = restore(file, settings)
    say(
        f"{settings.data}: restored {len(restored.manifest.files)} files as of {restored.manifest.made_at}; "
        "every digest holds, the store opens"
    )
    _tell({"was damaged already when this backup was made": restored.problems})


def _tell(problems: Mapping[str, Sequence[str]]) -> None:
    """Name every problem behind what it is one of; exits 3 where there is any."""
    for what, some in problems.items():
        for problem in some:
            say(f"{what}: {problem}", err=True)
    if any(problems.values()):
        raise typer.Exit(ExitCode.INCOMPLETE)
