"""One night's work, or one command's: lock, resume, health, exit code."""

from verifier.runs.context import Observer
from verifier.runs.lock import only_run, open_existing_store
from verifier.runs.nightly import nightly, unattended
from verifier.runs.run import RunOutcome, run, verify
from verifier.runs.stages.pruning import Pruned, prune

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
