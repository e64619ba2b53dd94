"""Conditional requests: "send it only if it has changed", for an address that was well when last seen."""

from dataclasses import dataclass

from verifier.model import EarlierCapture, LinkStatus

UNCONDITIONAL_EVERY = 4
"""Every so many-th request is unconditional: a server that answers 304 for a page it no longer has is found out."""

_LONGEST_VALIDATOR = 1000


@dataclass(frozen=True, slots=True)
class Conditions:
    """The validators of a response (RFC 9110, section 8.8), to be sent only to the address that gave them."""

    url: str
    etag: str | None
    last_modified: str | None

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """The request's conditional headers (RFC 9110, section 13.1), both where both are known."""
        stated = (("If-None-Match", self.etag), ("If-Modified-Since", self.last_modified))
        return tuple((name, value) for name, value in stated if value is not None)


def conditions_of(earlier: EarlierCapture) -> Conditions | None:
    """What to ask under; None where the whole page must be asked for.

    That is where the address was not well when last checked, where nothing readable was kept, where the server gave no
    validator, and at every fourth request.
    """
    served = earlier.served
    if earlier.status not in (LinkStatus.OK, LinkStatus.MOVED) or earlier.text is None or served is None:
        return None
    if earlier.not_modified >= UNCONDITIONAL_EVERY - 1 or served.http_status != 200:
        return None
    conditions = Conditions(served.url, _validator(served.header("ETag")), _validator(served.header("Last-Modified")))
    return conditions if conditions.headers else None


def _validator(value: str | None) -> str | None:
    """A header's value that may be sent back as it came."""
    value = (value or "").strip()
    return value if value and value.isascii() and value.isprintable() and len(value) <= _LONGEST_VALIDATOR else None
