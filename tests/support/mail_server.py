"""A real mail server on loopback, with STARTTLS or TLS, a log-in, and recipients that it refuses."""

import email
import email.policy
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword

USER, PASSWORD = "bot", "pass phrase"
NOBODY = "nobody@example.org"


@dataclass
class Mailbox:
    """What a server took: (recipients of the envelope, message) each; and where it listens."""

    port: int = 0
    taken: list[tuple[list[str], EmailMessage]] = field(default_factory=list)
    logged_in: list[bool] = field(default_factory=list)
    reply_to_data: str = "250 taken"
    before_taking: Callable[[], object] = lambda: None

    async def handle_RCPT(self, server, session, envelope: Envelope, address: str, options) -> str:  # noqa: N802
        if address == NOBODY:
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope: Envelope) -> str:  # noqa: N802
        self.before_taking()
        if self.reply_to_data.startswith("250"):
            message = email.message_from_bytes(envelope.content, policy=email.policy.default)
            self.taken.append((list(envelope.rcpt_tos), message))
            self.logged_in.append(bool(session.authenticated))
        return self.reply_to_data


def log_in(server, session, envelope, mechanism, given) -> AuthResult:
    """Only the one user with the one password."""
    right = isinstance(given, LoginPassword) and (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


class _FreePort(Controller):
    """A controller that takes whatever port is free."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_server(
    authority: trustme.CA | None = None, name: str = "localhost", implicit_tls: bool = False, log_in_first: bool = False
) -> Iterator[Mailbox]:
    """A server on loopback; with an authority it offers STARTTLS and insists on it, or speaks TLS from the start."""
    mailbox = Mailbox()
    more: dict[str, object] = {}
    if authority is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(name).configure_cert(context)
        more = {"ssl_context": context} if implicit_tls else {"tls_context": context, "require_starttls": True}
    if log_in_first:
        more |= {"authenticator": log_in, "auth_required": True, "auth_require_tls": not implicit_tls}
    controller = _FreePort(mailbox, hostname="127.0.0.1", port=0, **more)
    controller.start()
    mailbox.port = controller.port
    try:
        yield mailbox
    finally:
        controller.stop()
