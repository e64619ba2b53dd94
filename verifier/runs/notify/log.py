"""The log: one event a line, as JSON, in a file that turns over by its size.

Everything goes through the standard library's `logging.getLogger("verifier")`, so that a program that embeds Verifier
sends it where it likes. A line holds the fields that the event was given, and of an error its kind and place: what a
library says of its error may quote a document or a password.
"""

import json
import logging
import re
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from verifier.errors import VerifierError

MOST_BYTES = 5_000_000
"""A log file that would grow beyond this is turned over: years of nights, as one is some ten lines."""

KEPT_FILES = 5
"""How many older files are kept (`verifier.jsonl.1` is the newest of them)."""

LONGEST_VALUE = 500
"""Characters of a value that a line keeps."""

_CREDENTIALS = re.compile(r"(?<=://)[^/@\s]+(?=@)")

Field = str | int | float | None


class Event(StrEnum):
    """What is worth a line."""

    RUN_BEGUN = "run_begun"
    RUN_FINISHED = "run_finished"
    DOCUMENT_FAILED = "document_failed"
    NETWORK_DOWN = "network_down"
    WORK_LEFT = "work_left"
    MAIL_SENT = "mail_sent"
    MAIL_FAILED = "mail_failed"
    METRICS_FAILED = "metrics_failed"
    HEARTBEAT_FAILED = "heartbeat_failed"
    WEBHOOK_FAILED = "webhook_failed"
    BOT_FAILED = "bot_failed"
    UNIT_FAILED = "unit_failed"
    WEB_ARCHIVE_UNAVAILABLE = "web_archive_unavailable"
    WORKER_BEGUN = "worker_begun"
    WORKER_ENDED = "worker_ended"
    JOBS_REAPED = "jobs_reaped"
    LEASE_LOST = "lease_lost"
    JOB_FAILED = "job_failed"
    ARCHIVE_AWAY = "archive_away"
    ARCHIVE_BACK = "archive_back"
    WORKER_OFFLINE = "worker_offline"
    WORKER_ONLINE = "worker_online"


_LEVELS = {
    Event.RUN_BEGUN: logging.INFO,
    Event.RUN_FINISHED: logging.INFO,
    Event.MAIL_SENT: logging.INFO,
    Event.WEB_ARCHIVE_UNAVAILABLE: logging.INFO,
    Event.WORKER_BEGUN: logging.INFO,
    Event.WORKER_ENDED: logging.INFO,
    Event.ARCHIVE_BACK: logging.INFO,
    Event.WORKER_ONLINE: logging.INFO,
    Event.JOBS_REAPED: logging.WARNING,
    Event.LEASE_LOST: logging.WARNING,
    Event.DOCUMENT_FAILED: logging.WARNING,
    Event.WORK_LEFT: logging.WARNING,
}
"""All others are errors: an operator has to do something."""


def log_event(event: Event, **fields: Field) -> None:
    """Write an event with its fields: run numbers, counts, paths, reasons; never a document's text, never a secret."""
    logging.getLogger("verifier").log(_LEVELS.get(event, logging.ERROR), event.value, extra={"fields": fields})


def error_words(error: BaseException) -> str:
    """An error in one line that may leave the house: our own words, else only its kind and where it arose."""
    if isinstance(error, VerifierError):
        return (str(error).splitlines() or [type(error).__name__])[0]
    if isinstance(error, OSError) and error.strerror:
        return f"{type(error).__name__}: {error.strerror}, {_place(error)}"
    return f"{type(error).__name__}, {_place(error)}"


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return "at an unknown place"
    return f"at {Path(frames[-1].filename).name}:{frames[-1].lineno} in {frames[-1].name}"


@contextmanager
def log_to(file: Path) -> Iterator[None]:
    """Write the events of a run to a file, made with its folder if it is not there.

    A file that cannot be written (a folder in the way, a full disk) is told once on standard error, and the run goes
    on: a night without a log is better than none, and what ails the disk is told by the night itself.
    """
    logger = logging.getLogger("verifier")
    handler = _opened(file)
    handler.setFormatter(JsonLines())
    level = logger.level
    logger.setLevel(min(level or logging.INFO, logging.INFO))
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
        handler.close()


def _opened(file: Path) -> logging.Handler:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        _mend_last_line(file)
        return _LogFile(file)
    except OSError as error:
        _say_unwritable(file, error)
        return logging.NullHandler()


def _say_unwritable(file: Path, error: BaseException | None) -> None:
    sys.stderr.write(f"verifier: the log {file} cannot be written: {getattr(error, 'strerror', None) or error}\n")


class JsonLines(logging.Formatter):
    """Turns a record into one line of JSON: `time` (UTC), `level`, `event`, then the event's fields."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": _fit(record.getMessage()),
        }
        fields: Mapping[str, Field] = getattr(record, "fields", {})
        line |= {name: _fit(value) for name, value in fields.items() if name not in line}
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            line["error"] = _fit(error_words(error))
        return json.dumps(line, ensure_ascii=True, allow_nan=False)


def _fit(value: object) -> Field:
    """A value as a line holds it: what is no plain value as its words, without credentials, not too long."""
    if value is None or isinstance(value, bool | int):
        return value
    text = _CREDENTIALS.sub("***", str(value))
    if isinstance(value, float):
        return value if text not in ("nan", "inf", "-inf") else text
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


class _LogFile(RotatingFileHandler):
    """A file that turns over by size, and says once when it can no longer be written."""

    def __init__(self, file: Path) -> None:
        super().__init__(file, maxBytes=MOST_BYTES, backupCount=KEPT_FILES, encoding="utf-8")
        self._told = False

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the library's name
        """Tell the first failure, instead of a traceback for each."""
        self._tell(sys.exc_info()[1])

    def close(self) -> None:
        """Close the file; what was still to be written to a full disk is lost, which is told."""
        try:
            super().close()
        except OSError as error:
            self._tell(error)

    def _tell(self, error: BaseException | None) -> None:
        if not self._told:
            self._told = True
            _say_unwritable(Path(self.baseFilename), error)


def _mend_last_line(file: Path) -> None:
    """End a line that a killed run left torn, so that the next event is on a line of its own."""
    if not file.exists() or file.stat().st_size == 0:
        return
    with file.open("rb+") as log:
        log.seek(-1, 2)
        if log.read(1) != b"\n":
            log.write(b"\n")
