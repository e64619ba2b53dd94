"""What may be cited in place of an address, as JSON in the row of its finding."""

from datetime import datetime
from typing import Any

from verifier.model import Replacement, ReplacementKind


def replacement_row(replacement: Replacement) -> dict[str, Any]:
    """As the column holds it."""
    return {
        "kind": replacement.kind.value,
        "url": replacement.url,
        "identifier": replacement.identifier,
        "captured_at": replacement.captured_at.isoformat() if replacement.captured_at else None,
        "is_late": replacement.is_late,
    }


def replacement_of(row: dict[str, Any]) -> Replacement:
    """As it was written."""
    captured_at = datetime.fromisoformat(row["captured_at"]) if row["captured_at"] else None
    return Replacement(ReplacementKind(row["kind"]), row["url"], row["identifier"], captured_at, row["is_late"])
