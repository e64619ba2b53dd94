"""When a request is worth a second try, and how long the host wants us to wait."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from verifier.model import Hop, Outcome

TOO_MANY_REQUESTS = 429
_RETRIES_WHEN_LIMITED = 2
_RETRIES = 1


def wait_before_retry(hop: Hop, failure: Outcome | None, tries: int, cap: float) -> float | None:
    """Seconds to wait before asking again, besides the host's usual pause; None where it is not worth it.

    `failure` is how the request failed (None: a response came), `tries` how often it has been asked, `cap` the longest
    `Retry-After` that is obeyed: a host that wants more is left alone.
    """
    if failure is not None:
        return 0.0 if failure is Outcome.CONNECTION_RESET and tries <= _RETRIES else None
    status = hop.http_status or 0
    limited = status == TOO_MANY_REQUESTS
    if not limited and not 500 <= status < 600:
        return None
    if tries > (_RETRIES_WHEN_LIMITED if limited else _RETRIES):
        return None
    wanted = retry_after(hop.header("Retry-After"), datetime.now(UTC))
    if wanted is None:
        return 0.0
    return wanted if wanted <= cap else None


def retry_after(value: str | None, now: datetime) -> float | None:
    """The seconds of a `Retry-After` header (RFC 9110, section 10.2.3): a number or a date; None for neither."""
    stated = (value or "").strip()
    if stated.isascii() and stated.isdigit():
        return float(stated[:12])
    try:
        when = parsedate_to_datetime(stated)
    except ValueError:
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - now).total_seconds())
