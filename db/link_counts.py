"""How many addresses have each status, counted in the database."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.fetches import latest_fetch
from db.sessions import chunks
from db.tables import AddressRow, FetchRow
from verifier.model import LinkStatus


@dataclass(frozen=True, slots=True)
class LinkCounts:
    """Of some addresses: how many there are, how many have each status by the latest judgement that counts.

    Counted in the database: a list of addresses may have a million entries.
    `missing_parts` are the cited parts (fragments) that pages did not have when they last answered, by address.
    """

    addresses: int
    by_status: Mapping[LinkStatus, int]
    missing_parts: Mapping[str, tuple[str, ...]]


def count_links(session: Session, address_ids: Collection[int]) -> LinkCounts:
    """Count these addresses by status; one that was never checked is in none."""
    by_status: Counter[LinkStatus] = Counter()
    missing: dict[str, tuple[str, ...]] = {}
    latest = latest_fetch()
    for some in chunks(address_ids):
        newest_statuses = select(FetchRow.status, func.count()).join(AddressRow, FetchRow.id == latest)
        for status, count in session.execute(newest_statuses.where(AddressRow.id.in_(some)).group_by(FetchRow.status)):
            by_status[status] += count
        without = select(AddressRow.url, FetchRow.missing_fragments).join(FetchRow, FetchRow.id == latest)
        for url, parts in session.execute(
            without.where(AddressRow.id.in_(some), FetchRow.missing_fragments.is_not(None))
        ):
            missing[url] = tuple(parts)
    return LinkCounts(len(set(address_ids)), by_status, missing)
