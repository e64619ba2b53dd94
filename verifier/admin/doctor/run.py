"""`verifier doctor`: looks at everything an installation rests on, and says of each how it is and how to fix it."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from verifier.admin.doctor import data, desk, machine, network, shared
from verifier.admin.doctor.result import Check, CheckContext, CheckResult, fail, ok
from verifier.errors import SettingsError, VerifierError
from verifier.settings import load_settings

CHECKS: tuple[tuple[str, Check], ...] = (
    ("versions", machine.versions),
    ("data folder", machine.data_folder),
    ("access", machine.access),
    ("disk", machine.disk),
    ("lock", machine.run_lock),
    ("watched", machine.watched_folders),
    ("store", data.store),
    ("lease", shared.lease),
    ("workers", shared.workers),
    ("archive", data.archive),
    ("files", data.integrity),
    ("backup", data.backup),
    ("quota", data.quota),
    ("clock", data.clock),
    ("metrics", machine.metrics),
    ("desk users", desk.users),
    ("desk port", desk.port),
    ("network", network.name_and_connection),
    ("proxy", network.proxy),
    ("mail", network.mail),
    ("webhook", network.webhook),
    ("contact", network.contact),
)
"""What is looked at, in order, each under the name that it is told by when looking itself fails."""


def examine(config: Path | None, data: Path | None, now: datetime) -> Iterator[CheckResult]:
    """Look at an installation, one thing after the other; whatever is broken is found, and nothing is raised."""
    try:
        settings = load_settings(config, data=data)
    except SettingsError as error:
        yield fail(
            "settings", str(error), "correct the file (`verifier init DIR` writes one to compare with); the rest waits"
        )
        return
    yield ok("settings", "can be read")
    context = CheckContext(settings, now)
    for subject, check in CHECKS:
        try:
            yield from check(context)
        except (VerifierError, OSError) as error:
            yield fail(subject, str(error), "fix what it says, then ask again")
