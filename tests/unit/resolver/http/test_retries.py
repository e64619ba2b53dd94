from datetime import UTC, datetime

import pytest

from verifier.model import Hop, Outcome
from verifier.resolver.http.retries import is_worth_retrying, retry_after, wanted_silence

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
    ("answer", "failure", "tries", "worth"),
    [
        (hop(200), None, 1, False),
        (hop(404), None, 1, False),
        (hop(500), None, 1, True),
        (hop(503), None, 2, False),
        (hop(503, "5"), None, 1, True),
        (hop(503, "31"), None, 1, False),
        (hop(429), None, 2, True),
        (hop(429), None, 3, False),
        (hop(429, "99999999999"), None, 1, False),
        (hop(None), Outcome.CONNECTION_RESET, 1, True),
        (hop(200), Outcome.CONNECTION_RESET, 2, False),
        (hop(None), Outcome.TIMEOUT, 1, False),
        (hop(None), Outcome.CONNECTION_REFUSED, 1, False),
        (hop(200), Outcome.TOO_LARGE, 1, False),
    ],
)
def test_what_is_worth_a_second_try(answer: Hop, failure: Outcome | None, tries: int, worth: bool) -> None:
    assert is_worth_retrying(answer, failure, tries, cap=30) is worth


@pytest.mark.parametrize(
    ("answer", "seconds"),
    [
        (hop(200, "9"), 0),
        (hop(404, "9"), 0),
        (hop(503, "9"), 9),
        (hop(429, "3600"), 3600),
        (hop(429), 0),
        (hop(None), 0),
    ],
)
def test_how_long_a_host_wants_to_be_left_alone(answer: Hop, seconds: float) -> None:
    assert wanted_silence(answer) == seconds
