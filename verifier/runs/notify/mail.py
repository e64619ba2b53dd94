"""Mail by SMTP: one message in text and HTML, over a protected connection, with every failure told as a sentence."""

import smtplib
import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, localtime, make_msgid, parseaddr
from pathlib import Path

from verifier.characters import shown
from verifier.errors import NotificationError
from verifier.notification_settings import MailSecurity, MailSettings

_BODY_LINES = SMTP.clone(max_line_length=76)
"""Quoted-printable lines have at most 76 characters (RFC 2045, section 6.7)."""

_HEAD_LINES = SMTP.clone(max_line_length=900)
"""Header lines may have 998 (RFC 5322, section 2.1.1); the library folds a long subject right behind its name."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What is to be mailed; without `html` it is plain text alone."""

    subject: str
    text: str
    html: str | None = None


def send(letter: Letter, settings: MailSettings) -> tuple[str, ...]:
    """Mail a letter to all recipients; returns a sentence for each that the server refused while it took others.

    Raises NotificationError when it reached nobody: no server, no TLS, no log-in, all refused.
    """
    message = as_message(letter, settings)
    server = f"{settings.host}:{settings.server_port}"
    password = _password(settings)
    try:
        with _Connection(settings) as connection:
            if settings.user:
                connection.login(settings.user, password)
            refused = connection.send_message(
                message, from_addr=parseaddr(settings.sender)[1], to_addrs=_addresses(settings)
            )
    except (OSError, smtplib.SMTPException) as error:
        raise NotificationError(f"no mail went out: {server} {_what_failed(error, settings)}") from error
    return tuple(f"{server} refused the recipient {address}: {_reply(*reply)}" for address, reply in refused.items())


def as_message(letter: Letter, settings: MailSettings) -> EmailMessage:
    """The letter with its headers; marked as sent by a program, so that no absence notice answers it (RFC 3834).

    What cannot be written (half a surrogate pair in a file's name) or turns the order of the rest is replaced: it must
    not cost the whole mail.
    """
    message = EmailMessage(policy=_BODY_LINES)
    message["Subject"] = " ".join(shown(letter.subject).split())
    message["From"] = settings.sender
    message["To"] = ", ".join(settings.recipients)
    message["Date"] = format_datetime(localtime())
    message["Message-ID"] = make_msgid("verifier", parseaddr(settings.sender)[1].rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(shown(letter.text), cte="quoted-printable")
    if letter.html is not None:
        message.add_alternative(shown(letter.html), subtype="html", cte="quoted-printable")
    message.policy = _HEAD_LINES
    return message


def _addresses(settings: MailSettings) -> list[str]:
    return [parseaddr(recipient)[1] for recipient in settings.recipients]


def _password(settings: MailSettings) -> str:
    """The password in use. Raises NotificationError when its file cannot be read, or SMTP's client cannot send it."""
    file = settings.password_file
    password = settings.password.get_secret_value() if file is None else _first_line(file)
    if not (settings.user + password).isascii():
        raise NotificationError("no mail went out: mail.user and the password may hold ASCII characters only")
    return password


def _first_line(file: Path) -> str:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text"
        raise NotificationError(f"no mail went out: mail.password_file {file}: {reason}") from None
    if not lines or not lines[0]:
        raise NotificationError(f"no mail went out: mail.password_file {file} is empty")
    return lines[0]


class _Connection:
    """A session with the mail server, protected as the settings ask; never less, whatever the server offers."""

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings

    def __enter__(self) -> smtplib.SMTP:
        settings = self._settings
        where = (settings.host, settings.server_port)
        if settings.security is MailSecurity.TLS:
            self._smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                *where, timeout=settings.timeout, context=ssl.create_default_context()
            )
            return self._smtp
        self._smtp = smtplib.SMTP(*where, timeout=settings.timeout)
        if settings.security is MailSecurity.STARTTLS:
            try:
                self._smtp.starttls(context=ssl.create_default_context())
            except (OSError, smtplib.SMTPException):
                self._smtp.close()
                raise
        return self._smtp

    def __exit__(self, *_: object) -> None:
        """Take leave; the letter is delivered or not by now, so that a failure here says nothing."""
        with suppress(OSError, smtplib.SMTPException):
            self._smtp.quit()
        self._smtp.close()


def _what_failed(error: Exception, settings: MailSettings) -> str:
    """The rest of a sentence that begins with the server's name."""
    if isinstance(error, smtplib.SMTPException):
        return _what_smtp_failed(error, settings)
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"shows a certificate that is not trusted: {error.verify_message}"
    if isinstance(error, ssl.SSLError):
        return f"does not speak {settings.security.value} there; check mail.security and mail.port"
    if isinstance(error, socket.gaierror):
        return "cannot be resolved; check mail.host and the name server"
    if isinstance(error, TimeoutError):
        return f"did not answer within {settings.timeout:g} s; check mail.host, mail.port and the firewall"
    if isinstance(error, ConnectionRefusedError):
        return "refuses connections; check mail.host and mail.port"
    return f"cannot be reached: {error.strerror if isinstance(error, OSError) and error.strerror else error}"


def _what_smtp_failed(error: smtplib.SMTPException, settings: MailSettings) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return f"refused every recipient: {_refusals(error.recipients)}"
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"refused the log-in of {settings.user}: {_reply(error.smtp_code, error.smtp_error)}"
    if isinstance(error, smtplib.SMTPSenderRefused):
        return f"refused the sender {settings.sender}: {_reply(error.smtp_code, error.smtp_error)}"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"answered {_reply(error.smtp_code, error.smtp_error)}"
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return f"broke off, or did not answer within {settings.timeout:g} s"
    return f"cannot do what is asked: {error}"


def _refusals(refused: Mapping[str, tuple[int, bytes]]) -> str:
    return "; ".join(f"{address}: {_reply(*reply)}" for address, reply in refused.items())


def _reply(code: int, said: bytes | str) -> str:
    """A server's reply in one line."""
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {' '.join(words.split())}"[:300]
