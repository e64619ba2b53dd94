"""Who is asking: everybody on an open desk on loopback, a user who logged in, or whom a trusted proxy names."""

import getpass
import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Request, session

from verifier.errors import SettingsError
from verifier.review.client import came_by_proxy
from verifier.review.sessions import SessionRegister
from verifier.review.users import Person, Role, Users
from verifier.settings import ReviewSettings

_KEY, _PROOF, _CALLED = "key", "proof", "called"
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
    """How people are distinguished on this desk."""

    settings: ReviewSettings
    users: Users
    sessions: SessionRegister

    @property
    def is_open(self) -> bool:
        """Whether anybody who reaches the desk may work at it: for this machine only, where there never were users.

        A file of users that vanished, or names nobody any more, opens nothing.
        """
        return self._is_for_this_machine and not self.users.were_there and not self.sessions.was_used

    @property
    def is_closed(self) -> bool:
        """Whether nobody at all may come in: users are needed, and there are none."""
        return not self.settings.trusted_header and not self.users.any and not self.is_open

    def remember_users(self) -> None:
        """Keep that there are users, for every process of the desk and for the next one, also when nobody logs in."""
        if self.users.any and not self.sessions.was_used:
            self.sessions.mark()

    @property
    def _is_for_this_machine(self) -> bool:
        """Whether nobody elsewhere reaches the desk: loopback, without a proxy in front of it by the settings."""
        host = urlsplit(self.settings.address).hostname
        is_reached_here = is_loopback(self.settings.host) and (host is None or is_loopback(host))
        return is_reached_here and not self.settings.trusted_header

    def must_be_safe(self) -> None:
        """Raises SettingsError for a desk that would be open to others than this machine, or to nobody."""
        if not self.is_closed:
            return
        if self._is_for_this_machine:
            raise SettingsError(
                f"there were users at this desk, and {self.users.file} names nobody now: put it back, or add a user: "
                "verifier review add-user NAME --role editor"
            )
        raise SettingsError(
            f"{self.settings.address or self.settings.host} is reached from other machines, and nobody is named who "
            "may come in; add a user: verifier review add-user NAME --role editor, or set review.trusted_header"
        )

    def comes_unannounced(self, request: Request) -> bool:
        """Whether a proxy hands requests on to an open desk that was set up for none."""
        return self.is_open and came_by_proxy(request)

    def person(self, request: Request) -> Person | None:
        """Who is asking; None for nobody we know."""
        if self.settings.trusted_header:
            return self._named_by_proxy(request)
        if self.is_open:
            return Person(session.get(_CALLED) or _this_account(), Role.EDITOR)
        name = self.sessions.user_of(str(session.get(_KEY, "")))
        user = self.users.find(name) if name else None
        return user.person if user is not None and user.proof == session.get(_PROOF) else None

    def log_in(self, name: str, password: str) -> Person | None:
        """Begin a session, if that is the user's password."""
        user = self.users.with_password(name, password)
        if user is None:
            return None
        self.log_out()
        session.permanent = True
        session[_KEY], session[_PROOF] = self.sessions.begin(user.person.name), user.proof
        return user.person

    def log_out(self) -> None:
        """End the session, on this server too: a copy of its cookie is worth nothing from now on."""
        key = session.get(_KEY)
        session.clear()
        if key:
            self.sessions.end(str(key))

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
