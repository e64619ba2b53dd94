"""ULIDs (github.com/ulid/spec): ids that sort by the time they were made."""

import secrets
from datetime import UTC, date, datetime

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32, in order."""

_BLOCK = 15
"""Bits of the last three letters, which number the ids of a block."""

_RANDOM_BITS = 80


def ulid_after(earlier: str | None, now: datetime) -> str:
    """A ULID: 48 bits of Unix milliseconds, 80 random ones, in Crockford's base 32.

    It sorts after `earlier`, also in the same millisecond and when the clock was set back (the spec's monotonic rule).
    """
    return _written(_number_after(earlier, now))


def ulid_block(earlier: str | None, now: datetime) -> str:
    """The first 23 letters of 32,768 ULIDs, whose last three count: all sort after `earlier`."""
    return _written(((_number_after(earlier, now) >> _BLOCK) + 1) << _BLOCK)[:-3]


def first_ulid(moment: datetime) -> str:
    """What every ULID of this moment, and of later ones, sorts after or is equal to."""
    return _written(int(moment.timestamp() * 1000) << _RANDOM_BITS)


def ulid_day(ulid: str) -> date:
    """The day, in UTC, on which a ULID was made."""
    return datetime.fromtimestamp((_number(ulid) >> _RANDOM_BITS) / 1000, UTC).date()


def _number_after(earlier: str | None, now: datetime) -> int:
    number = (int(now.timestamp() * 1000) << _RANDOM_BITS) | secrets.randbits(_RANDOM_BITS)
    return number if earlier is None else max(number, _number(earlier) + 1)


def _written(number: int) -> str:
    return "".join(ALPHABET[(number >> shift) & 31] for shift in range(125, -1, -5))


def _number(ulid: str) -> int:
    number = 0
    for letter in ulid:
        number = number << 5 | ALPHABET.index(letter)
    return number
