"""Where the desk's pages are, with the filter that an editor came by."""

from functools import lru_cache
from typing import Any

from flask import has_request_context, request
from flask import url_for as flask_url_for

from db.review_queue import QueueFilter
from verifier.review.filters import query_of


def url_for(endpoint: str, **values: Any) -> str:
    """Flask's `url_for`, whose answers are kept: a page asks for some dozens, the same as the page before.

    All desks have the same pages; only below which path an answer depends on the request.
    """
    if not has_request_context() or endpoint.startswith(".") or any(name.startswith("_") for name in values):
        return flask_url_for(endpoint, **values)
    given = tuple((name, type(value), value) for name, value in values.items())
    return _built(request.root_path, endpoint, given)


@lru_cache(maxsize=4096)
def _built(_root: str, endpoint: str, given: tuple[tuple[str, type, Any], ...]) -> str:
    return flask_url_for(endpoint, **{name: value for name, _, value in given})


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
