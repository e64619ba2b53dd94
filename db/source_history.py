"""What became of a source over time: checks, snapshots, texts, and who cites it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, exists, func, select
from sqlalchemy.orm import Session, aliased

from db.citing_places import citing_places
from db.fetches import source_text
from db.records import CitingPlace
from db.sessions import Sessions
from db.tables import AddressRow, FetchRow, SnapshotRow, SourceAddressRow, SourceRow, TextRow
from verifier.model import LinkReason, LinkStatus, Origin, SnapshotRef, SourceText, supplied_by

MOST_CHECKS = 60
"""Checks of one address that are reported."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check of an address; `snapshot` is that of its last response, `supplied_by` names who handed it in,
    if it was not fetched."""

    url: str
    checked_at: datetime
    status: LinkStatus
    reason: LinkReason
    http_status: int | None
    media_type: str
    detail: str
    supplied_by: str | None
    snapshot: SnapshotRef | None
    payload_sha256: str | None
    text_id: int | None


@dataclass(frozen=True, slots=True)
class HistoryAddress:
    """An address of a source with its checks, newest first."""

    url: str
    host: str
    origin: Origin
    due_at: datetime | None
    checks: tuple[Check, ...]
    cited_at: tuple[CitingPlace, ...]


@dataclass(frozen=True, slots=True)
class SourceHistory:
    """A source, all its addresses and what became of them."""

    id: int
    key: str
    addresses: tuple[HistoryAddress, ...]


class SourceHistories:
    """The verbs about the past of sources."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def source(self, source_id: int) -> SourceHistory | None:
        """A source's history; None where there is none of that number."""
        with self._sessions.reading() as session:
            source = session.get(SourceRow, source_id)
            if source is None:
                return None
            rows = session.execute(
                select(AddressRow.url, AddressRow.host, AddressRow.due_at, func.min(SourceAddressRow.origin))
                .join(SourceAddressRow, SourceAddressRow.address_id == AddressRow.id)
                .where(SourceAddressRow.source_id == source_id)
                .group_by(AddressRow.id)
                .order_by(AddressRow.id)
            ).all()
            places = citing_places(session, [row[0] for row in rows])
            addresses = [
                HistoryAddress(
                    url, host, Origin(origin), due_at, tuple(_checks(session, url)), tuple(places.get(url, ()))
                )
                for url, host, due_at, origin in rows
            ]
            return SourceHistory(source.id, source.key, tuple(addresses))

    def source_of(self, url: str) -> tuple[int, str] | None:
        """Number and key of the source that has this address."""
        with self._sessions.reading() as session:
            found = session.execute(_SOURCE_OF, {"url": url}).one_or_none()
            return None if found is None else (found[0], found[1])

    def checks(self, url: str, most: int = MOST_CHECKS) -> list[Check]:
        """The last checks of an address, newest first."""
        with self._sessions.reading() as session:
            return _checks(session, url, most)

    def style_sheets(self, page: SnapshotRef) -> list[tuple[str, SnapshotRef]]:
        """The style sheets that were kept with an archived page, in its order: the address of each and its place."""
        with self._sessions.reading() as session:
            rows = session.execute(_STYLE_SHEETS, {"file": page.warc_file, "at": page.offset})
            return [(row.url, SnapshotRef(row.warc_file, row.offset)) for row in rows]

    def text(self, text_id: int) -> SourceText | None:
        """A readable text by its number."""
        with self._sessions.reading() as session:
            row = session.get(TextRow, text_id)
            return None if row is None else source_text(row)


_SOURCE_OF = (
    select(SourceRow.id, SourceRow.key)
    .join(SourceAddressRow, SourceAddressRow.source_id == SourceRow.id)
    .join(AddressRow, AddressRow.id == SourceAddressRow.address_id)
    .where(AddressRow.url == bindparam("url"))
    .order_by(SourceRow.id)
    .limit(1)
)


def _checks_made() -> Any:
    """A statement, made once: the newest `most` checks of the address `url`, each with its last response's place."""
    of_address = select(AddressRow.id).where(AddressRow.url == bindparam("url")).scalar_subquery()
    last_hop = (
        select(func.max(SnapshotRow.hop))
        .where(SnapshotRow.fetch_id == FetchRow.id)
        .correlate(FetchRow)
        .scalar_subquery()
    )
    return (
        select(
            FetchRow.fetched_at,
            FetchRow.status,
            FetchRow.reason,
            FetchRow.http_status,
            FetchRow.media_type,
            FetchRow.detail,
            SnapshotRow.warc_file,
            SnapshotRow.offset,
            SnapshotRow.payload_sha256,
            FetchRow.text_id,
        )
        .outerjoin(SnapshotRow, and_(SnapshotRow.fetch_id == FetchRow.id, SnapshotRow.hop == last_hop))
        .where(FetchRow.address_id == of_address)
        .order_by(FetchRow.id.desc())
        .limit(bindparam("most"))
    )


_CHECKS = _checks_made()


def _style_sheets_of() -> Any:
    """A statement, made once: the style sheets that were kept with a page, by a place of the page."""
    page = aliased(SnapshotRow)
    newest = (
        select(func.max(page.fetch_id))
        .where(page.warc_file == bindparam("file"), page.offset == bindparam("at"), page.hop >= 0)
        .where(exists().where(SnapshotRow.fetch_id == page.fetch_id, SnapshotRow.hop < 0))
        .scalar_subquery()
    )
    return (
        select(SnapshotRow.url, SnapshotRow.warc_file, SnapshotRow.offset)
        .where(SnapshotRow.fetch_id == newest, SnapshotRow.hop < 0)
        .order_by(SnapshotRow.hop.desc())
    )


_STYLE_SHEETS = _style_sheets_of()


def _checks(session: Session, url: str, most: int = MOST_CHECKS) -> list[Check]:
    return [
        Check(
            url=url,
            checked_at=row.fetched_at,
            status=row.status,
            reason=row.reason,
            http_status=row.http_status,
            media_type=row.media_type,
            detail=row.detail,
            supplied_by=supplied_by(row.detail),
            snapshot=None if row.warc_file is None else SnapshotRef(row.warc_file, row.offset),
            payload_sha256=row.payload_sha256,
            text_id=row.text_id,
        )
        for row in session.execute(_CHECKS, {"url": url, "most": most})
    ]
