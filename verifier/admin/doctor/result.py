"""The words of `verifier doctor`: one thing that was looked at, and how well it is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from verifier.settings import Settings


class Health(StrEnum):
    """How well a thing is: `mend` needs somebody, `note` is worth knowing."""

    OK = "ok"
    NOTE = "note"
    MEND = "mend"


@dataclass(frozen=True, slots=True)
class Checkup:
    """A thing that was looked at, what was found, and (unless it is well) what to do about it."""

    subject: str
    health: Health
    found: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Patient:
    """The installation that is looked at, and the time by this machine's clock."""

    settings: Settings
    now: datetime


Examination = Callable[[Patient], Iterable[Checkup]]
"""Looks at one thing; may raise OSError or an error of ours, which is then what was found."""


def well(subject: str, found: str) -> Checkup:
    """Nothing to do."""
    return Checkup(subject, Health.OK, found)


def note(subject: str, found: str, remedy: str) -> Checkup:
    """Worth knowing."""
    return Checkup(subject, Health.NOTE, found, remedy)


def mend(subject: str, found: str, remedy: str) -> Checkup:
    """Somebody has to do something."""
    return Checkup(subject, Health.MEND, found, remedy)
