"""What every request has to pass and every response carries, whatever page it is about."""

from urllib.parse import urlsplit

from flask import Flask, Request, Response, abort, request

from verifier.review.access import is_loopback
from verifier.review.kept_form import mark_own
from verifier.settings import ReviewSettings

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "frame-src 'self'; frame-ancestors 'none'; base-uri 'none'"
)
"""The Content-Security-Policy of our own pages: nothing inline, nothing from elsewhere."""

_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
_READS = frozenset({"GET", "HEAD", "OPTIONS"})

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def guard(app: Flask, settings: ReviewSettings) -> None:
    """Put the checks before and the headers behind every request of an application."""
    hosts = _Hosts(settings)

    @app.before_request
    def check() -> None:
        if not hosts.admit(request):
            abort(400, "This desk is not known under that name; see review.address.")
        if request.method not in _READS and not is_own(request, settings.address):
            abort(403, "This form was not sent from a page of the desk.")
        mark_own()

    @app.after_request
    def seal(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("X-Frame-Options", "DENY")
        if request.endpoint != "static":
            response.headers.setdefault("Cache-Control", "no-store")
        if settings.address.startswith("https:"):
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        return response


class _Hosts:
    """The names this desk answers to: another means that a foreign page had its own name lead here (DNS rebinding)."""

    def __init__(self, settings: ReviewSettings) -> None:
        self._address = urlsplit(settings.address).netloc.lower()
        self._on_loopback = is_loopback(settings.host)

    def admit(self, asked: Request) -> bool:
        host = asked.headers.get("Host", "").lower()
        if self._address and host == self._address:
            return True
        if self._on_loopback:
            name = host.rpartition(":")[0] if not host.endswith("]") and ":" in host else host
            return name in _LOOPBACK_NAMES
        # Elsewhere only people who logged in may do anything, and their cookie belongs to the desk's own name.
        return not self._address and bool(host)


def is_own(asked: Request, address: str) -> bool:
    """Whether a request that changes something comes from a page of ours, by what the browser says of its origin.

    `address` is how browsers reach the desk, where that is set: a proxy may ask under another name of ours.
    """
    origin = asked.headers.get("Origin")
    if origin is not None:
        own = {asked.headers.get("Host", "").lower(), urlsplit(address).netloc.lower()} - {""}
        return origin.lower().partition("://")[2] in own
    site = asked.headers.get("Sec-Fetch-Site")
    return site in (None, "same-origin", "none")
