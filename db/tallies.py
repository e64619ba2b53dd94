"""How links stand, counted: no list of addresses is made, since there may be a million.

A function on an open session; `db.links` gives it its transaction.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.statements import chunks
from db.tables import AddressRow, FetchRow, RunRow
from verifier.model import LinkStatus, RunState


@dataclass(frozen=True, slots=True)
class LinkTally:
    """Of some addresses: how many there are, how many stand in each status by the latest judgement that counts.

    `missing_parts` are the cited parts (fragments) that pages did not have when they last answered, by address.
    """

    addresses: int
    by_status: Mapping[LinkStatus, int]
    missing_parts: Mapping[str, tuple[str, ...]]


def read_tally(session: Session, address_ids: Collection[int]) -> LinkTally:
    """Count these addresses by status; one that was never checked is in none."""
    by_status: Counter[LinkStatus] = Counter()
    missing: dict[str, tuple[str, ...]] = {}
    latest = latest_fetch()
    for some in chunks(address_ids):
        standing = select(FetchRow.status, func.count()).join(AddressRow, FetchRow.id == latest)
        for status, count in session.execute(standing.where(AddressRow.id.in_(some)).group_by(FetchRow.status)):
            by_status[status] += count
        without = select(AddressRow.url, FetchRow.missing_fragments).join(FetchRow, FetchRow.id == latest)
        for url, parts in session.execute(
            without.where(AddressRow.id.in_(some), FetchRow.missing_fragments.is_not(None))
        ):
            missing[url] = tuple(parts)
    return LinkTally(len(set(address_ids)), by_status, missing)


def latest_fetch() -> Any:
    """Part of a statement about addresses: the latest fetch that counts, not one made while our network was down."""
    return (
        select(FetchRow.id)
        .join(RunRow, RunRow.id == FetchRow.run_id)
        .where(FetchRow.address_id == AddressRow.id, RunRow.state != RunState.NETWORK_DOWN)
        .order_by(FetchRow.id.desc())
        .limit(1)
        .correlate(AddressRow)
        .scalar_subquery()
    )
