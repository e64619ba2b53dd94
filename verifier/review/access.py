"""Who is asking: everybody on an open desk on loopback, a user who logged in, or whom a trusted proxy names."""

import getpass
import ipaddress
from dataclasses import dataclass

from flask import Request, session

from verifier.errors import SettingsError
from verifier.review.users import Person, Role, Users
from verifier.settings import ReviewSettings

_USER, _PROOF, _CALLED = "user", "proof", "called"
_LONGEST_NAME = 60


def is_loopback(host: str) -> bool:
    """Whether what listens on this address is reached from this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Access:
    """How people are told apart on this desk."""

    settings: ReviewSettings
    users: Users

    @property
    def is_open(self) -> bool:
        """Whether anybody who reaches the desk may work at it: on loopback, with neither users nor a proxy."""
        return self._names_nobody and is_loopback(self.settings.host)

    @property
    def _names_nobody(self) -> bool:
        return not self.settings.trusted_header and not self.users.any

    def must_be_safe(self) -> None:
        """Raises SettingsError for a desk that would be open to others than this machine."""
        if self._names_nobody and not is_loopback(self.settings.host):
            raise SettingsError(
                f"{self.settings.host} is reached from other machines, and nobody is named who may come in; "
                "add a user: verifier review add-user NAME --role editor, or set review.trusted_header"
            )

    def person(self, request: Request) -> Person | None:
        """Who is asking; None for nobody we know."""
        if self.settings.trusted_header:
            return self._named_by_proxy(request)
        if self.is_open:
            return Person(session.get(_CALLED) or _this_account(), Role.EDITOR)
        user = self.users.find(session.get(_USER, ""))
        return user.person if user is not None and user.proof == session.get(_PROOF) else None

    def log_in(self, name: str, password: str) -> Person | None:
        """Begin a session, if that is the user's password."""
        user = self.users.with_password(name, password)
        if user is None:
            return None
        session.clear()
        session[_USER], session[_PROOF] = user.person.name, user.proof
        return user.person

    def _named_by_proxy(self, request: Request) -> Person | None:
        if request.remote_addr not in self.settings.trusted_proxies:
            return None
        name = clean_name(request.headers.get(self.settings.trusted_header, ""))
        if not name:
            return None
        user = self.users.find(name)
        if user is None and self.users.any:
            return Person(name, Role.READER)
        return user.person if user else Person(name, Role.EDITOR)


def call(name: str) -> None:
    """Keep how somebody at an open desk wants to be called."""
    session[_CALLED] = clean_name(name)


def clean_name(name: str) -> str:
    """A name as it may be shown: one line, not too long."""
    shown = "".join(char if char.isprintable() else " " for char in name)
    return " ".join(shown.split())[:_LONGEST_NAME]


def _this_account() -> str:
    try:
        return clean_name(getpass.getuser()) or "editor"
    except (OSError, KeyError):  # an account without a name, in a container
        return "editor"
