"""Conditional requests: "send it only if it has changed", for an address that was well when last seen."""

from dataclasses import dataclass, replace

from verifier.model import Fetch, LinkStatus, PriorFetches
from verifier.resolver.http.media import charset_of, media_type_of

NOT_MODIFIED = 304

UNCONDITIONAL_EVERY = 4
"""Every so many-th request is unconditional: a server that answers 304 for a page it no longer has is found out."""

_LONGEST_VALIDATOR = 1000
_OF_THE_PAYLOAD = frozenset(
    {"content-encoding", "content-length", "content-range", "content-type", "transfer-encoding"}
)


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

    def headers_for(self, url: str) -> tuple[tuple[str, str], ...]:
        """The headers, for the address that gave the validators; none for another."""
        return self.headers if url == self.url else ()


def conditions_of(prior: PriorFetches) -> Conditions | None:
    """What to ask under; None where the whole page must be asked for.

    That is where the address was not well when last checked, where nothing readable was kept, where the server gave no
    validator, and at every fourth request.
    """
    served = prior.served
    if prior.status not in (LinkStatus.OK, LinkStatus.MOVED) or prior.text is None or served is None:
        return None
    if prior.not_modified >= UNCONDITIONAL_EVERY - 1 or served.http_status != 200:
        return None
    conditions = Conditions(served.url, _validator(served.header("ETag")), _validator(served.header("Last-Modified")))
    return conditions if conditions.headers else None


def is_not_modified(fetch: Fetch, conditions: Conditions) -> bool:
    """Whether the server's last word is that nothing has changed, and it was asked so."""
    final = fetch.final
    return final is not None and final.http_status == NOT_MODIFIED and final.url == conditions.url


def confirmed(fetch: Fetch, prior: PriorFetches, payload: bytes) -> Fetch:
    """A fetch that ended with a 304 as if the page had been sent again: the kept payload under the freshened headers.

    What describes the payload itself is taken from the kept response, all else from the new one (RFC 9111, sections
    3.2 and 4.3.4).
    """
    kept = prior.served.headers if prior.served is not None else ()
    new = tuple((name, value) for name, value in fetch.hops[-1].headers if name.lower() not in _OF_THE_PAYLOAD)
    renewed = {name.lower() for name, _ in new}
    headers = (*((name, value) for name, value in kept if name.lower() not in renewed), *new)
    final = replace(fetch.hops[-1], http_status=200, headers=headers)
    return replace(
        fetch,
        hops=(*fetch.hops[:-1], final),
        body=payload,
        media_type=media_type_of(final, payload),
        charset=charset_of(final),
    )


def _validator(value: str | None) -> str | None:
    """A header's value that may be sent back as it came."""
    value = (value or "").strip()
    return value if value and value.isascii() and value.isprintable() and len(value) <= _LONGEST_VALIDATOR else None
