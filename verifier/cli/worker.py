"""`verifier worker`: one of the workers that share the nights of a PostgreSQL store."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from verifier.cli.options import AllowPrivateOption, ConfigOption, DataOption
from verifier.exits import ExitCode


class Queue(StrEnum):
    """What a worker may be for."""

    WEB = "web"
    CPU = "cpu"
    CONTROL = "control"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("worker", epilog="Example: verifier worker --queues web --queues control --concurrency 32")(
        worker_command
    )


def worker_command(
    data: DataOption = None,
    queues: Annotated[
        list[Queue] | None,
        typer.Option("--queues", help="What to work at, once for each (default: all).", show_default=False),
    ] = None,
    concurrency: Annotated[
        int | None,
        typer.Option(
            "--concurrency",
            min=1,
            max=256,
            metavar="N",
            help="Shards that are checked at the same time (default: queue.concurrency of the settings).",
            show_default=False,
        ),
    ] = None,
    metrics: Annotated[
        Path | None,
        typer.Option("--metrics", metavar="FILE", help="Write the queue's metrics for Prometheus to this file."),
    ] = None,
    allow_private: AllowPrivateOption = False,
    config: ConfigOption = None,
) -> None:
    """Work at the nights that `verifier nightly --engine queue` plans, until it is asked to end (SIGTERM, Ctrl-C).

    Any number of workers, on several machines, share one PostgreSQL store. What is in flight when a worker is asked to
    end comes to its end; what a killed worker had is taken up by the others. The exit code is 3 where this machine did
    not reach the web any more.
    """
    from verifier.runs.queued.work import work_at_queue
    from verifier.settings import load_settings

    settings = load_settings(config, data=data, allow_private=allow_private or None)
    reaches_web = work_at_queue(settings, [queue.value for queue in queues or list(Queue)], concurrency, metrics)
    if not reaches_web:
        typer.echo("this machine reached no site any more; see `verifier doctor`", err=True)
        raise typer.Exit(ExitCode.INCOMPLETE)
