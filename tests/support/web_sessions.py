"""The one session of a run, for tests: led to loopback hosts, without a pause."""

from collections.abc import Mapping

from verifier.resolver import ArchiveStore, WebSession
from verifier.settings import ArchiveSettings, FetchSettings, Settings

UNHURRIED = FetchSettings(pause=0)
ALL = ArchiveSettings()


def web_session(
    hosts: Mapping[str, str],
    fetch: FetchSettings = UNHURRIED,
    archive: ArchiveStore | None = None,
    private: bool = True,
    keep: ArchiveSettings = ALL,
) -> WebSession:
    """A session whose `hosts` map names to addresses, as the setting does."""
    return WebSession(Settings(fetch=fetch, allow_private=private, hosts=dict(hosts), archive=keep), archive)
