"""Where the desk's pages are, with the filter that an editor came by."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

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
