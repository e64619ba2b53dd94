"""The seam to requests: a session whose adapter sends over connections that the guard judged.

requests rewrites percent-encoding when it prepares an address, resolves names a second time when it connects, waits for
as long as a server drips, and follows redirects by itself. A session, its prepared requests and an adapter of our own
keep all that in our hands: the address goes on the wire as written, to the endpoints that were checked.
"""

import ssl
from collections.abc import Callable, Mapping
from typing import Any

from requests import PreparedRequest, Response, Session
from requests.adapters import BaseAdapter
from requests.cookies import RequestsCookieJar
from requests.hooks import default_hooks
from requests.structures import CaseInsensitiveDict

from verifier.resolver.http.connection import GuardedConnection, IdleConnections, Limits
from verifier.resolver.http.dns import Refusal
from verifier.resolver.http.guard import AddressGuard
from verifier.resolver.http.proxy import ForwardProxy, open_through
from verifier.resolver.http.time_budget import TimeBudget
from verifier.resolver.sources.urls import Address
from verifier.settings import FetchSettings

_LONGEST_LOOK_UP = 30.0  # seconds: resolvers give up sooner


class RefusedError(Exception):
    """The guard, or a resolver, lets nobody connect; `refusal` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.detail)
        self.refusal = refusal


class CheckedRequest(PreparedRequest):
    """A GET that is prepared already: its address and headers go on the wire as they are given.

    `budget` is the time that its fetch may still spend.
    """

    def __init__(self, address: Address, headers: tuple[tuple[str, str], ...], budget: TimeBudget) -> None:
        super().__init__()
        self.method = "GET"
        self.url = address.url
        self.headers = CaseInsensitiveDict(headers)
        self.hooks = default_hooks()
        self.address = address
        self.budget = budget


class CheckedResponse(Response):
    """A response whose body is still to be read from `raw`, urllib3's; `carrier` is the connection that it comes by."""

    def __init__(self, request: CheckedRequest, raw: Any, carrier: GuardedConnection) -> None:
        super().__init__()
        self.request = request
        self.url = request.url or ""
        self.status_code = int(raw.status)
        self.reason = raw.reason
        self.headers = raw.headers  # as case-insensitive as requests' own, and there already
        self.raw = raw
        self.carrier = carrier


class _NoCookies(RequestsCookieJar):
    """A fetch keeps its cookies itself, and no longer than it lasts."""

    def extract_cookies(self, response: Any, request: Any) -> None:
        """Keep none."""


class CheckedSession(Session):
    """A session for many threads that keeps no cookies, follows no redirects and heeds no environment."""

    def __init__(self, adapter: "CheckedAdapter") -> None:
        super().__init__()
        self.trust_env = False
        self.cookies = _NoCookies()
        for scheme in ("http://", "https://"):
            self.mount(scheme, adapter)

    def get_redirect_target(self, resp: Response) -> None:
        """None: where a redirect leads is judged by us, hop by hop."""

    def ask(self, address: Address, headers: tuple[tuple[str, str], ...], budget: TimeBudget) -> CheckedResponse:
        """Send a GET and read the head of its response.

        Raises RefusedError, and what urllib3, http.client, ssl and socket raise.
        """
        request = CheckedRequest(address, headers, budget)
        response = self.send(request, stream=True, allow_redirects=False)
        if not isinstance(response, CheckedResponse):
            raise TypeError(f"the adapter answered with {type(response).__name__}")
        return response


class CheckedAdapter(BaseAdapter):
    """Sends over kept-alive connections to judged endpoints, or by way of a forward proxy; thread-safe.

    `idle` are the connections that wait for their origin's next request, `tls` makes the context when it is needed.
    """

    def __init__(
        self, settings: FetchSettings, guard: AddressGuard, idle: IdleConnections, tls: Callable[[], ssl.SSLContext]
    ) -> None:
        super().__init__()
        self._settings = settings
        self._guard = guard
        self._idle = idle
        self._tls = tls
        self._proxy = ForwardProxy.of(settings.proxy)

    def send(
        self,
        request: PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: bool | str = True,
        cert: Any = None,
        proxies: Mapping[str, str] | None = None,
    ) -> CheckedResponse:
        """Send a CheckedRequest; the other arguments are requests' own and are not used. Raises as `ask`."""
        if not isinstance(request, CheckedRequest):
            raise TypeError("only a CheckedRequest can be sent")
        target, headers = request.address.target, tuple(request.headers.items())
        connection = self._idle.take(request.address.origin)
        if connection is not None:
            try:
                return CheckedResponse(request, connection.ask(target, headers, request.budget), connection)
            except ConnectionError:  # the server closed the idle connection as we asked: that says nothing of the page
                connection.close()
        connection = self._open(request.address, request.budget)
        try:
            return CheckedResponse(request, connection.ask(target, headers, request.budget), connection)
        except BaseException:
            connection.close()
            raise

    def close(self) -> None:
        """Close the kept-alive connections."""
        self._idle.close()

    def _open(self, address: Address, budget: TimeBudget) -> GuardedConnection:
        settings = self._settings
        limits = Limits(settings.connect_timeout, settings.read_timeout, budget)
        tls = self._tls() if address.scheme == "https" else None
        if self._proxy is not None and not self._guard.is_mapped(address.host, address.port):
            by_name = self._guard.refusal_by_name(address.host, address.port)
            opened = by_name or open_through(self._proxy, address, limits, tls)
        else:
            located = self._guard.locate(address.host, address.port, budget.timeout(_LONGEST_LOOK_UP))
            if isinstance(located, Refusal):
                raise RefusedError(located)
            opened = GuardedConnection.open(address, located, limits, tls)
        if isinstance(opened, Refusal):
            raise RefusedError(opened)
        return opened
