"""Reading an address: hop by hop, politely, within every limit. A bad web is data here, never an exception."""

import ssl
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from verifier.model import Fetch, Hop, Outcome
from verifier.resolver.http.body import Body, read_body
from verifier.resolver.http.connection import IdleConnections, tls_context
from verifier.resolver.http.cookies import FetchCookies
from verifier.resolver.http.exchange import Exchange, Fetched, MoreHeaders, Truncation
from verifier.resolver.http.failures import NETWORK_ERRORS, outcome_of
from verifier.resolver.http.guard import AddressGuard
from verifier.resolver.http.media import charset_of, looks_finished, media_type_of
from verifier.resolver.http.rate_limit import RateLimiter
from verifier.resolver.http.redirects import MOST_REDIRECTS, next_address, refreshed
from verifier.resolver.http.retries import is_worth_retrying, wanted_silence
from verifier.resolver.http.time_budget import TimeBudget
from verifier.resolver.http.transport import CheckedAdapter, CheckedResponse, CheckedSession, RefusedError
from verifier.resolver.sources.urls import Address, address_of, split_address
from verifier.settings import FetchSettings

_REDIRECT_BODY = 1_000_000  # bytes of a redirect's own page, or of a body cut short, that are kept as evidence
_ACCEPT = "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8"


class Fetcher:
    """Fetches addresses with GET; thread-safe. Its owner closes its connections.

    `settings` are the limits, `guard` says where we may connect to, `limiter` when.
    """

    def __init__(self, settings: FetchSettings, guard: AddressGuard, limiter: RateLimiter) -> None:
        self.settings = settings
        self.guard = guard
        self.limiter = limiter
        self.idle = IdleConnections()
        self.session = CheckedSession(CheckedAdapter(settings, guard, self.idle, self.tls))
        self._tls: ssl.SSLContext | None = None
        self._tls_lock = threading.Lock()

    def close(self) -> None:
        """Close the kept-alive connections."""
        self.session.close()

    def budget(self) -> TimeBudget:
        """The seconds that one address may take."""
        return TimeBudget(self.settings.deadline)

    def fetch(self, address: str, more: MoreHeaders | None = None, budget: TimeBudget | None = None) -> Fetched:
        """Read an address, redirects included; how it ended is the fetch's outcome.

        `more` are headers that its requests carry besides the usual ones, conditions say; `budget` is what is left of
        the seconds for the address that it belongs to. Raises HostAsksToWait where a host on the way wants to be left
        alone for longer than we wait.
        """
        return _Walk(self, address_of(address), more, budget or self.budget()).run()

    def tls(self) -> ssl.SSLContext:
        """The TLS context, made once (reading the authorities takes a while)."""
        with self._tls_lock:
            if self._tls is None:
                self._tls = tls_context()
            return self._tls


class _Answer:
    """One response, or the failure to get one, with its hop."""

    __slots__ = ("body", "detail", "failure", "hop")

    def __init__(self, hop: Hop, body: Body | None = None, failure: Outcome | None = None, detail: str = "") -> None:
        self.hop = hop
        self.body = body
        self.failure = failure
        self.detail = detail


class _Walk:
    """One fetch under way: its hops, its cookies, its seconds."""

    def __init__(self, fetcher: Fetcher, address: str, more: MoreHeaders | None, budget: TimeBudget) -> None:
        self._fetcher = fetcher
        self._address = address
        self._more = more
        self._budget = budget
        self._own_silence: dict[str, float] = {}
        self._cookies = FetchCookies()
        self._hops: list[Hop] = []
        self._exchanges: list[Exchange] = []
        self._seen: set[tuple[str, str | None]] = set()
        self._started_at = datetime.now(UTC)

    def run(self) -> Fetched:
        url = self._address
        while True:
            parsed = split_address(url)
            if isinstance(parsed, Outcome):
                malformed_redirect = bool(self._hops) and parsed is Outcome.MALFORMED_ADDRESS
                outcome = Outcome.PROTOCOL_ERROR if malformed_redirect else parsed  # the printed address is well-formed
                return self._ended(outcome, f"cannot be requested: {url}"[:500])
            state = (parsed.url, self._cookies.header(parsed.url))
            if state in self._seen:
                return self._ended(Outcome.REDIRECT_LOOP, f"redirects in a circle, again to {url}"[:500])
            self._seen.add(state)
            answer = self._ask(url, parsed)
            self._hops.append(answer.hop)
            if answer.failure is not None or answer.body is None:
                return self._ended(answer.failure or Outcome.PROTOCOL_ERROR, answer.detail)
            following = self._next(answer.hop, answer.body)
            if following is None:
                return self._response(answer.hop, answer.body)
            if len(self._hops) > MOST_REDIRECTS:
                return self._ended(Outcome.TOO_MANY_REDIRECTS, f"more than {MOST_REDIRECTS} redirects")
            url = following

    def _next(self, hop: Hop, body: Body) -> str | None:
        following = next_address(hop)
        if following is None and hop.http_status == 200 and "html" in media_type_of(hop, body.data):
            following = refreshed(hop, body.data)
        return following

    def _ask(self, url: str, address: Address) -> _Answer:
        tries = 0
        while True:
            tries += 1
            came = time.monotonic()
            with self._fetcher.limiter.turn(address.host):
                self._spend_own_wait(address.host, time.monotonic() - came)
                answer = self._ask_once(url, address)
                silence = wanted_silence(answer.hop)
                if silence:
                    self._fetcher.limiter.postpone(address.host, silence)
            self._own_silence[address.host] = max(silence, self._fetcher.limiter.pause_of(address.host))
            cap = min(self._fetcher.settings.retry_after_cap, self._budget.left)
            if not is_worth_retrying(answer.hop, answer.failure, tries, cap):
                return answer

    def _spend_own_wait(self, host: str, waited: float) -> None:
        """Count a wait for a turn as far as this fetch's own last request to the host is the cause of it."""
        self._budget.spend(min(waited, self._own_silence.get(host, 0.0)))

    def _ask_once(self, url: str, address: Address) -> _Answer:
        started_at = datetime.now(UTC)
        self._budget.start()
        try:
            answer = self._request(url, address)
        except NETWORK_ERRORS as error:
            answer = _Answer(Hop(url, None), failure=outcome_of(error), detail=f"{type(error).__name__}: {error}"[:500])
        spent = self._budget.stop()
        answer.hop = replace(answer.hop, started_at=started_at, elapsed=spent)
        return answer

    def _request(self, url: str, address: Address) -> _Answer:
        headers = self._request_headers(address)
        if self._more is not None:
            headers += self._more.headers_for(url)
        try:
            response = self._fetcher.session.ask(address, headers, self._budget)
        except RefusedError as error:
            return _Answer(Hop(url, None), failure=error.refusal.outcome, detail=error.refusal.detail)
        return self._receive(url, address, headers, response)

    def _receive(
        self,
        url: str,
        address: Address,
        request_headers: tuple[tuple[str, str], ...],
        response: CheckedResponse,
    ) -> _Answer:
        raw, connection = response.raw, response.carrier
        received = tuple((str(name), str(value)) for name, value in raw.headers.items())
        hop = Hop(url, response.status_code, received)
        cap = self._fetcher.settings.max_bytes
        redirect = next_address(hop) is not None
        body = read_body(raw, min(cap, _REDIRECT_BODY) if redirect else cap)
        raw.close()
        if body.complete and connection.alive:
            self._fetcher.idle.keep(address.origin, connection)
        else:
            connection.close()
        self._cookies.learn(address.url, received)
        self._exchanges.append(
            Exchange(
                hop=len(self._hops),
                url=address.url,
                ip=connection.ip,
                sent_at=datetime.now(UTC),
                request_line=f"GET {address.target} HTTP/1.1",
                request_headers=request_headers,
                status_line=_status_line(raw),
                headers=received,
                body=body.data[:_REDIRECT_BODY] if body.truncated else body.data,
                truncated=body.truncated,
                coding_kept=body.coding_kept,
            )
        )
        failure = None if redirect else _cut_short(hop, body)
        return _Answer(hop, body, failure, str(body.error or "") if failure else "")

    def _request_headers(self, address: Address) -> tuple[tuple[str, str], ...]:
        cookie = self._cookies.header(address.url)
        credentials = address.credentials
        return (
            ("Host", address.authority),
            ("User-Agent", self._fetcher.settings.user_agent),
            ("Accept", _ACCEPT),
            ("Accept-Language", "en,*;q=0.5"),
            ("Accept-Encoding", "gzip, deflate"),
            *((("Cookie", cookie),) if cookie else ()),
            *((("Authorization", credentials),) if credentials else ()),
        )

    def _response(self, hop: Hop, body: Body) -> Fetched:
        fetch = Fetch(
            address=self._address,
            outcome=Outcome.RESPONSE,
            hops=tuple(self._hops),
            body=body.data,
            media_type=media_type_of(hop, body.data),
            charset=charset_of(hop),
            fetched_at=self._started_at,
            truncated=body.truncated is not None,
            undecoded=body.coding_kept,
        )
        return Fetched(fetch, tuple(self._exchanges), self._budget)

    def _ended(self, outcome: Outcome, detail: str) -> Fetched:
        fetch = Fetch(
            address=self._address,
            outcome=outcome,
            hops=tuple(self._hops),
            fetched_at=self._started_at,
            truncated=bool(self._exchanges) and self._exchanges[-1].truncated is not None,
            detail=detail,
        )
        return Fetched(fetch, tuple(self._exchanges), self._budget)


def _status_line(response: Any) -> str:
    return f"HTTP/{response.version // 10}.{response.version % 10} {response.status} {response.reason}"


def _cut_short(hop: Hop, body: Body) -> Outcome | None:
    """Whether a body that is not whole spoils the response: an error page's does not, its status says enough."""
    if body.truncated is None or not 200 <= (hop.http_status or 0) < 300:
        return None
    if body.truncated is Truncation.LENGTH:
        return Outcome.TOO_LARGE
    if body.nearly_whole or looks_finished(media_type_of(hop, body.data), body.data):
        return None
    return Outcome.TIMEOUT if body.truncated is Truncation.TIME else Outcome.CONNECTION_RESET
