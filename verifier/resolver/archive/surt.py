"""SURT keys: an address turned round and normalised, so that an index sorted by them holds a site together.

The rules are those of the Internet Archive's canonicalisation, which replay tools apply to what they look up; the
CDXJ specification (0.1.0, "searchable URL") asks for such a key.
"""

import re
from urllib.parse import quote_from_bytes, unquote_to_bytes

from verifier.resolver.sources.urls import DEFAULT_PORTS, Address, split_address

_WWW = re.compile(r"www\d*\.")
_KEPT = "!\"$&'()*+,-./:;<=>?@[\\]^_`{|}~"  # every printable ASCII character but blank, # and %
_SESSION = re.compile(
    r"(?:(?:jsessionid|phpsessid|sid)=[0-9a-z]{32}|aspsessionid[a-z]{8}=[a-z]{24}|cfid=[^&]+&cftoken=[^&]+)(?:&|$)",
    re.IGNORECASE,
)


def surt(url: str) -> str:
    """The sort key of an http(s) address, such as `org,example)/path?a=1&b=2`; any other address is its own key."""
    address = split_address(url)
    if not isinstance(address, Address):
        return url.lower()
    host = _WWW.sub("", address.host, count=1) if _WWW.match(address.host) else address.host
    port = "" if address.port == DEFAULT_PORTS[address.scheme] else f":{address.port}"
    query = _query(address.query)
    return f"{','.join(reversed(host.strip('.').split('.')))}{port}){_path(address.path)}{'?' if query else ''}{query}"


def _path(path: str) -> str:
    kept: list[str] = []
    for part in _normal(path).lower().split("/"):
        if part == ".." and kept:
            kept.pop()
        elif part not in ("", "."):
            kept.append(part)
    return "/" + "/".join(kept)


def _query(query: str) -> str:
    named = _SESSION.sub("", _normal(query)).lower()
    return "&".join("=".join(parts) for parts in sorted(argument.split("=", 1) for argument in named.split("&")))


def _normal(text: str) -> str:
    """Percent-encoding undone as often as it was done, and done once where it must be."""
    data = text.encode("utf-8")
    while (decoded := unquote_to_bytes(data)) != data:
        data = decoded
    return quote_from_bytes(data, safe=_KEPT)
