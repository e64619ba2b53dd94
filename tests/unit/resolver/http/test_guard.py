import ipaddress
import socket

import pytest

from tests.support.web_sessions import web_session
from verifier.errors import SettingsError
from verifier.model import Outcome
from verifier.resolver import AddressGuard
from verifier.resolver.http.dns import Refusal
from verifier.resolver.http.guard import Endpoint, is_public

PRIVATE = [
    "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
    "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "240.0.0.1", "::1", "::", "fe80::1", "fc00::1",
    "5f00::1", "4000::1", "e000::1",
    "fd00:ec2::254", "fec0::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::", "2001:0:4136:e378::1",
    "100::1",
]  # fmt: skip
PUBLIC = ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"]


@pytest.mark.parametrize("ip", PRIVATE)
def test_private_addresses(ip: str) -> None:
    assert not is_public(ipaddress.ip_address(ip))
    located = AddressGuard(False, {"site.test": f"[{ip}]" if ":" in ip else ip}).locate("site.test", 80)
    assert isinstance(located, Refusal)
    assert located.outcome is Outcome.PRIVATE_ADDRESS


@pytest.mark.parametrize("ip", PUBLIC)
def test_public_addresses(ip: str) -> None:
    assert is_public(ipaddress.ip_address(ip))


@pytest.mark.parametrize(
    "host",
    [
        *("2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0x7f.1", "0", "127.0.0.1.", "[::1]"),
        *("localhost", "localhost.", "LOCALHOST", "site.localhost", "localhost.localdomain"),
    ],
)
def test_disguised_addresses_are_refused(host: str) -> None:
    located = AddressGuard(False, {}).locate(host.strip("[]"), 80)
    assert isinstance(located, Refusal)
    assert located.outcome is Outcome.PRIVATE_ADDRESS


def test_private_addresses_are_allowed_where_the_operator_says_so() -> None:
    assert AddressGuard(True, {}).locate("127.1", 8080) == (Endpoint("127.0.0.1", 8080),)


@pytest.mark.parametrize(
    ("key", "value", "host", "port", "expected"),
    [
        ("site.test", "127.0.0.1", "site.test", 81, Endpoint("127.0.0.1", 81)),
        ("site.test", "127.0.0.1:8080", "site.test", 80, Endpoint("127.0.0.1", 8080)),
        ("site.test:81", "127.0.0.1:8081", "site.test", 81, Endpoint("127.0.0.1", 8081)),
        ("*.test", "127.0.0.1:8080", "a.b.test", 80, Endpoint("127.0.0.1", 8080)),
        ("*.test", "[::1]:8080", "a.test", 80, Endpoint("::1", 8080)),
        ("*.test", "::1", "a.test", 80, Endpoint("::1", 80)),
        ("Site.Test", "127.0.0.1", "site.test", 80, Endpoint("127.0.0.1", 80)),
    ],
)
def test_mapped_hosts(key: str, value: str, host: str, port: int, expected: Endpoint) -> None:
    assert AddressGuard(True, {key: value}).locate(host, port) == (expected,)


def test_the_narrower_mapping_wins() -> None:
    guard = AddressGuard(True, {"*.test": "127.0.0.1:1", "a.test": "127.0.0.1:2", "a.test:99": "127.0.0.1:3"})
    ports = [guard.locate(host, port)[0].port for host, port in (("b.test", 80), ("a.test", 80), ("a.test", 99))]  # type: ignore[index, union-attr]
    assert ports == [1, 2, 3]


@pytest.mark.parametrize("value", ["localhost", "127.0.0.1:99999", "127.0.0.1:x", "300.1.1.1", ""])
def test_a_mapping_to_no_address_is_a_wrong_setting(value: str) -> None:
    with pytest.raises(SettingsError, match=r"site\.test"):
        AddressGuard(True, {"site.test": value})


def test_ports_of_other_protocols_are_refused() -> None:
    located = AddressGuard(False, {}).locate("8.8.8.8", 25)
    assert isinstance(located, Refusal)


def test_a_name_with_a_public_and_a_private_address_is_asked_at_the_public_one(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [(2, 1, 6, "", (ip, 80)) for ip in ("10.0.0.1", "93.184.216.34")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers)
    assert AddressGuard(False, {}).locate("mixed.example", 80) == (Endpoint("93.184.216.34", 80),)


def test_a_name_that_turns_private_between_two_look_ups_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    connected: list[tuple[str, int]] = []

    def rebinding(host: object, *_: object, **__: object) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        asked.append(host)
        return [(2, 1, 6, "", ("93.184.216.34" if len(asked) == 1 else "127.0.0.1", 80))]

    def connect(endpoint: tuple[str, int], *_: object) -> socket.socket:
        connected.append(endpoint)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    monkeypatch.setattr(socket, "create_connection", connect)
    with web_session({}, private=False) as session:
        assert session.fetch("http://rebinding.example/").fetch.outcome is Outcome.CONNECTION_REFUSED
    assert connected == [("93.184.216.34", 80)]
    assert len(asked) == 1


class Resolver:
    """A resolver that knows some names, and says of all others what it is told to."""

    def __init__(self, *known: str, code: int = socket.EAI_NONAME) -> None:
        self.known = known
        self.code = code
        self.asked: list[str] = []

    def __call__(self, host: bytes, *_: object, **__: object) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        self.asked.append(host.decode())
        if host.decode() not in self.known:
            raise socket.gaierror(self.code, "told so")
        return [(2, 1, 6, "", ("93.184.216.34", 80))]


@pytest.mark.parametrize(
    ("host", "resolver", "outcome"),
    [
        ("gone.org", Resolver("example.com"), Outcome.NO_SUCH_HOST),
        ("gone.org", Resolver(), Outcome.RESOLVER_FAILURE),
        ("gone.invalid", Resolver(), Outcome.NO_SUCH_HOST),
        ("gone.example.com", Resolver(), Outcome.NO_SUCH_HOST),
        ("www.example.com", Resolver(), Outcome.RESOLVER_FAILURE),
        ("gone.org", Resolver("example.com", code=socket.EAI_AGAIN), Outcome.RESOLVER_FAILURE),
        ("gone.org", Resolver("example.com", code=socket.EAI_FAIL), Outcome.RESOLVER_FAILURE),
    ],
)
def test_no_such_name_is_told_from_a_resolver_that_fails(
    monkeypatch: pytest.MonkeyPatch, host: str, resolver: Resolver, outcome: Outcome
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    located = AddressGuard(False, {}).locate(host, 80)
    assert isinstance(located, Refusal)
    assert located.outcome is outcome


def test_a_resolver_that_has_found_a_name_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    resolver = Resolver("there.org")
    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    guard = AddressGuard(False, {})
    assert guard.locate("there.org", 80) == (Endpoint("93.184.216.34", 80),)
    for host in ("gone.org", "gone.net"):
        located = guard.locate(host, 80)
        assert isinstance(located, Refusal)
        assert located.outcome is Outcome.NO_SUCH_HOST
    assert resolver.asked == ["there.org", "gone.org", "gone.net"]


def test_a_well_known_name_is_asked_for_once_in_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    resolver = Resolver()
    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    guard = AddressGuard(False, {})
    for host in ("gone.org", "gone.net", "gone.com"):
        guard.locate(host, 80)
    assert resolver.asked.count("example.com") == 1
