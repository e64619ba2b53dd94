import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.model import Outcome
from verifier.resolver import address_of, canonical_url, host_of
from verifier.resolver.sources.urls import Address, split_address


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("HTTP://Example.ORG", "http://example.org/"),
        ("http://example.org:80/a", "http://example.org/a"),
        ("https://example.org:443/a?b=c", "https://example.org/a?b=c"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("http://example.org/a#part", "http://example.org/a"),
        ("http://example.org/a%2Fb//c%2b?q=%20x+y", "http://example.org/a%2Fb//c%2b?q=%20x+y"),
        ("http://example.org?q", "http://example.org/?q"),
        ("http://bücher.example/ü", "http://xn--bcher-kva.example/%C3%BC"),
        ("http://i❤.example/", "http://xn--i-7iq.example/"),
        ("http://user:secret@example.org/", "http://user:secret@example.org/"),
        ("http://[::1]:80/", "http://[::1]/"),
        ("http:\\\\example.org\\a", "http://example.org/a"),
        ("//example.org/a", "http://example.org/a"),
        ("www.example.org/a b", "http://www.example.org/a%20b"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("http://example.org/a/../b", "http://example.org/b"),
        ("http://example.org/a/./b/.", "http://example.org/a/b/"),
        ("http://example.org/../a/%2E%2e/b?c=../d", "http://example.org/b?c=../d"),
        ("http://example.org/a/b/..", "http://example.org/a/"),
        ("http://example.org/a../.b/...", "http://example.org/a../.b/..."),
    ],
)
def test_one_canonical_spelling(written: str, canonical: str) -> None:
    assert canonical_url(written) == canonical


@pytest.mark.parametrize(
    ("url", "outcome"),
    [
        ("http://[::1/x", Outcome.MALFORMED_ADDRESS),
        ("http:///path", Outcome.MALFORMED_ADDRESS),
        ("http://", Outcome.MALFORMED_ADDRESS),
        ("http:5.01", Outcome.MALFORMED_ADDRESS),
        ("http://exa mple.org/", Outcome.MALFORMED_ADDRESS),
        ("http://example.org:99999/", Outcome.MALFORMED_ADDRESS),
        ("http://example.org:port/", Outcome.MALFORMED_ADDRESS),
        ("http://a..b/", Outcome.MALFORMED_ADDRESS),
        (f"http://{'a' * 64}.org/", Outcome.MALFORMED_ADDRESS),
        ("see the appendix", Outcome.MALFORMED_ADDRESS),
        ("", Outcome.MALFORMED_ADDRESS),
        ("ftp://example.org/a", Outcome.UNSUPPORTED_SCHEME),
        ("javascript:alert(1)", Outcome.UNSUPPORTED_SCHEME),
        ("data:text/html,hello", Outcome.UNSUPPORTED_SCHEME),
        ("file:///etc/hosts", Outcome.UNSUPPORTED_SCHEME),
    ],
)
def test_what_cannot_be_requested(url: str, outcome: Outcome) -> None:
    assert split_address(url) is outcome
    assert host_of(url) == ""


def test_the_target_goes_on_the_wire_as_written() -> None:
    address = split_address('http://example.org/a%2fb//c d/é?x=%zz&y="')
    assert isinstance(address, Address)
    assert address.target == "/a%2fb//c%20d/%C3%A9?x=%zz&y=%22"


def test_userinfo_becomes_credentials_and_never_the_host() -> None:
    address = split_address("http://example.org:p%40ss@evil.example/")
    assert isinstance(address, Address)
    assert address.host == "evil.example"
    assert address.credentials == "Basic ZXhhbXBsZS5vcmc6cEBzcw=="


def test_the_address_has_no_fragment_and_is_otherwise_as_written() -> None:
    assert address_of("  http://Example.org/A#b#c\n") == "http://Example.org/A"


def test_the_host_header_names_the_port_only_where_it_is_unusual() -> None:
    plain, odd = split_address("https://example.org:443/"), split_address("https://[::1]:8443/")
    assert isinstance(plain, Address)
    assert isinstance(odd, Address)
    assert (plain.authority, odd.authority) == ("example.org", "[::1]:8443")


@given(st.text(max_size=80))
def test_any_text_is_taken_apart_or_refused(text: str) -> None:
    parsed = split_address(text)
    if isinstance(parsed, Address):
        assert parsed.target.isascii()
        assert parsed.target.startswith("/")
        assert " " not in parsed.target
        assert split_address(parsed.url) == parsed


@given(st.text(alphabet="abc:/?#[]@!$&'%.0129xé -\\", max_size=40).map("http://".__add__))
def test_a_canonical_url_is_its_own_canonical_url(url: str) -> None:
    assert canonical_url(canonical_url(url)) == canonical_url(url)
