"""One night's work, or one command's: lock, resume, health, exit code."""

from verifier.nightly.night import nightly, unattended
from verifier.nightly.opening import open_existing_store
from verifier.nightly.run import RunOutcome, run, verify
from verifier.nightly.work import Observer

__all__ = ["Observer", "RunOutcome", "nightly", "open_existing_store", "run", "unattended", "verify"]
