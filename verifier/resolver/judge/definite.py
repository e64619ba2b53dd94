"""What a fetch's outcome or its HTTP status says by itself, whatever the page shows."""

from verifier.model import LinkReason, LinkStatus, Outcome

Verdict = tuple[LinkStatus, LinkReason]

BY_OUTCOME: dict[Outcome, Verdict] = {
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
    Outcome.NOT_ASKED: (LinkStatus.UNREACHABLE, LinkReason.RATE_LIMITED),
    Outcome.CHECK_FAILED: (LinkStatus.REFUSED, LinkReason.CHECK_FAILED),
}

# RFC 9110 and 7725; 440 and 449 are Microsoft's for a session that ended, 999 is a refusal of robots. A GET that meets
# 405, 406, 412, 418 or 428 has met a filter: no page needs another method, type or precondition to be read.
BY_CODE: dict[int, Verdict] = {
    401: (LinkStatus.BLOCKED, LinkReason.LOGIN_REQUIRED),
    402: (LinkStatus.BLOCKED, LinkReason.PAYWALL),
    403: (LinkStatus.BLOCKED, LinkReason.FORBIDDEN),
    404: (LinkStatus.BROKEN, LinkReason.NOT_FOUND),
    405: (LinkStatus.BLOCKED, LinkReason.FORBIDDEN),
    406: (LinkStatus.BLOCKED, LinkReason.FORBIDDEN),
    407: (LinkStatus.BLOCKED, LinkReason.LOGIN_REQUIRED),
    410: (LinkStatus.BROKEN, LinkReason.GONE),
    412: (LinkStatus.BLOCKED, LinkReason.FORBIDDEN),
    418: (LinkStatus.BLOCKED, LinkReason.FORBIDDEN),
    428: (LinkStatus.BLOCKED, LinkReason.FORBIDDEN),
    429: (LinkStatus.UNREACHABLE, LinkReason.RATE_LIMITED),
    440: (LinkStatus.BLOCKED, LinkReason.LOGIN_REQUIRED),
    449: (LinkStatus.BLOCKED, LinkReason.LOGIN_REQUIRED),
    451: (LinkStatus.BLOCKED, LinkReason.LEGAL_REASONS),
    511: (LinkStatus.UNREACHABLE, LinkReason.LOGIN_REQUIRED),
    999: (LinkStatus.BLOCKED, LinkReason.BOT_WALL),
}
