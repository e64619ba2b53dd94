"""What people decided: added, never changed.

Functions on an open session; `db.findings` gives them their transactions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from db.review_queue_index import refresh_states
from db.sessions import chunks
from db.tables import FindingRow, ReviewRow
from db.ulids import ulid_after
from verifier.errors import StoreError
from verifier.model import Decision

PROGRAM = "verifier"
"""The reviewer of decisions that no person made."""


@dataclass(frozen=True, slots=True)
class NewReview:
    """A decision that is to be added: who, what and why.

    `request_token` is the client's: a repeated one is the same review. From `expires_at` on the decision no longer
    counts; `undoes` is the id of the review that it takes back. `right_value` is what belongs in the document,
    `question` what the author is asked, `rule_id` the standing rule that decided.
    """

    decision: Decision
    reviewer: str
    note: str
    request_token: str
    expires_at: datetime | None = None
    undoes: str | None = None
    right_value: str | None = None
    question: str | None = None
    rule_id: str | None = None


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
    refresh_states(session, [finding_id], now)
    return review_id


def latest_review_id(session: Session, fingerprint: str, request_token: str) -> tuple[str | None, bool]:
    """The id of a finding's latest review, and whether this token was used already; the finding stays locked."""
    finding_id = session.scalar(select(FindingRow.id).where(FindingRow.fingerprint == fingerprint).with_for_update())
    latest = session.scalar(select(func.max(ReviewRow.id)).where(ReviewRow.finding_id == finding_id))
    used = session.scalar(select(ReviewRow.id).where(ReviewRow.request_token == request_token)) is not None
    return latest, used


def undo_review(session: Session, review_id: str, reviewer: str, request_token: str, now: datetime) -> str | None:
    """Take a review back: a new one with the decision that held before, or `reopen`; returns its id.

    None where the review is not there, is taken back already, or is not the one that holds.
    """
    undone = session.get(ReviewRow, review_id)
    if undone is None:
        return None
    session.scalar(select(FindingRow.id).where(FindingRow.id == undone.finding_id).with_for_update())
    review = undoing(counting_reviews(session, undone.finding_id), review_id, reviewer, request_token)
    if review is None:
        return None
    made = _add(session, undone.finding_id, review, now)
    refresh_states(session, [undone.finding_id], now)
    return made


def undoing(counting: Sequence[ReviewRow], review_id: str, reviewer: str, request_token: str) -> NewReview | None:
    """The review that takes another back, by what holds of its finding; None where it is not the one that holds."""
    if not counting or counting[-1].id != review_id:
        return None
    if len(counting) == 1:
        return NewReview(Decision.REOPEN, reviewer, "", request_token, undoes=review_id)
    before = counting[-2]
    return NewReview(
        before.decision,
        reviewer,
        before.note,
        request_token,
        before.expires_at,
        review_id,
        before.right_value,
        before.question,
        before.rule_id,
    )


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
    refresh_states(session, carried, now)
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
    refresh_states(session, carried, now)
    return len(carried)


def _carried(session: Session, finding: FindingRow, model: FindingRow, edition: int | None, now: datetime) -> list[int]:
    """Give a finding the decision that counts for another, under the token of the edition; whom it was given."""
    counting = counting_reviews(session, model.id)[-1:]
    for review in counting:
        if review.decision in (Decision.REOPEN, Decision.QUIET) or _has_ended(review, now):
            return []
        token = f"{carried_token(edition)} {finding.id}"
        same = NewReview(
            review.decision,
            review.reviewer,
            review.note,
            token,
            review.expires_at,
            right_value=review.right_value,
            question=review.question,
        )
        _add(session, finding.id, same, now)
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
    """Whether a person decided about a finding; a rule's review is none."""
    by_people = ReviewRow.decision != Decision.QUIET, ReviewRow.reviewer != PROGRAM
    return session.scalar(select(func.count()).where(ReviewRow.finding_id == finding_id, *by_people)) != 0


def counting_reviews(session: Session, finding_id: int) -> list[ReviewRow]:
    """The reviews of a finding that were not taken back, oldest first, without those that take others back."""
    rows = session.scalars(select(ReviewRow).where(ReviewRow.finding_id == finding_id).order_by(ReviewRow.id)).all()
    return not_undone(rows)


def not_undone(reviews: Sequence[ReviewRow]) -> list[ReviewRow]:
    """Of all reviews of a finding, oldest first: those that were not taken back and take none back."""
    undone = {row.undoes for row in reviews if row.undoes}
    return [row for row in reviews if row.undoes is None and row.id not in undone]


def review_row(finding_id: int, review: NewReview, latest: str | None, now: datetime) -> dict[str, object]:
    """The columns of a new review, whose id sorts after the finding's `latest`."""
    return {"id": ulid_after(latest, now), "finding_id": finding_id} | review_values(review, now)


def review_values(review: NewReview, now: datetime) -> dict[str, object]:
    """The columns of a new review that are the same whatever finding it is about."""
    return {
        "decision": review.decision,
        "reviewer": review.reviewer,
        "note": review.note,
        "request_token": review.request_token,
        "decided_at": now,
        "expires_at": review.expires_at,
        "undoes": review.undoes,
        "right_value": review.right_value,
        "question": review.question,
        "rule_id": review.rule_id,
    }


def _add(session: Session, finding_id: int, review: NewReview, now: datetime) -> str:
    latest = session.scalar(select(func.max(ReviewRow.id)).where(ReviewRow.finding_id == finding_id))
    row = ReviewRow(**review_row(finding_id, review, latest, now))
    session.add(row)
    session.flush()
    return row.id
