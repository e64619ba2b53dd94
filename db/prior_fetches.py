"""What is known and kept of one address from before, as its next fetch needs it.

A function on an open session; `db.links` gives it its transaction.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.fetches import source_text
from db.tables import AddressRow, FetchRow, RunRow, SnapshotRow, TextRow
from verifier.model import REPLAYED_AS_KEPT, ArchivedResponse, Hop, LinkStatus, PriorFetches, RunState

LOOK_BACK = 4
"""Fetches whose snapshots are given: a page that comes and goes, or goes back to what it was, is kept once."""

_NOT_MODIFIED = 304


def read_prior_fetches(session: Session, url: str) -> PriorFetches | None:
    """The prior fetches of an address, None where it was never checked; see `Links.prior_fetches`."""
    latest = session.scalars(_fetches(url).limit(LOOK_BACK)).all()
    if not latest:
        return None
    with_text = session.scalars(_fetches(url).where(FetchRow.text_id.is_not(None)).limit(1)).one_or_none()
    text = None if with_text is None else session.get_one(TextRow, with_text.text_id)
    served, not_modified = _served(latest)
    return PriorFetches(
        status=latest[0].status,
        snapshots=_snapshots(session, [*latest, *([with_text] if with_text is not None else [])]),
        served=served,
        not_modified=not_modified,
        text=None if text is None else source_text(text),
    )


def _fetches(url: str) -> Any:
    """A statement: the fetches that count, newest first."""
    return (
        select(FetchRow)
        .join(AddressRow, AddressRow.id == FetchRow.address_id)
        .join(RunRow, RunRow.id == FetchRow.run_id)
        .where(AddressRow.url == url, RunRow.state != RunState.NETWORK_DOWN)
        .order_by(FetchRow.id.desc())
    )


def _served(latest: Sequence[FetchRow]) -> tuple[Hop | None, int]:
    """(the final hop of the newest whole answer that was read as text, how many 304 have come since).

    No hop, so that the page itself is asked for, where the newest capture is a 304 of a version that archived those to
    replay blank.
    """
    not_modified = 0
    if latest[0].http_status == _NOT_MODIFIED and latest[0].detail != REPLAYED_AS_KEPT:
        return None, 0
    for fetch in latest:
        if fetch.http_status == _NOT_MODIFIED:
            not_modified += 1
            continue
        fine = fetch.status in (LinkStatus.OK, LinkStatus.MOVED) and fetch.text_id is not None
        return (_hop(fetch.hops[-1]) if fine and fetch.hops and not fetch.truncated else None), not_modified
    return None, not_modified


def _hop(stored: dict[str, Any]) -> Hop:
    return Hop(stored["url"], stored["http_status"], tuple((name, value) for name, value in stored["headers"]))


def _snapshots(session: Session, fetches: Sequence[FetchRow]) -> tuple[ArchivedResponse, ...]:
    rows = session.scalars(
        select(SnapshotRow)
        .where(SnapshotRow.fetch_id.in_({fetch.id for fetch in fetches}))
        .order_by(SnapshotRow.fetch_id.desc(), SnapshotRow.hop.desc())
    )
    places = [ArchivedResponse(row.hop, row.url, row.warc_file, row.offset, row.payload_sha256) for row in rows]
    return tuple(dict.fromkeys(places))
