"""The queue's index: a row a finding, made anew from the finding, its latest review and the places that print it.

Functions on an open session, called in the transaction that changes what a row is made of.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists, select, update
from sqlalchemy.orm import Session

from db.cited import citing_places
from db.extractions import newest_extraction_id
from db.records import CitingPlace
from db.review_state import latest_review, state_of
from db.sessions import CHUNK, chunks, insert
from db.tables import AddressRow, AssignmentRow, DocumentRow, FindingRow, FootnoteRow, QueueRow, ReviewRow
from verifier.model import Decision, FindingKind, FindingState, Severity

_SEVERITIES = list(Severity)

_MOST_WORDS = 4000
"""Characters of a finding that a search looks through."""

_MOST_PLACES = 20
"""Places that print one address whose sentences a search looks through."""


def rank_of(kind: FindingKind, severity: Severity) -> int:
    """The finding's place in the queue: accusations first, then by severity; 0 is the most urgent."""
    return (kind is not FindingKind.ACCUSATION) * len(_SEVERITIES) + _SEVERITIES.index(severity)


def refresh(session: Session, finding_ids: Sequence[int], now: datetime) -> None:
    """Bring the queue's rows of these findings up to date."""
    for some in chunks(finding_ids):
        found = session.execute(_with_what_counts().where(FindingRow.id.in_(some))).all()
        urls = sorted({row.url for row, *_ in found if row.document_id is None and row.url})
        places = citing_places(session, urls)
        rows = []
        for row, decision, expires_at, decided_at, assignee, path, host, note in found:
            printed = places.get(row.url or "", [])[:_MOST_PLACES] if row.document_id is None else []
            state = _standing(row.state, decision, expires_at, decided_at, now)
            rows.append(_entry(row, printed, path, host, note) | state | {"assignee": assignee or None})
        if rows:
            new = insert(session, QueueRow)
            changed = {name: new.excluded[name] for name in rows[0] if name != "finding_id"}
            session.execute(new.on_conflict_do_update(index_elements=["finding_id"], set_=changed), rows)


def refresh_states(session: Session, finding_ids: Sequence[int], now: datetime, at_once: int = CHUNK) -> None:
    """Bring the queue's rows of these findings up to date with what was decided: only that has changed.

    One statement for all that came to the same: a batch is that.
    """
    for some in chunks(finding_ids, at_once):
        alike: dict[tuple[Any, ...], list[int]] = defaultdict(list)
        names: tuple[str, ...] = ()
        decisions = session.execute(_with_decision().where(FindingRow.id.in_(some)))
        for number, machine, decision, expires_at, decided_at in decisions:
            state = _standing(machine, decision, expires_at, decided_at, now)
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
    """A statement: the number and state of findings, each with its latest decision, its end and its time."""
    return select(
        FindingRow.id,
        FindingRow.state,
        latest_review(ReviewRow.decision),
        latest_review(ReviewRow.expires_at),
        latest_review(ReviewRow.decided_at),
    )


def _with_what_counts() -> Any:
    """A statement: findings, each with its latest decision, its end and its time, whose it is, its document, its host,
    its note's text.
    """
    reading = newest_extraction_id(DocumentRow.pdf_sha256)
    return (
        select(
            FindingRow,
            latest_review(ReviewRow.decision),
            latest_review(ReviewRow.expires_at),
            latest_review(ReviewRow.decided_at),
            latest_assignee(),
            DocumentRow.path,
            AddressRow.host,
            FootnoteRow.text,
        )
        .outerjoin(DocumentRow, DocumentRow.id == FindingRow.document_id)
        .outerjoin(AddressRow, AddressRow.url == FindingRow.url)
        .outerjoin(
            FootnoteRow,
            and_(FootnoteRow.extraction_id == reading, FootnoteRow.note_id == FindingRow.footnote_id),
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


def _standing(
    machine: FindingState, decision: Any, expires_at: datetime | None, decided_at: datetime | None, now: datetime
) -> dict[str, Any]:
    state = state_of(machine, decision, expires_at, now)
    return {
        "standing": state,
        "standing_until": expires_at if state.is_decided else None,
        "asked_at": decided_at if decision is Decision.QUERY else None,
    }


def _entry(
    row: FindingRow, places: Sequence[CitingPlace], path: str | None, host: str | None, note: str | None
) -> dict[str, Any]:
    first = places[0] if places else None
    told = [row.message, row.sentence, note, row.url, path, row.source_quote]
    told += [words for place in places for words in (place.sentence, place.note, place.document_path)]
    return {
        "finding_id": row.id,
        "rank": rank_of(row.kind, row.severity),
        "home_id": row.document_id or (first.document_id if first else None) or 0,
        "page": row.page or (first.page if first else None) or 0,
        "code": row.code,
        "host": host or "",
        "opened_run": row.opened_run,
        "words": "\n".join(dict.fromkeys(words for words in told if words))[:_MOST_WORDS].casefold(),
    }
