"""What people decided: added, never changed.

Functions on an open session; `db.findings` gives them their transactions.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from db.review_queue_index import refresh
from db.sessions import chunks
from db.tables import DocumentRow, FindingRow, QueueRow, ReviewRow
from verifier.errors import StoreError
from verifier.model import Decision, FindingState

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

_RANDOM_BITS = 80

PROGRAM = "verifier"
"""The reviewer of decisions that no person made."""


@dataclass(frozen=True, slots=True)
class NewReview:
    """A decision that is to be added: who, what and why.

    `request_token` is the client's: a repeated one is the same review. From `expires_at` on the decision no longer
    counts; `undoes` is the id of the review that it takes back.
    """

    decision: Decision
    reviewer: str
    note: str
    request_token: str
    expires_at: datetime | None = None
    undoes: str | None = None


def write_review(session: Session, fingerprint: str, review: NewReview, now: datetime) -> str:
    """Add a review and return its id; one that was added under the same token already is returned instead."""
    # Locked first, so that on PostgreSQL the second half of a double click waits here, then finds the first.
    finding_id = session.scalar(select(FindingRow.id).where(FindingRow.fingerprint == fingerprint).with_for_update())
    if finding_id is None:
        raise StoreError(f"there is no finding {fingerprint} in the store")
    repeated = session.scalar(select(ReviewRow.id).where(ReviewRow.request_token == review.request_token))
    if repeated is not None:
        return repeated
    review_id = _add(session, finding_id, review, now)
    refresh(session, [finding_id], now)
    return review_id


def latest_review_id(session: Session, fingerprint: str, request_token: str) -> tuple[str | None, bool]:
    """The id of a finding's latest review, and whether this token was used already; the finding stays locked."""
    finding_id = session.scalar(select(FindingRow.id).where(FindingRow.fingerprint == fingerprint).with_for_update())
    latest = session.scalar(select(func.max(ReviewRow.id)).where(ReviewRow.finding_id == finding_id))
    used = session.scalar(select(ReviewRow.id).where(ReviewRow.request_token == request_token)) is not None
    return latest, used


def write_reviews(session: Session, finding_ids: Sequence[int], review: NewReview, now: datetime) -> list[str]:
    """Add one decision to those of these findings that are open; the ids.

    Each has the token with the finding's number behind it. What somebody decided in the meantime stays as it is.
    """
    made = []
    for finding_id in sorted(finding_ids):
        # Locked first, so that on PostgreSQL nobody decides between the question and the answer.
        session.scalar(select(FindingRow.id).where(FindingRow.id == finding_id).with_for_update())
        token = f"{review.request_token} {finding_id}"
        review_state = session.scalar(select(QueueRow.review_state).where(QueueRow.finding_id == finding_id))
        if review_state is FindingState.OPEN:
            one = NewReview(review.decision, review.reviewer, review.note, token, review.expires_at, review.undoes)
            made.append(_add(session, finding_id, one, now))
    refresh(session, finding_ids, now)
    return made


def undo_review(session: Session, review_id: str, reviewer: str, request_token: str, now: datetime) -> str | None:
    """Take a review back: a new one with the decision that held before, or `reopen`; returns its id.

    None where the review is not there, is taken back already, or is not the one that holds.
    """
    undone = session.get(ReviewRow, review_id)
    if undone is None:
        return None
    session.scalar(select(FindingRow.id).where(FindingRow.id == undone.finding_id).with_for_update())
    counting = counting_reviews(session, undone.finding_id)
    if not counting or counting[-1].id != review_id:
        return None
    before = counting[-2] if len(counting) > 1 else None
    review = NewReview(
        decision=before.decision if before else Decision.REOPEN,
        reviewer=reviewer,
        note=before.note if before else "",
        request_token=request_token,
        expires_at=before.expires_at if before else None,
        undoes=review_id,
    )
    made = _add(session, undone.finding_id, review, now)
    refresh(session, [undone.finding_id], now)
    return made


def undo_batch(session: Session, request_token: str, reviewer: str, now: datetime) -> int:
    """Take back what `write_reviews` added under a token, where it still holds; how many were."""
    # The tokens of a batch begin with its own and a blank; `!` is the character after the blank.
    of_batch = (ReviewRow.request_token >= f"{request_token} ") & (ReviewRow.request_token < f"{request_token}!")
    made = list(session.scalars(select(ReviewRow.id).where(of_batch).order_by(ReviewRow.id)))
    return sum(undo_review(session, one, reviewer, f"undo {one}", now) is not None for one in made)


def carry_over(session: Session, document_id: int, pairs: Sequence[tuple[str, str]], now: datetime) -> int:
    """Give findings of a document the decisions that count for others; `pairs` are (fingerprint, the other's).

    Only to findings that nobody has ever decided. They have been known since the others were, so they are not new. The
    reviews are one batch under the token `carried <document>`, which `undo_batch` takes back. How many were carried.
    The pairs are kept, for `share_decisions`.
    """
    carried = []
    for fingerprint, other in pairs:
        finding = session.scalars(select(FindingRow).where(FindingRow.fingerprint == fingerprint)).one_or_none()
        model = session.scalars(select(FindingRow).where(FindingRow.fingerprint == other)).one_or_none()
        if finding is not None and other != fingerprint:
            finding.counterpart = other
        if finding is None or model is None or _is_reviewed(session, finding.id):
            continue
        carried += _carried(session, finding, model, document_id, now)
    session.flush()
    refresh(session, carried, now)
    return len(carried)


def share_decisions(session: Session, now: datetime) -> int:
    """Of findings that are one in two documents, give that which nobody has decided the decision about the other.

    Such are those that `carry_over` kept as a pair, whichever was decided; the batch is that of the pair's edition.
    How many decisions were given.
    """
    here, there = aliased(FindingRow), aliased(FindingRow)
    decided_here = exists().where(ReviewRow.finding_id == here.id)
    decided_there = exists().where(ReviewRow.finding_id == there.id)
    pairs = session.execute(
        select(here, there)
        .join(there, there.fingerprint == here.counterpart)
        .where(or_(and_(decided_here, ~decided_there), and_(decided_there, ~decided_here)))
        .order_by(here.id)
    ).all()
    carried = []
    for one, other in pairs:
        open_, model = (other, one) if _is_reviewed(session, one.id) else (one, other)
        if not _is_reviewed(session, open_.id):  # several editions may share one earlier document
            carried += _carried(session, open_, model, one.document_id, now)
    session.flush()
    refresh(session, carried, now)
    return len(carried)


def part_editions(session: Session, document_id: int, reviewer: str, now: datetime) -> int:
    """Say that a document is no edition of another: nothing is shared any more, and what was is taken back.

    Where nobody has decided anew. How many decisions were taken back.
    """
    session.execute(update(DocumentRow).where(DocumentRow.id == document_id).values(edition_of=None))
    session.execute(update(FindingRow).where(FindingRow.document_id == document_id).values(counterpart=None))
    return undo_batch(session, carried_token(document_id), reviewer, now)


def _carried(session: Session, finding: FindingRow, model: FindingRow, edition: int | None, now: datetime) -> list[int]:
    """Give a finding the decision that counts for another, under the token of the edition; whom it was given."""
    counting = counting_reviews(session, model.id)[-1:]
    for review in counting:
        if review.decision is Decision.REOPEN or (review.expires_at is not None and review.expires_at <= now):
            return []
        token = f"{carried_token(edition)} {finding.id}"
        _add(
            session, finding.id, NewReview(review.decision, review.reviewer, review.note, token, review.expires_at), now
        )
        finding.opened_run = min(finding.opened_run, model.opened_run)
    return [finding.id] if counting else []


def carried_token(document_id: int | None) -> str:
    """The token of the decisions that an edition and the document before it share; `document_id` is the edition's."""
    return f"carried {document_id}"


def dismissals_of_links(session: Session, urls: Sequence[str], now: datetime) -> dict[str, tuple[datetime, ...]]:
    """When the link finding of each address was dismissed, of those where that is the decision that counts."""
    found: dict[str, tuple[datetime, ...]] = {}
    for some in chunks(urls):
        of_links = select(FindingRow.id, FindingRow.url).where(
            FindingRow.document_id.is_(None),
            FindingRow.url.in_(some),
            exists().where(ReviewRow.finding_id == FindingRow.id, ReviewRow.decision == Decision.DISMISS),
        )
        for finding_id, url in session.execute(of_links).all():
            counting = [row for row in counting_reviews(session, finding_id) if not _has_ended(row, now)]
            if counting and counting[-1].decision is Decision.DISMISS and url is not None:
                found[url] = tuple(row.decided_at for row in counting if row.decision is Decision.DISMISS)
    return found


def _has_ended(review: ReviewRow, now: datetime) -> bool:
    return review.expires_at is not None and review.expires_at <= now


def _is_reviewed(session: Session, finding_id: int) -> bool:
    return session.scalar(select(func.count()).where(ReviewRow.finding_id == finding_id)) != 0


def counting_reviews(session: Session, finding_id: int) -> list[ReviewRow]:
    """The reviews of a finding that were not taken back, oldest first, without those that take others back."""
    rows = session.scalars(select(ReviewRow).where(ReviewRow.finding_id == finding_id).order_by(ReviewRow.id)).all()
    undone = {row.undoes for row in rows if row.undoes}
    return [row for row in rows if row.undoes is None and row.id not in undone]


def _add(session: Session, finding_id: int, review: NewReview, now: datetime) -> str:
    latest = session.scalar(select(func.max(ReviewRow.id)).where(ReviewRow.finding_id == finding_id))
    review_id = ulid_after(latest, now)
    session.add(
        ReviewRow(
            id=review_id,
            finding_id=finding_id,
            decision=review.decision,
            reviewer=review.reviewer,
            note=review.note,
            request_token=review.request_token,
            decided_at=now,
            expires_at=review.expires_at,
            undoes=review.undoes,
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
