"""Recording a check, so that one which the store does not take is recorded as failed and ends nothing."""

from collections.abc import Callable
from datetime import datetime

from verifier.errors import is_of_one_unit
from verifier.model import LinkCheck, LinkReason
from verifier.resolver import failed_check
from verifier.runs.context import Work, utc_now

Keep = Callable[[LinkCheck, datetime | None], None]
"""Writes a check to the store, and when its address is due again."""


def record(work: Work, check: LinkCheck, due_at: datetime | None, keep: Keep | None = None) -> LinkCheck:
    """Record a check and report one that failed; returns what was recorded. Raises StoreError.

    `keep` writes it, where that takes more than the run.
    """

    def keep_in_run(check: LinkCheck, due_at: datetime | None) -> None:
        work.store.links.record_check(work.run.id, check, due_at, utc_now())

    keep = keep or keep_in_run
    try:
        keep(check, due_at)
    except Exception as error:
        if not is_of_one_unit(error):
            raise
        check = failed_check(check.address, error)
        keep(check, due_at)
    if check.judgement.reason is LinkReason.CHECK_FAILED:
        work.report_failure(check.address, check.fetch.detail)
    return check
