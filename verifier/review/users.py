"""Who may work at the desk: the file of users, with their roles and the hashes of their passwords."""

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from werkzeug.security import check_password_hash, generate_password_hash

from verifier.errors import SettingsError
from verifier.files import OWNER_MODE, write_file

SHORTEST_PASSWORD = 10
"""Characters (NIST SP 800-63B asks for 8 at least, and for no rules about kinds of characters)."""

_LONGEST_NAME = 60
_LONGEST_PASSWORD = 1000
_NOBODY = "scrypt:32768:8:1$bm9ib2R5$" + "0" * 128
"""The hash of nobody's password: checking an unknown name takes as long as a known one."""


class Role(StrEnum):
    """What a person may do."""

    READER = "reader"
    EDITOR = "editor"


@dataclass(frozen=True, slots=True)
class Person:
    """Someone at the desk."""

    name: str
    role: Role

    @property
    def may_decide(self) -> bool:
        """Whether they may change anything."""
        return self.role is Role.EDITOR


@dataclass(frozen=True, slots=True)
class User:
    """A person with the hash of their password."""

    person: Person
    password_hash: str

    @property
    def proof(self) -> str:
        """What a session keeps of the password's hash: a new password ends the sessions of the old one."""
        return hashlib.sha256(self.password_hash.encode()).hexdigest()[:16]


class Users:
    """The file of users; read anew when it changes, so that nobody has to restart the desk."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._read_at: tuple[int, int, int] | None = None
        self._users: dict[str, User] = {}
        self._was_there = False

    @property
    def any(self) -> bool:
        """Whether there is any user."""
        return bool(self._current())

    @property
    def were_there(self) -> bool:
        """Whether there is a file of users, even one that names nobody, or was one since this desk began."""
        self._current()
        return self._was_there

    @property
    def everybody(self) -> list[Person]:
        """All users, by name."""
        return sorted((user.person for user in self._current().values()), key=lambda person: person.name.casefold())

    def find(self, name: str) -> User | None:
        """The user of a name, whatever its case. Raises SettingsError when the file is damaged."""
        return self._current().get(name.strip().casefold())

    def with_password(self, name: str, password: str) -> User | None:
        """The user, if that is their password."""
        user = self.find(name)
        fits = check_password_hash(user.password_hash if user else _NOBODY, password[:_LONGEST_PASSWORD])
        return user if fits else None

    def add(self, name: str, role: Role, password: str) -> None:
        """Add a user, or give a known one another password and role; the file is readable by its owner alone.

        Raises SettingsError when the name or the password will not do, or the file cannot be written.
        """
        name = " ".join(name.split())
        if not name or len(name) > _LONGEST_NAME or not name.isprintable():
            raise SettingsError(f"a user's name has 1 to {_LONGEST_NAME} printable characters")
        if not SHORTEST_PASSWORD <= len(password) <= _LONGEST_PASSWORD:
            raise SettingsError(f"a password has at least {SHORTEST_PASSWORD} characters")
        users = dict(self._current())
        users[name.casefold()] = User(Person(name, role), generate_password_hash(password, method="scrypt"))
        self._write(users)

    def remove(self, name: str) -> None:
        """Take a user out; their sessions end with it. Raises SettingsError when there is no such user."""
        users = dict(self._current())
        if users.pop(name.strip().casefold(), None) is None:
            raise SettingsError(f"there is no user {name}; see: verifier review users list")
        self._write(users)

    def set_password(self, name: str, password: str) -> Person:
        """Give a known user another password, in the same role. Raises SettingsError when there is no such user."""
        user = self.find(name)
        if user is None:
            raise SettingsError(f"there is no user {name}; see: verifier review users list")
        self.add(user.person.name, user.person.role, password)
        return user.person

    def _write(self, users: dict[str, User]) -> None:
        stored = [
            {"name": user.person.name, "role": user.person.role.value, "password": user.password_hash}
            for user in users.values()
        ]
        write_private(self.file, json.dumps({"users": stored}, ensure_ascii=False, indent=2) + "\n")
        self._read_at = None

    def _current(self) -> dict[str, User]:
        try:
            found = self.file.stat()
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise SettingsError(f"{self.file}: cannot be read: {error.strerror or error}") from None
        self._was_there = True
        stamp = (found.st_ino, found.st_mtime_ns, found.st_size)
        if stamp != self._read_at:
            self._users = _read(self.file)
            self._read_at = stamp
        return self._users


def _read(file: Path) -> dict[str, User]:
    try:
        entries = json.loads(file.read_text(encoding="utf-8"))["users"]
        users = [User(Person(entry["name"], Role(entry["role"])), entry["password"]) for entry in entries]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SettingsError(f"{file}: is no file of users ({error}); write it with: verifier review add-user") from None
    return {user.person.name.casefold(): user for user in users}


def write_private(file: Path, text: str) -> None:
    """Write a file that only its owner may read. Raises SettingsError when that cannot be done."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_file(file, text, OWNER_MODE)
    except OSError as error:
        raise SettingsError(f"{file}: cannot be written: {error.strerror or error}") from None
