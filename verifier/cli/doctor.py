"""`verifier doctor`: what is wrong with an installation, and how to mend it."""

import typer

from verifier.cli.options import ConfigOption, DataOption
from verifier.cli.output import say
from verifier.exits import ExitCode


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("doctor", epilog="Example: verifier doctor --config /etc/verifier/verifier.toml")(doctor_command)


def doctor_command(data: DataOption = None, config: ConfigOption = None) -> None:
    """Look at everything that an installation rests on, and say how to mend what is wrong. Changes nothing.

    Exits 0 when all is well (a `note` is only worth knowing), 3 when something is to `mend`.
    """
    from datetime import UTC, datetime

    from verifier.admin.doctor.result import Health
    from verifier.admin.doctor.run import examine

    ill = 0
    for checkup in examine(config, data, datetime.now(UTC)):
        say(f"{checkup.health.value:<5} {checkup.subject:<12} {checkup.found}")
        if checkup.remedy:
            say(f"{'':<18} -> {checkup.remedy}")
        ill += checkup.health is Health.MEND
    say(f"{ill} to mend" if ill else "all is well")
    if ill:
        raise typer.Exit(ExitCode.INCOMPLETE)
