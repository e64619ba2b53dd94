"""`verifier review`: the editors' desk."""

import signal
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from verifier.cli.options import ConfigOption, DataOption
from verifier.cli.output import say

if TYPE_CHECKING:
    from verifier.review.users import Users

JOB_COMMAND = (sys.executable, "-m", "verifier.cli.desk_job")
"""How the desk starts long work: a process of its own."""


class RoleName(StrEnum):
    """What a person may do at the desk."""

    READER = "reader"
    EDITOR = "editor"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(
        help="Serve the editors' desk.", epilog="Example: verifier review --data ./verifier-data", no_args_is_help=False
    )
    group.callback(invoke_without_command=True)(review_command)
    group.command("add-user", epilog="Example: verifier review add-user Ana --role editor")(add_user_command)
    users = typer.Typer(help="List, remove, and give new passwords to the users of the desk.", no_args_is_help=True)
    users.command("list", epilog="Example: verifier review users list")(list_users_command)
    users.command("remove", epilog="Example: verifier review users remove Ana")(remove_user_command)
    users.command("password", epilog="Example: verifier review users password Ana")(password_command)
    group.add_typer(users, name="users")
    app.add_typer(group, name="review")


def review_command(
    context: typer.Context,
    data: DataOption = None,
    host: Annotated[
        str | None,
        typer.Option("--host", help="The address to listen on. [default: review.host, 127.0.0.1]", show_default=False),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(
            "--port",
            min=0,
            max=65535,
            help="The port; 0 takes a free one. [default: review.port, 8420]",
            show_default=False,
        ),
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Serve the editors' desk: the queue of findings, each with its archived source beside it.

    On loopback it is open to everybody on this machine, and says so; elsewhere only to named users.
    """
    if context.invoked_subcommand is not None:
        return
    from verifier.review.serving import Server
    from verifier.runs import open_existing_store
    from verifier.settings import load_settings

    settings = load_settings(config, data=data)
    given = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    settings = settings.model_copy(update={"review": settings.review.model_copy(update=given)})
    signal.signal(signal.SIGTERM, _as_ctrl_c)
    with open_existing_store(settings) as store:
        server = Server(settings, store, JOB_COMMAND)
        server.run_by_processes(started=lambda: say(server.welcome))
    say("The desk is closed.")


def _as_ctrl_c(*_: object) -> None:
    """A service manager's request to stop: in order, so that work that was started from the desk ends too."""
    raise KeyboardInterrupt


def add_user_command(
    name: Annotated[str, typer.Argument(help="The name that reviews are signed with.")],
    role: Annotated[RoleName, typer.Option("--role", help="reader looks, editor decides.")] = RoleName.EDITOR,
    data: DataOption = None,
    config: ConfigOption = None,
) -> None:
    """Add a user of the desk, or give one another password and role; asks for the password."""
    from verifier.review.users import Role

    users = _users(config, data)
    users.add(name, Role(role.value), _asked_password(name))
    say(f"{name} may come in as {role.value}. The names and password hashes are in {users.file}.")


def list_users_command(data: DataOption = None, config: ConfigOption = None) -> None:
    """List the users of the desk, with their roles."""
    users = _users(config, data)
    for person in users.everybody:
        say(f"{person.role.value:7} {person.name}")
    if not users.any:
        say(f"{users.file} names nobody.", err=True)


def remove_user_command(
    name: Annotated[str, typer.Argument(help="Who may not come in any more.")],
    data: DataOption = None,
    config: ConfigOption = None,
) -> None:
    """Remove a user of the desk; what they decided stays, under their name. Their sessions end at once."""
    users = _users(config, data)
    users.remove(name)
    say(f"{name} may not come in any more.")
    if not users.any:
        say("That was the last user: nobody may come in now. Add one with: verifier review add-user NAME")


def password_command(
    name: Annotated[str, typer.Argument(help="Whose password it is.")],
    data: DataOption = None,
    config: ConfigOption = None,
) -> None:
    """Give a user of the desk another password, in the same role; asks for it. Their sessions end at once."""
    users = _users(config, data)
    if users.find(name) is None:
        users.set_password(name, "")  # raises, with advice, before anybody types a password
    person = users.set_password(name, _asked_password(name))
    say(f"{person.name} has a new password.")


def _users(config: Path | None, data: Path | None) -> "Users":
    from verifier.review.users import Users
    from verifier.settings import load_settings

    settings = load_settings(config, data=data)
    return Users(settings.review.users or settings.data / "users.json")


def _asked_password(name: str) -> str:
    from verifier.review.users import SHORTEST_PASSWORD

    asked = f"Password for {name} (at least {SHORTEST_PASSWORD} characters)"
    return str(typer.prompt(asked, hide_input=True, confirmation_prompt=True))
