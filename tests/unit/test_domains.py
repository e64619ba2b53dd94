"""Domains and shards: what is of one site is of one shard, for ever."""

import hashlib

import pytest

from verifier.domains import SHARDS, registrable_domain, shard_of


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.example.org", "example.org"),
        ("a.b.example.co.uk", "example.co.uk"),
        ("Example.ORG.", "example.org"),
        ("someone.github.io", "someone.github.io"),
        ("github.io", "github.io"),
        ("localhost", "localhost"),
        ("co.uk", "co.uk"),
        ("192.0.2.7", "192.0.2.7"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("xn--bcher-kva.example.de", "example.de"),
        ("", ""),
    ],
)
def test_the_registrable_domain(host, domain):
    assert registrable_domain(host) == domain


def test_all_hosts_of_a_domain_are_in_one_shard():
    assert shard_of("www.example.org") == shard_of("data.example.org") == shard_of("example.org")


def test_the_shard_is_fixed():
    # Stores hold it: another value would put new addresses of a site beside the old ones.
    assert shard_of("example.org") == hashlib.sha256(b"example.org").digest()[0] == 191
    assert shard_of("192.0.2.7") == hashlib.sha256(b"192.0.2.7").digest()[0]


def test_shards_are_filled_evenly():
    counts = [0] * SHARDS
    for number in range(25_600):
        counts[shard_of(f"www.site-{number}.org")] += 1
    assert min(counts) > 50
    assert max(counts) < 160
