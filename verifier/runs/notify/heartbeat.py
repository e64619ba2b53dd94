"""A call to a monitor at the end of a night, so that somebody notices when the nights themselves stay away."""

from urllib.parse import urlsplit

from verifier.errors import NotificationError
from verifier.settings import Settings


def beat(complete: bool, settings: Settings) -> None:
    """Call the monitor's address for a complete night, or the one for others; nothing where none is given.

    Only the monitor's host is named in what is raised: its address is often its password.

    Raises NotificationError when it cannot be reached or does not answer with 2xx.
    """
    heartbeat = settings.heartbeat
    url = heartbeat.url if complete else heartbeat.failure_url
    if not url:
        return
    import requests

    host = urlsplit(url).hostname
    try:
        with requests.get(
            url,
            timeout=heartbeat.timeout,
            headers={"User-Agent": settings.fetch.user_agent},
            stream=True,
            allow_redirects=False,
        ) as response:
            if not 200 <= response.status_code < 300:  # a redirect is not followed: it may lead anywhere
                raise NotificationError(f"no heartbeat: {host} answered {response.status_code}")
    except requests.Timeout:
        raise NotificationError(f"no heartbeat: {host} did not answer within {heartbeat.timeout:g} s") from None
    except requests.RequestException as error:
        raise NotificationError(f"no heartbeat: {host} cannot be reached ({type(error).__name__})") from None
