"""Fetching through a forward proxy: the proxy resolves the names, so where it connects to is its word and not ours."""

import socket
import ssl
from base64 import b64encode
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from verifier.resolver.http.connection import GuardedConnection, Limits, connect
from verifier.resolver.http.dns import Names, Refusal
from verifier.resolver.http.guard import Endpoint
from verifier.resolver.sources.urls import Address

PROXY_WARNING = (
    "Sources are fetched through a forward proxy: which addresses it connects to cannot be checked, so private ones "
    "are refused only where the name itself shows them."
)
_LONGEST_HEAD = 16384  # bytes of a proxy's answer to CONNECT


class ProxyError(ConnectionError):
    """The proxy did not open a tunnel; the message is its status line."""


@dataclass(frozen=True, slots=True)
class ForwardProxy:
    """An HTTP proxy that requests go through; `credentials` is the value of a `Proxy-Authorization` header, or None."""

    host: str
    port: int
    credentials: str | None = None

    @classmethod
    def of(cls, url: str) -> "ForwardProxy | None":
        """The proxy that `http://[user:password@]host[:port]` names; None for an empty one."""
        if not url:
            return None
        parts = urlsplit(url)
        credentials = None
        if parts.username is not None:
            secret = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
            credentials = "Basic " + b64encode(secret.encode()).decode("ascii")
        return cls(parts.hostname or "", parts.port or 80, credentials)

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """The headers that are for the proxy alone."""
        return (("Proxy-Authorization", self.credentials),) if self.credentials else ()


def open_through(
    proxy: ForwardProxy, address: Address, limits: Limits, tls: ssl.SSLContext | None
) -> GuardedConnection | Refusal:
    """Connect to an address by way of the proxy: a tunnel for https (RFC 9110, 9.3.6), else requests in absolute form
    (RFC 9112, 3.2.2).

    Raises what `GuardedConnection.open` raises, and ProxyError.
    """
    found = Names().look_up(proxy.host, proxy.port)
    if isinstance(found, Refusal):
        return found
    sock, _ = connect(tuple(Endpoint(ip, proxy.port) for ip in found), limits)
    try:
        if tls is not None:
            _tunnel(sock, proxy, address, limits)
    except BaseException:
        sock.close()
        raise
    plain = tls is None
    return GuardedConnection.over(
        sock,
        address,
        limits,
        tls,
        ip="",
        prefix=f"http://{address.authority}" if plain else "",
        more=proxy.headers if plain else (),
    )


def _tunnel(sock: socket.socket, proxy: ForwardProxy, address: Address, limits: Limits) -> None:
    place = f"{f'[{address.host}]' if ':' in address.host else address.host}:{address.port}"
    lines = [f"CONNECT {place} HTTP/1.1", f"Host: {place}", *(f"{name}: {value}" for name, value in proxy.headers)]
    sock.settimeout(limits.budget.timeout(limits.connect_timeout))
    sock.sendall("\r\n".join([*lines, "", ""]).encode("ascii"))
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        sock.settimeout(limits.budget.timeout(limits.connect_timeout))
        byte = sock.recv(1)  # one by one: what comes after the head belongs to the tunnel
        if not byte or len(head) > _LONGEST_HEAD:
            raise ProxyError("the forward proxy closed the connection")
        head += byte
    status_line = head.split(b"\r\n", 1)[0].decode("latin-1")
    if not status_line.startswith(("HTTP/1.1 2", "HTTP/1.0 2")):
        raise ProxyError(f"the forward proxy opened no tunnel: {status_line}")
