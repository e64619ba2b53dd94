"""A call to a monitor at the end of a night, so that somebody notices when the nights themselves stay away."""

from verifier.runs.notify.http_call import call
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
    call("GET", url, "no heartbeat", heartbeat.timeout, settings.fetch.user_agent)
