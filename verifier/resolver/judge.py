"""From a fetch to a link status: the one place where that is decided, a pure function."""

from verifier.model import Fetch, Judgement, LinkReason, LinkStatus, Outcome
from verifier.resolver.redirects import PERMANENT, TEMPORARY

_BY_OUTCOME: dict[Outcome, tuple[LinkStatus, LinkReason]] = {
    Outcome.MALFORMED_ADDRESS: (LinkStatus.BROKEN, LinkReason.MALFORMED_ADDRESS),
    Outcome.UNSUPPORTED_SCHEME: (LinkStatus.REFUSED, LinkReason.UNSUPPORTED_SCHEME),
    Outcome.PRIVATE_ADDRESS: (LinkStatus.REFUSED, LinkReason.PRIVATE_ADDRESS),
    Outcome.NO_SUCH_HOST: (LinkStatus.BROKEN, LinkReason.NO_SUCH_HOST),
    Outcome.RESOLVER_FAILURE: (LinkStatus.UNREACHABLE, LinkReason.RESOLVER_FAILURE),
    Outcome.CONNECTION_REFUSED: (LinkStatus.UNREACHABLE, LinkReason.CONNECTION_REFUSED),
    Outcome.NETWORK_UNREACHABLE: (LinkStatus.UNREACHABLE, LinkReason.NETWORK_UNREACHABLE),
    Outcome.CONNECTION_RESET: (LinkStatus.UNREACHABLE, LinkReason.CONNECTION_RESET),
    Outcome.TIMEOUT: (LinkStatus.UNREACHABLE, LinkReason.TIMEOUT),
    Outcome.TLS_WRONG_NAME: (LinkStatus.BROKEN, LinkReason.CERTIFICATE_WRONG_NAME),
    Outcome.TLS_EXPIRED: (LinkStatus.UNREACHABLE, LinkReason.CERTIFICATE_EXPIRED),
    Outcome.TLS_UNTRUSTED: (LinkStatus.UNREACHABLE, LinkReason.CERTIFICATE_UNTRUSTED),
    Outcome.TLS_FAILURE: (LinkStatus.UNREACHABLE, LinkReason.TLS_FAILURE),
    Outcome.PROTOCOL_ERROR: (LinkStatus.UNREACHABLE, LinkReason.PROTOCOL_ERROR),
    Outcome.REDIRECT_LOOP: (LinkStatus.BROKEN, LinkReason.REDIRECT_LOOP),
    Outcome.TOO_MANY_REDIRECTS: (LinkStatus.BROKEN, LinkReason.TOO_MANY_REDIRECTS),
    Outcome.TOO_LARGE: (LinkStatus.REFUSED, LinkReason.TOO_LARGE),
}

_BY_CODE: dict[int, tuple[LinkStatus, LinkReason]] = {
    404: (LinkStatus.BROKEN, LinkReason.NOT_FOUND),
    410: (LinkStatus.BROKEN, LinkReason.GONE),
    401: (LinkStatus.BLOCKED, LinkReason.LOGIN_REQUIRED),
    402: (LinkStatus.BLOCKED, LinkReason.PAYWALL),
    403: (LinkStatus.BLOCKED, LinkReason.FORBIDDEN),
    407: (LinkStatus.BLOCKED, LinkReason.LOGIN_REQUIRED),
    429: (LinkStatus.UNREACHABLE, LinkReason.RATE_LIMITED),
    451: (LinkStatus.BLOCKED, LinkReason.LEGAL_REASONS),
    999: (LinkStatus.BLOCKED, LinkReason.BOT_WALL),
}


def needs_probe(fetch: Fetch) -> bool:
    """Whether the host's answer to an impossible sibling address would help to judge this fetch."""
    return False


def judge(fetch: Fetch, probe: Fetch | None) -> Judgement:
    """The link status of a fetch; `probe` is the fetch of the impossible sibling where one was made."""
    status, reason = _verdict(fetch)
    final = fetch.final
    return Judgement(status, reason, final.http_status if final else None, final.url if final else None)


def _verdict(fetch: Fetch) -> tuple[LinkStatus, LinkReason]:
    if fetch.outcome is not Outcome.RESPONSE:
        return _BY_OUTCOME[fetch.outcome]
    code = fetch.hops[-1].http_status or 0
    if code in _BY_CODE:
        return _BY_CODE[code]
    if 500 <= code < 600:
        return LinkStatus.UNREACHABLE, LinkReason.SERVER_ERROR
    if not 200 <= code <= 300:
        return LinkStatus.UNREACHABLE, LinkReason.UNEXPECTED_STATUS
    return _served(fetch)


def _served(fetch: Fetch) -> tuple[LinkStatus, LinkReason]:
    first = fetch.hops[0]
    if fetch.hops[-1].url == fetch.address or len(fetch.hops) == 1:
        return LinkStatus.OK, LinkReason.SERVED
    if first.http_status in PERMANENT:
        return LinkStatus.MOVED, LinkReason.PERMANENT_REDIRECT
    assert first.http_status in TEMPORARY or first.http_status == 200
    return LinkStatus.OK, LinkReason.TEMPORARY_REDIRECT
