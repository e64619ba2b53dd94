"""Where the desk's pages are, with the filter that an editor came by."""

import hashlib
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

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


@cache
def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]


def asset(name: str) -> str:
    """A file of ours that browsers keep for a while: another one after an upgrade has another address."""
    return url_for("static", filename=name, v=_digest(Path(__file__).with_name("static") / name))


def own_path(address: str) -> str:
    """A path of ours, as a form or an address names it; empty for anything that leads elsewhere."""
    try:
        parts = urlsplit(address.replace("\\", "/"))
    except ValueError:
        return ""
    leads_away = parts.scheme or parts.netloc or not address.startswith("/") or address.startswith("//")
    return "" if leads_away or not address.isprintable() else address
