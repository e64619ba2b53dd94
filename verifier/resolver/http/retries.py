"""When a request is worth a second try, and how long the host wants us to wait."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from verifier.model import Hop, Outcome

TOO_MANY_REQUESTS = 429
_RETRIES_WHEN_LIMITED = 2
_RETRIES = 1


def wanted_silence(hop: Hop) -> float:
    """Seconds for which a host wants to be left alone, by the `Retry-After` of a refusal; 0 where it says nothing."""
    status = hop.http_status or 0
    if status != TOO_MANY_REQUESTS and not 500 <= status < 600:
        return 0.0
    return retry_after(hop.header("Retry-After"), datetime.now(UTC)) or 0.0


def is_worth_retrying(hop: Hop, failure: Outcome | None, tries: int, cap: float) -> bool:
    """Whether to ask again, once the host's pause and its `Retry-After` are over.

    `failure` is how the request failed (None: a response came), `tries` how often it has been asked, `cap` the longest
    `Retry-After`, in seconds, that is waited for: a host that wants more is left alone.
    """
    if failure is not None:
        return failure is Outcome.CONNECTION_RESET and tries <= _RETRIES
    status = hop.http_status or 0
    limited = status == TOO_MANY_REQUESTS
    if not limited and not 500 <= status < 600:
        return False
    return tries <= (_RETRIES_WHEN_LIMITED if limited else _RETRIES) and wanted_silence(hop) <= cap


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
