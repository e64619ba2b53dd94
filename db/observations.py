"""Findings written set by set: inserted or seen again, sighted by a run, closed when they are gone.

Functions on an open session; `db.findings` and `db.comparisons` give them their transactions.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, or_, select, update
from sqlalchemy.orm import Session

from db.described import fields_as_stored
from db.replacements import replacement_row
from db.review_queue_index import refresh
from db.rules import apply_rules
from db.sessions import chunks, insert
from db.tables import FindingRow, ObservationRow
from db.tables.base import storable
from verifier.model import Finding, FindingState

_KEPT = frozenset({"fingerprint", "first_seen_run", "first_seen_at"})
"""Columns that seeing a finding again does not change."""


def write_findings(
    session: Session, run_id: int, document_id: int | None, findings: Sequence[Finding], now: datetime
) -> None:
    """Insert these findings or bring them up to date, open, note that this run saw them, and let the rules decide.

    Of several with one fingerprint the first counts.
    """
    rows: dict[str, dict[str, Any]] = {}
    for finding in findings:
        rows.setdefault(storable(finding.fingerprint), _row(finding, run_id, document_id, now))
    if not rows:
        return
    new = insert(session, FindingRow)
    seen_again = {name: new.excluded[name] for name in next(iter(rows.values())) if name not in _KEPT}
    news = or_(FindingRow.state == FindingState.CLOSED, FindingRow.kind != new.excluded.kind)
    seen_again["opened_run"] = case((news, new.excluded.opened_run), else_=FindingRow.opened_run)
    session.execute(
        new.on_conflict_do_update(index_elements=["fingerprint"], set_=seen_again),
        [rows[fingerprint] for fingerprint in sorted(rows)],
    )
    observation = insert(session, ObservationRow)
    for some in chunks(sorted(rows)):
        seen = select(FindingRow.id, FindingRow.code, FindingRow.kind).where(FindingRow.fingerprint.in_(some))
        found = session.execute(seen).all()
        session.execute(
            observation.on_conflict_do_update(
                index_elements=["finding_id", "run_id"],
                set_={"code": observation.excluded.code, "kind": observation.excluded.kind},
            ),
            [{"finding_id": row.id, "run_id": run_id, "code": row.code, "kind": row.kind} for row in found],
        )
        refresh(session, [row.id for row in found], now)
        apply_rules(session, [row.id for row in found], now)


def close_document_findings(session: Session, document_id: int, seen: Sequence[Finding], now: datetime) -> None:
    """Close the open findings of a document that were not seen this time."""
    fingerprints = {storable(finding.fingerprint) for finding in seen}
    rows = session.execute(
        select(FindingRow.id, FindingRow.fingerprint).where(
            FindingRow.document_id == document_id, FindingRow.state == FindingState.OPEN
        )
    )
    gone = [row.id for row in rows if row.fingerprint not in fingerprints]
    for some in chunks(gone):
        close(session, now, FindingRow.id.in_(some))


def close(session: Session, now: datetime, *which: ColumnElement[bool]) -> None:
    """Close the open findings for which all of this holds."""
    closed = session.scalars(
        update(FindingRow)
        .where(FindingRow.state == FindingState.OPEN, *which)
        .values(state=FindingState.CLOSED, closed_at=now)
        .returning(FindingRow.id)
        .execution_options(synchronize_session=False)
    ).all()
    refresh(session, closed, now)


def _row(finding: Finding, run_id: int, document_id: int | None, now: datetime) -> dict[str, Any]:
    evidence = finding.evidence
    return {
        "fingerprint": finding.fingerprint,
        "document_id": document_id,
        "code": finding.code,
        "kind": finding.kind,
        "severity": finding.severity,
        "message": finding.message,
        "url": finding.url,
        "footnote_id": finding.footnote_id,
        "footnote_label": finding.footnote_label,
        "page": finding.page,
        "sentence": finding.sentence,
        "source_quote": evidence.source_quote,
        "source_text": evidence.source_text,
        "snapshot": evidence.snapshot,
        "fetched_at": evidence.fetched_at,
        "confidence": evidence.confidence,
        "fields": fields_as_stored(evidence.fields),
        "supplied_by": evidence.supplied_by,
        "replacements": [replacement_row(one) for one in finding.replacements] or None,
        "state": FindingState.OPEN,
        "first_seen_run": run_id,
        "first_seen_at": now,
        "last_seen_run": run_id,
        "last_seen_at": now,
        "opened_run": run_id,
        "closed_at": None,
    }
