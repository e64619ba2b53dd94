"""What the doctor looks at outside: names, one connection, the mail server, and whether we say who we are."""

import os
import smtplib
import socket
import ssl
from collections.abc import Iterator
from urllib.parse import urlsplit

from verifier.admin.doctor.result import CheckContext, CheckResult, fail, ok, warn
from verifier.notification_settings import MailSecurity, MailSettings
from verifier.resolver import PROXY_WARNING

WELL_KNOWN = "http://www.iana.org/"
"""Asked for when no address is configured: IANA keeps the names of the net itself."""

_PROXY_VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")

PATIENCE = 10.0
"""Seconds to wait for a connection."""


def name_and_connection(context: CheckContext) -> Iterator[CheckResult]:
    """Whether a name resolves and its server takes a connection: the heartbeat's, else a well-known one."""
    address = urlsplit(context.settings.heartbeat.url or WELL_KNOWN)
    host, port = address.hostname or "", address.port or (443 if address.scheme == "https" else 80)
    try:
        socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        remedy = "see /etc/resolv.conf and the network; without names every night ends with exit code 3"
        yield fail("names", f"{host} does not resolve: {error.strerror or error}", remedy)
        return
    yield ok("names", f"{host} resolves")
    try:
        socket.create_connection((host, port), timeout=PATIENCE).close()
    except OSError as error:
        remedy = "see the firewall: Verifier needs to reach ports 80 and 443 of the servers that are cited"
        yield fail("network", f"{host}:{port} takes no connection: {error.strerror or error}", remedy)
        return
    yield ok("network", f"{host}:{port} takes connections")


def proxy(context: CheckContext) -> Iterator[CheckResult]:
    """Whether sources go through a forward proxy, as the settings or only the environment want it."""
    settings = context.settings.fetch
    in_environment = [name for name in _PROXY_VARIABLES if os.environ.get(name) or os.environ.get(name.lower())]
    if settings.proxy:
        yield warn("proxy", PROXY_WARNING, "let Verifier reach the web directly where private addresses are of concern")
    elif in_environment:
        remedy = "set fetch.proxy where sources can be reached by a proxy alone"
        yield warn("proxy", f"{' and '.join(in_environment)} in the environment: not used", remedy)


def mail(context: CheckContext) -> Iterator[CheckResult]:
    """Whether the mail server answers and protects the connection as the settings want it; nothing is sent."""
    settings = context.settings.mail
    if not settings.host:
        yield warn("mail", "none is sent", "name a server as mail.host: a mail that stays away says that nothing runs")
        return
    server = f"{settings.host}:{settings.server_port}"
    try:
        _greet(settings)
    except (OSError, smtplib.SMTPException) as error:
        said = getattr(error, "strerror", None) or error
        yield fail("mail", f"{server}: {said}", "correct [mail] in the settings, or see why the server does not answer")
        return
    yield ok("mail", f"{server} answers ({settings.security.value})")


def _greet(settings: MailSettings) -> None:
    """Connect as for a letter, without log-in. Raises OSError, SMTPException."""
    patience = min(settings.timeout, PATIENCE)
    if settings.security is MailSecurity.TLS:
        context = ssl.create_default_context()
        with smtplib.SMTP_SSL(settings.host, settings.server_port, timeout=patience, context=context) as connection:
            connection.noop()
        return
    with smtplib.SMTP(settings.host, settings.server_port, timeout=patience) as connection:
        if settings.security is MailSecurity.STARTTLS:
            connection.starttls(context=ssl.create_default_context())
        connection.noop()


def webhook(context: CheckContext) -> Iterator[CheckResult]:
    """Whether the server of the chat channel takes a connection; nothing is posted."""
    address = urlsplit(context.settings.webhook.url.get_secret_value())
    if not address.hostname:
        return
    server = (address.hostname, address.port or (443 if address.scheme == "https" else 80))
    try:
        socket.create_connection(server, timeout=PATIENCE).close()
    except OSError as error:
        remedy = "correct webhook.url in the settings, or see the firewall"
        yield fail("webhook", f"{address.hostname}: {error.strerror or error}", remedy)
        return
    yield ok("webhook", f"{address.hostname} takes connections ({context.settings.webhook.format.value})")


def contact(context: CheckContext) -> Iterator[CheckResult]:
    """Whether servers that we ask learn whom to write to."""
    if context.settings.fetch.contact:
        yield ok("contact", context.settings.fetch.contact)
    else:
        yield warn("contact", "the User-Agent names nobody", "set fetch.contact: servers block what they cannot ask")
