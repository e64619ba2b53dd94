"""What the doctor looks at in a store that several machines share: who holds it, and who reaches the web."""

from collections.abc import Iterator
from datetime import datetime

from db.at_work import AtWork, WorkWatch
from db.run_lease import LeaseState
from verifier.admin.doctor.data import PATIENCE
from verifier.admin.doctor.result import CheckContext, CheckResult, fail, ok, warn
from verifier.model import RunPhase


def lease(context: CheckContext) -> Iterator[CheckResult]:
    """Who holds the store's lease, which is what `run.lock` is to a data folder; nothing to say of one's own folder."""
    found = _look(context)
    if found is None:
        return
    if found.lease is None or not found.lease.holder:
        yield ok("lease", "free" if found.lease else "no run has been here")
    elif found.lease.left > 0:
        remedy = (
            "nothing to do; if it never ends, see to the workers: journalctl -u verifier-worker.service"
            if found.lease.run_id is not None
            else "nothing to do; if it never ends, see to that process on that machine"
        )
        yield warn("lease", f"{_held(found.lease)}; renewed, holds for {found.lease.left:.0f} s more", remedy)
    elif found.lease.run_id is not None:
        remedy = f"start one, and run {found.lease.run_id} goes on: verifier worker; or begin another: verifier nightly"
        yield fail("lease", f"{_held(found.lease)}; lapsed {-found.lease.left:.0f} s ago: no worker is alive", remedy)
    else:
        found_words = f"{_held(found.lease)}; lapsed {-found.lease.left:.0f} s ago: it died, or is cut off"
        yield warn("lease", found_words, "nothing to do: the next run takes up what it left")


def workers(context: CheckContext) -> Iterator[CheckResult]:
    """Whether the workers reach the web, and whether there are any while addresses wait."""
    found = _look(context)
    if found is None:
        return
    for worker in found.networks:
        if worker.offline_since is not None:
            remedy = "see to that machine's network; it asks nothing meanwhile, other workers have its addresses"
            yield fail("workers", f"{worker.worker} reaches no site since {_time(worker.offline_since)}", remedy)
    if found.run is not None and found.run[1] is RunPhase.CHECKING and not found.networks:
        remedy = "start one: verifier worker, or sudo systemctl start verifier-worker.service"
        yield fail("workers", f"run {found.run[0]} has addresses to check, and no worker is alive", remedy)
    online = sum(worker.offline_since is None for worker in found.networks)
    if online:
        yield ok("workers", f"{online} at work at the web")


def _look(context: CheckContext) -> AtWork | None:
    if not context.settings.store_is_shared:
        return None
    with WorkWatch(context.settings.store_url, PATIENCE) as watch:
        return watch.look(context.settings.queue.lease_seconds)


def _held(lease: LeaseState) -> str:
    return lease.holder if lease.since is None else f"{lease.holder}, since {_time(lease.since)}"


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
