"""Connections to judged addresses, with a deadline on every byte.

urllib3's connections do HTTP and TLS; two things are ours: they connect to the endpoints that the guard judged, and
their sockets count down one budget of time, so that a server which drips a byte now and then cannot hold us.
"""

import http.client
import io
import os
import socket
import ssl
import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import certifi
from urllib3.connection import HTTPConnection, HTTPSConnection

from verifier.errors import SettingsError
from verifier.resolver.http.guard import Endpoint
from verifier.resolver.http.rate_limit import look_before_sending
from verifier.resolver.http.time_budget import TimeBudget
from verifier.resolver.sources.urls import Address

_MOST_IDLE = 128  # kept-alive connections of different origins
_MOST_INTERIM = 20  # 1xx responses before the final one
_HOSTS_TRIED = 3  # addresses of one name that are tried, one after the other


class _TimedReader(io.RawIOBase):
    def __init__(self, owner: "TimedSocket") -> None:
        self._owner = owner

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._owner.receive_into(buffer)

    def close(self) -> None:
        if not self.closed:
            super().close()
            self._owner.release()


class TimedSocket:
    """A socket as http.client uses one, whose every wait ends with the budget.

    As with a plain socket, `close` waits for the readers that `makefile` gave out.
    """

    def __init__(self, sock: socket.socket, read_timeout: float, budget: TimeBudget) -> None:
        self._sock = sock
        self._read_timeout = read_timeout
        self._readers = 0
        self._closing = False
        self.budget = budget

    def receive_into(self, buffer: Any) -> int:
        """Read what is there, waiting no longer than allowed."""
        self._sock.settimeout(self.budget.timeout(self._read_timeout))
        return self._sock.recv_into(buffer)

    def sendall(self, data: Any) -> None:
        """Send all, waiting no longer than allowed."""
        self._sock.settimeout(self.budget.timeout(self._read_timeout))
        self._sock.sendall(data)

    def makefile(self, mode: str = "rb", buffering: int | None = None) -> io.BufferedReader:
        """The reading side, as http.client asks for it."""
        self._readers += 1
        return io.BufferedReader(_TimedReader(self), 65536)

    def release(self) -> None:
        """A reader is done."""
        self._readers -= 1
        if self._closing and self._readers <= 0:
            self._sock.close()

    def settimeout(self, seconds: float | None) -> None:
        """Ignored: the budget decides before every wait."""

    def fileno(self) -> int:
        """The descriptor, so that a dead kept-alive connection can be recognised."""
        return self._sock.fileno()

    def close(self) -> None:
        """Close the socket as soon as nobody reads from it."""
        self._closing = True
        if self._readers <= 0:
            self._sock.close()


class _PatientResponse(http.client.HTTPResponse):
    """Reads on after interim responses (RFC 9110, section 15.2): the standard library knows only 100 Continue."""

    def _read_status(self) -> tuple[str, int, str]:
        for _ in range(_MOST_INTERIM):
            version, status, reason = super()._read_status()  # type: ignore[misc]
            if not 100 <= status < 200 or status == http.client.SWITCHING_PROTOCOLS:
                return version, status, reason
            http.client.parse_headers(self.fp)
        raise http.client.HTTPException(f"more than {_MOST_INTERIM} interim responses")


@dataclass(frozen=True, slots=True)
class Limits:
    """How long connecting and each wait for a byte may take, in seconds, within a fetch's budget."""

    connect_timeout: float
    read_timeout: float
    budget: TimeBudget


class GuardedConnection:
    """One kept-alive connection to an origin; `ip` is where it goes, empty where only a proxy knows.

    Raises what urllib3, http.client, ssl and socket raise: the fetcher turns those into outcomes.
    """

    def __init__(
        self,
        connection: HTTPConnection,
        sock: TimedSocket,
        ip: str,
        prefix: str = "",
        more: tuple[tuple[str, str], ...] = (),
    ) -> None:
        self._connection = connection
        self._sock = sock
        self._prefix = prefix
        self._more = more
        self.ip = ip
        self.used = False

    @classmethod
    def open(
        cls,
        address: Address,
        endpoints: tuple[Endpoint, ...],
        limits: Limits,
        tls: ssl.SSLContext | None,
    ) -> "GuardedConnection":
        """Connect to the first endpoint that answers; the TLS name is the address's host, whatever the endpoint."""
        sock, endpoint = connect(endpoints[:_HOSTS_TRIED], limits)
        return cls.over(sock, address, limits, tls, ip=endpoint.ip)

    @classmethod
    def over(
        cls,
        sock: socket.socket,
        address: Address,
        limits: Limits,
        tls: ssl.SSLContext | None,
        *,
        ip: str,
        prefix: str = "",
        more: tuple[tuple[str, str], ...] = (),
    ) -> "GuardedConnection":
        """Talk to an address over a socket that leads there; it is closed where that fails.

        `prefix` is before every target and `more` are headers besides the request's own, as a proxy wants them.
        """
        try:
            if tls is not None:
                sock.settimeout(limits.budget.timeout(limits.connect_timeout))
                sock = tls.wrap_socket(sock, server_hostname=address.host.rstrip("."))
        except BaseException:
            sock.close()
            raise
        timed = TimedSocket(sock, limits.read_timeout, limits.budget)
        kind = HTTPConnection if tls is None else HTTPSConnection
        connection = kind(address.host, address.port)
        connection.response_class = _PatientResponse
        connection.sock = timed
        return cls(connection, timed, ip, prefix, more)

    @property
    def alive(self) -> bool:
        """Whether the server has neither closed the idle connection nor sent what nobody asked for."""
        return self._connection.is_connected

    def ask(self, target: str, headers: tuple[tuple[str, str], ...], budget: TimeBudget) -> Any:
        """Send a GET and read the response's head. The answer is urllib3's HTTPResponse, its body still unread."""
        self._sock.budget = budget
        self.used = True
        look_before_sending()
        self._connection.request(
            "GET",
            self._prefix + target,
            headers=dict(headers + self._more),
            preload_content=False,
            decode_content=False,
            enforce_content_length=False,
        )
        return self._connection.getresponse()

    def close(self) -> None:
        """Close it for good."""
        self._connection.close()


class IdleConnections:
    """Kept-alive connections by origin; one is taken under its host's turn, so each host has one at most per origin."""

    def __init__(self) -> None:
        self._idle: OrderedDict[tuple[str, str, int], GuardedConnection] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, origin: tuple[str, str, int]) -> GuardedConnection | None:
        """The idle connection of an origin, if it is still good."""
        with self._lock:
            connection = self._idle.pop(origin, None)
        if connection is not None and not connection.alive:
            connection.close()
            return None
        return connection

    def keep(self, origin: tuple[str, str, int], connection: GuardedConnection) -> None:
        """Put a connection back whose response was read to its end; the longest idle one goes when there are many."""
        with self._lock:
            old = [self._idle.pop(origin, None)]
            self._idle[origin] = connection
            if len(self._idle) > _MOST_IDLE:
                old.append(self._idle.popitem(last=False)[1])
        for closing in filter(None, old):
            closing.close()

    def close(self) -> None:
        """Close them all."""
        with self._lock:
            connections = list(self._idle.values())
            self._idle.clear()
        for connection in connections:
            connection.close()


def tls_context() -> ssl.SSLContext:
    """Verify against REQUESTS_CA_BUNDLE or SSL_CERT_FILE where set, else the system's and certifi's authorities.

    Raises SettingsError when the named bundle cannot be read.
    """
    named = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("SSL_CERT_FILE")
    if not named:
        context = ssl.create_default_context()
        context.load_verify_locations(cafile=certifi.where())
        return context
    folder = Path(named).is_dir()
    try:
        return ssl.create_default_context(cafile=None if folder else named, capath=named if folder else None)
    except (OSError, ssl.SSLError) as error:
        raise SettingsError(f"{named}: no usable CA bundle: {error}; check REQUESTS_CA_BUNDLE, SSL_CERT_FILE") from None


def connect(endpoints: tuple[Endpoint, ...], limits: Limits) -> tuple[socket.socket, Endpoint]:
    """A socket to the first endpoint that answers, and which it is. Raises OSError when none does."""
    failure: OSError = OSError("no address to connect to")
    for endpoint in endpoints:
        try:
            sock = socket.create_connection((endpoint.ip, endpoint.port), limits.budget.timeout(limits.connect_timeout))
        except OSError as error:
            failure = error
        else:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return sock, endpoint
    raise failure
