"""The queue's index: a row a finding, made anew from the finding, its latest review and the places that print it.

Functions on an open session, called in the transaction that changes what a row is made of.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists, select, update
from sqlalchemy.orm import Session

from db.citing_places import citing_places
from db.extractions import newest_extraction_id
from db.queue_places import note_number, write_places
from db.queue_search import searchable
from db.records import CitingPlace
from db.review_state import latest_review, state_of
from db.sessions import CHUNK, chunks, insert
from db.tables import (
    AddressRow,
    AssignmentRow,
    DocumentRow,
    FindingRow,
    FootnoteRow,
    QueuePlaceRow,
    QueueRow,
    ReviewRow,
)
from verifier.model import Decision, FindingKind, FindingState, Severity

_SEVERITIES = list(Severity)

_MOST_WORDS = 4000
"""Characters of a finding that a search looks through."""

_MOST_PLACES = 20
"""Places that print one address whose sentences a search looks through."""


def rank_of(kind: FindingKind, severity: Severity) -> int:
    """The finding's place in the queue: accusations first, then by severity; 0 is the most urgent."""
    return (kind is not FindingKind.ACCUSATION) * len(_SEVERITIES) + _SEVERITIES.index(severity)


def touching(document_id: Any) -> Any:
    """A statement: the findings that a document (its id, or a parameter) holds, and those about links it prints."""
    return select(QueuePlaceRow.finding_id).where(QueuePlaceRow.document_id == document_id)


def refresh(session: Session, finding_ids: Sequence[int], now: datetime) -> None:
    """Bring the queue's rows of these findings up to date."""
    for some in chunks(finding_ids):
        found = session.execute(_with_what_counts().where(FindingRow.id.in_(some))).all()
        urls = sorted({row.url for row, *_ in found if row.document_id is None and row.url})
        places = citing_places(session, urls)
        rows, own, printed = [], [], {}
        for row, decision, expires_at, decided_at, reviewer, assignee, path, host, note in found:
            there = places.get(row.url or "", []) if row.document_id is None else []
            entry = _entry(row, there[:_MOST_PLACES], path, host, note)
            state = decided_columns(row.state, decision, expires_at, decided_at, reviewer, now)
            rows.append(entry | state | {"assignee": assignee or None})
            if row.document_id is None:
                printed[row.id] = there
            else:
                own.append({name: entry[name] for name in ("finding_id", "page", "note")})
                own[-1]["document_id"] = row.document_id
        if rows:
            new = insert(session, QueueRow)
            names = [column.name for column in QueueRow.__table__.columns if column.name != "finding_id"]
            changed = {name: new.excluded[name] for name in names}
            session.execute(new.on_conflict_do_update(index_elements=["finding_id"], set_=changed), rows)
            write_places(session, own, printed)


def refresh_states(session: Session, finding_ids: Sequence[int], now: datetime, at_once: int = CHUNK) -> None:
    """Bring the queue's rows of these findings up to date with what was decided: only that has changed.

    One statement for all that came to the same: a batch is that.
    """
    for some in chunks(finding_ids, at_once):
        alike: dict[tuple[Any, ...], list[int]] = defaultdict(list)
        names: tuple[str, ...] = ()
        decisions = session.execute(_with_decision().where(FindingRow.id.in_(some)))
        for number, machine, decision, expires_at, decided_at, reviewer in decisions:
            state = decided_columns(machine, decision, expires_at, decided_at, reviewer, now)
            names = tuple(state)
            alike[tuple(state.values())].append(number)
        for values, ids in alike.items():
            session.execute(
                update(QueueRow)
                .where(QueueRow.finding_id.in_(ids))
                .values(dict(zip(names, values, strict=True)))
                .execution_options(synchronize_session=False)
            )


def refresh_missing(session: Session, now: datetime) -> None:
    """Make the rows of findings that have none: those of a store that is older than the queue."""
    missing = select(FindingRow.id).where(~exists().where(QueueRow.finding_id == FindingRow.id))
    refresh(session, list(session.scalars(missing)), now)


def _with_decision() -> Any:
    """A statement: the number and state of findings, each with its latest decision, its end, time and maker."""
    return select(
        FindingRow.id,
        FindingRow.state,
        latest_review(ReviewRow.decision),
        latest_review(ReviewRow.expires_at),
        latest_review(ReviewRow.decided_at),
        latest_review(ReviewRow.reviewer),
    )


def _with_what_counts() -> Any:
    """A statement: findings, each with its latest decision, that one's end, time and maker, whose it is, its document,
    host and note's text.
    """
    extraction_id = newest_extraction_id(DocumentRow.pdf_sha256)
    return (
        select(
            FindingRow,
            latest_review(ReviewRow.decision),
            latest_review(ReviewRow.expires_at),
            latest_review(ReviewRow.decided_at),
            latest_review(ReviewRow.reviewer),
            latest_assignee(),
            DocumentRow.path,
            AddressRow.host,
            FootnoteRow.text,
        )
        .outerjoin(DocumentRow, DocumentRow.id == FindingRow.document_id)
        .outerjoin(AddressRow, AddressRow.url == FindingRow.url)
        .outerjoin(
            FootnoteRow,
            and_(FootnoteRow.extraction_id == extraction_id, FootnoteRow.note_id == FindingRow.footnote_id),
        )
    )


def latest_assignee() -> Any:
    """Part of a statement about findings: whose each is; empty or null for nobody's."""
    return (
        select(AssignmentRow.assignee)
        .where(AssignmentRow.finding_id == FindingRow.id)
        .order_by(AssignmentRow.id.desc())
        .limit(1)
        .correlate(FindingRow)
        .scalar_subquery()
    )


def decided_columns(
    machine: FindingState,
    decision: Any,
    expires_at: datetime | None,
    decided_at: datetime | None,
    reviewer: str | None,
    now: datetime,
) -> dict[str, Any]:
    """The queue's columns that come of what the machine says and of the latest decision (its end, time and maker)."""
    state = state_of(machine, decision, expires_at, now)
    is_decided = state.is_decided
    return {
        "review_state": state,
        "expires_at": expires_at if is_decided else None,
        "reviewer": (reviewer or "") if is_decided else "",
        "asked_at": decided_at if decision is Decision.QUERY else None,
    }


def _entry(
    row: FindingRow, places: Sequence[CitingPlace], path: str | None, host: str | None, note: str | None
) -> dict[str, Any]:
    first = places[0] if places else None
    texts = [row.message, row.sentence, note, row.url, path, row.source_quote]
    texts += [words for place in places for words in (place.sentence, place.note, place.document_path)]
    return {
        "finding_id": row.id,
        "rank": rank_of(row.kind, row.severity),
        "home_id": row.document_id or (first.document_id if first else None) or 0,
        "page": row.page or (first.page if first else None) or 0,
        "note": note_number(row.footnote_id or (first.footnote_id if first else None)),
        "code": row.code,
        "host": host or "",
        "opened_run": row.opened_run,
        "words": searchable("\n".join(dict.fromkeys(words for words in texts if words))[:_MOST_WORDS]),
    }
