"""The exit codes that cron and other programs rely on (docs/reference.md)."""

from enum import IntEnum


class ExitCode(IntEnum):
    """How a command ended; INCOMPLETE outranks NEW_ACCUSATIONS."""

    CLEAN = 0
    NEW_ACCUSATIONS = 1
    USAGE = 2
    INCOMPLETE = 3
    ALREADY_RUNNING = 4
