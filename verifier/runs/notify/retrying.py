"""A session that asks a service once more where it says that it could not take a message now."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import requests

ATTEMPTS = 3
LONGEST_WAIT = 30.0
"""Seconds that are waited at most before one attempt, whatever `Retry-After` asks for: a night is not held up."""

_TEMPORARY = (429, 502, 503, 504)
"""Too many requests, or nobody behind the gateway (RFC 6585, 4; RFC 9110, 15.6): the message was not taken."""


def retrying_session() -> "requests.Session":
    """A session whose requests are repeated after an answer that is temporary, or when nobody could be connected to.

    One whose answer does not come in time is not: the message may be there, and would be there twice.
    """
    import requests
    from requests.adapters import HTTPAdapter
    from urllib3 import BaseHTTPResponse
    from urllib3.util import Retry

    class Patience(Retry):
        """urllib3's retries, with a limit to what a service may ask for."""

        def get_retry_after(self, response: BaseHTTPResponse) -> float | None:
            asked = super().get_retry_after(response)
            return None if asked is None else min(asked, LONGEST_WAIT)

    patience = Patience(
        total=ATTEMPTS - 1,
        connect=1,
        read=False,
        redirect=0,
        other=0,
        status_forcelist=_TEMPORARY,
        allowed_methods=None,
        backoff_factor=1.0,
        raise_on_status=False,
        raise_on_redirect=False,
    )
    session = requests.Session()
    for scheme in ("http://", "https://"):
        session.mount(scheme, HTTPAdapter(max_retries=patience))
    return session
