from datetime import UTC, datetime

import pytest

from verifier.model import Hop, Outcome
from verifier.resolver.http.retries import retry_after, wait_before_retry

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7.0),
        (" 0 ", 0.0),
        ("99999999999", 99999999999.0),
        ("9" * 400, 999999999999.0),
        ("Fri, 02 Jan 2026 03:04:15 GMT", 10.0),
        ("Fri, 02 Jan 2026 03:04:00 GMT", 0.0),
        ("Mon, 01 Jan 0001 00:00:00 GMT", 0.0),
        ("-5", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds


def hop(status: int | None, retry: str | None = None) -> Hop:
    return Hop("http://a.test/", status, (("Retry-After", retry),) if retry is not None else ())


@pytest.mark.parametrize(
    ("answer", "failure", "tries", "wait"),
    [
        (hop(200), None, 1, None),
        (hop(404), None, 1, None),
        (hop(500), None, 1, 0.0),
        (hop(503), None, 2, None),
        (hop(503, "5"), None, 1, 5.0),
        (hop(503, "31"), None, 1, None),
        (hop(429), None, 2, 0.0),
        (hop(429), None, 3, None),
        (hop(429, "99999999999"), None, 1, None),
        (hop(None), Outcome.CONNECTION_RESET, 1, 0.0),
        (hop(200), Outcome.CONNECTION_RESET, 2, None),
        (hop(None), Outcome.TIMEOUT, 1, None),
        (hop(None), Outcome.CONNECTION_REFUSED, 1, None),
        (hop(200), Outcome.TOO_LARGE, 1, None),
    ],
)
def test_what_is_worth_a_second_try(answer: Hop, failure: Outcome | None, tries: int, wait: float | None) -> None:
    assert wait_before_retry(answer, failure, tries, cap=30) == wait
