"""The registrable domain of a host, and the shard of the work that it belongs to."""

import hashlib
from functools import cache, lru_cache
from ipaddress import ip_address

from publicsuffixlist import PublicSuffixList

SHARDS = 256
"""How many parts the addresses are cut into; fixed in the store (`address.shard`), so it never changes."""


@lru_cache(maxsize=65536)
def registrable_domain(host: str) -> str:
    """The part of a host that somebody registered (`example.co.uk` of `www.example.co.uk`).

    A number, and a name under no suffix that the Public Suffix List knows, is its own domain.
    """
    name = host.strip("[]").rstrip(".").lower()
    try:
        ip_address(name)
    except ValueError:
        return str(_suffixes().privatesuffix(name) or name)
    return name


def is_public_suffix(host: str) -> bool:
    """Whether nobody can register a host itself, only names below it: `org`, `co.uk`, any name without a dot."""
    name = host.strip("[]").rstrip(".").lower()
    return str(_suffixes().publicsuffix(name) or "") == name


@lru_cache(maxsize=65536)
def shard_of(host: str) -> int:
    """The shard of a host, from 0 to `SHARDS` - 1: the first byte of the SHA-256 of its registrable domain.

    All hosts of a domain are in one shard, whose work one worker does at a time.
    """
    return hashlib.sha256(registrable_domain(host).encode()).digest()[0]


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()
