"""The address guard: where a host may be connected to, decided once per connection.

A name is resolved here and nowhere else; the connection goes to exactly the addresses that were judged, so that a name
which resolves differently a moment later (DNS rebinding) gains nothing.
"""

import ipaddress
import re
import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from verifier.errors import SettingsError
from verifier.model import Outcome
from verifier.resolver.http.dns import Names, Refusal

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

# Ports that browsers refuse, because a request there talks to another protocol: Fetch standard, "port blocking".
UNSAFE_PORTS = frozenset(
    {1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109}
    | {110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530}
    | {531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045}
    | {4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080}
)

# IPv6 ranges that carry an IPv4 address: (network, bits to the right of the embedded address).
# RFC 4291 2.5.5 (compatible, mapped), RFC 6052 (NAT64), RFC 3056 (6to4).
_EMBEDDING = (
    (ipaddress.IPv6Network("::/96"), 0),
    (ipaddress.IPv6Network("::ffff:0:0/96"), 0),
    (ipaddress.IPv6Network("::ffff:0:0:0/96"), 0),
    (ipaddress.IPv6Network("64:ff9b::/96"), 0),
    (ipaddress.IPv6Network("2002::/16"), 80),
)
# All that IANA has ever given out of the IPv6 space for global unicast ("IPv6 Global Unicast Address Assignments").
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
_REFUSED_V6 = tuple(ipaddress.IPv6Network(net) for net in ("2001::/32", "3fff::/20"))
_NUMERIC_HOST = re.compile(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+)){0,3}\.?")
_LOCAL_NAME = re.compile(r"(?:^|\.)(?:localhost|local|internal|intranet|lan|home\.arpa)$")
# Names that are this machine's, whether the resolver knows or not (RFC 6761, section 6.3), and its old alias.
_LOOPBACK_NAME = re.compile(r"(?:[^.]+\.)*localhost\.?|localhost\.localdomain\.?", re.IGNORECASE)
_MAPPED_TO = re.compile(
    r"(?:\[(?P<v6>[0-9a-fA-F:.]+)\]|(?P<v4>[\d.]+))(?::(?P<port>\d{1,5}))?|(?P<bare6>[0-9a-fA-F:]+)"
)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address that was judged: connect to exactly this."""

    ip: str
    port: int


class AddressGuard:
    """Resolves hosts and judges what they resolve to.

    `allow_private` lets private, loopback and other special addresses through (tests, intranets). `hosts` maps
    `name`, `name:port` or `*.suffix` to `address` or `address:port`, as curl's `--resolve` does: the Host header and
    the TLS name stay those of the URL, and the mapped address is judged like any other.

    Raises SettingsError when a mapped value is no IP address.
    """

    def __init__(self, allow_private: bool, hosts: Mapping[str, str]) -> None:
        self._allow_private = allow_private
        self._names = Names()
        self._hosts = {name.lower(): _endpoint(name, value) for name, value in hosts.items()}

    def locate(self, host: str, port: int, seconds: float | None = None) -> tuple[Endpoint, ...] | Refusal:
        """Where `host` may be connected to, in the order to try; or why not. Looking it up may take so many seconds."""
        if not self._allow_private and port in UNSAFE_PORTS:
            return Refusal(Outcome.PRIVATE_ADDRESS, f"port {port} belongs to another protocol than HTTP")
        found = self._mapped(host, port) or self._resolved(host, port, seconds)
        if isinstance(found, Refusal) or self._allow_private:
            return found
        if _NUMERIC_HOST.fullmatch(host) and host not in (endpoint.ip for endpoint in found):
            return Refusal(Outcome.PRIVATE_ADDRESS, f"{host} is an IP address in disguise: {found[0].ip}")
        public = tuple(endpoint for endpoint in found if is_public(ipaddress.ip_address(endpoint.ip)))
        return public or Refusal(Outcome.PRIVATE_ADDRESS, f"{host} is at {found[0].ip}, which is not a public address")

    def refusal_by_name(self, host: str, port: int) -> Refusal | None:
        """Why a host must not be asked for, as far as its name says; for where a proxy resolves it.

        Addresses, however spelled, are judged like any other; names of this machine and of the local network (RFC 6761,
        RFC 6762, RFC 8375, ICANN's `internal`) are refused.
        """
        if self._allow_private:
            return None
        if _NUMERIC_HOST.fullmatch(host) or ":" in host or port in UNSAFE_PORTS:
            located = self.locate(host, port)
            return located if isinstance(located, Refusal) else None
        if "." not in host.rstrip(".") or _LOCAL_NAME.search(host.rstrip(".")):
            return Refusal(Outcome.PRIVATE_ADDRESS, f"{host} is a name of the local network")
        return None

    def is_mapped(self, host: str, port: int) -> bool:
        """Whether `hosts` leads this name somewhere of the installation's own."""
        return self._mapped(host, port) is not None

    def _resolved(self, host: str, port: int, seconds: float | None) -> tuple[Endpoint, ...] | Refusal:
        if _NUMERIC_HOST.fullmatch(host):
            return _numeric(host, port)
        if _LOOPBACK_NAME.fullmatch(host):
            return Endpoint("127.0.0.1", port), Endpoint("::1", port)
        found = self._names.look_up(host, port, seconds)
        return found if isinstance(found, Refusal) else tuple(Endpoint(ip, port) for ip in found)

    def _mapped(self, host: str, port: int) -> tuple[Endpoint, ...] | None:
        for key in _keys(host, port):
            if key in self._hosts:
                ip, mapped_port = self._hosts[key]
                return (Endpoint(ip, mapped_port or port),)
        return None


def is_public(ip: IpAddress) -> bool:
    """Whether an address is one of the public internet, also when an IPv6 one carries an IPv4 one."""
    if isinstance(ip, ipaddress.IPv4Address):
        return ip.is_global and not ip.is_multicast and not ip.is_reserved
    for network, shift in _EMBEDDING:
        if ip in network:
            return is_public(ipaddress.IPv4Address((int(ip) >> shift) & 0xFFFFFFFF))
    return ip in _GLOBAL_UNICAST and ip.is_global and not any(ip in network for network in _REFUSED_V6)


def _keys(host: str, port: int) -> Iterator[str]:
    yield f"{host}:{port}"
    yield host
    labels = host.split(".")
    for first in range(1, len(labels)):
        yield "*." + ".".join(labels[first:])


def _endpoint(name: str, value: str) -> tuple[str, int | None]:
    match = _MAPPED_TO.fullmatch(value.strip())
    try:
        if match is None:
            raise ValueError("neither an IP address nor address:port")
        ip = ipaddress.ip_address(match["v6"] or match["v4"] or match["bare6"])
        port = int(match["port"]) if match["port"] else None
        if port is not None and not 0 < port < 65536:
            raise ValueError("no such port")
    except ValueError as error:
        raise SettingsError(f"hosts: {name} = {value!r}: {error}; write `127.0.0.1:8080` or `[::1]:8080`") from None
    return str(ip), port


def _numeric(host: str, port: int) -> tuple[Endpoint, ...] | Refusal:
    """`127.1`, `2130706433`, `0x7f.1` and `0177.0.0.1` are IPv4 addresses to the system (inet_aton)."""
    try:
        return (Endpoint(socket.inet_ntoa(socket.inet_aton(host.rstrip("."))), port),)
    except OSError:
        return Refusal(Outcome.MALFORMED_ADDRESS, f"{host} is neither a name nor an IPv4 address")
