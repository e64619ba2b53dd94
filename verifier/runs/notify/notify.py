"""Telling people and monitors how a night went; what fails here is said, and touches neither the work nor its end."""

import socket
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from prometheus_client import CollectorRegistry

from verifier.errors import NotificationError, SettingsError, StoreBusyError
from verifier.exits import ExitCode
from verifier.reports.contents import ReportedFinding, RunReport
from verifier.reports.digest import digest_text, make_digest
from verifier.runs.notify.chat import ChatLine, ChatMessage, digest_message, is_quiet, post
from verifier.runs.notify.heartbeat import beat
from verifier.runs.notify.log import Event, error_words, log_event
from verifier.runs.notify.mail import Letter, send
from verifier.runs.notify.metrics import failure_metrics, night_metrics, write_metrics
from verifier.runs.notify.run_events import log_outcome
from verifier.settings import Settings

_COMPLETE = (ExitCode.CLEAN, ExitCode.NEW_ACCUSATIONS)


def notify(
    report: RunReport,
    exit_code: ExitCode,
    settings: Settings,
    healed: Sequence[ReportedFinding] = (),
    *,
    confidential: Collection[str] = frozenset(),
) -> tuple[str, ...]:
    """Log a night, mail its digest (a quiet one's too), post it to a channel, write the metrics, call the monitor.

    `healed` are the findings that closed since the run before; `confidential` the paths of documents of which mail
    holds counts only. Returns a sentence for each thing that could not be told, for standard error. The monitor hears
    of a complete night only when all was told; that it could not be reached itself is only logged.
    """
    from verifier.reports.digest_html import digest_html

    log_outcome(report, exit_code, healed)
    untold: tuple[str, ...] = ()
    digest = make_digest(report, healed, confidential)
    if settings.mail.host:
        untold += _mail(Letter(digest.subject, digest_text(digest), digest_html(digest)), settings)
    if settings.webhook.quiet_nights or not is_quiet(digest):
        untold += _chat(digest_message(digest, settings.review.address), settings)
    untold += _metrics(night_metrics(report, exit_code, healed, len(untold)), settings)
    _beat(exit_code in _COMPLETE and not untold, settings)
    return untold


@contextmanager
def failure_notified(settings: Settings) -> Iterator[None]:
    """Notify of whatever ends a night early; what could not be told is added to the error, which is raised again.

    Not of another run at work: that one will tell.
    """
    try:
        yield
    except StoreBusyError:
        raise
    except Exception as error:
        for sentence in notify_failure(error, settings):
            error.add_note(sentence)
        raise


def notify_failure(error: BaseException, settings: Settings) -> tuple[str, ...]:
    """Mail and post that the bot itself failed, say so in the metrics, call the monitor.

    Of an error of a library only its kind and place are told. Returns the sentences of what could not be told.
    """
    words = error_words(error)
    exit_code = ExitCode.USAGE if isinstance(error, SettingsError) else ExitCode.INCOMPLETE
    log_event(Event.BOT_FAILED, error=words, exit_code=exit_code.value)
    untold: tuple[str, ...] = ()
    if settings.mail.host:
        untold += _mail(Letter(_subject(words), _failure_text(words, settings)), settings)
    untold += _chat(
        ChatMessage(_subject(words), (ChatLine(f"The nightly run on {socket.gethostname()} failed."),)), settings
    )
    untold += _metrics(failure_metrics(exit_code, datetime.now(UTC)), settings)
    _beat(False, settings)
    return untold


def _subject(words: str) -> str:
    return f"Verifier: FAILED: {words if len(words) <= 100 else words[:99] + '…'}"


def _failure_text(words: str, settings: Settings) -> str:
    return (
        f"The nightly run did not come to its end.\n\n"
        f"    {words}\n\n"
        f"machine: {socket.gethostname()}\n"
        f"data folder: {settings.data.absolute()}\n"
        f"log: {settings.log_file.absolute()}\n\n"
        "Nothing that was checked is lost: the next run goes on where this one stopped.\n"
        "What is wrong and how to fix it: verifier doctor\n"
    )


def _mail(letter: Letter, settings: Settings) -> tuple[str, ...]:
    try:
        refused = send(letter, settings.mail)
    except NotificationError as error:
        log_event(Event.MAIL_FAILED, reason=str(error))
        return (str(error),)
    for sentence in refused:
        log_event(Event.MAIL_FAILED, reason=sentence)
    log_event(Event.MAIL_SENT, recipients=len(settings.mail.recipients) - len(refused))
    return refused


def _chat(message: ChatMessage, settings: Settings) -> tuple[str, ...]:
    try:
        post(message, settings)
    except NotificationError as error:
        log_event(Event.WEBHOOK_FAILED, reason=str(error))
        return (str(error),)
    return ()


def _metrics(metrics: CollectorRegistry, settings: Settings) -> tuple[str, ...]:
    if settings.metrics_file is None:
        return ()
    try:
        write_metrics(metrics, settings.metrics_file)
    except NotificationError as error:
        log_event(Event.METRICS_FAILED, reason=str(error))
        return (str(error),)
    return ()


def _beat(complete: bool, settings: Settings) -> None:
    try:
        beat(complete, settings)
    except NotificationError as error:
        log_event(Event.HEARTBEAT_FAILED, reason=str(error))
