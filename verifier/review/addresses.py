"""Where the desk's pages are, with the filter that an editor came by."""

from typing import Any

from flask import url_for

from db.review_queue import QueueFilter
from verifier.review.filters import query_of


def to_finding(fingerprint: str, wanted: QueueFilter | None = None, **more: str) -> str:
    """The page of a finding."""
    query: dict[str, Any] = {**(query_of(wanted) if wanted else {}), **more}
    return url_for("findings.show", fingerprint=fingerprint, **query)


def to_queue(wanted: QueueFilter | None = None, **more: str) -> str:
    """The queue, filtered."""
    query: dict[str, Any] = {**(query_of(wanted) if wanted else {}), **more}
    return url_for("queue.show", **query)


def to_batch(batch_id: str, wanted: QueueFilter) -> str:
    """The page of a batch, which leads back to the filtered queue."""
    query: dict[str, Any] = {**query_of(wanted)}
    query.pop("batch", None)
    return url_for("batches.show", batch_id=batch_id, **query)
