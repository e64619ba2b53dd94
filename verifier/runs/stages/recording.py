"""Recording a check, so that one which the store does not take is recorded as failed and ends nothing."""

from datetime import datetime

from verifier.errors import is_of_one_unit
from verifier.model import LinkCheck, LinkReason
from verifier.resolver import failed_check
from verifier.runs.context import Work, utc_now


def record(work: Work, check: LinkCheck, due_at: datetime | None) -> LinkCheck:
    """Record a check and report one that failed; returns what was recorded. Raises StoreError."""
    try:
        work.store.links.record_check(work.run.id, check, due_at, utc_now())
    except Exception as error:
        if not is_of_one_unit(error):
            raise
        check = failed_check(check.address, error)
        work.store.links.record_check(work.run.id, check, due_at, utc_now())
    if check.judgement.reason is LinkReason.CHECK_FAILED:
        work.report_failure(check.address, check.fetch.detail)
    return check
