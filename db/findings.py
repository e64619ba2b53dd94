"""Findings: of documents and of links, listed with their history, and reviewed."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, exists, func, or_, select, true, update
from sqlalchemy.orm import Session

from db.checked_parts import write_checked_parts
from db.cited import printed_by_current_editions
from db.citing_places import citing_places
from db.comparisons import write_comparisons
from db.finding_details import stored_finding
from db.observations import close, close_document_findings, write_findings
from db.queue_places import note_number
from db.records import CitingPlace, ComparisonRecord, PartRecord, StoredFinding
from db.review_batches import NO_QUESTIONS, ONLY_OPEN, part_editions, undo_batch, was_made, write_reviews
from db.review_queue_index import rank_of, touching
from db.review_state import latest_review, state_of
from db.reviews import (
    PROGRAM,
    NewReview,
    carry_over,
    dismissals_of_links,
    latest_review_id,
    share_decisions,
    undo_review,
    write_review,
)
from db.rules import reopen_unfit
from db.runs import counts_of, sum_of_counts
from db.sessions import Sessions, chunks
from db.tables import AddressRow, DocumentRow, FindingRow, ObservationRow, QueueRow, ReviewRow
from verifier.errors import StoreError
from verifier.model import Coverage, Decision, Finding, FindingKind, FindingState


class Findings:
    """The verbs about findings and reviews."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def save_document_result(
        self,
        document_id: int,
        run_id: int,
        compared_key: str,
        comparisons: Sequence[ComparisonRecord],
        findings: Sequence[Finding],
        coverage: Coverage,
        now: datetime,
        parts: Sequence[PartRecord] = (),
    ) -> None:
        """Keep what comparing a document brought, in one transaction.

        Comparisons belong to the newest extraction of its current edition. The document's open findings that are not
        among these are closed, closed ones that are reopen. `compared_key` says what was compared (extractions, texts,
        versions), for `compared_key()` to answer. `parts` take the place of those that were kept before.

        Raises StoreError when there is no such document, or comparisons but no extraction of it.
        """
        with self._sessions.writing() as session:
            write_comparisons(session, document_id, comparisons)
            write_findings(session, run_id, document_id, findings, now)
            close_document_findings(session, document_id, findings, now)
            compared = session.execute(
                update(DocumentRow)
                .where(DocumentRow.id == document_id)
                .values(compared_key=compared_key, coverage=counts_of(coverage))
                .returning(DocumentRow.id)
            ).all()
            if not compared:
                raise StoreError(f"there is no document {document_id} in the store")
            write_checked_parts(session, document_id, parts)

    def compared_key(self, document_id: int) -> str | None:
        """What the document was last compared as; None where it never was."""
        with self._sessions.reading() as session:
            return session.scalar(select(DocumentRow.compared_key).where(DocumentRow.id == document_id))

    def document_coverage(self, document_ids: Sequence[int] | None = None) -> Coverage:
        """The counts of these documents (None: all) as they were last compared, added up."""
        with self._sessions.reading() as session:
            counts = select(DocumentRow.coverage).where(DocumentRow.coverage.is_not(None))
            if document_ids is None:
                return sum_of_counts(session.scalars(counts))
            return sum_of_counts(
                one for some in chunks(document_ids) for one in session.scalars(counts.where(DocumentRow.id.in_(some)))
            )

    def save_link_findings(
        self, run_id: int, findings: Sequence[Finding], healed_urls: Sequence[str], now: datetime
    ) -> None:
        """Keep what this run found about links, and close the findings of addresses that answer again."""
        with self._sessions.writing() as session:
            for some in chunks(healed_urls):
                close(session, now, FindingRow.document_id.is_(None), FindingRow.url.in_(some))
            write_findings(session, run_id, None, findings, now)

    def dismissed_links(self, urls: Sequence[str], now: datetime) -> dict[str, tuple[datetime, ...]]:
        """When people dismissed the finding of each address whose latest decision that is; others are left out."""
        with self._sessions.reading() as session:
            return dismissals_of_links(session, urls, now)

    def ask_again(self, run_id: int, fingerprints: Sequence[str], why: str, now: datetime) -> None:
        """Open dismissed findings anew, as of this run: what was dismissed is not what is seen now.

        A review like any other, of the program's: what people wrote stays.
        """
        with self._sessions.writing() as session:
            for fingerprint in fingerprints:
                token = f"asked again {run_id} {fingerprint}"
                write_review(session, fingerprint, NewReview(Decision.REOPEN, PROGRAM, why, token), now)
                row = FindingRow.fingerprint == fingerprint
                session.execute(update(FindingRow).where(row).values(opened_run=run_id))

    def close_uncited(self, now: datetime) -> None:
        """Close the link findings of addresses that no current edition prints any more."""
        printed = printed_by_current_editions().join(AddressRow).where(AddressRow.url == FindingRow.url)
        with self._sessions.writing() as session:
            close(session, now, FindingRow.document_id.is_(None), ~exists(printed))

    def list(
        self,
        states: Collection[FindingState] | None = None,
        run_id: int | None = None,
        now: datetime | None = None,
    ) -> "list[StoredFinding]":
        """The findings that are in one of these states (None: any): accusations first, then by severity,
        document, page and note.

        `run_id` is the run that `new_in_run` is told for; by default the latest. Decisions that ended before `now`
        (by default this moment) do not count.
        """
        now = now or datetime.now(UTC)
        with self._sessions.reading() as session:
            run = run_id if run_id is not None else session.scalar(select(func.max(ObservationRow.run_id)))
            return _listed(session, _with_history(run).where(_may_stand_in(states)), states, now)

    def of_document(
        self, document_id: int, states: Collection[FindingState] | None = None, now: datetime | None = None
    ) -> Sequence[StoredFinding]:
        """As `list`, the findings of one document and those of the links that it prints; none is told as new."""
        now = now or datetime.now(UTC)
        with self._sessions.reading() as session:
            wanted = None if states is None else frozenset(states)
            return _listed(session, _of_document(wanted), states, now, {"document_id": document_id})

    def new_accusations(self, run_id: int) -> int:
        """How many open accusations are there since this run, new or back after they had healed; those not that were
        dismissed, or that a standing rule keeps quiet.
        """
        with self._sessions.reading() as session:
            return session.scalars(
                select(func.count())
                .select_from(FindingRow)
                .where(
                    FindingRow.opened_run == run_id,
                    FindingRow.kind == FindingKind.ACCUSATION,
                    FindingRow.state == FindingState.OPEN,
                    func.coalesce(latest_review(ReviewRow.decision), "") != Decision.DISMISS.value,
                    ~exists().where(QueueRow.finding_id == FindingRow.id, QueueRow.review_state == FindingState.QUIET),
                )
            ).one()

    def add_review(
        self,
        fingerprint: str,
        decision: Decision,
        reviewer: str,
        note: str,
        request_token: str,
        now: datetime,
        expires_at: datetime | None = None,
    ) -> str:
        """Add what a person decided and return the review's id; a repeated token returns the first one's.

        From `expires_at` on (None: never) the decision no longer counts. Raises StoreError when there is no such
        finding.
        """
        review = NewReview(decision, reviewer, note, request_token, expires_at)
        with self._sessions.writing() as session:
            return write_review(session, fingerprint, review, now)

    def decide(self, fingerprint: str, review: NewReview, seen: str | None, now: datetime) -> str | None:
        """Add what a person decided, if the latest review is still the one they had `seen` (None: none at all).

        Returns the review's id (the first one's for a repeated token), None when somebody was quicker. Raises
        StoreError when there is no such finding.
        """
        with self._sessions.writing() as session:
            latest, is_repeated = latest_review_id(session, fingerprint, review.request_token)
            if latest != seen and not is_repeated:
                return None
            return write_review(session, fingerprint, review, now)

    def undo_batch(self, request_token: str, reviewer: str, now: datetime) -> int:
        """Take back the reviews that were added under one token, where nobody has decided anew; how many were."""
        with self._sessions.writing() as session:
            undone = undo_batch(session, request_token, reviewer, now)
            reopen_unfit(session, undone, now)
            return len(undone)

    def carry_over(self, document_id: int, pairs: Sequence[tuple[str, str]], now: datetime) -> int:
        """Give findings of a document the decisions about others, as `db.reviews.carry_over`; how many were given."""
        with self._sessions.writing() as session:
            return carry_over(session, document_id, pairs, now)

    def share_decisions(self, now: datetime) -> int:
        """Share decisions between documents and their editions or other forms, as `db.reviews.share_decisions`."""
        with self._sessions.writing() as session:
            return share_decisions(session, now)

    def part_editions(self, document_id: int, reviewer: str, now: datetime) -> int:
        """Say that a document is no edition of an earlier one, as `db.review_batches.part_editions`."""
        with self._sessions.writing() as session:
            return part_editions(session, document_id, reviewer, now)

    def add_reviews(
        self,
        finding_ids: Sequence[int],
        review: NewReview,
        now: datetime,
        states: Collection[FindingState] | None = ONLY_OPEN,
        seen: str | None = None,
        questions: Mapping[int, str] = NO_QUESTIONS,
    ) -> Sequence[int]:
        """Add one decision to those of these findings that are in one of the states and that nobody has decided since
        the review `seen`, as `db.review_batches.write_reviews`; returns the numbers of the findings.
        """
        with self._sessions.writing() as session:
            return write_reviews(session, finding_ids, review, now, states, seen, questions)

    def has_batch(self, request_token: str) -> bool:
        """Whether reviews were added under a token already."""
        with self._sessions.reading() as session:
            return was_made(session, request_token)

    def undo_review(self, review_id: str, reviewer: str, request_token: str, now: datetime) -> str | None:
        """Take a review back by a new one, which restores what held before; returns its id.

        None where there is nothing to take back: the review is not there, or another one has come after it.
        """
        with self._sessions.writing() as session:
            made = undo_review(session, review_id, reviewer, request_token, now)
            of = select(ReviewRow.finding_id).where(ReviewRow.id == review_id)
            reopen_unfit(session, list(session.scalars(of)), now)
            return made


def _listed(
    session: Session,
    asked: Any,
    states: Collection[FindingState] | None,
    now: datetime,
    given: Mapping[str, Any] | None = None,
) -> "list[StoredFinding]":
    rows = [
        (row, document, state, seen)
        for row, document, decision, end, seen in session.execute(asked, given)
        if (state := state_of(row.state, decision, end, now)) and (states is None or state in states)
    ]
    places = citing_places(session, sorted({row.url for row, *_ in rows if row.document_id is None and row.url}))
    found = [
        _stored(row, document, state, bool(new), places.get(row.url or "", [])) for row, document, state, new in rows
    ]
    return sorted(found, key=_rank)


def _with_history(run_id: int | None) -> Any:
    """A statement: every finding, its document's path, latest decision, and whether it is there since the run."""
    return select(
        FindingRow,
        DocumentRow.path,
        latest_review(ReviewRow.decision),
        latest_review(ReviewRow.expires_at),
        case((FindingRow.opened_run == run_id, 1), else_=0),
    ).outerjoin(DocumentRow, DocumentRow.id == FindingRow.document_id)


@cache
def _of_document(states: frozenset[FindingState] | None) -> Any:
    """A statement, made once: as `_with_history`, what may be in these states and touches `document_id`."""
    return _with_history(None).where(FindingRow.id.in_(touching(bindparam("document_id"))), _may_stand_in(states))


def _may_stand_in(states: Collection[FindingState] | None) -> ColumnElement[bool]:
    """Part of a statement: leaves out, of the findings nobody reviewed, those that are not in these states."""
    if states is None:
        return true()
    return or_(FindingRow.state.in_(states), exists().where(ReviewRow.finding_id == FindingRow.id))


def _stored(
    row: FindingRow, document: str | None, state: FindingState, new: bool, places: "list[CitingPlace]"
) -> StoredFinding:
    here = (
        CitingPlace(document, row.footnote_id, row.footnote_label, row.page, row.sentence, row.document_id)
        if document
        else None
    )
    if here is None and places:
        here, *places = places
    return StoredFinding(
        finding=stored_finding(row),
        state=state,
        first_seen_run=row.first_seen_run,
        first_seen_at=row.first_seen_at,
        last_seen_run=row.last_seen_run,
        last_seen_at=row.last_seen_at,
        new_in_run=new,
        document=here.document_path if here else None,
        footnote_id=here.footnote_id if here else None,
        footnote_label=here.footnote_label if here else None,
        page=here.page if here else None,
        sentence=here.sentence if here else None,
        also_at=tuple(places) if row.document_id is None else (),
        closed_at=row.closed_at,
        document_id=here.document_id if here else None,
    )


def _rank(found: StoredFinding) -> tuple[int, str, int, int, str]:
    """Accusations and the severe first, then as one reads: by document, page and note."""
    finding = found.finding
    place = found.document or "", found.page or 0, note_number(found.footnote_id)
    return rank_of(finding.kind, finding.severity), *place, finding.fingerprint
