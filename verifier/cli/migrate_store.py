"""`verifier migrate-store`: from SQLite to PostgreSQL."""

from typing import Annotated

import typer

from verifier.cli.options import ConfigOption
from verifier.cli.output import say


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "migrate-store",
        epilog="Example: verifier migrate-store old postgresql+psycopg://verifier@db/verifier",
    )(migrate_store_command)


def migrate_store_command(
    source: Annotated[
        str, typer.Argument(metavar="FROM", help="A data folder, or its verifier.db.", show_default=False)
    ],
    target: Annotated[
        str,
        typer.Argument(
            metavar="TO", help="An empty database: postgresql+psycopg://user@host/name.", show_default=False
        ),
    ],
    objects: Annotated[
        bool, typer.Option("--objects", help="Also copy archive and documents into the bucket of objects.url, first.")
    ] = False,
    config: ConfigOption = None,
) -> None:
    """Copy a store from SQLite to PostgreSQL, every row proven; the old one stays as it is.

    All of it arrives or nothing: safe to interrupt and to repeat. Stop the desk first. Exits 2 when FROM is no store,
    3 when TO is not empty or one of them is not at this version's schema, 4 while a run is at work.
    """
    from verifier.admin.migration import migrate_store, store_file
    from verifier.cli.progress import TerminalProgress
    from verifier.settings import load_settings

    file = store_file(source)
    bucket = load_settings(config).objects if objects else None
    with TerminalProgress() as progress:
        moved = migrate_store(file, target, bucket, progress)
    if bucket is not None:
        say(f"{bucket.url}: {moved.objects} files of archive and documents, {moved.sent} of them sent now")
    say(f"{moved.store.total:,} rows of {len(moved.store.rows)} tables copied; each was read back and is the same")
    if moved.store.replaced:
        say(f"{moved.store.replaced} values held what PostgreSQL cannot (NUL); it is U+FFFD there", err=True)
    say("Now set `store` in verifier.toml, compare `verifier dump` of both, and move verifier.db away.")
