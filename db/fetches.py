"""What became of every fetch: recorded whole, and asked for again as history, statuses, counts and texts.

Functions on an open session; `db.links` gives them their transactions.
"""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Text, bindparam, cast, func, literal, select, type_coerce
from sqlalchemy.orm import Session, aliased

from db.described import work_as_read, work_as_stored
from db.records import AddressStatus, CapturedText
from db.sessions import chunks, insert_for
from db.tables import AddressRow, FetchRow, RunRow, SnapshotRow, TextRow
from db.tables.base import RowId, SnapshotLocation, storable
from verifier.domains import shard_of
from verifier.model import (
    TEXT_NOT_READ,
    Hop,
    Judgement,
    LinkCheck,
    LinkReason,
    PastCheck,
    RunState,
    SnapshotRef,
    SourceText,
    supplied_by,
)

MOST_PAST_CHECKS = 20
"""Judgements of one address and link status that are looked back on: the three-checks rule needs far fewer.

Of each status, so that a long time without an answer does not hide that the page was gone before, nor that it lived.
"""


def write_check(session: Session, run_id: int, check: LinkCheck, due_at: datetime | None, now: datetime | None) -> None:
    """Insert the fetch with its snapshots and text, and set when its address is due again."""
    # On the connection: a session would treat each row as an object, which takes twice as long as writing it.
    connection = session.connection()
    statements = _writing(connection.dialect.name)
    address_id = connection.scalar(statements.address, address_values(check, due_at))
    of_check = {"of_address": address_id, "in_run": run_id, "address_id": address_id, "run_id": run_id}
    text_id = None if check.text is None else _text_id(connection, statements, check.text)
    fetch_id = connection.scalar(statements.fetch, of_check | fetch_values(check, now) | {"text_id": text_id})
    snapshots = [{"fetch_id": fetch_id, **snapshot} for snapshot in snapshot_values(check)]
    if snapshots:
        connection.execute(statements.snapshot, snapshots)


def address_values(check: LinkCheck, due_at: datetime | None) -> dict[str, Any]:
    """A check's row of `address`, without its number."""
    return {"url": check.address, "host": check.host, "due_at": due_at, "shard": shard_of(check.host)}


def fetch_values(check: LinkCheck, now: datetime | None) -> dict[str, Any]:
    """A check's row of `fetch`, without the numbers of other rows."""
    fetch, judgement = check.fetch, check.judgement
    return {
        "outcome": fetch.outcome,
        "status": judgement.status,
        "reason": judgement.reason,
        "http_status": judgement.http_status,
        "final_url": judgement.final_url,
        "fetched_at": fetch.fetched_at or now,
        "media_type": fetch.media_type,
        "truncated": fetch.truncated,
        "detail": fetch.detail,
        "hops": [_hop(hop) for hop in fetch.hops],
        "missing_fragments": list(judgement.missing_fragments) or None,
        "witness": judgement.witness,
    }


def snapshot_values(check: LinkCheck) -> list[dict[str, Any]]:
    """A check's rows of `snapshot`, without the number of its fetch."""
    return [
        {
            "hop": archived.hop,
            "url": storable(archived.url),
            "warc_file": storable(archived.warc_file),
            "offset": archived.offset,
            "payload_sha256": storable(archived.payload_sha256),
        }
        for archived in check.snapshots
    ]


def text_key(text: SourceText) -> dict[str, str]:
    """What a text is known by."""
    return {
        "payload_sha256": text.payload_sha256,
        "media_type": text.media_type,
        "extractor_version": text.extractor_version,
    }


def text_values(text: SourceText) -> dict[str, Any]:
    """A text's row, without its number and key."""
    words = storable(text.text)
    return {
        "sha256": hashlib.sha256(words.encode()).hexdigest(),
        "length": len(words),
        "title": text.title,
        "text": words,
        "language": text.language,
        "dated": text.dated,
        "work": work_as_stored(text.work),
    }


def read_past_checks(session: Session, urls: Sequence[str]) -> dict[str, tuple[PastCheck, ...]]:
    """The latest judgements of each address, as many of every link status, oldest first."""
    past: dict[str, list[PastCheck]] = defaultdict(list)
    for some in chunks(urls):
        of_status = (FetchRow.address_id, FetchRow.status)
        rank = func.row_number().over(partition_by=of_status, order_by=FetchRow.id.desc())
        ranked = (
            select(
                AddressRow.url,
                FetchRow.id,
                FetchRow.fetched_at,
                FetchRow.status,
                FetchRow.reason,
                FetchRow.witness,
                FetchRow.detail,
                rank.label("rank"),
            )
            .join(AddressRow, AddressRow.id == FetchRow.address_id)
            .join(RunRow, RunRow.id == FetchRow.run_id)
            .where(AddressRow.url.in_(some), RunRow.state != RunState.NETWORK_DOWN)
            .subquery()
        )
        for row in session.execute(select(ranked).where(ranked.c.rank <= MOST_PAST_CHECKS).order_by(ranked.c.id)):
            unread = row.detail.removeprefix(TEXT_NOT_READ) if row.detail.startswith(TEXT_NOT_READ) else ""
            is_supplied = supplied_by(row.detail) is not None
            past[row.url].append(PastCheck(row.fetched_at, row.status, row.reason, row.witness, unread, is_supplied))
    return {url: tuple(checks) for url, checks in past.items()}


def read_statuses(session: Session, urls: Sequence[str]) -> dict[str, AddressStatus]:
    """The latest judgement of each address that counts."""
    return {
        url: AddressStatus(_judgement(fetch), fetch.fetched_at, snapshot, fetch.text_id is not None)
        for some in chunks(urls)
        for url, fetch, snapshot in session.execute(_latest_of(), {"urls": some})
    }


@cache
def _latest_of() -> Any:
    """A statement, made once: the latest fetch that counts of each of the addresses `urls`, and its snapshot."""
    return (
        select(AddressRow.url, FetchRow, snapshot_place())
        .join(FetchRow, FetchRow.id == latest_fetch())
        .where(AddressRow.url.in_(bindparam("urls", expanding=True)))
    )


def read_snapshots_before(
    session: Session, url: str, moments: Sequence[datetime]
) -> list[tuple[LinkReason, SnapshotRef | None]]:
    """(reason, place in the archive) of the newest fetch of an address before each of these moments that has one."""
    newest = (
        select(FetchRow.reason, snapshot_place())
        .join(AddressRow, AddressRow.id == FetchRow.address_id)
        .where(AddressRow.url == url)
        .order_by(FetchRow.id.desc())
        .limit(1)
    )
    rows = (session.execute(newest.where(FetchRow.fetched_at <= moment)).one_or_none() for moment in moments)
    return [(row[0], row[1]) for row in rows if row is not None]


def _judgement(fetch: FetchRow) -> Judgement:
    missing = tuple(fetch.missing_fragments or ())
    return Judgement(fetch.status, fetch.reason, fetch.http_status, fetch.final_url, missing, fetch.witness)


def read_texts(session: Session, urls: Sequence[str]) -> dict[str, CapturedText]:
    """The newest readable text of each address, with its snapshot, and when the address was first read to say so."""
    return _texts_of(session, urls, func.max(FetchRow.id))


def read_first_texts(session: Session, urls: Sequence[str]) -> dict[str, CapturedText]:
    """The first text that is kept of each address, as `read_texts` tells the newest."""
    return _texts_of(session, urls, func.min(FetchRow.id))


def _texts_of(session: Session, urls: Sequence[str], fetch: Any) -> dict[str, CapturedText]:
    """The texts of one fetch of each address, chosen among those that brought one."""
    chosen = (
        select(fetch)
        .where(FetchRow.address_id == AddressRow.id, FetchRow.text_id.is_not(None))
        .correlate(AddressRow)
        .scalar_subquery()
    )
    before, same = aliased(FetchRow), aliased(TextRow)
    first_read = (
        select(func.min(before.fetched_at))
        .join(same, same.id == before.text_id)
        .where(before.address_id == AddressRow.id, same.sha256 == TextRow.sha256)
        .correlate(AddressRow, TextRow)
        .scalar_subquery()
    )
    return {
        url: CapturedText(url, text.id, source_text(text), fetched_at, place, supplied_by=supplied_by(detail))
        for some in chunks(urls)
        for url, text, fetched_at, place, detail in session.execute(
            select(AddressRow.url, TextRow, first_read, snapshot_place(), FetchRow.detail)
            .join(FetchRow, FetchRow.id == chosen)
            .join(TextRow, TextRow.id == FetchRow.text_id)
            .where(AddressRow.url.in_(some))
        )
    }


def read_fetched(session: Session, run_id: int) -> list[str]:
    """Every address that a run fetched, in order."""
    fetched = select(FetchRow.address_id).where(FetchRow.run_id == run_id)
    with_url = select(AddressRow.url).where(AddressRow.id.in_(fetched)).order_by(AddressRow.url)
    return list(session.scalars(with_url))


def snapshot_place() -> Any:
    """Part of a statement about fetches: where the last response is, which is what a text is read from."""
    return (
        select(
            type_coerce(
                SnapshotRow.warc_file + literal(":", Text()) + cast(SnapshotRow.offset, Text()), SnapshotLocation()
            )
        )
        .where(SnapshotRow.fetch_id == FetchRow.id)
        .order_by(SnapshotRow.hop.desc())
        .limit(1)
        .correlate(FetchRow)
        .scalar_subquery()
    )


def _hop(hop: Hop) -> dict[str, Any]:
    return {
        "url": hop.url,
        "http_status": hop.http_status,
        "headers": [list(header) for header in hop.headers],
        "started_at": hop.started_at.isoformat() if hop.started_at else None,
        "elapsed": hop.elapsed,
    }


@dataclass(frozen=True, slots=True)
class _Writing:
    """The statements of `write_check`: built once, since building them takes longer than carrying them out."""

    address: Any
    text: Any
    known_text: Any
    fetch: Any
    snapshot: Any


@cache
def _writing(dialect: str) -> _Writing:
    """The statements in the words of a back end."""
    address = insert_for(dialect, AddressRow.__table__)
    text_key = (TextRow.payload_sha256, TextRow.media_type, TextRow.extractor_version)
    attempt = select(func.coalesce(func.max(FetchRow.attempt), 0) + 1).where(
        FetchRow.address_id == bindparam("of_address", type_=RowId), FetchRow.run_id == bindparam("in_run", type_=RowId)
    )
    return _Writing(
        address=address.on_conflict_do_update(
            index_elements=["url"], set_={"due_at": address.excluded.due_at}
        ).returning(AddressRow.id),
        text=insert_for(dialect, TextRow.__table__)
        .on_conflict_do_nothing(index_elements=text_key)
        .returning(TextRow.id),
        known_text=select(TextRow.id).where(*(column == bindparam(column.key) for column in text_key)),
        fetch=insert_for(dialect, FetchRow.__table__).values(attempt=attempt.scalar_subquery()).returning(FetchRow.id),
        snapshot=insert_for(dialect, SnapshotRow.__table__),
    )


def _text_id(connection: Connection, statements: _Writing, text: SourceText) -> int:
    """The number of a text; an equal key has an equal text, so what is there already stays."""
    key = text_key(text)
    known = connection.scalar(statements.known_text, key)
    if known is not None:
        return int(known)
    new = connection.scalar(statements.text, key | text_values(text))
    # Another process may have come between the two (PostgreSQL; SQLite has one writer).
    return int(new if new is not None else connection.scalars(statements.known_text, key).one())


def source_text(row: TextRow) -> SourceText:
    """A stored text as the other wings know it."""
    return SourceText(
        payload_sha256=row.payload_sha256,
        media_type=row.media_type,
        extractor_version=row.extractor_version,
        text=row.text,
        title=row.title,
        language=row.language,
        dated=row.dated,
        work=work_as_read(row.work),
    )


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
