"""ULIDs (github.com/ulid/spec): ids that sort by the time they were made."""

import secrets
from datetime import datetime

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

_RANDOM_BITS = 80


def ulid_after(earlier: str | None, now: datetime) -> str:
    """A ULID: 48 bits of Unix milliseconds, 80 random ones, in Crockford's base 32.

    It sorts after `earlier`, also in the same millisecond and when the clock was set back (the spec's monotonic rule).
    """
    number = (int(now.timestamp() * 1000) << _RANDOM_BITS) | secrets.randbits(_RANDOM_BITS)
    if earlier is not None:
        number = max(number, _number(earlier) + 1)
    return "".join(_CROCKFORD[(number >> shift) & 31] for shift in range(125, -1, -5))


def first_ulid(moment: datetime) -> str:
    """What every ULID of this moment, and of later ones, sorts after or is equal to."""
    number = int(moment.timestamp() * 1000) << _RANDOM_BITS
    return "".join(_CROCKFORD[(number >> shift) & 31] for shift in range(125, -1, -5))


def _number(ulid: str) -> int:
    number = 0
    for letter in ulid:
        number = number << 5 | _CROCKFORD.index(letter)
    return number
