"""The control URL: an address on the same host that cannot exist, to learn how the host answers those."""

import re
import zlib
from collections.abc import Callable

from verifier.resolver.sources.urls import Address, split_address

_ALPHABET = "bcdfghjklmnpqrstvwxz"
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,5}$")


def control_url(address: str) -> str | None:
    """An address beside this one that no host has; None where there is nothing beside it (a home page).

    The last part of the path is replaced, its ending kept; the query goes. The same address gets the same control URL.
    """
    return _replaced(address, lambda index, last: index == last)


def distant_control_url(address: str) -> str | None:
    """An address farther off that no host has: all parts of the path but the first are replaced; None where that is
    no other than the near one.

    Many sites find a page by its number or its folder, whatever follows, and answer the near one with the page itself.
    """
    distant = _replaced(address, lambda index, last: True)
    return distant if distant != control_url(address) else None


def home_url(address: str) -> str | None:
    """The address of the host's home page; None where this is no address."""
    parsed = split_address(address)
    return (
        Address(parsed.scheme, parsed.host, parsed.port, "/", parsed.userinfo).url
        if isinstance(parsed, Address)
        else None
    )


def _replaced(address: str, wanted: Callable[[int, int], bool]) -> str | None:
    parsed = split_address(address)
    if not isinstance(parsed, Address):
        return None
    parts = parsed.path.split("/")
    named = [index for index, part in enumerate(parts) if part]
    if not named:
        return None
    for index in named[1:] or named:
        if wanted(index, named[-1]):
            ending = _EXTENSION.search(parts[index]) if index == named[-1] else None
            parts[index] = _word(f"{address} {index}") + (ending.group() if ending else "")
    return Address(parsed.scheme, parsed.host, parsed.port, "/".join(parts), parsed.userinfo).url


def _word(seed: str) -> str:
    """Sixteen consonants: no word in any language, and not the kind of number that finds a page."""
    number = zlib.crc32(seed.encode()) * 0x9E3779B97F4A7C15 + zlib.adler32(seed.encode())
    letters = []
    for _ in range(16):
        number, index = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[index])
    return "".join(letters)
