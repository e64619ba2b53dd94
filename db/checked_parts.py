"""What became of each part of a document's claims: one row a document, written anew by each comparison."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from db.records import PartRecord
from db.sessions import Sessions, insert
from db.tables import CheckedPartsRow
from db.tables.base import storable
from verifier.model import CheckedPart, ComparedField, Evidence, PartKind, PartStatus, SnapshotRef

MOST_QUOTED = 2000
"""Characters of a source's passage that are kept with a part: a finding has the whole."""


_PARTS = select(CheckedPartsRow.parts).where(CheckedPartsRow.document_id == bindparam("document_id"))


class CheckedParts:
    """The verbs about checked parts; `Findings.save_document_result` writes them."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def of(self, document_id: int) -> tuple[PartRecord, ...] | None:
        """The parts of a document as it was last compared; None where it was not since parts are kept."""
        with self._sessions.reading() as session:
            rows = session.scalar(_PARTS, {"document_id": document_id})
            return None if rows is None else tuple(map(_record, rows))


def write_checked_parts(session: Session, document_id: int, parts: Sequence[PartRecord]) -> None:
    """Keep these as the parts of a document."""
    new = insert(session, CheckedPartsRow).values(document_id=document_id, parts=[_row(record) for record in parts])
    changed = {"parts": new.excluded.parts}
    session.execute(new.on_conflict_do_update(index_elements=["document_id"], set_=changed))


def _row(record: PartRecord) -> dict[str, Any]:
    """A record as it is stored; what is empty is left out."""
    part, evidence = record.part, record.part.evidence
    row = {
        "footnote": record.footnote,
        "anchor": record.anchor,
        "citation": record.citation,
        "unread": [storable(url) for url in record.unread] or None,
        "kind": part.kind.value,
        "status": part.status.value,
        "text": storable(part.text),
        "start": part.start,
        "end": part.end,
        "url": part.url and storable(part.url),
        "fingerprint": part.fingerprint,
        "quote": evidence.source_quote and storable(evidence.source_quote[:MOST_QUOTED]),
        "source_text": evidence.source_text and storable(evidence.source_text[:MOST_QUOTED]),
        "snapshot": str(evidence.snapshot) if evidence.snapshot else None,
        "fetched_at": evidence.fetched_at.isoformat() if evidence.fetched_at else None,
        "confidence": evidence.confidence,
        "supplied_by": evidence.supplied_by and storable(evidence.supplied_by),
        "fields": [asdict(field) for field in evidence.fields] or None,
    }
    return {name: value for name, value in row.items() if value is not None}


def _record(row: dict[str, Any]) -> PartRecord:
    snapshot, fetched_at = row.get("snapshot"), row.get("fetched_at")
    evidence = Evidence(
        source_quote=row.get("quote"),
        source_text=row.get("source_text"),
        snapshot=SnapshotRef.parse(snapshot) if snapshot else None,
        fetched_at=datetime.fromisoformat(fetched_at) if fetched_at else None,
        confidence=row.get("confidence"),
        supplied_by=row.get("supplied_by"),
        fields=tuple(ComparedField(**field) for field in row.get("fields", ())),
    )
    part = CheckedPart(
        kind=PartKind(row["kind"]),
        status=PartStatus(row["status"]),
        text=row["text"],
        start=row.get("start"),
        end=row.get("end"),
        url=row.get("url"),
        evidence=evidence,
        fingerprint=row.get("fingerprint"),
    )
    return PartRecord(row["footnote"], row.get("anchor"), row.get("citation"), part, tuple(row.get("unread", ())))
