"""`verifier doctor`: what is wrong with an installation, and how to fix it."""

import typer

from verifier.cli.options import ConfigOption, DataOption
from verifier.cli.output import say
from verifier.exits import ExitCode


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("doctor", epilog="Example: verifier doctor --config /etc/verifier/verifier.toml")(doctor_command)


def doctor_command(data: DataOption = None, config: ConfigOption = None) -> None:
    """Look at everything that an installation rests on, and say how to fix what is wrong. Changes nothing.

    Exits 0 when all is well (a `warn` is only worth knowing), 3 when something has to be done (`fail`).
    """
    from datetime import UTC, datetime

    from verifier.admin.doctor.result import Health
    from verifier.admin.doctor.run import examine

    failed = 0
    for result in examine(config, data, datetime.now(UTC)):
        say(f"{result.health.value:<5} {result.subject:<12} {result.found}")
        if result.remedy:
            say(f"{'':<18} -> {result.remedy}")
        failed += result.health is Health.FAIL
    say(f"{failed} to fix" if failed else "all is well")
    if failed:
        raise typer.Exit(ExitCode.INCOMPLETE)
