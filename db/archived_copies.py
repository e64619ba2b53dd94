"""Archived copies: for which addresses and as of which day they are wanted, and what was found."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import bindparam, func, select

from db.extractions import newest_extraction_id
from db.records import CopyLookUp
from db.sessions import Sessions, chunks, insert
from db.tables import (
    AddressRow,
    ArchivedCopyRow,
    CitedAddressRow,
    DocumentRow,
    EditionRow,
    ExtractionRow,
    SourceAddressRow,
)
from verifier.model import ArchivedCopy, Origin


class ArchivedCopies:
    """The verbs about copies of cited addresses in public web archives."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def days(self, urls: Sequence[str], leave_out: Collection[str] = ()) -> dict[str, date]:
        """The day of the earliest current edition that prints each address: what it states of itself, else when it
        was first seen. Editions in the collections `leave_out` do not count; addresses that only they print are left
        out.
        """
        made = func.min(func.coalesce(ExtractionRow.created, EditionRow.first_seen))
        found: dict[str, date] = {}
        with self._sessions.reading() as session:
            for some in chunks(urls):
                rows = session.execute(
                    select(AddressRow.url, made)
                    .select_from(AddressRow)
                    .join(SourceAddressRow, SourceAddressRow.address_id == AddressRow.id)
                    .join(CitedAddressRow, CitedAddressRow.source_address_id == SourceAddressRow.id)
                    .join(ExtractionRow, ExtractionRow.id == CitedAddressRow.extraction_id)
                    .join(DocumentRow, DocumentRow.pdf_sha256 == ExtractionRow.pdf_sha256)
                    .join(
                        EditionRow,
                        (EditionRow.document_id == DocumentRow.id) & (EditionRow.pdf_sha256 == DocumentRow.pdf_sha256),
                    )
                    .where(
                        AddressRow.url.in_(some),
                        SourceAddressRow.origin == Origin.PRINTED,
                        ExtractionRow.id == newest_extraction_id(DocumentRow.pdf_sha256),
                        DocumentRow.collection.not_in(sorted(leave_out)),
                    )
                    .group_by(AddressRow.url)
                )
                found.update({url: moment.date() for url, moment in rows})
        return found

    def known(self, urls: Sequence[str]) -> dict[tuple[str, date], CopyLookUp]:
        """What was looked up so far, by address and day."""
        with self._sessions.reading() as session:
            return {
                (url, row.before): CopyLookUp(_copy(row), row.looked_up_at)
                for some in chunks(urls)
                for url, row in session.execute(_KNOWN, {"urls": some})
            }

    def record(self, url: str, before: date, copy: ArchivedCopy | None, now: datetime) -> None:
        """Keep what a look-up found (None: nothing), in place of an earlier one; of an address that is known."""
        found = {
            "url": None if copy is None else copy.url,
            "captured_at": None if copy is None else copy.captured_at,
            "looked_up_at": now,
        }
        with self._sessions.writing() as session:
            address_id = select(AddressRow.id).where(AddressRow.url == url).scalar_subquery()
            new = insert(session, ArchivedCopyRow).values(address_id=address_id, before=before, **found)
            session.execute(new.on_conflict_do_update(index_elements=["address_id", "before"], set_=found))


_KNOWN = (
    select(AddressRow.url, ArchivedCopyRow)
    .join(ArchivedCopyRow, ArchivedCopyRow.address_id == AddressRow.id)
    .where(AddressRow.url.in_(bindparam("urls", expanding=True)))
)


def _copy(row: ArchivedCopyRow) -> ArchivedCopy | None:
    if row.url is None or row.captured_at is None:
        return None
    return ArchivedCopy(row.url, row.captured_at)
