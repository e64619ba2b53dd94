"""What people decided: added, never changed.

Functions on an open session; `db.findings` gives them their transactions.
"""

import secrets
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.tables import FindingRow, ReviewRow
from verifier.errors import StoreError
from verifier.model import Decision, FindingState

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

_RANDOM_BITS = 80

DECIDED = {Decision.ACCEPT: FindingState.ACCEPTED, Decision.DISMISS: FindingState.DISMISSED}
"""What a decision makes of a finding; a reopened one is what the machine says."""


def write_review(
    session: Session,
    fingerprint: str,
    decision: Decision,
    reviewer: str,
    note: str,
    request_token: str,
    now: datetime,
) -> str:
    """Add a review and return its id; one that was added under the same token already is returned instead."""
    # Locked first, so that on PostgreSQL the second half of a double click waits here, then finds the first.
    finding_id = session.scalar(select(FindingRow.id).where(FindingRow.fingerprint == fingerprint).with_for_update())
    if finding_id is None:
        raise StoreError(f"there is no finding {fingerprint} in the store")
    repeated = session.scalar(select(ReviewRow.id).where(ReviewRow.request_token == request_token))
    if repeated is not None:
        return repeated
    latest = session.scalar(select(func.max(ReviewRow.id)).where(ReviewRow.finding_id == finding_id))
    review_id = ulid_after(latest, now)
    session.add(
        ReviewRow(
            id=review_id,
            finding_id=finding_id,
            decision=decision,
            reviewer=reviewer,
            note=note,
            request_token=request_token,
            decided_at=now,
        )
    )
    session.flush()
    return review_id


def ulid_after(earlier: str | None, now: datetime) -> str:
    """A ULID (github.com/ulid/spec): 48 bits of Unix milliseconds, 80 random ones, in Crockford's base 32.

    It sorts after `earlier`, also in the same millisecond and when the clock was set back (the spec's monotonic rule).
    """
    number = (int(now.timestamp() * 1000) << _RANDOM_BITS) | secrets.randbits(_RANDOM_BITS)
    if earlier is not None:
        number = max(number, _number(earlier) + 1)
    return "".join(_CROCKFORD[(number >> shift) & 31] for shift in range(125, -1, -5))


def _number(ulid: str) -> int:
    number = 0
    for letter in ulid:
        number = number << 5 | _CROCKFORD.index(letter)
    return number
