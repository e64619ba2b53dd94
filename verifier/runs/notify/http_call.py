"""One HTTP call to a service that is told of a night: its failures as one sentence each, its address in none."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from verifier.errors import NotificationError
from verifier.runs.notify.retrying import retrying_session


def call(method: str, url: str, what_failed: str, timeout: float, user_agent: str, json: Any = None) -> None:
    """Send a request and look at the status of its answer only; `timeout` is in seconds.

    What is not taken for now is sent again (`retrying`).

    `what_failed` begins the message of what is raised, which names the host alone: the address is often its password.
    A redirect is not followed, since it may lead anywhere.

    Raises NotificationError when the service cannot be reached or does not answer with 2xx.
    """
    import requests

    host = urlsplit(url).hostname
    headers: Mapping[str, str] = {"User-Agent": user_agent}
    try:
        with (
            retrying_session() as session,
            session.request(
                method, url, json=json, timeout=timeout, headers=headers, stream=True, allow_redirects=False
            ) as response,
        ):
            if not 200 <= response.status_code < 300:
                raise NotificationError(f"{what_failed}: {host} answered {response.status_code}")
    except requests.Timeout:
        raise NotificationError(f"{what_failed}: {host} did not answer within {timeout:g} s") from None
    except requests.RequestException as error:
        raise NotificationError(f"{what_failed}: {host} cannot be reached ({type(error).__name__})") from None
