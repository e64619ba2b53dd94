"""One night's work, or one command's: lock, resume, health, exit code."""

from verifier.nightly.night import nightly, unattended
from verifier.nightly.opening import only_run, open_existing_store
from verifier.nightly.pruning import Pruned, prune
from verifier.nightly.run import RunOutcome, run, verify
from verifier.nightly.work import Observer

__all__ = [
    "Observer",
    "Pruned",
    "RunOutcome",
    "nightly",
    "only_run",
    "open_existing_store",
    "prune",
    "run",
    "unattended",
    "verify",
]
