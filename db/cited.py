"""Who cites what: sources and addresses of an extraction, and what of it is due.

Functions on an open session; `db.links` gives them their transactions.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, delete, exists, or_, select
from sqlalchemy.orm import Session, aliased

from db.extractions import newest_extraction_id
from db.records import AlternateAddress, CitedSource, DueAddress
from db.sessions import chunks, insert
from db.tables import (
    AddressRow,
    CitedAddressRow,
    CitedSourceRow,
    DocumentRow,
    ExtractionRow,
    FetchRow,
    SourceAddressRow,
    SourceRow,
)
from db.tables.base import storable
from verifier.domains import shard_of
from verifier.model import Origin, Source, SourceAddress


def write_sources(session: Session, extraction_id: int, cited: Sequence[CitedSource]) -> None:
    """Put these in the place of whatever the extraction was said to cite before."""
    session.execute(delete(CitedAddressRow).where(CitedAddressRow.extraction_id == extraction_id))
    session.execute(delete(CitedSourceRow).where(CitedSourceRow.extraction_id == extraction_id))
    if not cited:
        return
    sources = _source_ids(session, {storable(one.source.key) for one in cited})
    hosts = {storable(a.url): one.host_by_url[a.url] for one in cited for a in one.source.addresses}
    addresses = _address_ids(session, hosts)
    named = {
        (sources[storable(one.source.key)], addresses[storable(a.url)], a.origin)
        for one in cited
        for a in one.source.addresses
    }
    source_addresses = _source_address_ids(session, named)
    session.execute(
        insert(session, CitedSourceRow),
        [
            {
                "extraction_id": extraction_id,
                "ordinal": ordinal,
                "footnote": one.footnote,
                "citation": one.citation,
                "body_link": one.body_link,
                "source_id": sources[storable(one.source.key)],
            }
            for ordinal, one in enumerate(cited)
        ],
    )
    rows = [
        {
            "extraction_id": extraction_id,
            "cited": ordinal,
            "ordinal": i,
            "source_address_id": source_addresses[
                sources[storable(one.source.key)], addresses[storable(a.url)], a.origin
            ],
            "fragments": [storable(fragment) for fragment in a.fragments] or None,
        }
        for ordinal, one in enumerate(cited)
        for i, a in enumerate(one.source.addresses)
    ]
    if rows:
        session.execute(insert(session, CitedAddressRow), rows)


def read_sources(session: Session, pdf_sha256: str, parser_version: str) -> list[CitedSource]:
    """What the extraction cites, as it was saved; nothing where nothing was."""
    rows = session.execute(_sources(), {"pdf_sha256": pdf_sha256, "parser_version": parser_version})
    cited: dict[int, tuple[Any, str]] = {}
    named: dict[int, list[SourceAddress]] = defaultdict(list)
    hosts: dict[int, dict[str, str]] = defaultdict(dict)
    for row in rows:
        cited[row.ordinal] = (row, row.key)
        if row.url is not None:
            named[row.ordinal].append(SourceAddress(row.url, row.origin, tuple(row.fragments or ())))
            hosts[row.ordinal][row.url] = row.host
    return [
        CitedSource(row.footnote, row.citation, row.body_link, Source(key, tuple(named[ordinal])), hosts[ordinal])
        for ordinal, (row, key) in cited.items()
    ]


@cache
def _sources() -> Any:
    """A statement, made once: what an extraction (`pdf_sha256`, `parser_version`) cites, a row an address."""
    reading = (
        ExtractionRow.pdf_sha256 == bindparam("pdf_sha256"),
        ExtractionRow.parser_version == bindparam("parser_version"),
    )
    return (
        select(
            CitedSourceRow.ordinal,
            CitedSourceRow.footnote,
            CitedSourceRow.citation,
            CitedSourceRow.body_link,
            SourceRow.key,
            AddressRow.url,
            AddressRow.host,
            SourceAddressRow.origin,
            CitedAddressRow.fragments,
        )
        .join(ExtractionRow, ExtractionRow.id == CitedSourceRow.extraction_id)
        .join(SourceRow, SourceRow.id == CitedSourceRow.source_id)
        .outerjoin(
            CitedAddressRow,
            and_(
                CitedAddressRow.extraction_id == CitedSourceRow.extraction_id,
                CitedAddressRow.cited == CitedSourceRow.ordinal,
            ),
        )
        .outerjoin(SourceAddressRow, SourceAddressRow.id == CitedAddressRow.source_address_id)
        .outerjoin(AddressRow, AddressRow.id == SourceAddressRow.address_id)
        .where(*reading)
        .order_by(CitedSourceRow.ordinal, CitedAddressRow.ordinal)
    )


def cited_fragments(session: Session, urls: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The parts of each of these addresses that any extraction points at; addresses without are left out."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for some in chunks(urls):
        for url, fragments in session.execute(
            select(AddressRow.url, CitedAddressRow.fragments)
            .join(SourceAddressRow, SourceAddressRow.address_id == AddressRow.id)
            .join(CitedAddressRow, CitedAddressRow.source_address_id == SourceAddressRow.id)
            .where(AddressRow.url.in_(some), CitedAddressRow.fragments.is_not(None))
            .order_by(CitedAddressRow.extraction_id, CitedAddressRow.cited)
        ):
            found[url].update(dict.fromkeys(fragments))
    return {url: tuple(fragments) for url, fragments in found.items()}


def due_addresses(session: Session, run_id: int, now: datetime, document_ids: Sequence[int] | None) -> list[DueAddress]:
    """What is to be checked now, by host and address; see `Links.due`."""
    due = (
        or_(AddressRow.due_at.is_(None), AddressRow.due_at <= now),
        ~exists().where(FetchRow.address_id == AddressRow.id, FetchRow.run_id == run_id),
    )
    return [DueAddress(url, host) for host, url in sorted(_cited(session, document_ids, *due))]


def cited_addresses(session: Session, document_ids: Sequence[int] | None) -> set[int]:
    """The ids of the addresses that current editions of these documents (None: all) cite, due or not."""
    if document_ids is None:
        return set(session.scalars(cited_by_current_editions()))
    return {
        address_id
        for some in chunks(document_ids)
        for address_id in session.scalars(cited_by_current_editions().where(DocumentRow.id.in_(some)))
    }


def printed_addresses(session: Session, urls: Sequence[str]) -> set[str]:
    """Those of these addresses that a current edition prints."""
    printed = looked_up(printed_by_current_editions().where(SourceAddressRow.address_id == AddressRow.id))
    return {
        url
        for some in chunks(urls)
        for url in session.scalars(select(AddressRow.url).where(AddressRow.url.in_(some), printed))
    }


def read_alternate_addresses(
    session: Session, urls: Sequence[str], leave_out: Collection[str]
) -> list[AlternateAddress]:
    """The guessed addresses beside these printed ones in current editions, but for those of some collections."""
    beside, guess = aliased(CitedAddressRow), aliased(SourceAddressRow)
    guessed = aliased(AddressRow)
    found: dict[AlternateAddress, None] = {}
    for some in chunks(urls):
        rows = session.execute(
            select(AddressRow.url, SourceRow.key, guessed.url, guessed.host)
            .select_from(AddressRow)
            .join(SourceAddressRow, SourceAddressRow.address_id == AddressRow.id)
            .join(CitedAddressRow, CitedAddressRow.source_address_id == SourceAddressRow.id)
            .join(
                beside,
                and_(beside.extraction_id == CitedAddressRow.extraction_id, beside.cited == CitedAddressRow.cited),
            )
            .join(guess, guess.id == beside.source_address_id)
            .join(guessed, guessed.id == guess.address_id)
            .join(SourceRow, SourceRow.id == guess.source_id)
            .join(ExtractionRow, ExtractionRow.id == CitedAddressRow.extraction_id)
            .join(DocumentRow, DocumentRow.pdf_sha256 == ExtractionRow.pdf_sha256)
            .where(
                AddressRow.url.in_(some),
                SourceAddressRow.origin == Origin.PRINTED,
                guess.origin == Origin.GUESSED,
                ExtractionRow.id == newest_extraction_id(DocumentRow.pdf_sha256),
                DocumentRow.collection.not_in(sorted(leave_out)),
            )
            .order_by(AddressRow.url, SourceRow.key, guessed.url)
        )
        found.update(dict.fromkeys(AlternateAddress(*row) for row in rows))
    return list(found)


def looked_up(found: Any) -> ColumnElement[bool]:
    """Whether something is found for a row, looked up row by row: OFFSET keeps PostgreSQL from making a join of it.

    For few rows of large tables, where its planner begins at the other end and reads all that is cited.
    """
    is_found: ColumnElement[bool] = found.offset(0).exists()
    return is_found


def printed_by_current_editions() -> Any:
    """A statement: the ids of the addresses that current editions print."""
    return cited_by_current_editions(printed_only=True)


def _cited(session: Session, document_ids: Sequence[int] | None, *which: ColumnElement[bool]) -> set[tuple[str, str]]:
    """Host and address of what current editions cite."""
    wanted = select(AddressRow.host, AddressRow.url).where(*which)
    if document_ids is None:
        # From the addresses to who cites them: the few that are due are found by their index.
        by_any = exists(cited_by_current_editions().where(SourceAddressRow.address_id == AddressRow.id))
        return {(host, url) for host, url in session.execute(wanted.where(by_any))}
    return {
        (host, url)
        for some in chunks(document_ids)
        for host, url in session.execute(
            wanted.where(AddressRow.id.in_(cited_by_current_editions().where(DocumentRow.id.in_(some))))
        )
    }


def cited_by_current_editions(*, printed_only: bool = False) -> Any:
    """The ids of addresses that current editions print, or guess where that citation prints none."""
    beside, origin_beside = aliased(CitedAddressRow), aliased(SourceAddressRow)
    prints_another = exists().where(
        beside.extraction_id == CitedAddressRow.extraction_id,
        beside.cited == CitedAddressRow.cited,
        origin_beside.id == beside.source_address_id,
        origin_beside.origin == Origin.PRINTED,
    )
    printed: ColumnElement[bool] = SourceAddressRow.origin == Origin.PRINTED
    return (
        select(SourceAddressRow.address_id)
        .select_from(SourceAddressRow)
        .join(CitedAddressRow, CitedAddressRow.source_address_id == SourceAddressRow.id)
        .join(ExtractionRow, ExtractionRow.id == CitedAddressRow.extraction_id)
        .join(DocumentRow, DocumentRow.pdf_sha256 == ExtractionRow.pdf_sha256)
        .where(
            ExtractionRow.id == newest_extraction_id(DocumentRow.pdf_sha256),
            printed if printed_only else or_(printed, ~prints_another),
        )
    )


def part_of_cited(part: Any, ordinal: Any, cited_ordinal: Any) -> ColumnElement[bool]:
    """That a row (a note, an anchor, a link of the text) is the one that a cited source names by its ordinal."""
    return and_(part.extraction_id == CitedSourceRow.extraction_id, ordinal == cited_ordinal)


def _source_ids(session: Session, keys: set[str]) -> dict[str, int]:
    # Sorted, so that two writers of overlapping sets on PostgreSQL wait for each other instead of deadlocking.
    new = insert(session, SourceRow).on_conflict_do_nothing(index_elements=["key"])
    session.execute(new, [{"key": key} for key in sorted(keys)])
    return {
        row.key: row.id
        for some in chunks(keys)
        for row in session.execute(select(SourceRow.key, SourceRow.id).where(SourceRow.key.in_(some)))
    }


def _address_ids(session: Session, hosts: dict[str, str]) -> dict[str, int]:
    if not hosts:
        return {}
    new = insert(session, AddressRow).on_conflict_do_nothing(index_elements=["url"])
    session.execute(new, [{"url": url, "host": host, "shard": shard_of(host)} for url, host in sorted(hosts.items())])
    return {
        row.url: row.id
        for some in chunks(hosts)
        for row in session.execute(select(AddressRow.url, AddressRow.id).where(AddressRow.url.in_(some)))
    }


def _source_address_ids(session: Session, named: set[tuple[int, int, Origin]]) -> dict[tuple[int, int, Origin], int]:
    if not named:
        return {}
    names = ("source_id", "address_id", "origin")
    new = insert(session, SourceAddressRow).on_conflict_do_nothing(index_elements=names)
    session.execute(new, [dict(zip(names, one, strict=True)) for one in sorted(named)])
    return {
        (row.source_id, row.address_id, row.origin): row.id
        for some in chunks({source_id for source_id, _, _ in named})
        for row in session.scalars(select(SourceAddressRow).where(SourceAddressRow.source_id.in_(some)))
    }
