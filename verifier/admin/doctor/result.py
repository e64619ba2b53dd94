"""The words of `verifier doctor`: one thing that was looked at, and how well it is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from verifier.settings import Settings


class Health(StrEnum):
    """How well a thing is: `fail` needs somebody, `warn` is worth knowing."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """A thing that was looked at, what was found, and (unless it is well) what to do about it."""

    subject: str
    health: Health
    found: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class CheckContext:
    """The installation that is looked at, and the time by this machine's clock."""

    settings: Settings
    now: datetime


Check = Callable[[CheckContext], Iterable[CheckResult]]
"""Looks at one thing; may raise OSError or an error of ours, which is then what was found."""


def ok(subject: str, found: str) -> CheckResult:
    """Nothing to do."""
    return CheckResult(subject, Health.OK, found)


def warn(subject: str, found: str, remedy: str) -> CheckResult:
    """Worth knowing."""
    return CheckResult(subject, Health.WARN, found, remedy)


def fail(subject: str, found: str, remedy: str) -> CheckResult:
    """Somebody has to do something."""
    return CheckResult(subject, Health.FAIL, found, remedy)
