"""How a rule's place is read from what somebody types: hosts and addresses in the form in which they are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.exceptions import BadRequest

from verifier.domains import is_public_suffix
from verifier.resolver.sources.urls import canonical_url, host_of
from verifier.review.rule_forms import beginning, canonical, host_words


@pytest.mark.parametrize(
    ("words", "host"),
    [
        ("example.org", "example.org"),
        ("Example.ORG.", "example.org"),
        ("example.org:8080", "example.org"),
        ("https://user@example.org/a?b", "example.org"),
        ("müller.example", "xn--mller-kva.example"),
        ("XN--MLLER-KVA.example", "xn--mller-kva.example"),
        ("[::1]", "::1"),
        ("192.0.2.1", "192.0.2.1"),
    ],
)
def test_hosts(words, host):
    assert host_words(words) == host


@pytest.mark.parametrize("words", ["", "a b", "https://", "ftp://example.org/", "a..b", "example.org:99999"])
def test_what_is_no_host_is_refused(words):
    with pytest.raises(BadRequest):
        host_words(words)


@pytest.mark.parametrize(
    ("words", "prefix"),
    [
        ("https://example.org/reports/", "https://example.org/reports"),
        ("HTTPS://Example.org:443/Reports", "https://example.org/Reports"),
        ("https://example.org/", "https://example.org"),
        ("https://example.org:8443", "https://example.org:8443"),
        ("https://example.org/a/../reports", "https://example.org/reports"),
        ("https://example.org/café", "https://example.org/caf%C3%A9"),
        ("https://example.org/a%2Fb", "https://example.org/a%2Fb"),
        ("https://example.org/a?", "https://example.org/a"),
        ("https://example.org/a?id=1", "https://example.org/a?id=1"),
        ("https://example.org/a#part", "https://example.org/a"),
        ("example.org/reports", "//example.org/reports"),
        ("//example.org/reports", "//example.org/reports"),
        ("example.org:80/a", "http://example.org/a"),
        ("example.org:443/a", "https://example.org/a"),
        ("example.org:8080/a", "//example.org:8080/a"),
    ],
)
def test_beginnings_of_addresses(words, prefix):
    assert beginning(words) == prefix


@pytest.mark.parametrize(
    "words", ["", "https://", "mailto:a@b.test", "https://me:secret@example.org/", "http://[::1/x"]
)
def test_what_is_no_beginning_is_refused(words):
    with pytest.raises(BadRequest):
        beginning(words)


@given(st.text(max_size=40))
def test_whatever_is_typed_is_read_or_refused_and_reading_it_again_changes_nothing(words):
    for read in (host_words, beginning):
        try:
            once = read(words)
        except BadRequest:
            continue
        if once:
            assert read(once if ":" not in once or "//" in once else f"[{once}]") == once
    assert canonical(canonical(words)) == canonical(words)


@given(st.sampled_from(["https://example.org", "http://a.test:81"]), st.text("aé/?&=%2.-_~", max_size=12))
def test_an_address_begins_with_itself(place, rest):
    url = f"{place}/{rest}"
    assert canonical_url(url).startswith(beginning(url).removesuffix("&"))
    assert host_words(url) == host_of(url)


@pytest.mark.parametrize(
    ("host", "is_one"), [("org", True), ("co.uk", True), ("example.org", False), ("example.co.uk", False)]
)
def test_nobody_keeps_everybodys_hosts_quiet(host, is_one):
    assert is_public_suffix(host) is is_one
