"""Addresses: what is requested, of whom, and when two spellings are one.

Percent-encoding stays as written: `%2F` and `/`, `%2B` and `+`, `//` and `/` are different resources to many servers
(RFC 3986, section 6.2.2: only unreserved characters may be decoded safely, and some servers do not even bear that).
"""

import base64
import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote_to_bytes

import idna

from verifier.model import Outcome

DEFAULT_PORTS = {"http": 80, "https": 443}

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_BARE_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_][\w-]+\.?(?::\d+)?(?=[/?#]|$)")
_AUTHORITY = re.compile(r"[^/?]*")
_HOST_LABELS = re.compile(r"(?!.*\.\.)[a-z0-9_~-][a-z0-9_.~-]*")
_IPV6 = re.compile(r"\[[0-9a-f:.]+\]")
_DOTTED = re.compile(r"/(?:\.|%2e){1,2}(?:/|$)", re.IGNORECASE)
_IGNORED = str.maketrans("", "", "\t\n\r")  # as browsers do (WHATWG URL, "basic URL parser", step 3)
_MAX_HOST = 253  # RFC 1035, section 2.3.4
_MAX_LABEL = 63


@dataclass(frozen=True, slots=True)
class Address:
    """An http(s) address taken apart. `host` is ASCII and lower case, an IPv6 one without brackets.

    `target` is the path and query as they go on the wire; `userinfo` is `user:password` as written, or None.
    """

    scheme: str
    host: str
    port: int
    target: str
    userinfo: str | None = None

    @property
    def origin(self) -> tuple[str, str, int]:
        """What a connection may be shared for."""
        return self.scheme, self.host, self.port

    @property
    def authority(self) -> str:
        """The `Host` header: the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The address in its canonical form: no default port, no fragment, scheme and host in lower case."""
        userinfo = f"{self.userinfo}@" if self.userinfo else ""
        return f"{self.scheme}://{userinfo}{self.authority}{self.target}"

    @property
    def path(self) -> str:
        """The target without its query."""
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        """What is after the first question mark."""
        return self.target.partition("?")[2]

    @property
    def credentials(self) -> str | None:
        """The value of an `Authorization` header that the userinfo asks for (RFC 7617)."""
        if self.userinfo is None:
            return None
        user, _, password = self.userinfo.partition(":")
        secret = unquote_to_bytes(user) + b":" + unquote_to_bytes(password)
        return "Basic " + base64.b64encode(secret).decode("ascii")


def fragment_of(url: str) -> str:
    """What is after the first `#` of an address as printed; empty where nothing is."""
    return url.partition("#")[2].strip()


def address_of(url: str) -> str:
    """The exact URL that is requested: without fragment and outer blanks; a bare `www.host.tld/path` gets `http://`."""
    trimmed = url.translate(_IGNORED).partition("#")[0].strip()
    if trimmed.startswith("//"):
        return "http:" + trimmed
    return "http://" + trimmed if _BARE_HOST.match(trimmed) else trimmed


def host_of(address: str) -> str:
    """The lower-case host of an address, under which it is batched; empty when there is none to ask."""
    parsed = split_address(address)
    return parsed.host if isinstance(parsed, Address) else ""


def canonical_url(url: str) -> str:
    """The one spelling under which a URL is a source's key; a malformed one stays as written."""
    parsed = split_address(url)
    return parsed.url if isinstance(parsed, Address) else address_of(url)


@lru_cache(maxsize=4096)
def split_address(url: str) -> Address | Outcome:
    """Take an address apart; MALFORMED_ADDRESS or UNSUPPORTED_SCHEME where it cannot be requested."""
    address = address_of(url)
    scheme = _SCHEME.match(address)
    if scheme is None:
        return Outcome.MALFORMED_ADDRESS
    name = scheme.group(1).lower()
    if name not in DEFAULT_PORTS:
        return Outcome.UNSUPPORTED_SCHEME
    rest = address[scheme.end() :].replace("\\", "/")
    if not rest.startswith("//"):
        return Outcome.MALFORMED_ADDRESS
    authority = _AUTHORITY.match(rest, 2)
    assert authority is not None  # it also matches nothing
    userinfo, at, place = authority.group().rpartition("@")
    located = _host_and_port(place, DEFAULT_PORTS[name])
    if located is None:
        return Outcome.MALFORMED_ADDRESS
    host, port = located
    return Address(name, host, port, _target(rest[authority.end() :]), userinfo if at else None)


def quoted(text: str) -> str:
    """Characters that cannot be in a request line as percent-encoded UTF-8; everything else as it is."""
    return "".join(
        char if "!" <= char <= "~" and char not in '"<>`' else "".join(f"%{byte:02X}" for byte in _bytes(char))
        for char in text
    )


def _bytes(char: str) -> bytes:
    """UTF-8; a byte that was no UTF-8 when the address was read is that byte again (PEP 383)."""
    if "\ud800" <= char <= "\udfff":
        return bytes([ord(char) & 0xFF]) if "\udc80" <= char <= "\udcff" else b"\xef\xbf\xbd"
    return char.encode("utf-8")


def _target(rest: str) -> str:
    path, mark, query = quoted(rest).partition("?")
    path = path if path.startswith("/") else "/" + path
    return (_without_dots(path) if _DOTTED.search(path) else path) + mark + query


def _without_dots(path: str) -> str:
    """A path without `.` and `..`, as every browser asks for it (RFC 3986, 5.2.4; WHATWG URL for the encoded dot).

    Servers refuse such a path, or do not know it: the page that readers see is at the other.
    """
    kept: list[str] = []
    *folders, last = path[1:].split("/")
    for part in folders:
        dots = part.lower().replace("%2e", ".")
        if dots == "..":
            kept = kept[:-1]
        elif dots != ".":
            kept.append(part)
    dots = last.lower().replace("%2e", ".")
    if dots == "..":
        kept = kept[:-1]
    return "/" + "/".join((*kept, "" if dots in (".", "..") else last))


def _host_and_port(place: str, default: int) -> tuple[str, int] | None:
    host, colon, digits = place.rpartition(":")
    if not colon or digits.endswith("]"):
        host, digits = place, ""
    if digits and not (digits.isascii() and digits.isdigit() and 0 < int(digits) < 65536):
        return None
    ascii_host = _ascii_host(host.lower())
    return (ascii_host, int(digits) if digits else default) if ascii_host else None


def _in_ascii(host: str) -> str:
    """IDNA; a name it does not allow (with an emoji, say) may be registered all the same, so it is encoded as it is."""
    try:
        return idna.encode(host, uts46=True, transitional=False).decode("ascii")
    except idna.IDNAError:
        labels = re.split("[.\u3002\uff0e\uff61]", host)
        return ".".join(
            label if label.isascii() else "xn--" + label.encode("punycode", "replace").decode("ascii")
            for label in labels
        )


def _ascii_host(host: str) -> str | None:
    """The host as it is looked up (IDNA 2008 with UTS 46 mapping), or None when no such name can exist."""
    if _IPV6.fullmatch(host):
        return host[1:-1]
    if "%" in host:
        try:
            host = unquote_to_bytes(host).decode("utf-8").lower()
        except UnicodeError:  # also a byte of the input that is no UTF-8 (PEP 383)
            return None
    if not host.isascii():
        host = _in_ascii(host)
    too_long = len(host) > _MAX_HOST or any(len(label) > _MAX_LABEL for label in host.split("."))
    return host if _HOST_LABELS.fullmatch(host) and not too_long else None
