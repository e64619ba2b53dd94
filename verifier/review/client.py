"""Who sent a request, behind the proxies that are trusted to say so."""

import ipaddress
from collections.abc import Collection

from flask import Request

PROXY_HEADERS = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via")
"""What proxies add to the requests that they hand on (RFC 7239, RFC 9110 7.6.3, and the older customs)."""

_OLD = "HTTP/1.0"
"""What nginx speaks to those behind it unless it is set otherwise, and then it adds no header of its own (its
documentation of `proxy_http_version` and `proxy_set_header`).
"""

_IPV6_NETWORK = 64
"""Bits of an IPv6 address that one household or office has to itself; the rest its machines choose at will."""


def came_by_proxy(request: Request) -> bool:
    """Whether a proxy handed the request on: it says so, or speaks as proxies may by default and no browser does."""
    return request.environ.get("SERVER_PROTOCOL") == _OLD or any(name in request.headers for name in PROXY_HEADERS)


def client_of(request: Request, trusted_proxies: Collection[str]) -> str:
    """The network address that failures are counted by: the peer's, or whom trusted proxies name.

    Each proxy appends the address that it was reached from, so that the list is read from its end, for as long as
    those who wrote it are trusted; what a browser itself put in front of it counts for nothing.
    """
    client = request.remote_addr or ""
    named = ",".join(request.headers.getlist("X-Forwarded-For")).split(",")
    for address in reversed([one.strip() for one in named]):
        if client not in trusted_proxies or not _is_address(address):
            break
        client = address
    return _network(client)


def _is_address(words: str) -> bool:
    try:
        ipaddress.ip_address(words)
    except ValueError:
        return False
    return True


def _network(address: str) -> str:
    if not _is_address(address):
        return address
    found = ipaddress.ip_address(address)
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network((found, _IPV6_NETWORK), strict=False))
